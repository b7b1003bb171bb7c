import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDiagnostic } from '../../../engine/base/diagnostic.ts'
import { MAX_EXPRESSION_DEPTH, parseQuery } from '../../../engine/language/index.ts'

const problems = (text: string) => {
  const { query, diagnostics } = parseQuery(text)
  expect(query === null).toBe(diagnostics.length > 0)
  return diagnostics.map((diagnostic) => formatDiagnostic(text, diagnostic))
}
const SOURCES = "{'set', 'from', 'row', 'show', 'ts', 'promql', 'explain'}"
const PROCESSING =
  "{'where', 'eval', 'stats', 'inline', 'inlinestats', 'keep', 'drop', 'rename', 'sort', 'limit', 'mv_expand', 'dissect', " +
  "'grok', 'enrich', 'lookup', 'completion', 'change_point', 'dedup', 'fork', 'fuse', 'highlight', 'insist', 'ip_location', " +
  "'metrics_info', 'mmr', 'registered_domain', 'rerank', 'sample', 'ts_collapse', 'ts_info', 'uri_parts', 'user_agent'}"
const CONSTANTS = "QUOTED_STRING, INTEGER_LITERAL, DECIMAL_LITERAL, 'false', 'null', 'true', PARAM, '['"
const EXPRESSIONS = `{${CONSTANTS}, '(', 'not', '+', '-', UNQUOTED_IDENTIFIER, QUOTED_IDENTIFIER}`
const AFTER_VALUE = "'+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'in', 'like', 'rlike', 'is', 'not', 'and', 'or'"
const AFTER_COMPARISON = "'+', '-', '*', '/', '%', 'in', 'like', 'rlike', 'is', 'not', 'and', 'or'"

test.each([
  ['', [`line 1:1: mismatched input '<EOF>' expecting ${SOURCES}`]],
  [' // nothing', [`line 1:12: mismatched input '<EOF>' expecting ${SOURCES}`]],
  ['| limit 1', [`line 1:1: mismatched input '|' expecting ${SOURCES}`]],
  ['limit 1', [`line 1:1: mismatched input 'limit' expecting ${SOURCES}`]],
  ['form logs-*', [`line 1:1: mismatched input 'form' expecting ${SOURCES}, did you mean [FROM]?`]],
  ['from a |', [`line 1:9: mismatched input '<EOF>' expecting ${PROCESSING}`]],
  ['from a | from b', [`line 1:10: mismatched input 'from' expecting ${PROCESSING}`]],
  ['from a || limit 1', [`line 1:9: mismatched input '|' expecting ${PROCESSING}, did you mean [OR]?`]],
  ['from a | wher b', [`line 1:10: mismatched input 'wher' expecting ${PROCESSING}, did you mean [WHERE]?`]],
  ['from a, | limit 1', [`line 1:9: mismatched input '|' expecting {QUOTED_STRING, UNQUOTED_SOURCE}`]],
  [
    'from a | where b = 1',
    [`line 1:18: mismatched input '=' expecting {'.', '::', ':', ${AFTER_VALUE}, <EOF>, '|'}, did you mean [==]?`]
  ],
  ['from a | where b <> 1', [`line 1:19: mismatched input '>' expecting ${EXPRESSIONS}, did you mean [!=]?`]],
  [
    'from a | where b == c adn d',
    [`line 1:23: mismatched input 'adn' expecting {'.', '::', ${AFTER_COMPARISON}, <EOF>, '|'}, did you mean [AND]?`]
  ],
  ['from a | where b == 1 adn c', [`line 1:23: Unexpected temporal unit: 'adn', did you mean [AND]?`]],
  ['from a | where b > now() - 5 minuts', [`line 1:30: Unexpected temporal unit: 'minuts', did you mean [minute]?`]],
  ['from a | where b == "x" c', [`line 1:25: extraneous input 'c' expecting {'::', ${AFTER_COMPARISON}, <EOF>, '|'}`]],
  ['from a | where b == c == d', [`line 1:23: mismatched input '==' expecting {'.', '::', ${AFTER_COMPARISON}, <EOF>, '|'}`]],
  [
    'from a | where a.0.b == 1',
    [`line 1:17: extraneous input '.0' expecting {'.', '::', ':', ${AFTER_VALUE}, <EOF>, '|'}, did you mean [.\`0\`]?`]
  ],
  ['from a | keep a.0.b', ["line 1:17: mismatched input '0' expecting {ID_PATTERN, QUOTED_IDENTIFIER}, did you mean [`0`]?"]],
  ['from a | keep no-wait', ["line 1:17: mismatched input '-' expecting {'.', ',', <EOF>, '|'}"]],
  ['from a | rename b to c', ["line 1:19: mismatched input 'to' expecting {'.', '=', 'as'}"]],
  ['from a | where (b | limit 1', [`line 1:19: mismatched input '|' expecting {'.', '::', ':', ${AFTER_VALUE}, ')'}`]],
  ['from a | eval c = now(-)', [`line 1:24: mismatched input ')' expecting ${EXPRESSIONS}`]],
  ['from a | eval c = [1, "b"]', [`line 1:23: mismatched input '"b"' expecting {INTEGER_LITERAL, DECIMAL_LITERAL}`]],
  [
    'from a | eval c = []',
    ["line 1:20: mismatched input ']' expecting {QUOTED_STRING, INTEGER_LITERAL, DECIMAL_LITERAL, 'true', 'false', '+', '-'}"]
  ],
  ['from a | limit b', [`line 1:16: mismatched input 'b' expecting {${CONSTANTS}}`]],
  ['from a | stats', ['line 1:10: At least one aggregation or grouping expression required in [STATS]']],
  ['from a | inline stats | limit 1', ['line 1:10: At least one aggregation or grouping expression required in [INLINE STATS]']],
  ['from a | where "b', [`line 1:16: token recognition error at: '"b', the string is not closed on its line`]],
  ['from a | where b && c', ["line 1:18: token recognition error at: '&&', did you mean [AND]?"]],
  ['set x = "y" from a', ["line 1:13: mismatched input 'from' expecting ';'"]],
  ['from (from b | limit 1), c | limit 1', ['line 1:6: a subquery in FROM is not supported']],
  ['from a | where b in (from c | keep d) | limit 1', ['line 1:22: a subquery in IN is not supported']],
  ['from a | fork (where b | limit 1', ["line 1:33: no viable alternative at input 'fork (where b | limit 1'"]],
  ['from a | sample (1]', ["line 1:19: no viable alternative at input 'sample (1]'"]]
])('%s', (text, expected) => {
  expect(problems(text)).toEqual(expected)
})

test('one slip is one diagnostic, and several commands report at once', () => {
  const text = 'from a\n| wher b == "c" && d\n| eval x = (1 +\n| keep y*, z\n| srot y\n| where q == "\\d" and r = 1\n'
  expect(problems(text)).toEqual([
    `line 2:3: mismatched input 'wher' expecting ${PROCESSING}, did you mean [WHERE]?`,
    "line 2:17: token recognition error at: '&&', did you mean [AND]?",
    `line 4:1: mismatched input '|' expecting ${EXPRESSIONS}`,
    `line 5:3: mismatched input 'srot' expecting ${PROCESSING}, did you mean [SORT]?`,
    `line 6:15: token recognition error at: '"\\d', the only escapes are [\\t], [\\n], [\\r], [\\"] and [\\\\]`,
    `line 6:25: mismatched input '=' expecting {'.', '::', ':', ${AFTER_VALUE}, <EOF>, '|'}, did you mean [==]?`
  ])
})

test('too much of it is refused, not run into', () => {
  const tooDeep = (column: number) => [
    `line 1:${column}: ESQL statement exceeded the maximum expression depth allowed (${MAX_EXPRESSION_DEPTH})`
  ]
  const nested = (open: string, close: string, count: number) => `row a = ${open.repeat(count)}1${close.repeat(count)}`
  expect(problems(nested('(', ')', 399))).toEqual([])
  expect(problems(nested('(', ')', 100_000))).toEqual(tooDeep(409))
  expect(problems(nested('f(', ')', 399))).toEqual([])
  expect(problems(nested('f(', ')', 100_000))).toEqual(tooDeep(810))
  expect(problems(nested('NOT ', '', 100_000))).toEqual(tooDeep(1613))
  expect(problems(nested('-', '', 100_000))).toEqual(tooDeep(410))
  expect(problems(`row a = ${Array(50_000).fill('b').join(' + ')}`)).toEqual(tooDeep(1611))
  expect(problems(`row a = b${'::long'.repeat(50_000)}`)).toEqual(tooDeep(2410))
  expect(problems(`row a = f(b, ${'{"k": '.repeat(50_000)}`)).toEqual(tooDeep(2408))
  expect(problems(`row a = b in (${Array(50_000).fill('1').join(', ')})`)).toEqual([])
  expect(problems(`row a = ${Array(50_000).fill('b').join(' or ')}`)).toEqual([])
  expect(problems(`from a ${'| limit 1 '.repeat(50_000)}`)).toEqual([])
  expect(problems('|'.repeat(100_000)).length).toBe(100)
  expect(problems(`row a ${'\\'.repeat(100_000)}`).length).toBe(100)
  expect(problems(`from a // ${'x'.repeat(1_000_000)}`)).toEqual([
    'line 1:1: ESQL statement is too large [1000010 characters > 1000000]'
  ])
})

test('any text gives a tree or diagnostics', () => {
  const pieces =
    'from a~ | ~where ~keep ~stats ~fork (~enrich ~lookup join ~rename ~set ~row ~inline stats ~a~b.c~`d`~*~1~"s"~(~)~[~]~{~}~,~.~=~' +
    '==~+~-~:~::~;~?~\'~&~ and ~ or ~ not ~ in ~ like ~ is ~ null ~ by ~ as ~ on ~ with ~ metadata ~/*~*/~//~\n~"'
  const unit = fc.constantFrom(...pieces.split('~'))
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 25 }), (text) => {
      problems(text)
    }),
    { seed: 20261124, numRuns: 5000 }
  )
})
