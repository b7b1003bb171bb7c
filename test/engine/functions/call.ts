/** Calls a scalar function the way the evaluator does: resolve, convert, then the rules for nulls and multi-values. */
import type { Cell, DataType, Value } from '../../../engine/data/data-type.ts'
import { isValues } from '../../../engine/data/column.ts'
import { convertCell } from '../../../engine/functions/conversion.ts'
import { type ArgumentInfo, MULTI_VALUE_TEXT, type ScalarFunction, ValueError } from '../../../engine/functions/definition.ts'
import { OPERATORS } from '../../../engine/functions/operators.ts'
import { findFunction } from '../../../engine/functions/registry.ts'
import { isTimeSpan } from '../../../engine/data/data-type.ts'
import { parseIsoMillis, parseIsoNanos, formatIsoMillis, formatIsoNanos } from '../../../engine/data/iso-date.ts'
import { parseTimeSpan } from '../../../engine/functions/time-span.ts'

/** An argument with its type; `varies` hides that it is a constant. */
export interface Typed {
  type: DataType
  cell: Cell
  varies: boolean
}

export const typed = (type: DataType, cell: Cell): Typed => ({ type, cell, varies: false })
export const column = (type: DataType, cell: Cell): Typed => ({ type, cell, varies: true })
export const date = (text: string): Typed => typed('date', parseIsoMillis(text)!)
export const nanos = (text: string): Typed => typed('date_nanos', parseIsoNanos(text)!)
export const ip = (...texts: string[]): Typed => typed('ip', texts.length === 1 ? texts[0]! : texts)
export const span = (text: string): Typed => {
  const { type, value } = parseTimeSpan(text)!
  return typed(type, value)
}

export type Literal = Value | readonly Value[] | null | Typed

/** Types a literal as the language does: whole numbers integer, others double, bigint long, text keyword. */
export function typedOf(literal: Literal): Typed {
  if (literal === null) return typed('null', null)
  if (typeof literal === 'object' && 'cell' in literal) return literal
  const cell = literal as Cell
  const first = isValues(cell) ? cell[0]! : cell!
  const values = isValues(cell) ? cell : [cell]
  switch (typeof first) {
    case 'string':
      return typed('keyword', cell)
    case 'boolean':
      return typed('boolean', cell)
    case 'bigint':
      return typed('long', cell)
    default:
      return typed(values.every((value) => Object.is((value as number) | 0, value)) ? 'integer' : 'double', cell)
  }
}

export function infosOf(args: readonly Typed[]): ArgumentInfo[] {
  return args.map(({ type, cell, varies }) => ({ type, constant: varies ? undefined : cell, text: textOf(cell) }))
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? `"${cell}"` : String(cell)
}

export interface Outcome {
  type: DataType
  value: Cell
  warnings: string[]
}

/** Runs `name` (an operator's text or a function) on literals; a resolution error is thrown as its text. */
export function call(name: string, ...literals: Literal[]): Outcome {
  const definition = OPERATORS.get(name) ?? findFunction(name)
  if (definition?.kind !== 'scalar') throw new Error(`no scalar function ${name}`)
  const args = literals.map(typedOf)
  const resolution = definition.resolve(infosOf(args))
  if ('error' in resolution) throw new Error(resolution.error)
  const cells = args.map(({ type, cell }, i) => {
    const to = resolution.params[i]!
    return to === 'null' || isTimeSpan(to) ? cell : convertCell(cell, type, to)
  })
  const bound = definition.bind(resolution.params, infosOf(args), { nowMillis: 1_700_000_000_000n }) as (...cells: Cell[]) => Cell
  return { type: resolution.returns, ...evaluate(definition, bound, cells) }
}

function evaluate(
  definition: ScalarFunction,
  bound: (...cells: Cell[]) => Cell,
  cells: Cell[]
): { value: Cell; warnings: string[] } {
  const warnings: string[] = []
  const attempt = (args: Cell[]): Cell => {
    try {
      return bound(...args)
    } catch (failure) {
      if (!(failure instanceof ValueError)) throw failure
      warnings.push(failure.javaText)
      return null
    }
  }
  if (definition.nulls === 'propagate' && cells.includes(null)) return { value: null, warnings }
  const first = cells[0] ?? null
  if (definition.multivalue === 'each' && first !== null && isValues(first)) {
    const values = first.map((value) => attempt([value, ...cells.slice(1)])).filter((value) => value !== null) as Value[]
    return { value: values.length === 0 ? null : values.length === 1 ? values[0]! : values, warnings }
  }
  if (definition.multivalue === 'reject' && cells.some((cell) => cell !== null && isValues(cell))) {
    return { value: null, warnings: [MULTI_VALUE_TEXT] }
  }
  return { value: attempt(cells), warnings }
}

/** The value as a reader writes it: dates as ISO text. */
export function shown({ type, value }: Outcome): unknown {
  const show = (one: Value): unknown =>
    type === 'date' ? formatIsoMillis(one as bigint) : type === 'date_nanos' ? formatIsoNanos(one as bigint) : one
  return value === null ? null : isValues(value) ? value.map(show) : show(value)
}
