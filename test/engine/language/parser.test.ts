import { expect, test } from 'vitest'
import { type Command, type Expression, outputName, parseExpression, parseQuery } from '../../../engine/language/index.ts'
import { withoutSpans } from '../../helpers/without-spans.ts'

/** The tree in the shortest form that shows its shape: `(a + (b * c))`. */
function shape(expression: Expression): string {
  switch (expression.type) {
    case 'column':
      return expression.name
    case 'number':
      return expression.text
    case 'string':
      return `'${expression.value}'`
    case 'boolean':
      return String(expression.value)
    case 'time-span':
      return `<${expression.amount} ${expression.unit}>`
    case 'unary':
      return `(${expression.operator}${shape(expression.operand)})`
    case 'not':
      return `(not ${shape(expression.operand)})`
    case 'arithmetic':
    case 'comparison':
    case 'logical':
      return `(${shape(expression.left)} ${expression.operator} ${shape(expression.right)})`
    case 'cast':
      return `${shape(expression.value)}::${expression.target}`
    case 'call':
      return `${expression.name}(${expression.star ? '*' : shapes(expression.args)}${expression.options ? ' {..}' : ''})`
    case 'in':
      return `(${shape(expression.value)} ${not(expression)}in ${shapes(expression.items)})`
    case 'pattern':
      return `(${shape(expression.value)} ${not(expression)}${expression.operator}${expression.list ? '*' : ''} ${shapes(expression.patterns)})`
    case 'is-null':
      return `(${shape(expression.value)} is ${not(expression)}null)`
    case 'match':
      return `(${shape(expression.field)} : ${shape(expression.query)})`
    case 'list':
      return `[${shapes(expression.items)}]`
    default:
      return expression.type
  }
}
const shapes = (expressions: readonly Expression[]) => expressions.map(shape).join(', ')
const not = ({ negated }: { negated: boolean }) => (negated ? 'not ' : '')
const shapeOf = (text: string) => {
  const { expression, diagnostics } = parseExpression(text)
  expect(diagnostics).toEqual([])
  return shape(expression!)
}
const commandsOf = (text: string) => {
  const { query, diagnostics } = parseQuery(text)
  expect(diagnostics).toEqual([])
  return query!.commands
}
const commandOf = (text: string) => withoutSpans(commandsOf(`row z = 1 | ${text}`)[1]) as Command

test.each([
  ['not a and b or c', '(((not a) and b) or c)'],
  ['a or b and not c', '(a or (b and (not c)))'],
  ['not a == b', '(not (a == b))'],
  ['not not a', '(not (not a))'],
  ['a + b * c - d % e', '((a + (b * c)) - (d % e))'],
  ['a - b - c', '((a - b) - c)'],
  ['-a * b', '((-a) * b)'],
  ['-a::long', '(-a::long)'],
  ['- - 1', '(-(-1))'],
  ['a::int::string', 'a::int::string'],
  ['a - 1 > b + 2', '((a - 1) > (b + 2))'],
  ['a == b is null', '((a == b) is null)'],
  ['a + 1 in (b, c == d, -1)', '((a + 1) in b, (c == d), (-1))'],
  ['a not in (1) and b not like "x" or c not rlike "y"', "(((a not in 1) and (b not like 'x')) or (c not rlike 'y'))"],
  [
    'a like ("x", "y") and b like ("x") and c like concat("x", d)',
    "(((a like* 'x', 'y') and (b like* 'x')) and (c like concat('x', d)))"
  ],
  ['true in (starts_with(a, "b"), c)', "(true in starts_with(a, 'b'), c)"],
  ['a : "x" and b::string : 1', "((a : 'x') and (b::string : 1))"],
  ['not a : "x"', "(not (a : 'x'))"],
  ['now() - 5 minutes > @timestamp', '((now() - <5 minutes>) > @timestamp)'],
  ['1d + 2 HOURS', '(<1 d> + <2 HOURS>)'],
  ['"3 days"::date_period', "'3 days'::date_period"],
  ['COUNT(*) + first(a, b)', '(COUNT(*) + first(a, b))'],
  ['match(a, "b", {"fuzziness": 1})', "match(a, 'b' {..})"],
  ['[1, -2.5, +3]', '[1, (-2.5), (+3)]'],
  ['["a"]::ip', "['a']::ip"],
  ['((a)) == (b or c)', '(a == (b or c))'],
  ['source.`as`.organization.name == `a``b`.c._d', '(source.as.organization.name == a`b.c._d)'],
  ['source.as.number > 1', '(source.as.number > 1)'],
  ['CASE(a == 1, "x", null)', "CASE((a == 1), 'x', null)"]
])('%s', (text, expected) => {
  expect(shapeOf(text)).toBe(expected)
})

test('spans cover the written text of operands and leave out the parentheses around the whole', () => {
  const text = '((a + 1)  * (b)) == -(c)'
  const { expression } = parseExpression(text)
  // The expression stands behind `WHERE ` in the text that is parsed.
  const written = ({ span }: Expression) => text.slice(span.start - 6, span.end - 6)
  const comparison = expression as Extract<Expression, { type: 'comparison' }>
  expect(written(comparison)).toBe(text)
  expect(written(comparison.left)).toBe('(a + 1)  * (b)')
  expect(written((comparison.left as Extract<Expression, { type: 'arithmetic' }>).left)).toBe('a + 1')
  expect(written(comparison.right)).toBe('-(c)')
})

test('unnamed fields keep the text that names their column', () => {
  const names = (text: string) =>
    commandsOf(text).flatMap((command) => {
      if (command.type === 'eval' || command.type === 'row') return command.fields.map(outputName)
      return command.type === 'stats' ? [...command.aggregates, ...command.groupings].map(outputName) : []
    })
  expect(names('row a=1, (b + 1) , /* c */ 1  +1 // d\n, x.y, (z)')).toEqual(['a', '(b + 1)', '1  +1', 'x.y', 'z'])
  expect(names('from x | stats couNt(*), sum(a) WheRe b ==   "Doe", m = max(c) where d by e+1, `f g`, h = i')).toEqual([
    'couNt(*)',
    'sum(a) WheRe b ==   "Doe"',
    'm',
    'e+1',
    'f g',
    'h'
  ])
  expect(names('from x | stats count(`a`) | eval `count(``a``)` = 1')).toEqual(['count(`a`)', 'count(`a`)'])
})

test('FROM', () => {
  const [from] = commandsOf('FROM logs-*, c:.idx::failures, "a,b", -x* METADATA _id, _index')
  expect(withoutSpans(from)).toEqual({
    type: 'from',
    patterns: [{ text: 'logs-*' }, { text: 'c:.idx::failures' }, { text: 'a,b' }, { text: '-x*' }],
    metadata: [{ name: '_id' }, { name: '_index' }]
  })
  expect(from!.span).toEqual({ start: 0, end: 62 })
})

test('names', () => {
  expect(commandOf('KEEP a.`b.*`, *x.y*')).toEqual({
    type: 'keep',
    names: [
      { type: 'name-pattern', text: 'a.b.*', parts: [part('a'), part('b.*', true)], wildcard: false },
      { type: 'name-pattern', text: '*x.y*', parts: [part('*x'), part('y*')], wildcard: true }
    ]
  })
  const [a, b] = ['a', 'b'].map((text) => ({ type: 'name-pattern', text, parts: [part(text)], wildcard: false }))
  expect(commandOf('RENAME a AS b, a = b')).toEqual({
    type: 'rename',
    renames: [
      { from: a, to: b, style: 'as' },
      { from: b, to: a, style: 'assign' }
    ]
  })
  expect(commandOf('enrich "two words" on a with b = a, b')).toEqual({
    type: 'enrich',
    policy: 'two words',
    on: a,
    with: [
      { name: b, field: a },
      { name: null, field: b }
    ]
  })
  expect(commandOf('mv_expand a.first')).toEqual({ type: 'mv-expand', field: column('a.first', part('a'), part('first')) })
})
const part = (text: string, quoted = false) => ({ text, quoted })
const column = (name: string, ...parts: { text: string; quoted: boolean }[]) => ({ type: 'column', name, parts })

test('the other commands with nodes', () => {
  const a = column('a', part('a'))
  const string = (value: string, raw = false) => ({ type: 'string', value, raw })
  expect(commandOf('stats by a')).toEqual({
    type: 'stats',
    inline: false,
    aggregates: [],
    groupings: [{ type: 'assignment', name: null, expression: a, text: 'a' }]
  })
  expect(commandOf('INLINESTATS a')).toEqual(commandOf('inline stats a'))
  expect(commandOf('sort a, a desc, a asc nulls last')).toEqual({
    type: 'sort',
    keys: [
      { expression: a, direction: null, nulls: null },
      { expression: a, direction: 'desc', nulls: null },
      { expression: a, direction: 'asc', nulls: 'last' }
    ]
  })
  expect(commandOf('limit 5')).toEqual({ type: 'limit', count: { type: 'number', kind: 'integer', text: '5' } })
  expect(commandOf('grok a "%{X:y}", """%{Z}"""')).toEqual({
    type: 'grok',
    input: a,
    patterns: [string('%{X:y}'), string('%{Z}', true)]
  })
  expect(commandOf('dissect a "%{b}" append_separator=","')).toEqual({
    type: 'dissect',
    input: a,
    pattern: string('%{b}'),
    options: [{ name: 'append_separator', value: string(',') }]
  })
  expect(commandOf('lookup join idx as l on a, a == a')).toEqual({
    type: 'lookup-join',
    index: 'idx',
    alias: 'l',
    on: [a, { type: 'comparison', operator: '==', left: a, right: a }]
  })
  const options = { type: 'map', entries: [{ key: 'inference_id', value: string('x') }] }
  expect(commandOf('completion a = a with {"inference_id": "x"}')).toEqual({ type: 'completion', target: a, prompt: a, options })
  expect(commandOf('completion a')).toEqual({ type: 'completion', target: null, prompt: a, options: null })
})

test('commands without a node keep their text', () => {
  const others = (text: string) =>
    commandsOf(text).map((command) => (command.type === 'other' ? `${command.keyword} [${command.body}]` : command.type))
  expect(others('set a = 1; SET b = {"c": [1]}; show info | limit 1')).toEqual([
    'SET [a = 1]',
    'SET [b = {"c": [1]}]',
    'SHOW [info]',
    'limit'
  ])
  expect(others('ts k8s | fork (where a | limit 1) ( sort b ) | sample .5 | limit 5 by a, b + 1 | ts_info')).toEqual([
    'TS [k8s]',
    'FORK [(where a | limit 1) ( sort b )]',
    'SAMPLE [.5]',
    'limit-by',
    'TS_INFO []'
  ])
  expect(others('from a | change_point b on c as d, e | rerank x = "q" on f with {"k": 1} | fuse rrf | uri_parts u = g')).toEqual(
    ['from', 'CHANGE_POINT [b on c as d, e]', 'RERANK [x = "q" on f with {"k": 1}]', 'FUSE [rrf]', 'URI_PARTS [u = g]']
  )
})

test('long AND chains are left-deep at first and balanced beyond a hundred', () => {
  const depth = (expression: Expression): number =>
    expression.type === 'logical' ? 1 + Math.max(depth(expression.left), depth(expression.right)) : 0
  const chain = (length: number) => parseExpression(Array(length).fill('a').join(' and ')).expression!
  expect(depth(chain(100))).toBe(99)
  expect(depth(chain(20_000))).toBe(15)
})
