/**
 * What a column is at one place of the pipe: a field of the events, or what made it. Names are reused (`EVAL user.name =
 * ...`), so checks ask for the column behind a name and compare columns, never names.
 */
import type { CallExpression, Command, Expression, NamePattern } from '../language/ast.ts'
import { fieldType } from '../source/field-types.ts'
import { functionName, isCall, withoutElementWise } from './expressions.ts'

export type Column =
  | { kind: 'source'; field: string }
  /** Behind MV_EXPAND: one value a row, null where it was null. */
  | { kind: 'expanded'; of: Column }
  | { kind: 'computed'; expression: Expression; scope: ColumnScope }
  /** A grouping key behind STATS: one value a row. */
  | { kind: 'key'; of: Column }
  | { kind: 'aggregate'; expression: Expression; scope: ColumnScope }
  /** Made by GROK, DISSECT, ENRICH, COMPLETION, a join. */
  | { kind: 'extracted'; by: Command['type'] }

/** The columns at one place. Open: a name that is not in it is a field of the events. */
export class ColumnScope {
  private constructor(
    private readonly columns: ReadonlyMap<string, Column>,
    /** Shared by every scope of a query, so that the same field is the same column. */
    private readonly fields: Map<string, Column>,
    readonly open: boolean
  ) {}

  static ofSource(): ColumnScope {
    return new ColumnScope(new Map(), new Map(), true)
  }

  /** The column behind a name; null where there is none. */
  lookup(name: string): Column | null {
    const column = this.columns.get(name)
    if (column || !this.open) return column ?? null
    let field = this.fields.get(name)
    if (!field) this.fields.set(name, (field = { kind: 'source', field: name }))
    return field
  }

  with(added: Iterable<readonly [string, Column]>): ColumnScope {
    return new ColumnScope(new Map([...this.columns, ...added]), this.fields, this.open)
  }

  /** Only these columns. */
  closed(columns: Iterable<readonly [string, Column]>): ColumnScope {
    return new ColumnScope(new Map(columns), this.fields, false)
  }

  /** With columns nobody can name. */
  opened(): ColumnScope {
    return new ColumnScope(this.columns, this.fields, true)
  }

  without(names: readonly NamePattern[]): ColumnScope {
    const kept = [...this.columns].filter(([name]) => !names.some((pattern) => namesMatch(pattern, name)))
    return new ColumnScope(new Map(kept), this.fields, this.open)
  }

  keeping(names: readonly NamePattern[]): ColumnScope {
    // A wildcard may keep any field: the scope stays open.
    if (this.open && names.some(({ wildcard }) => wildcard)) return this
    if (this.open) return this.closed(names.map(({ text }) => [text, this.lookup(text)!]))
    return this.closed([...this.columns].filter(([name]) => names.some((pattern) => namesMatch(pattern, name))))
  }

  /** Columns by name; of an open scope only those that were made. */
  entries(): [string, Column][] {
    return [...this.columns]
  }
}

function namesMatch(pattern: NamePattern, name: string): boolean {
  if (!pattern.wildcard) return pattern.text === name
  const pieces = pattern.text.split('*')
  const [first, last] = [pieces[0]!, pieces.at(-1)!]
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false
  let at = first.length
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at)
    if (found < 0 || found + piece.length > name.length - last.length) return false
    at = found + piece.length
  }
  return true
}

/** How many values a column has in a row of a normal event: `array` fields of ECS and collected values have several. */
export type ValueCount = 'one' | 'array-field' | 'collected'

/** How far columns made of columns are followed: it bounds the recursion. */
const MAX_DEPTH = 100

const COLLECTING = ['VALUES', 'TOP']

export function valueCount(column: Column, depth = 0): ValueCount {
  switch (column.kind) {
    case 'source':
      return fieldType(column.field)?.array ? 'array-field' : 'one'
    case 'computed': {
      const inner = withoutElementWise(column.expression)
      if (isCall(inner, 'SPLIT')) return 'collected'
      if (inner.type !== 'column') return 'one'
      const behind = column.scope.lookup(inner.name)
      return behind === null || depth > MAX_DEPTH ? 'one' : valueCount(behind, depth + 1)
    }
    case 'aggregate':
      return COLLECTING.includes(functionName(column.expression) ?? '') ? 'collected' : 'one'
    default:
      return 'one'
  }
}

/** The field whose values a column holds, unchanged or value by value; null when there is not exactly one. */
export function sourceField(column: Column, depth = 0): string | null {
  if (depth > MAX_DEPTH) return null
  switch (column.kind) {
    case 'source':
      return column.field
    case 'expanded':
    case 'key':
      return sourceField(column.of, depth + 1)
    case 'computed':
    case 'aggregate': {
      const call = column.kind === 'aggregate' && column.expression.type === 'call' ? column.expression : null
      const inner = withoutElementWise(call ? (call.args[0] ?? call) : column.expression)
      const behind = inner.type === 'column' ? column.scope.lookup(inner.name) : null
      return behind && sourceField(behind, depth + 1)
    }
    default:
      return null
  }
}

/** The aggregate call a column is, if it is one. */
export function aggregateCall(column: Column | null): CallExpression | null {
  return column?.kind === 'aggregate' && column.expression.type === 'call' ? column.expression : null
}
