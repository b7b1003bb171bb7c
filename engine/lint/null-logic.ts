/**
 * What a condition says of an event in which one field is null: what it is, and what its author meant.
 *
 * Each condition has a set of pairs (actual, meant). Actual is ES|QL's: a comparison with null is null, NOT null is null,
 * null AND false is false. Meant is two-valued: a comparison with a missing field does not hold, and its negation does.
 * Conditions on other fields may turn out either way, independently of each other, which is exact as long as none of them
 * occurs twice. An event is lost when the whole is not true and was meant to be: `losesEvents`.
 */
import type { CallExpression, Expression } from '../language/ast.ts'
import type { Column, ColumnScope } from './columns.ts'
import { functionName, keepsNull, operandsOf } from './expressions.ts'

/** Three values as numbers: false, null, true, so that AND is the smaller and OR the larger. */
type Truth = 0 | 1 | 2
const [FALSE, NULL, TRUE] = [0, 1, 2] as const

/** A set of pairs: bit `actual * 3 + meant` (meant is never null). */
export type Pairs = number

const bit = (actual: Truth, meant: Truth): Pairs => 1 << (actual * 3 + meant)
/** A condition that has nothing to do with the field. */
const EITHER = bit(TRUE, TRUE) | bit(FALSE, FALSE)

/** Whether some event with the field null is dropped that was meant to be kept. */
export function losesEvents(pairs: Pairs): boolean {
  return (pairs & (bit(FALSE, TRUE) | bit(NULL, TRUE))) !== 0
}

/** Whether some event with the field null is kept. */
export function keepsEvents(pairs: Pairs): boolean {
  return (pairs & (bit(TRUE, TRUE) | bit(TRUE, FALSE))) !== 0
}

/** The same condition, taken at its word. */
export function takenAsIs(pairs: Pairs): Pairs {
  const kept = keepsEvents(pairs) ? bit(TRUE, TRUE) : 0
  const dropped = pairs & ~(bit(TRUE, TRUE) | bit(TRUE, FALSE)) ? bit(FALSE, FALSE) : 0
  return kept | dropped
}

/** Both conditions hold. */
export function bothOf(a: Pairs, b: Pairs): Pairs {
  return combine(a, b, 'and')
}

/** Sets have nine bits: the answers for every two of them, as they come up. */
const CONJUNCTIONS = new Map<number, Pairs>()
const DISJUNCTIONS = new Map<number, Pairs>()

function combine(a: Pairs, b: Pairs, operator: 'and' | 'or'): Pairs {
  const known = operator === 'and' ? CONJUNCTIONS : DISJUNCTIONS
  let result = known.get(a * 512 + b)
  if (result === undefined) known.set(a * 512 + b, (result = combined(a, b, operator)))
  return result
}

function combined(a: Pairs, b: Pairs, operator: 'and' | 'or'): Pairs {
  const operation = (operator === 'and' ? Math.min : Math.max) as (x: Truth, y: Truth) => Truth
  let result = 0
  for (let i = 0; i < 9; i++) {
    if (!(a & (1 << i))) continue
    for (let j = 0; j < 9; j++) {
      if (!(b & (1 << j))) continue
      const actual = operation(Math.floor(i / 3) as Truth, Math.floor(j / 3) as Truth)
      result |= bit(actual, operation((i % 3) as Truth, (j % 3) as Truth))
    }
  }
  return result
}

function negate(pairs: Pairs): Pairs {
  let result = 0
  for (let i = 0; i < 9; i++) if (pairs & (1 << i)) result |= bit((2 - Math.floor(i / 3)) as Truth, (2 - (i % 3)) as Truth)
  return result
}

/** How deep columns made of columns are followed: it bounds the recursion. */
const MAX_DEPTH = 100

/** What was found of columns made before, for one field: a column made of two others is looked at once. */
interface Found {
  isNull: Map<Column, boolean>
  pairs: Map<Column, Pairs>
}
const foundOf = new WeakMap<Column, Found>()

function foundFor(column: Column): Found {
  let found = foundOf.get(column)
  if (!found) foundOf.set(column, (found = { isNull: new Map(), pairs: new Map() }))
  return found
}

/** The pairs of a condition when the field `column` is null. */
export function pairsOf(condition: Expression, scope: ColumnScope, column: Column, depth = 0): Pairs {
  const part = (expression: Expression) => pairsOf(expression, scope, column, depth)
  const isNull = (expression: Expression) => isNullWhen(expression, scope, column, depth)
  switch (condition.type) {
    case 'logical':
      return combine(part(condition.left), part(condition.right), condition.operator)
    case 'not':
      return negate(part(condition.operand))
    case 'boolean':
      return condition.value ? bit(TRUE, TRUE) : bit(FALSE, FALSE)
    case 'is-null':
      if (!isNull(condition.value)) return EITHER
      return condition.negated ? bit(FALSE, FALSE) : bit(TRUE, TRUE)
    case 'comparison':
      if (!isNull(condition.left) && !isNull(condition.right)) return EITHER
      return bit(NULL, condition.operator === '!=' ? TRUE : FALSE)
    case 'in':
    case 'pattern':
      return isNull(condition.value) ? bit(NULL, condition.negated ? TRUE : FALSE) : EITHER
    case 'match':
      return isNull(condition.field) ? bit(FALSE, FALSE) : EITHER
    case 'call':
      return pairsOfCall(condition, part, isNull)
    case 'column': {
      const behind = scope.lookup(condition.name)
      if (behind?.kind === 'computed' && depth < MAX_DEPTH) {
        const { pairs } = foundFor(column)
        let known = pairs.get(behind)
        if (known === undefined) pairs.set(behind, (known = pairsOf(behind.expression, behind.scope, column, depth + 1)))
        return known
      }
      return isNull(condition) ? bit(NULL, FALSE) : EITHER
    }
    default:
      return isNull(condition) ? bit(NULL, FALSE) : EITHER
  }
}

function pairsOfCall(
  call: CallExpression,
  part: (expression: Expression) => Pairs,
  isNull: (expression: Expression) => boolean
): Pairs {
  const [first, second] = call.args
  const name = functionName(call)
  if (name === 'MV_CONTAINS' || name === 'MV_INTERSECTS') return first && isNull(first) ? bit(FALSE, FALSE) : EITHER
  if (name === 'COALESCE' && first && second?.type === 'boolean') {
    // Null becomes the second argument, on purpose: what is meant is what it says.
    const pairs = part(first)
    const instead = second.value ? bit(TRUE, TRUE) : bit(FALSE, FALSE)
    const nulls = pairs & (bit(NULL, TRUE) | bit(NULL, FALSE))
    return (pairs & ~nulls) | (nulls ? instead : 0)
  }
  return keepsNull(call) && call.args.some(isNull) ? bit(NULL, FALSE) : EITHER
}

/** Whether an expression is null whenever `column` is. */
export function isNullWhen(expression: Expression, scope: ColumnScope, column: Column, depth = 0): boolean {
  switch (expression.type) {
    case 'column':
      return isNullColumn(scope.lookup(expression.name), column, depth)
    case 'call':
      return keepsNull(expression) && expression.args.some((argument) => isNullWhen(argument, scope, column, depth))
    case 'cast':
    case 'unary':
    case 'arithmetic':
      return operandsOf(expression).some((operand) => isNullWhen(operand, scope, column, depth))
    default:
      return false
  }
}

function isNullColumn(behind: Column | null, column: Column, depth: number): boolean {
  if (behind === column) return true
  if (behind === null || depth > MAX_DEPTH) return false
  if (behind.kind === 'expanded' || behind.kind === 'key') return isNullColumn(behind.of, column, depth + 1)
  if (behind.kind !== 'computed') return false
  const { isNull } = foundFor(column)
  let known = isNull.get(behind)
  if (known === undefined) isNull.set(behind, (known = isNullWhen(behind.expression, behind.scope, column, depth + 1)))
  return known
}

/** The fields of the events that make an expression null: its columns, and those behind them. */
export function nullSources(expression: Expression, scope: ColumnScope): Set<Column> {
  const found = new Set<Column>()
  const seen = new Set<Column>()
  const visit = (one: Expression, at: ColumnScope, depth: number): void => {
    if (one.type === 'column') follow(at.lookup(one.name), depth)
    for (const operand of operandsOf(one)) visit(operand, at, depth)
  }
  const follow = (column: Column | null, depth: number): void => {
    if (column === null || seen.has(column) || depth > MAX_DEPTH) return
    seen.add(column)
    if (column.kind === 'source') found.add(column)
    else if (column.kind === 'expanded' || column.kind === 'key') follow(column.of, depth + 1)
    else if (column.kind === 'computed') visit(column.expression, column.scope, depth + 1)
  }
  visit(expression, scope, 0)
  return found
}
