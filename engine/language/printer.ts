/**
 * Printer: a tree back to ES|QL, one command a line.
 *
 * Holds: parse(print(tree)) equals the tree, spans aside. Unnamed expressions are printed as they were written, since
 *   their text names a column; everything else in one normal form with the fewest parentheses.
 */
import type { Command, CompletionCommand, DissectCommand, NamePattern, QueryNode, RenameCommand, SortKey } from './ast.ts'
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
  row: ({ fields }) => list('ROW ', fields, printField),
  where: ({ condition }) => `WHERE ${printExpression(condition)}`,
  eval: ({ fields }) => list('EVAL ', fields, printField),
  stats: ({ inline, aggregates, groupings }) =>
    `${inline ? 'INLINE STATS' : 'STATS'}${list(' ', aggregates, printField)}${list(' BY ', groupings, printField)}`,
  keep: ({ names }) => list('KEEP ', names, (name) => printNamePattern(name)),
  drop: ({ names }) => list('DROP ', names, (name) => printNamePattern(name)),
  rename: ({ renames }) => list('RENAME ', renames, printRename),
  sort: ({ keys }) => list('SORT ', keys, printSortKey),
  limit: ({ count }) => `LIMIT ${printExpression(count)}`,
  'limit-by': ({ count, keys }) => `LIMIT ${printExpression(count)}${list(' BY ', keys, printExpression)}`,
  'mv-expand': ({ field }) => `MV_EXPAND ${printName(field.parts, NO_KEYWORDS)}`,
  dissect: ({ input, pattern, options }) =>
    `DISSECT ${printPrimary(input)} ${printString(pattern)}${list(' ', options, printDissectOption)}`,
  grok: ({ input, patterns }) => `GROK ${printPrimary(input)} ${patterns.map(printString).join(', ')}`,
  enrich: ({ policy, on, with: fields }) =>
    `ENRICH ${printPolicy(policy)}${on === null ? '' : ` ON ${enrichName(on)}`}${list(' WITH ', fields, printEnrichField)}`,
  'lookup-join': ({ index, alias, on }) =>
    `LOOKUP JOIN ${printIndexPattern(index)}${alias === null ? '' : ` AS ${alias}`}${list(' ON ', on, printExpression)}`,
  completion: printCompletion,
  other: ({ keyword, body }) => `${keyword} ${body}`.trimEnd()
}

const NO_KEYWORDS: ReadonlySet<string> = new Set()
const RENAME_KEYWORDS: ReadonlySet<string> = new Set(['as'])
const ENRICH_KEYWORDS: ReadonlySet<string> = new Set(['with'])
const renamed = (name: NamePattern) => printNamePattern(name, RENAME_KEYWORDS)
const enrichName = (name: NamePattern) => printNamePattern(name, ENRICH_KEYWORDS)

function list<T>(before: string, items: readonly T[], print: (item: T) => string): string {
  return items.length === 0 ? '' : before + items.map(print).join(', ')
}

function printRename({ from, to, style }: RenameCommand['renames'][number]): string {
  return style === 'as' ? `${renamed(from)} AS ${renamed(to)}` : `${renamed(to)} = ${renamed(from)}`
}

function printDissectOption({ name, value }: DissectCommand['options'][number]): string {
  return `${printName([{ text: name, quoted: false }])} = ${printExpression(value)}`
}

function printCompletion({ target, prompt, options }: CompletionCommand): string {
  const name = target === null ? '' : `${printColumnName(target)} = `
  return `COMPLETION ${name}${printPrimary(prompt)}${options === null ? '' : ` WITH ${printMap(options)}`}`
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

const INDEX_PART = /(?:[^:"=|,[\]/() \t\r\n]|\/(?![*/]))+/.source
const UNQUOTED_INDEX = new RegExp(`^${INDEX_PART}(?::${INDEX_PART})?(?:::${INDEX_PART})?$`)
const INDEX_KEYWORDS: ReadonlySet<string> = new Set(['metadata', 'join', 'as', 'on'])

/** Index patterns are quoted only where they must be; a word that is a keyword there must be. */
function printIndexPattern(text: string): string {
  const words = text.toLowerCase().split(/::?/)
  const isPlain = UNQUOTED_INDEX.test(text) && !words.some((word) => INDEX_KEYWORDS.has(word))
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
