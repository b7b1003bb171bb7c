/** A rule's schedule against its query: overlapping windows, NOW(), alerts that are cut off. */
import type { Draft, LintCheck } from '../check.ts'
import type { LintContext } from '../context.ts'
import { commandBehind, lastStats, nowCalls, scheduleOf } from '../rule-facts.ts'

/** Groups that are in the windows of several runs. */
export const WINDOW_OVERLAP: LintCheck = {
  id: 'window-overlap',
  title: 'Overlapping windows of an aggregating rule',
  severity: 'note',
  explanation:
    'The alert id of an aggregating rule is made of the window and the row, so the same group in two windows is two alerts, ' +
    'and nothing joins them. The part of a window that overlaps the one before it is counted twice. Alert suppression on the ' +
    'grouping keys joins them; a window as long as the interval, with a minute for late events, keeps them few.',
  example: {
    query: 'FROM logs-*\n| STATS n = COUNT(*) BY host.id\n| WHERE n > 10',
    from: 'now-60m',
    interval: '10m'
  },
  find: windowOverlap
}

function windowOverlap(context: LintContext): Draft[] {
  const { rule } = context
  const stats = lastStats(context)
  const schedule = rule && scheduleOf(rule)
  if (!rule || !stats || !schedule || rule.suppressed) return []
  const { windowMillis, intervalMillis } = schedule
  if (windowMillis <= intervalMillis) return []
  // Rules for what is seen first keep only groups that begin in the last interval: no run repeats another's.
  if (nowCalls(context).some(({ site }) => site.index > stats.index)) return []
  const times = Math.ceil(windowMillis / intervalMillis)
  const repeated = windowMillis >= 2 * intervalMillis
  return [
    {
      span: stats.command.span,
      severity: repeated ? 'warning' : 'note',
      message: repeated
        ? `the window (${rule.from}) is ${times} intervals (${rule.interval}) long: a group can alert in up to ${times} runs`
        : `the window (${rule.from}) is longer than the interval (${rule.interval}): a group in the overlap alerts twice`,
      example: {
        data: `{"@timestamp":"a minute before the end of a window"}`,
        outcome: `in the windows of ${repeated ? `up to ${times}` : 'two'} runs: as many alerts for one event`
      }
    }
  ]
}

/** NOW() in a rule. */
export const NOW_IN_RULE: LintCheck = {
  id: 'now-in-rule',
  title: 'NOW() in a rule',
  severity: 'note',
  explanation:
    'The schedule already gives a rule its window. NOW() is the clock when the query runs: in a run that catches up a gap, or ' +
    'a manual run over the past, the window lies in the past and NOW() does not, so the condition finds nothing there.',
  example: {
    query: 'FROM logs-* METADATA _id, _version, _index\n| WHERE @timestamp > NOW() - 5 minutes',
    from: 'now-9m',
    interval: '5m'
  },
  find: (context) => {
    const [first] = context.rule ? nowCalls(context) : []
    if (!first) return []
    return [
      {
        span: first.expression.span,
        message: 'NOW() is not the end of the window when the rule catches up or is run by hand over the past',
        example: { data: '{"@timestamp":"an hour ago"}', outcome: 'in the window of the run that catches up, but not near NOW()' }
      }
    ]
  }
}

/** Rows beyond what is kept. */
export const LIMIT_CUT: LintCheck = {
  id: 'limit-cut',
  title: 'Rows beyond the limit',
  severity: 'note',
  explanation:
    'Kibana puts LIMIT max_signals + 1 behind the query and drops what is beyond max_signals, with a warning nobody reads; a ' +
    'query without LIMIT answers with 1,000 rows. SORT decides which rows survive, without SORT it is chance.',
  example: {
    query: 'FROM logs-*\n| STATS n = COUNT(*) BY host.id\n| SORT n ASC',
    from: 'now-61m',
    interval: '1h'
  },
  find: limitCut
}

/** Elasticsearch's LIMIT of queries without one. */
const IMPLICIT_LIMIT = 1000

function limitCut(context: LintContext): Draft[] {
  if (!context.query) return []
  const stats = lastStats(context)
  const kept = context.rule ? context.rule.maxSignals : IMPLICIT_LIMIT
  const whose = context.rule ? `max_signals (${kept})` : `the implicit LIMIT ${kept.toLocaleString('en')}`
  const sort = commandBehind(context, stats?.index ?? -1, 'sort')
  const limit = commandBehind(context, -1, 'limit')
  const asked = limit?.count.type === 'number' ? Number(limit.count.text) : null
  if (limit) {
    const sorted = context.commands.some(({ command }) => command.type === 'sort' && command.span.start < limit.span.start)
    if (asked !== null && context.rule && asked > kept) {
      const outcome = `row ${kept + 1} to ${asked} are computed and dropped`
      return [
        { span: limit.span, message: `only the first ${kept} rows become alerts: ${whose}`, example: { data: '{}', outcome } }
      ]
    }
    if (sorted || (stats && stats.command.groupings.length === 0)) return []
    const outcome = 'which of the rows are kept differs from run to run'
    return [{ span: limit.span, message: 'LIMIT without SORT: which rows are kept is chance', example: { data: '{}', outcome } }]
  }
  if (!stats || !sort || stats.command.groupings.length === 0) return []
  const [key] = sort.keys
  // The largest first is what a cut is made for.
  if (context.rule && key?.direction === 'desc') return []
  const first = key?.direction === 'desc' ? 'largest' : 'smallest'
  return [
    {
      span: sort.span,
      message: `${whose} keeps the rows with the ${first} [${context.textOf(key!.expression)}], the others are dropped`,
      example: {
        data: `{"rows":${kept + 20}}`,
        outcome: `20 rows with the ${first === 'largest' ? 'smallest' : 'largest'} values are lost`
      }
    }
  ]
}
