/**
 * Possible values: what an expression can be when some columns are known to be null everywhere.
 *
 * In:   a bound expression and what its columns can be. Out: whether it can be null, false or true (of values that are no
 *       truth values: null or something), its constant where it is one, and the null columns' fields behind that.
 * Holds: three-valued logic throughout; the answer never leaves out what can happen, it may only name too much.
 */
import type { Cell } from '../data/data-type.ts'
import { isValues } from '../data/column.ts'
import type { BoundExpression, BoundLiteral } from '../plan/expression.ts'
import type { FullTextQuery } from '../plan/full-text.ts'
import { foldCall } from './fold.ts'

export const CAN_BE_NULL = 1
export const CAN_BE_FALSE = 2
export const CAN_BE_TRUE = 4
const VALUE = CAN_BE_FALSE | CAN_BE_TRUE
const ANYTHING = CAN_BE_NULL | VALUE

export interface PossibleValues {
  /** Bits of CAN_BE_NULL, CAN_BE_FALSE, CAN_BE_TRUE; a value that is no truth value has both of the latter. */
  outcomes: number
  /** The only cell it can be; undefined when that is not known. */
  constant: Cell | undefined
  /** Fields without values that it reads. */
  missing: ReadonlySet<string>
}

/** What the columns of one place of the pipe can be. */
export type PossibleColumns = ReadonlyMap<string, PossibleValues>

const NOTHING_MISSING: ReadonlySet<string> = new Set()

/** A column about which nothing is known. */
export const ANY_VALUE: PossibleValues = { outcomes: ANYTHING, constant: undefined, missing: NOTHING_MISSING }

/** A column of FROM that no event has a value for. */
export const missingField = (name: string): PossibleValues => ({
  outcomes: CAN_BE_NULL,
  constant: null,
  missing: new Set([name])
})

/** Exactly this cell. */
export function onlyCell(cell: Cell, missing: ReadonlySet<string> = NOTHING_MISSING): PossibleValues {
  const outcomes = cell === null ? CAN_BE_NULL : cell === true ? CAN_BE_TRUE : cell === false ? CAN_BE_FALSE : VALUE
  return { outcomes, constant: cell, missing }
}

/** What an expression can be. */
export function possibleValues(expression: BoundExpression, columns: PossibleColumns): PossibleValues {
  const of = (child: BoundExpression) => possibleValues(child, columns)
  switch (expression.type) {
    case 'column':
      return columns.get(expression.name) ?? ANY_VALUE
    case 'literal':
      return onlyCell(expression.value)
    case 'conversion': {
      const operand = of(expression.operand)
      return operand.constant === null ? operand : { ...operand, constant: undefined }
    }
    case 'logical':
      return logical(expression, columns)
    case 'not':
      return negated(of(expression.operand))
    case 'is-null': {
      const { outcomes, missing } = of(expression.operand)
      const isNull = outcomes === CAN_BE_NULL ? true : (outcomes & CAN_BE_NULL) === 0 ? false : undefined
      return isNull === undefined
        ? { outcomes: VALUE, constant: undefined, missing }
        : onlyCell(isNull !== expression.negated, missing)
    }
    case 'in': {
      const value = of(expression.value)
      const items = expression.items.map(of)
      const missing = union([value, ...items])
      if (value.constant === null || items.every((item) => item.constant === null)) return onlyCell(null, missing)
      return { outcomes: ANYTHING, constant: undefined, missing }
    }
    case 'call':
      return call(expression, expression.args.map(of))
    case 'coalesce':
      return coalesce(expression.args.map(of))
    case 'case':
      return firstOf(expression, columns)
    case 'full-text': {
      const fields = expression.fields.map(of)
      return { outcomes: fullText(expression.query, fields), constant: undefined, missing: union(fields) }
    }
    default:
      return testOf(expression, of)
  }
}

/** LIKE and other tests of one operand: null for null, else anything. */
function testOf(expression: BoundExpression, of: (child: BoundExpression) => PossibleValues): PossibleValues {
  if (!('operand' in expression)) return ANY_VALUE
  const operand = of(expression.operand as BoundExpression)
  return operand.constant === null ? operand : { outcomes: ANYTHING, constant: undefined, missing: operand.missing }
}

function call(expression: Extract<BoundExpression, { type: 'call' }>, args: readonly PossibleValues[]): PossibleValues {
  const missing = union(args)
  if (expression.function.nulls === 'propagate' && args.some(({ constant }) => constant === null)) return onlyCell(null, missing)
  if (args.length > 0 && args.every(({ constant }) => constant !== undefined && (constant === null || !isValues(constant)))) {
    const literals = expression.args.map((arg, i): BoundLiteral => {
      const { dataType, span, text } = arg
      return { type: 'literal', value: args[i]!.constant!, dataType, span, text }
    })
    const folded = foldCall({ ...expression, args: literals })
    if (folded.type === 'literal') return onlyCell(folded.value, missing)
  }
  return { outcomes: ANYTHING, constant: undefined, missing }
}

/** A chain of hundreds of ORs is a deep left tree: it is walked without recursion. */
function logical(expression: Extract<BoundExpression, { type: 'logical' }>, columns: PossibleColumns): PossibleValues {
  const rights: BoundExpression[] = []
  let left: BoundExpression = expression
  while (left.type === 'logical' && left.operator === expression.operator) {
    rights.push(left.right)
    left = left.left
  }
  let value = possibleValues(left, columns)
  for (const right of rights.reverse()) {
    const other = possibleValues(right, columns)
    value = {
      outcomes: combined(expression.operator, value.outcomes, other.outcomes),
      constant: undefined,
      missing: union([value, other])
    }
  }
  return value
}

/** Kleene's AND and OR over sets of outcomes. */
function combined(operator: 'and' | 'or', left: number, right: number): number {
  const [strong, weak] = operator === 'and' ? [CAN_BE_FALSE, CAN_BE_TRUE] : [CAN_BE_TRUE, CAN_BE_FALSE]
  let outcomes = (left | right) & strong
  if (left & weak && right & weak) outcomes |= weak
  const canBeNull = (left & CAN_BE_NULL && right & (CAN_BE_NULL | weak)) || (right & CAN_BE_NULL && left & (CAN_BE_NULL | weak))
  return canBeNull ? outcomes | CAN_BE_NULL : outcomes
}

/** NOT of a truth value. */
export function negated({ outcomes, constant, missing }: PossibleValues): PossibleValues {
  const swapped =
    (outcomes & CAN_BE_NULL) | (outcomes & CAN_BE_FALSE ? CAN_BE_TRUE : 0) | (outcomes & CAN_BE_TRUE ? CAN_BE_FALSE : 0)
  return {
    outcomes: swapped,
    constant: typeof constant === 'boolean' ? !constant : constant === null ? null : undefined,
    missing
  }
}

function coalesce(args: readonly PossibleValues[]): PossibleValues {
  const seen: PossibleValues[] = []
  for (const arg of args) {
    if (arg.constant !== null) seen.push(arg)
    if ((arg.outcomes & CAN_BE_NULL) === 0) return either(seen, args, false)
  }
  return either(seen, args, true)
}

/** CASE: branches whose condition can be true, up to one that is always true. */
function firstOf(expression: Extract<BoundExpression, { type: 'case' }>, columns: PossibleColumns): PossibleValues {
  const results: PossibleValues[] = []
  const read: PossibleValues[] = []
  for (const branch of expression.branches) {
    const condition = possibleValues(branch.condition, columns)
    read.push(condition)
    if ((condition.outcomes & CAN_BE_TRUE) === 0) continue
    results.push(possibleValues(branch.value, columns))
    if (condition.outcomes === CAN_BE_TRUE) return one(results, read)
  }
  results.push(expression.otherwise ? possibleValues(expression.otherwise, columns) : onlyCell(null))
  return one(results, read)
}

function one(results: readonly PossibleValues[], read: readonly PossibleValues[]): PossibleValues {
  const [first] = results
  const missing = union([...results, ...read])
  if (results.length === 1) return { ...first!, missing }
  return { outcomes: results.reduce((outcomes, result) => outcomes | result.outcomes, 0), constant: undefined, missing }
}

function either(seen: readonly PossibleValues[], all: readonly PossibleValues[], orNull: boolean): PossibleValues {
  const missing = union(all)
  if (seen.length === 0) return onlyCell(null, missing)
  const values = seen.reduce((outcomes, { outcomes: more }) => outcomes | (more & VALUE), 0)
  const constant = seen.length === 1 ? seen[0]!.constant : undefined
  return { outcomes: orNull ? values | CAN_BE_NULL : values, constant, missing }
}

/** A full-text query is false on fields without values, and never null. */
function fullText(query: FullTextQuery, fields: readonly PossibleValues[]): number {
  switch (query.type) {
    case 'all':
      return CAN_BE_TRUE
    case 'none':
      return CAN_BE_FALSE
    case 'and':
    case 'or':
      return query.operands.map((operand) => fullText(operand, fields)).reduce((a, b) => combined(query.type, a, b))
    case 'not': {
      const operand = fullText(query.operand, fields)
      return (operand & CAN_BE_TRUE ? CAN_BE_FALSE : 0) | (operand & CAN_BE_FALSE ? CAN_BE_TRUE : 0)
    }
    case 'at-least': {
      const possible = query.operands.filter((operand) => fullText(operand, fields) & CAN_BE_TRUE).length
      return possible < query.count ? CAN_BE_FALSE : VALUE
    }
    case 'field':
      return fields[query.field]!.outcomes === CAN_BE_NULL ? CAN_BE_FALSE : VALUE
  }
}

function union(values: readonly PossibleValues[]): ReadonlySet<string> {
  const [first, ...rest] = values.filter(({ missing }) => missing.size > 0)
  if (!first) return NOTHING_MISSING
  return rest.length === 0 ? first.missing : new Set([first, ...rest].flatMap(({ missing }) => [...missing]))
}
