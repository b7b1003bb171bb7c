/**
 * Edits of a query by its tokens: a filter or a count put at its end, so that comments, strings and pipes inside
 * parentheses are what they are.
 *
 * A condition goes before the SORT and LIMIT that end a query, because it means rows and not the first thousand of them; a
 * count takes their place, because it leaves none of their columns. Values are quoted; null and multi-values get the form
 * that means them.
 */
import type { CellValue } from '../../engine/worker/api.ts'
import { tokenize } from '../../engine/language/lexer.ts'
import { quotedName, type Token } from '../../engine/language/token.ts'

export interface ResultColumn {
  name: string
  type: string
  /** Some row has several values. */
  multi: boolean
}

/** Texts longer than this make no readable query. */
const LONGEST_LITERAL = 8000

interface CommandPart {
  word: string
  /** Start of the pipe before it, or of the query. */
  start: number
  /** End of its last token. */
  end: number
}

/** The commands of a query; null when its tokens cannot be trusted (an open string). */
export function commandParts(text: string): CommandPart[] | null {
  const { tokens } = tokenize(text)
  if (tokens.some(({ broken }) => broken)) return null
  const parts: CommandPart[] = []
  let open: CommandPart | null = null
  for (const token of tokens) {
    if (token.kind === 'end') break
    const isPipe = token.kind === 'pipe' && !token.nested
    if (isPipe || open === null) {
      open = { word: isPipe ? '' : token.word, start: token.span.start, end: token.span.end }
      parts.push(open)
    } else if (open.word === '') open.word = token.word
    open.end = token.span.end
  }
  return parts
}

/** Whether a query says itself how many rows it wants. */
export function hasLimit(text: string): boolean {
  return tokenize(text).tokens.some(({ kind, word, nested }) => kind === 'command' && word === 'limit' && !nested)
}

/** The query with a condition at its end; null when it cannot be edited. */
export function withCondition(text: string, condition: string): string | null {
  return withCommands(text, `WHERE ${condition}`, 'keep')
}

/** The query counting rows by a column, the rarest first; null when it cannot be edited. */
export function withStack(text: string, column: string): string | null {
  const count = column === 'count' ? 'rows' : 'count'
  return withCommands(text, `STATS ${count} = COUNT(*) BY ${quotedName(column)}`, 'replace', `SORT ${count}`)
}

function withCommands(text: string, first: string, tail: 'keep' | 'replace', second?: string): string | null {
  const parts = commandParts(text)
  if (!parts || parts.length === 0) return null
  // A pipe without a command behind it is filled.
  const open = parts.at(-1)!.word === '' ? parts.pop()! : null
  let kept = parts.length
  while (kept > 1 && /^(sort|limit)$/.test(parts[kept - 1]!.word)) kept--
  const at = parts[kept - 1]!.end
  const resume = tail === 'replace' || open ? (open ?? parts.at(-1)!).end : at
  const between = tail === 'keep' && open ? text.slice(at, open.start).trimEnd() : ''
  const pipe = text.includes('\n') || text.length > 60 ? '\n| ' : ' | '
  const added = [first, ...(second === undefined ? [] : [second])].map((command) => pipe + command).join('')
  return text.slice(0, at) + added + between + text.slice(resume)
}

/** The condition that a column holds a value, or that it does not; null where there is none (a source document). */
export function conditionOf(column: ResultColumn, cell: CellValue, keep: boolean): string | null {
  const name = quotedName(column.name)
  if (cell === null) return keep ? `${name} IS NULL` : `${name} IS NOT NULL`
  const several = Array.isArray(cell)
  if (!several && !column.multi) {
    const value = literal(column.type, cell as Single)
    if (value === null) return null
    return keep ? `${name} == ${value}` : `${name} != ${value} OR ${name} IS NULL`
  }
  const values = (several ? (cell as readonly Single[]) : [cell as Single]).map((value) => literal(column.type, value))
  if (values.includes(null)) return null
  // Null holds no value, so the negation keeps it.
  const list = typedList(column.type, values as string[])
  return `${keep ? '' : 'NOT '}MV_CONTAINS(${name}, ${list})`
}

type Single = boolean | number | bigint | string

/** Types whose values are written as text and read by a function where no comparison says what they are. */
const CONVERSIONS: ReadonlyMap<string, string> = new Map([
  ['ip', 'TO_IP'],
  ['version', 'TO_VERSION'],
  ['date', 'TO_DATETIME'],
  ['date_nanos', 'TO_DATE_NANOS'],
  ['long', 'TO_LONG'],
  ['unsigned_long', 'TO_UNSIGNED_LONG']
])

function typedList(type: string, values: readonly string[]): string {
  const list = values.length === 1 ? values[0]! : `[${values.join(', ')}]`
  const conversion = CONVERSIONS.get(type)
  return conversion ? `${conversion}(${list})` : list
}

/** A value as it is written in a query. */
export function literal(type: string, value: Single): string | null {
  if (['_source', 'geo_point', 'unsupported', 'null'].includes(type)) return null
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return type === 'double' ? decimal(value) : String(value)
  return value.length > LONGEST_LITERAL ? null : `"${value.replace(/[\\"\n\r\t]/g, (character) => ESCAPES.get(character)!)}"`
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t']
])

/** A double that is read as one: with a point or an exponent. */
function decimal(value: number): string {
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

/** The name that a token is part of, with its dots: `process` of `process.name` gives all of it. Null for no name. */
export function nameAt(tokens: readonly Token[], index: number): { text: string; start: number; end: number } | null {
  if (!isNamePart(tokens[index])) return null
  let first = index
  let last = index
  while (tokens[first - 1]?.word === '.' && isNamePart(tokens[first - 2])) first -= 2
  while (tokens[last + 1]?.word === '.' && isNamePart(tokens[last + 2])) last += 2
  const parts = tokens.slice(first, last + 1).filter(({ word }) => word !== '.')
  return { text: parts.map(({ value }) => value).join('.'), start: tokens[first]!.span.start, end: tokens[last]!.span.end }
}

function isNamePart(token: Token | undefined): boolean {
  return token !== undefined && ['identifier', 'quoted-identifier', 'pattern'].includes(token.kind)
}
