/**
 * Printer: a tree back to ES|QL, one command a line.
 *
 * Holds: parse(print(tree)) equals the tree, spans aside. Unnamed expressions are printed as they were written, since
 *   their text names a column; everything else in one normal form with the fewest parentheses.
 */
import type { Command, NamePattern, QueryNode, SortKey } from './ast.ts'
import { printExpression, printMap, printPrimary, printString } from './expression-printer.ts'
import { printColumnName, printName, printNamePattern } from './name-printer.ts'

export { printExpression } from './expression-printer.ts'

/** Prints a query. */
export function printQuery(query: QueryNode): string {
  let text = ''
  for (const [index, command] of query.commands.entries()) {
    const isSetting = command.type === 'other' && command.keyword === 'SET'
    text += printCommand(command)
    if (index < query.commands.length - 1) text += isSetting ? ';\n' : '\n| '
    else if (isSetting) text += ';'
  }
  return text
}

type Printers = { [T in Command['type']]: (command: Extract<Command, { type: T }>) => string }

/** Prints one command without the pipe before it. */
export function printCommand<T extends Command['type']>(command: Extract<Command, { type: T }>): string {
  const print = PRINTERS[command.type as T]
  return print(command)
}

const PRINTERS: Printers = {
  from: ({ patterns, metadata }) =>
    `FROM ${patterns.map(({ text }) => printIndexPattern(text)).join(', ')}${list(' METADATA ', metadata, ({ name }) => name)}`,
  row: ({ fields }) => `ROW ${fields.map(printField).join(', ')}`,
  where: ({ condition }) => `WHERE ${printExpression(condition)}`,
  eval: ({ fields }) => `EVAL ${fields.map(printField).join(', ')}`,
  stats: ({ inline, aggregates, groupings }) =>
    `${inline ? 'INLINE STATS' : 'STATS'}${list(' ', aggregates, printField)}${list(' BY ', groupings, printField)}`,
  keep: ({ names }) => `KEEP ${names.map((name) => printNamePattern(name)).join(', ')}`,
  drop: ({ names }) => `DROP ${names.map((name) => printNamePattern(name)).join(', ')}`,
  rename: ({ renames }) =>
    `RENAME ${renames.map(({ from, to, style }) => (style === 'as' ? `${rename(from)} AS ${rename(to)}` : `${rename(to)} = ${rename(from)}`)).join(', ')}`,
  sort: ({ keys }) => `SORT ${keys.map(printSortKey).join(', ')}`,
  limit: ({ count }) => `LIMIT ${printExpression(count)}`,
  'mv-expand': ({ field }) => `MV_EXPAND ${printName(field.parts, NO_KEYWORDS)}`,
  dissect: ({ input, pattern, options }) =>
    `DISSECT ${printPrimary(input)} ${printString(pattern)}${list(' ', options, ({ name, value }) => `${printName([{ text: name, quoted: false }])} = ${printExpression(value)}`)}`,
  grok: ({ input, patterns }) => `GROK ${printPrimary(input)} ${patterns.map(printString).join(', ')}`,
  enrich: (command) =>
    `ENRICH ${printPolicy(command.policy)}${command.on === null ? '' : ` ON ${enrichName(command.on)}`}${list(' WITH ', command.with, printEnrichField)}`,
  'lookup-join': ({ index, alias, on }) =>
    `LOOKUP JOIN ${printIndexPattern(index)}${alias === null ? '' : ` AS ${alias}`} ON ${on.map((each) => printExpression(each)).join(', ')}`,
  completion: ({ target, prompt, options }) =>
    `COMPLETION ${target === null ? '' : `${printColumnName(target)} = `}${printPrimary(prompt)}${options === null ? '' : ` WITH ${printMap(options)}`}`,
  other: ({ keyword, body }) => `${keyword === 'LIMIT BY' ? 'LIMIT' : keyword} ${body}`.trimEnd()
}

const NO_KEYWORDS: ReadonlySet<string> = new Set()
const RENAME_KEYWORDS: ReadonlySet<string> = new Set(['as'])
const ENRICH_KEYWORDS: ReadonlySet<string> = new Set(['with'])
const rename = (name: NamePattern) => printNamePattern(name, RENAME_KEYWORDS)
const enrichName = (name: NamePattern) => printNamePattern(name, ENRICH_KEYWORDS)

function list<T>(before: string, items: readonly T[], print: (item: T) => string): string {
  return items.length === 0 ? '' : before + items.map(print).join(', ')
}

type Field = Extract<Command, { type: 'stats' }>['aggregates'][number] | Extract<Command, { type: 'eval' }>['fields'][number]

function printField(field: Field): string {
  if (field.name === null && field.text !== null) return field.text
  const name = field.name === null ? '' : `${printColumnName(field.name)} = `
  const filter = field.type === 'aggregate' && field.filter !== null ? ` WHERE ${printExpression(field.filter)}` : ''
  return name + printExpression(field.expression) + filter
}

function printSortKey({ expression, direction, nulls }: SortKey): string {
  const order = direction === null ? '' : ` ${direction.toUpperCase()}`
  return printExpression(expression) + order + (nulls === null ? '' : ` NULLS ${nulls.toUpperCase()}`)
}

const UNQUOTED_INDEX =
  /^(?:[^:"=|,[\]/() \t\r\n]|\/(?![*/]))+(?::(?:[^:"=|,[\]/() \t\r\n]|\/(?![*/]))+)?(?:::(?:[^:"=|,[\]/() \t\r\n]|\/(?![*/]))+)?$/

/** Index patterns are quoted only where they must be; a word that is a keyword there must be. */
function printIndexPattern(text: string): string {
  const words = text.toLowerCase().split(/::?/)
  const isPlain =
    UNQUOTED_INDEX.test(text) && !words.some((word) => word === 'metadata' || word === 'join' || word === 'as' || word === 'on')
  return isPlain ? text : quoteString(text)
}

const UNQUOTED_POLICY = /^(?:[^\\/?"<>| ,#\t\r\n:()]+:)?[^\\/?"<>| ,#\t\r\n:()]+$/

function printPolicy(policy: string): string {
  const isPlain = UNQUOTED_POLICY.test(policy) && !/^(?:on|with)$/i.test(policy)
  return isPlain ? policy : quoteString(policy)
}

function quoteString(value: string): string {
  return printString({ type: 'string', value, raw: false, span: { start: 0, end: 0 } })
}

function printEnrichField({ name, field }: { name: NamePattern | null; field: NamePattern }): string {
  return name === null ? enrichName(field) : `${enrichName(name)} = ${enrichName(field)}`
}
