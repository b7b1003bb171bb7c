/**
 * Thresholds: by what margin a row passed the conditions behind the last aggregation.
 *
 * In: a parsed query. Out: the comparisons of a column with a constant that stand as conjuncts of WHEREs behind the last
 * STATS, and sentences such as "1 of fewer than 5". Alternatives of an OR are no thresholds: a row need not have passed them.
 */
import type { CellValue } from '../data/cell-value.ts'
import type { AggregateAssignment, Command, Expression, QueryNode, StatsCommand } from '../language/ast.ts'

export type ThresholdOperator = '==' | '!=' | '<' | '<=' | '>' | '>='
export type ThresholdLimit = number | bigint | string | boolean

export interface Threshold {
  /** The column's name at the end of the query (RENAME is followed). */
  column: string
  operator: ThresholdOperator
  limit: ThresholdLimit
  /** What the column counts, singular (`agent`); null when it is no distinct count or nothing has a name for it. */
  unit: string | null
}

const MIRRORED: Readonly<Record<ThresholdOperator, ThresholdOperator>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<='
}

/** The thresholds of a query, in the order written. */
export function readThresholds(query: QueryNode): Threshold[] {
  const last = query.commands.findLastIndex((command) => command.type === 'stats')
  const stats = query.commands[last]
  if (stats?.type !== 'stats') return []
  const units = unitsOf(stats)
  // Behind INLINE STATS a row still has its event's fields; only what was aggregated can be a threshold.
  const computed = stats.inline ? computedNames(stats, query.commands.slice(last + 1)) : null
  let thresholds: Threshold[] = []
  for (const command of query.commands.slice(last + 1)) {
    if (command.type === 'where') {
      const found = conjuncts(command.condition).flatMap((condition) => thresholdOf(condition, units))
      thresholds.push(...found.filter((threshold) => computed === null || computed.has(threshold.column)))
    } else if (command.type === 'rename') {
      const names = new Map(command.renames.map((rename) => [rename.from.text, rename.to.text]))
      thresholds = thresholds.map((threshold) => ({ ...threshold, column: names.get(threshold.column) ?? threshold.column }))
      for (const [from, to] of names) if (units.has(from)) units.set(to, units.get(from)!)
    }
  }
  return thresholds
}

function computedNames(stats: StatsCommand, behind: readonly Command[]): Set<string> {
  const assigned = behind.flatMap((command) => (command.type === 'eval' ? command.fields : []))
  return new Set([...stats.aggregates, ...assigned].flatMap((field) => field.name?.name ?? []))
}

/** The operands of a chain of ANDs, without recursion along the chain: it may be thousands long. */
function conjuncts(condition: Expression): Expression[] {
  const found: Expression[] = []
  const open = [condition]
  while (open.length > 0) {
    const next = open.pop()!
    if (next.type === 'logical' && next.operator === 'and') open.push(next.right, next.left)
    else found.push(next)
  }
  return found
}

function thresholdOf(condition: Expression, units: ReadonlyMap<string, string>): Threshold[] {
  if (condition.type !== 'comparison' || condition.operator === '=~') return []
  const { left, right, operator } = condition
  const direct = left.type === 'column'
  const column = direct ? left : right
  const limit = constantOf(direct ? right : left)
  if (column.type !== 'column' || limit === null) return []
  return [{ column: column.name, operator: direct ? operator : MIRRORED[operator], limit, unit: units.get(column.name) ?? null }]
}

function constantOf(expression: Expression): ThresholdLimit | null {
  if (expression.type === 'string' || expression.type === 'boolean') return expression.value
  if (expression.type === 'unary' && expression.operand.type === 'number') {
    const value = numberOf(expression.operand.text)
    return expression.operator === '-' ? -value : value
  }
  return expression.type === 'number' ? numberOf(expression.text) : null
}

function numberOf(text: string): number | bigint {
  const value = Number(text)
  return /^\d+$/.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value
}

/** Names of what a distinct count counts. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['agent.id', 'agent'],
  ['agent.name', 'agent'],
  ['host.id', 'host'],
  ['host.name', 'host'],
  ['user.id', 'user'],
  ['user.name', 'user'],
  ['source.ip', 'source address'],
  ['destination.ip', 'destination address'],
  ['process.executable', 'program'],
  ['process.name', 'program'],
  ['process.command_line', 'command'],
  ['file.path', 'file']
])

function unitsOf(stats: StatsCommand): Map<string, string> {
  const units = new Map<string, string>()
  for (const aggregate of stats.aggregates) {
    const unit = unitOf(aggregate)
    if (aggregate.name !== null && unit !== undefined) units.set(aggregate.name.name, unit)
  }
  return units
}

function unitOf({ expression }: AggregateAssignment): string | undefined {
  if (expression.type !== 'call' || expression.name.toLowerCase() !== 'count_distinct') return undefined
  const counted = expression.args[0]
  return counted?.type === 'column' ? UNITS.get(counted.name) : undefined
}

const PHRASES: Readonly<Record<ThresholdOperator, string>> = {
  '<': 'fewer than',
  '<=': 'at most',
  '>': 'more than',
  '>=': 'at least',
  '==': 'exactly',
  '!=': 'anything but'
}

/** "1 of fewer than 5", "1 of exactly 1 agent"; texts and dates read "x, exactly x". */
export function thresholdText(threshold: Threshold, value: CellValue): string {
  const { operator, limit, unit } = threshold
  const shown = value === null ? 'no value' : typeof value === 'object' ? value.join(', ') : String(value)
  const counted = isNumber(limit) && (value === null || isNumber(value))
  const noun = unit === null ? '' : ` ${plural(unit, limit)}`
  return counted ? `${shown} of ${PHRASES[operator]} ${limit}${noun}` : `${shown}, ${TEXT_PHRASES[operator]} ${limit}`
}

const TEXT_PHRASES: Readonly<Record<ThresholdOperator, string>> = {
  ...PHRASES,
  '<': 'before',
  '<=': 'up to',
  '>': 'after',
  '>=': 'from'
}

function isNumber(value: CellValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function plural(unit: string, count: ThresholdLimit): string {
  if (Number(count) === 1) return unit
  return /s$/.test(unit) ? `${unit}es` : `${unit}s`
}
