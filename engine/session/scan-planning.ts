/**
 * Scan planning: what of a plan the source can do while it reads.
 *
 * In: an optimized plan that begins with FROM. Out: the columns to read, the conjuncts the scan applies, and the nodes
 * left for operators. A conjunct moves into the scan when it is a test of one keyword column against constants; it leaves
 * the plan, since the scan drops exactly the rows for which it is not true. Behind MV_EXPAND of its column it stays and
 * the scan drops only events of which no value can pass.
 */
import { compileOneOf, type Dfa } from '../data/automaton.ts'
import { AutomatonTooLargeError } from '../data/automaton-builder.ts'
import { isString } from '../data/data-type.ts'
import type { Field } from '../data/schema.ts'
import { compileTextMatcher } from '../patterns/text-matcher.ts'
import type { BoundExpression } from '../plan/expression.ts'
import type { FilterNode, FromNode, PlanNode } from '../plan/logical-plan.ts'
import type { ScanConjunct } from '../source/scan-request.ts'

export interface PlannedScan {
  from: FromNode
  required: ScanConjunct[]
  /** The pushed conjuncts, parallel to `required`, for warnings and explanations. */
  pushed: FilterNode[]
  /** What operators still have to do. */
  rest: PlanNode[]
}

/** Divides a plan between scan and operators. `exact`: the scan sees values as the query does (no ignore_above). */
export function planScan(nodes: readonly PlanNode[], exact: boolean): PlannedScan {
  const from = nodes[0] as FromNode
  const planned: PlannedScan = { from, required: [], pushed: [], rest: [] }
  const expanded = new Set<string>()
  let streaming = true
  for (const node of nodes.slice(1)) {
    if (node.type === 'mv-expand') expanded.add(node.column)
    else if (node.type !== 'filter') streaming = false
    const test = streaming && node.type === 'filter' ? columnTest(node.condition) : null
    const column = test ? from.schema.findIndex(({ name }) => name === test.column) : -1
    if (!test || column < 0 || !isTestable(from.schema[column]!)) {
      planned.rest.push(node)
      continue
    }
    const behindExpand = expanded.has(test.column)
    planned.required.push({ column, automaton: test.automaton, quantifier: behindExpand ? 'any' : 'single' })
    planned.pushed.push(node as FilterNode)
    if (behindExpand || !exact) planned.rest.push(node)
  }
  return planned
}

/** Keyword fields of the document; metadata may be absent from the bytes. */
const isTestable = (field: Field) => isString(field.type) && !field.name.startsWith('_')

/** A condition as "this column is accepted by this automaton"; null for any other form. */
function columnTest(condition: BoundExpression): { column: string; automaton: Dfa } | null {
  switch (condition.type) {
    case 'like': {
      if (condition.operand.type !== 'column') return null
      const { automaton } = compileTextMatcher(condition.syntax, condition.patterns)
      return automaton && { column: condition.operand.name, automaton }
    }
    case 'in': {
      if (condition.value.type !== 'column') return null
      const texts = condition.items.map((item) => (item.type === 'literal' && typeof item.value === 'string' ? item.value : null))
      const automaton = texts.includes(null) ? null : oneOf(texts as string[])
      return automaton && { column: condition.value.name, automaton }
    }
    case 'call':
      return condition.function.name === '==' ? equality(condition.args[0]!, condition.args[1]!) : null
    default:
      return null
  }
}

function equality(left: BoundExpression, right: BoundExpression): { column: string; automaton: Dfa } | null {
  const [column, constant] = left.type === 'column' ? [left, right] : [right, left]
  if (column.type !== 'column' || constant.type !== 'literal' || typeof constant.value !== 'string') return null
  const automaton = oneOf([constant.value])
  return automaton && { column: column.name, automaton }
}

/** The automaton of a list, or null when it would be too large: the condition then stays with the operators. */
function oneOf(texts: readonly string[]): Dfa | null {
  try {
    return compileOneOf(texts)
  } catch (error) {
    if (error instanceof AutomatonTooLargeError) return null
    throw error
  }
}
