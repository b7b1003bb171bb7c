/**
 * Bound expressions: the analyzer's answer to an AST expression. Names are resolved, types known, conversions explicit.
 *
 * Columns are named, not numbered: each operator finds them in its own input schema. `text` is the source text, which
 * names unnamed columns and stands in warnings.
 */
import type { Span } from '../base/span.ts'
import type { Cell, DataType } from '../data/data-type.ts'
import type { AggregateFunction, ScalarFunction } from '../functions/definition.ts'
import type { PatternSyntax } from '../patterns/text-matcher.ts'
import type { FullTextQuery } from './full-text.ts'

export type BoundExpression =
  | BoundColumn
  | BoundLiteral
  | BoundCall
  | BoundConversion
  | BoundLogical
  | BoundNot
  | BoundIsNull
  | BoundIn
  | BoundLike
  | BoundCase
  | BoundCoalesce
  | BoundFullText

interface Bound {
  dataType: DataType
  span: Span
  text: string
  /** What warnings name instead, where the optimizer made one test of several: their field. */
  warnAs?: { span: Span; text: string }
}

export interface BoundColumn extends Bound {
  type: 'column'
  name: string
}
export interface BoundLiteral extends Bound {
  type: 'literal'
  value: Cell
}
export interface BoundCall extends Bound {
  type: 'call'
  function: ScalarFunction
  args: BoundExpression[]
  /** Types the arguments have after conversion, as the function resolved them. */
  params: readonly DataType[]
}
/** Conversion that types demand (integer to long, text to keyword); explicit TO_* and `::` are calls. */
export interface BoundConversion extends Bound {
  type: 'conversion'
  operand: BoundExpression
}
export interface BoundLogical extends Bound {
  type: 'logical'
  operator: 'and' | 'or'
  left: BoundExpression
  right: BoundExpression
}
export interface BoundNot extends Bound {
  type: 'not'
  operand: BoundExpression
}
export interface BoundIsNull extends Bound {
  type: 'is-null'
  operand: BoundExpression
  negated: boolean
}
export interface BoundIn extends Bound {
  type: 'in'
  value: BoundExpression
  items: BoundExpression[]
  /** Equality of the value with each item, resolved for their types. */
  equals: ScalarFunction
  params: readonly DataType[]
}
/** LIKE or RLIKE with one pattern or a list: true when any matches. */
export interface BoundLike extends Bound {
  type: 'like'
  syntax: PatternSyntax
  operand: BoundExpression
  patterns: string[]
  /** Where each pattern stands, for messages. */
  patternSpans: Span[]
}
export interface BoundCase extends Bound {
  type: 'case'
  branches: { condition: BoundExpression; value: BoundExpression }[]
  otherwise: BoundExpression | null
}
export interface BoundCoalesce extends Bound {
  type: 'coalesce'
  args: BoundExpression[]
}

/** KQL, QSTR, MATCH and `:`: a question to the document's own fields, answered with true or false. */
export interface BoundFullText extends Bound {
  type: 'full-text'
  /** How messages call it: `[KQL] function`, `[:] operator`. */
  shown: string
  query: FullTextQuery
  /** The columns that the query numbers. */
  fields: BoundColumn[]
  /** Some range is relative to now. */
  usesNow: boolean
}

/** An aggregate call inside STATS. */
export interface BoundAggregate {
  function: AggregateFunction
  args: BoundExpression[]
  params: readonly DataType[]
  dataType: DataType
  filter: BoundExpression | null
  span: Span
  text: string
}

/** Place and text that warnings of an expression name. */
export function warnedAs({ span, text, warnAs }: BoundExpression): { span: Span; text: string } {
  return warnAs ?? { span, text }
}

/** Direct sub-expressions, in evaluation order. */
export function childrenOf(expression: BoundExpression): readonly BoundExpression[] {
  switch (expression.type) {
    case 'column':
    case 'literal':
      return []
    case 'call':
    case 'coalesce':
      return expression.args
    case 'conversion':
    case 'not':
    case 'is-null':
    case 'like':
      return [expression.operand]
    case 'logical':
      return [expression.left, expression.right]
    case 'in':
      return [expression.value, ...expression.items]
    case 'case':
      return [
        ...expression.branches.flatMap((branch) => [branch.condition, branch.value]),
        ...(expression.otherwise ? [expression.otherwise] : [])
      ]
    case 'full-text':
      return expression.fields
  }
}

/** Names of all columns an expression reads. */
export function columnsOf(expression: BoundExpression, into = new Set<string>()): Set<string> {
  if (expression.type === 'column') into.add(expression.name)
  for (const child of childrenOf(expression)) columnsOf(child, into)
  return into
}

/** Whether some part calls the named function. */
export function callsFunction(expression: BoundExpression, name: string): boolean {
  if (expression.type === 'call' && expression.function.name === name) return true
  if (expression.type === 'full-text') return name === 'NOW' && expression.usesNow
  return childrenOf(expression).some((child) => callsFunction(child, name))
}

/** The operands of a chain of ANDs, left to right; the expression itself when it is no AND. */
export function conjunctsOf(expression: BoundExpression): BoundExpression[] {
  return operandsOf(expression, 'and')
}

/** The operands of a chain of ORs, left to right. */
export function disjunctsOf(expression: BoundExpression): BoundExpression[] {
  return operandsOf(expression, 'or')
}

function operandsOf(expression: BoundExpression, operator: 'and' | 'or'): BoundExpression[] {
  const operands: BoundExpression[] = []
  const pending = [expression]
  while (pending.length > 0) {
    const next = pending.pop()!
    if (next.type === 'logical' && next.operator === operator) pending.push(next.right, next.left)
    else operands.push(next)
  }
  return operands
}

/** One expression that is true when all are; null for none. */
export function conjunction(conjuncts: readonly BoundExpression[]): BoundExpression | null {
  if (conjuncts.length === 0) return null
  return conjuncts.reduce((left, right) => ({
    type: 'logical',
    operator: 'and',
    left,
    right,
    dataType: 'boolean',
    span: { start: left.span.start, end: right.span.end },
    text: `${left.text} and ${right.text}`
  }))
}
