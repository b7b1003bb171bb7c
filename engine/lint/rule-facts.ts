/** What several checks of rules ask of a query: does it aggregate, by what, from when. */
import type { Command, StatsCommand } from '../language/ast.ts'
import { parseFrom, parseInterval } from '../rules/schedule.ts'
import type { LintContext, LintRule } from './context.ts'
import { isCall } from './expressions.ts'

/** The commands of a query that parses, with the last STATS; null for a query without one. INLINE STATS keeps its events. */
export function lastStats(context: LintContext): { command: StatsCommand; index: number } | null {
  if (!context.query) return null
  const found = context.commands.findLast(({ command }) => command.type === 'stats' && !command.inline)
  return found ? { command: found.command as StatsCommand, index: found.index } : null
}

/** The last command of a kind behind a place of the pipe. */
export function commandBehind<T extends Command['type']>(
  context: LintContext,
  index: number,
  type: T
): Extract<Command, { type: T }> | null {
  const found = context.commands.findLast(({ command, index: at }) => at > index && command.type === type)
  return found ? (found.command as Extract<Command, { type: T }>) : null
}

/** Length of the window and the time between runs; null where one of them is not the same for every run. */
export function scheduleOf(rule: LintRule): { windowMillis: number; intervalMillis: number } | null {
  const offset = parseFrom(rule.from)?.millis
  const intervalMillis = parseInterval(rule.interval)
  return offset === null || offset === undefined || intervalMillis === null ? null : { windowMillis: -offset, intervalMillis }
}

/** Where NOW() is called. */
export function nowCalls(context: LintContext) {
  return context.nodes.filter(({ expression }) => isCall(expression, 'NOW'))
}
