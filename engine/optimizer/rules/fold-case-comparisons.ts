/**
 * TO_LOWER(x) and TO_UPPER(x) against a constant of the other case, as Elasticsearch decides it: such an equality or
 * pattern is false before any value is seen, for a null x too. So `TO_LOWER(x) == "Foo"` is false, its negation is
 * `x IS NOT NULL`, and `TO_LOWER(x) NOT LIKE "Foo*"` is true. Of a list of patterns those of the other case drop out.
 */
import { columnsOf, type BoundExpression } from '../../plan/expression.ts'
import type { LogicalPlan } from '../../plan/logical-plan.ts'
import { mapNodeExpressions } from '../../plan/map-node.ts'
import { mapChildren } from '../../plan/rename-columns.ts'

/** Characters that a changed text cannot hold. */
const CANNOT_HOLD: ReadonlyMap<string, RegExp> = new Map([
  ['TO_LOWER', /\p{Lu}/u],
  ['TO_UPPER', /\p{Ll}/u]
])

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!='])

/** Replaces such comparisons wherever they stand. */
export function foldCaseComparisons(plan: LogicalPlan): LogicalPlan {
  return { nodes: plan.nodes.map((node) => mapNodeExpressions(node, foldWithin)) }
}

function foldWithin(expression: BoundExpression): BoundExpression {
  if (expression.type === 'logical') return foldChain(expression)
  if (expression.type === 'not') {
    const { operand } = expression
    const name = operand.type === 'call' ? operand.function.name : ''
    const field = operand.type === 'call' && COMPARISONS.has(name) ? impossibleEquality(operand.args) : null
    if (field) return name === '!=' ? never(expression) : isNotNull(foldWithin(field), expression)
  }
  return fold(mapChildren(expression, foldWithin))
}

/** A chain of ORs is a deep left tree: it is walked without recursion. */
function foldChain(expression: Extract<BoundExpression, { type: 'logical' }>): BoundExpression {
  const chain = [expression]
  for (let left = expression.left; left.type === 'logical'; left = left.left) chain.push(left)
  let folded = foldWithin(chain.at(-1)!.left)
  for (const node of chain.reverse()) folded = { ...node, left: folded, right: foldWithin(node.right) }
  return folded
}

function fold(expression: BoundExpression): BoundExpression {
  if (expression.type === 'like') {
    const impossible = changedCase(expression.operand)?.impossible
    if (!impossible) return expression
    const patterns = expression.patterns.filter((pattern) => !impossible.test(pattern))
    return patterns.length === 0 ? never(expression) : { ...expression, patterns }
  }
  if (expression.type === 'call') {
    const { name } = expression.function
    const field = COMPARISONS.has(name) ? impossibleEquality(expression.args) : null
    if (field) return name === '==' ? never(expression) : isNotNull(field, expression)
  }
  return expression
}

/** What has its case changed, when one side is that and the other a constant it cannot equal. */
function impossibleEquality(args: readonly BoundExpression[]): BoundExpression | null {
  const [left, right] = args as [BoundExpression, BoundExpression]
  const [changed, constant] = left.type === 'literal' ? [changedCase(right), left] : [changedCase(left), right]
  if (!changed || constant.type !== 'literal' || typeof constant.value !== 'string') return null
  return changed.impossible.test(constant.value) ? changed.of : null
}

/**
 * The innermost argument of calls that change the case, and what the outermost one's result cannot hold. Of a constant the
 * case is changed before its comparison is looked at: of several values that is null, not false.
 */
function changedCase(expression: BoundExpression): { of: BoundExpression; impossible: RegExp } | null {
  const impossible = expression.type === 'call' ? CANNOT_HOLD.get(expression.function.name) : undefined
  if (!impossible) return null
  let of = expression
  while (of.type === 'call' && CANNOT_HOLD.has(of.function.name)) of = of.args[0]!
  return columnsOf(of).size === 0 ? null : { of, impossible }
}

function never({ span, text }: BoundExpression): BoundExpression {
  return { type: 'literal', value: false, dataType: 'boolean', span, text }
}

function isNotNull(operand: BoundExpression, { span, text }: BoundExpression): BoundExpression {
  return { type: 'is-null', operand, negated: true, dataType: 'boolean', span, text }
}
