import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDiagnostic } from '../../../engine/base/diagnostic.ts'
import { tokenize } from '../../../engine/language/index.ts'

/** `kind text` of each token but the last, as one text. */
const kinds = (text: string) =>
  tokenize(text, { comments: true })
    .tokens.slice(0, -1)
    .map((token) => `${token.kind} ${token.text}`)
    .join(' ¦ ')
const values = (text: string) =>
  tokenize(text)
    .tokens.slice(0, -1)
    .map((token) => token.value)
const problems = (text: string) => tokenize(text).diagnostics.map((diagnostic) => formatDiagnostic(text, diagnostic))

test('each command has its own words', () => {
  expect(kinds('FROM logs-*, c:.idx METADATA _id // x')).toBe(
    'command FROM ¦ source logs-* ¦ punctuation , ¦ source c ¦ operator : ¦ source .idx ¦ keyword METADATA ¦ ' +
      'source _id ¦ comment // x'
  )
  expect(kinds('row a|keep a.*, `b c`|rename as as x')).toBe(
    'command row ¦ identifier a ¦ pipe | ¦ command keep ¦ pattern a ¦ punctuation . ¦ pattern * ¦ punctuation , ¦ ' +
      'quoted-identifier `b c` ¦ pipe | ¦ command rename ¦ keyword as ¦ keyword as ¦ pattern x'
  )
  expect(kinds('row a | where source.as.first_x is not null and first(a) > 5 m')).toBe(
    'command row ¦ identifier a ¦ pipe | ¦ command where ¦ identifier source ¦ punctuation . ¦ identifier as ¦ ' +
      'punctuation . ¦ identifier first_x ¦ keyword is ¦ keyword not ¦ keyword null ¦ keyword and ¦ function first ¦ ' +
      'punctuation ( ¦ identifier a ¦ punctuation ) ¦ operator > ¦ number 5 ¦ identifier m'
  )
  expect(kinds('row a | enrich _any:p-1 on b with c = d | lookup join idx-1 as l on e')).toBe(
    'command row ¦ identifier a ¦ pipe | ¦ command enrich ¦ source _any:p-1 ¦ keyword on ¦ pattern b ¦ ' +
      'keyword with ¦ pattern c ¦ operator = ¦ pattern d ¦ pipe | ¦ command lookup ¦ keyword join ¦ source idx-1 ¦ ' +
      'keyword as ¦ source l ¦ keyword on ¦ identifier e'
  )
  expect(kinds('row a | inline stats stats = count(*) by mv_expand | mv_expand first')).toBe(
    'command row ¦ identifier a ¦ pipe | ¦ command inline ¦ command stats ¦ identifier stats ¦ operator = ¦ ' +
      'function count ¦ punctuation ( ¦ operator * ¦ punctuation ) ¦ keyword by ¦ identifier mv_expand ¦ pipe | ¦ ' +
      'command mv_expand ¦ identifier first'
  )
})

test('commands inside FORK are commands, and the mode around comes back', () => {
  expect(kinds('row a | fork (keep b* | limit 1) (where (c)) | sort d')).toBe(
    'command row ¦ identifier a ¦ pipe | ¦ command fork ¦ punctuation ( ¦ command keep ¦ pattern b* ¦ pipe | ¦ ' +
      'command limit ¦ number 1 ¦ punctuation ) ¦ punctuation ( ¦ command where ¦ punctuation ( ¦ identifier c ¦ ' +
      'punctuation ) ¦ punctuation ) ¦ pipe | ¦ command sort ¦ identifier d'
  )
  const pipes = tokenize('row a | fork (keep b* | limit 1) (where (c)) | sort d').tokens.filter(({ kind }) => kind === 'pipe')
  expect(pipes.map(({ nested }) => nested)).toEqual([false, true, false])
})

test('numbers, parameters and operators', () => {
  expect(kinds('row 1 1.5 .5 2. 1e10 1.e-3 5m ? ?1 ?a_b ??c')).toBe(
    'command row ¦ number 1 ¦ number 1.5 ¦ number .5 ¦ number 2. ¦ number 1e10 ¦ number 1.e-3 ¦ number 5 ¦ ' +
      'identifier m ¦ parameter ? ¦ parameter ?1 ¦ parameter ?a_b ¦ parameter ??c'
  )
  expect(values('row ? ?1 ??c')).toEqual(['row', '', '1', '?c'])
  const operators = tokenize('row a::b:c==d=~e!=f<=g>=h<i>j=k').tokens.filter(({ kind }) => kind === 'operator')
  expect(operators.map(({ word }) => word).join(' ')).toBe(':: : == =~ != <= >= < > =')
})

test('strings and names are decoded', () => {
  expect(values('row "a\\t\\n\\r\\"\\\\b" """a\\tb""" """"x""""" """""" "" `a``b`')).toEqual([
    'row',
    'a\t\n\r"\\b',
    'a\\tb',
    '"x""',
    '',
    '',
    'a`b'
  ])
})

test('comments nest, and an index pattern may hold a slash', () => {
  expect(kinds('from /* a /* b */ c */ <x-{now/d}> // y\n|limit 1')).toBe(
    'command from ¦ comment /* a /* b */ c */ ¦ source <x-{now/d}> ¦ comment // y ¦ pipe | ¦ command limit ¦ ' + 'number 1'
  )
  expect(tokenize('from a // b').tokens.map(({ kind }) => kind)).toEqual(['command', 'source', 'end'])
})

test('what is no token is one diagnostic each', () => {
  expect(problems('row "a\\qb\\z"')).toEqual([
    `line 1:7: token recognition error at: '"a\\q', the only escapes are [\\t], [\\n], [\\r], [\\"] and [\\\\]`
  ])
  expect(problems('row "abc\n| limit 1')).toEqual([
    `line 1:5: token recognition error at: '"abc', the string is not closed on its line`
  ])
  expect(problems('row "abc\\\n| limit 1')).toEqual([
    `line 1:5: token recognition error at: '"abc\\', the string is not closed on its line`
  ])
  expect(problems('row """a\nb"""')[0]).toBe(`line 1:5: token recognition error at: '"""a', the string is not closed on its line`)
  expect(problems("row 'abc'")).toEqual([`line 1:5: token recognition error at: ''abc'', strings are written in double quotes`])
  expect(problems('row a && b ! c ~ d')).toEqual([
    `line 1:7: token recognition error at: '&&', did you mean [AND]?`,
    `line 1:12: token recognition error at: '!', did you mean [NOT]?`,
    `line 1:16: token recognition error at: '~', did you mean [RLIKE]?`
  ])
  expect(problems('row `abc')).toEqual([`line 1:5: token recognition error at: '\`abc', the backtick is not closed`])
  expect(problems('row ``')).toEqual([`line 1:5: token recognition error at: '\`\`', a name in backticks is not empty`])
  expect(problems('row a /* b')).toEqual([`line 1:7: token recognition error at: '/* b', the comment is not closed`])
  expect(problems('row a\u00a0\u202e, été')).toEqual([
    `line 1:6: token recognition error at: '\\u00a0\\u202e'`,
    `line 1:10: token recognition error at: 'é'`,
    `line 1:12: token recognition error at: 'é'`
  ])
})

test('tokens and comments cover all but white space, in order, whatever the text', () => {
  const unit = fc.constantFrom(
    ...'fromkeep|wheR (`"\\\'?*.:=&é🔥/\n0_@[]{};,-',
    ' keep ',
    ' enrich ',
    ' fork (',
    '"""',
    ' lookup join ',
    '/*',
    '*/',
    'in (from '
  )
  const property = fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
    let covered = 0
    for (const { span, text: written, kind } of tokenize(text, { comments: true }).tokens) {
      expect(text.slice(covered, span.start)).toMatch(/^[ \t\r\n]*$/)
      if (kind !== 'end') expect(written).toBe(text.slice(span.start, span.end))
      covered = span.end
    }
    expect(covered).toBe(text.length)
  })
  fc.assert(property, { seed: 20261124, numRuns: 2000 })
})

test('hostile text costs its length, not its square', () => {
  const pieces = [
    '/*',
    '(',
    '"',
    '`',
    "'",
    "' ",
    '[',
    '"""',
    '"""a""" ',
    '""" ',
    '"""\n',
    '&',
    '|',
    'fork (',
    '\\',
    '?',
    'in (from a',
    'a ('
  ]
  for (const piece of pieces) {
    const text = `row a | where ${piece.repeat(50_000)}`
    expect(tokenize(text).tokens.at(-1)!.span, piece).toEqual({ start: text.length, end: text.length })
  }
})
