/**
 * `x == "a" OR x == "b" OR x IN ("c")` -> `x IN ("a", "b", "c")`, and likewise a chain of CIDR_MATCH on one address: the
 * value is looked at once. Answers the same; as in Elasticsearch a warning then names `x`, once, and not each comparison.
 *
 * Holds: only constants that are one value are combined (a null or a multi-value among them keeps its own rules), and an
 * equality that stands alone in a chain in which others were combined is named by its field, too.
 */
import { isValues } from '../../data/column.ts'
import { type BoundCall, type BoundExpression, type BoundIn, childrenOf, disjunctsOf } from '../../plan/expression.ts'
import type { LogicalPlan } from '../../plan/logical-plan.ts'
import { mapNodeExpressions } from '../../plan/map-node.ts'
import { mapChildren } from '../../plan/rename-columns.ts'

/** Combines wherever a chain of ORs stands. */
export function combineAlternatives(plan: LogicalPlan): LogicalPlan {
  return { nodes: plan.nodes.map((node) => mapNodeExpressions(node, combine)) }
}

/** Most expressions have no OR and are left as they are. */
function combine(expression: BoundExpression): BoundExpression {
  const pending = [expression]
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.type === 'logical' && next.operator === 'or') return combineWithin(expression)
    pending.push(...childrenOf(next))
  }
  return expression
}

/** A chain of ANDs or ORs is a deep left tree: it is walked without recursion. */
function combineWithin(expression: BoundExpression): BoundExpression {
  if (expression.type !== 'logical') return mapChildren(expression, combineWithin)
  const { operator } = expression
  const combinedChain = operator === 'or' ? combineChain(expression) : null
  if (combinedChain) return combinedChain
  const chain = [expression]
  for (let left = expression.left; left.type === 'logical' && left.operator === operator; left = left.left) chain.push(left)
  let combined = combineWithin(chain.at(-1)!.left)
  for (const node of chain.reverse()) combined = { ...node, left: combined, right: combineWithin(node.right) }
  return combined
}

/** What can be said of one value in a chain: its test, and what it is compared with. */
interface Test {
  key: string
  items: BoundExpression[]
  merged(items: BoundExpression[], named: BoundExpression[]): BoundExpression
}

/** The chain with fewer operands, or null when none go together. */
function combineChain(chain: BoundExpression): BoundExpression | null {
  const operands = disjunctsOf(chain)
  const tests = operands.map(testOf)
  const groups = new Map<string, number[]>()
  tests.forEach((test, i) => test && groups.set(test.key, [...(groups.get(test.key) ?? []), i]))
  if (![...groups.values()].some((members) => members.length > 1)) return null
  const remaining = operands.flatMap((operand, i) => {
    const test = tests[i]
    if (!test) return [combineWithin(operand)]
    const members = groups.get(test.key)!
    if (members[0] !== i) return []
    return [
      test.merged(
        members.flatMap((member) => tests[member]!.items),
        members.map((member) => operands[member]!)
      )
    ]
  })
  const { span, text } = chain
  return remaining.reduce((left, right) => ({ type: 'logical', operator: 'or', left, right, dataType: 'boolean', span, text }))
}

function testOf(operand: BoundExpression): Test | null {
  if (operand.type === 'in') return inTest(operand)
  if (operand.type !== 'call') return null
  if (operand.function.name === '==') return equalityTest(operand)
  return operand.function.name === 'CIDR_MATCH' ? networkTest(operand) : null
}

function equalityTest(call: BoundCall): Test | null {
  const [left, right] = call.args as [BoundExpression, BoundExpression]
  const [value, item] = isOneValue(left) ? [right, left] : [left, right]
  if (!isOneValue(item) || isOneValue(value)) return null
  // The parameter types follow the order of the arguments; an equality written the other way round is its mirror.
  const params = value === left ? call.params : [...call.params].reverse()
  return listTest(value, [item], { equals: call.function, params }, call)
}

function inTest(expression: BoundIn): Test | null {
  if (!expression.items.every(isOneValue)) return null
  return listTest(expression.value, expression.items, expression, null)
}

/** An equality or a list; `alone` is what it stays when nothing joins it, named by its field. */
function listTest(
  value: BoundExpression,
  items: BoundExpression[],
  { equals, params }: Pick<BoundIn, 'equals' | 'params'>,
  alone: BoundCall | null
): Test {
  const warnAs = { span: value.span, text: value.text }
  return {
    key: `${params.join()} ${keyOf(value)}`,
    items,
    merged: (all, named) =>
      alone && all.length === 1
        ? { ...alone, warnAs }
        : { type: 'in', value, items: all, equals, params, dataType: 'boolean', ...written(named), warnAs }
  }
}

function networkTest(call: BoundCall): Test | null {
  const [value, ...blocks] = call.args as [BoundExpression, ...BoundExpression[]]
  if (!blocks.every(isOneValue)) return null
  const [addressType, blockType] = call.params as [BoundExpression['dataType'], BoundExpression['dataType']]
  return {
    key: `CIDR_MATCH ${keyOf(value)}`,
    items: blocks,
    merged: (all, named) => ({
      ...call,
      ...written(named),
      args: [value, ...all],
      params: [addressType, ...all.map(() => blockType)],
      warnAs: { span: value.span, text: value.text }
    })
  }
}

const keyOf = ({ type, dataType, text }: BoundExpression) => `${type} ${dataType} ${text}`

function isOneValue(expression: BoundExpression): boolean {
  return expression.type === 'literal' && expression.value !== null && !isValues(expression.value)
}

/** Span and text of several operands as one. */
function written(operands: readonly BoundExpression[]): Pick<BoundExpression, 'span' | 'text'> {
  const [first, last] = [operands[0]!, operands.at(-1)!]
  return { span: { start: first.span.start, end: last.span.end }, text: operands.map(({ text }) => text).join(' OR ') }
}
