/** What a rule as a whole lacks: identity in its alerts, metadata, life. */
import type { Draft, LintCheck } from '../check.ts'
import { type Column, type ColumnScope } from '../columns.ts'
import type { LintContext } from '../context.ts'
import { everyExpression } from '../expressions.ts'
import { lastStats } from '../rule-facts.ts'

/** Alerts that do not say where. */
export const IDENTITY_LOST: LintCheck = {
  id: 'identity-lost',
  title: 'Alert without host, user or agent',
  severity: 'warning',
  explanation:
    'The alert of an aggregating rule has the columns of the answer and nothing else; the events behind it are not attached. ' +
    'Without a host, user, agent, address or account among them the analyst cannot tell where it happened. Group by one, or ' +
    'keep its VALUES.',
  example: {
    query: 'FROM logs-*\n| STATS n = COUNT(*) BY process.command_line\n| WHERE n < 5',
    from: 'now-61m',
    interval: '1h'
  },
  find: identityLost
}

const IDENTITY =
  /(^|[._])(host|hostname|user|username|userid|userprincipalname|agent|ip|address|account|actor|identity|principal|client|source|sourceips|destination|device|container|pod|namespace|serviceaccount|session|session_id|email|domain|entity|entity_id|access_key_id|arn|project|repo|tenant_id|organization|owner|caller|resource|asset|vulnerable_asset)([._]|id$|$)/i

function identityLost(context: LintContext): Draft[] {
  const stats = lastStats(context)
  if (!stats || !context.rule) return []
  const seen = new Set<Column>()
  const fields = context.output.entries().flatMap(([name, column]) => [name, ...fieldsBehind(column, seen)])
  if (fields.some((field) => IDENTITY.test(field))) return []
  return [
    {
      span: stats.command.span,
      message: 'no host, user, agent, address or account is among the columns of the alert',
      example: { data: '{"host.name":"web-1","user.name":"root"}', outcome: 'the alert says neither web-1 nor root' }
    }
  ]
}

/** Names of fields in what makes a column. */
function fieldsBehind(column: Column, seen: Set<Column>, depth = 0): string[] {
  if (depth > 100 || seen.has(column)) return []
  seen.add(column)
  switch (column.kind) {
    case 'source':
      return [column.field]
    case 'expanded':
    case 'key':
      return fieldsBehind(column.of, seen, depth + 1)
    case 'computed':
      return columnsIn(column.expression, column.scope, seen, depth)
    case 'aggregate': {
      // A count says nothing of the values it counted.
      const { expression } = column
      const counts = expression.type === 'call' && /^COUNT/i.test(expression.name)
      return counts ? [] : columnsIn(expression, column.scope, seen, depth)
    }
    default:
      return []
  }
}

function columnsIn(
  expression: Parameters<typeof everyExpression>[0],
  scope: ColumnScope,
  seen: Set<Column>,
  depth: number
): string[] {
  return everyExpression(expression).flatMap((inner) => {
    const column = inner.type === 'column' ? scope.lookup(inner.name) : null
    return column ? fieldsBehind(column, seen, depth + 1) : []
  })
}

/** A rule of events whose alerts cannot be told apart. */
export const MISSING_METADATA: LintCheck = {
  id: 'missing-metadata',
  title: 'Rule of events without METADATA _id',
  severity: 'warning',
  explanation:
    'A rule without STATS makes one alert an event, and takes its id from _id, _version and _index. Without them in METADATA ' +
    '(or dropped on the way) the same event alerts again in every window it is in, and the alert has only the kept columns. ' +
    'Stacks before 9.4 do not add them.',
  example: { query: 'FROM logs-*\n| WHERE process.name == "nc"', from: 'now-9m', interval: '5m' },
  find: (context) => {
    const { query, rule } = context
    const [from] = query?.commands ?? []
    if (!rule || from?.type !== 'from' || lastStats(context)) return []
    const names = from.metadata.map(({ name }) => name)
    const missing = ['_id', '_version', '_index'].filter((name) => !names.includes(name))
    if (missing.length === 0) return []
    return [
      {
        span: from.span,
        message: `METADATA lacks ${missing.join(', ')}: alerts are not joined to their events`,
        example: { data: '{"_id":"1"}', outcome: 'in two windows: two alerts for one event' },
        rewrite: {
          span: { start: from.span.end, end: from.span.end },
          replacement: names.length === 0 ? ` METADATA ${missing.join(', ')}` : `, ${missing.join(', ')}`,
          effect: 'alerts are told apart by their event'
        }
      }
    ]
  }
}

/** A comment at the end of the query. */
export const TRAILING_COMMENT: LintCheck = {
  id: 'trailing-comment',
  title: 'Comment at the end of the last line',
  severity: 'warning',
  explanation:
    'Kibana puts "| limit N" behind the query on the same line. A // comment at the very end swallows it, and up to 1,000 rows ' +
    'are answered instead of max_signals.',
  example: { query: 'FROM logs-*\n| STATS n = COUNT(*) BY host.id // per host', from: 'now-61m', interval: '1h' },
  find: (context) => {
    const last = context.tokens.at(-2)
    const rest = last ? context.text.slice(last.span.end) : ''
    const comment = /\/\/[^\n\r]*$/.exec(rest)
    if (!context.rule || !last || !comment) return []
    const start = last.span.end + comment.index
    return [
      {
        span: { start, end: context.text.length },
        message: 'this comment swallows the LIMIT that Kibana puts behind the query',
        example: { data: '{}', outcome: 'up to 1,000 rows are answered instead of max_signals' },
        rewrite: {
          span: { start, end: context.text.length },
          replacement: `${comment[0]}\n`,
          effect: 'ends the line behind the comment'
        }
      }
    ]
  }
}

/** A rule its authors have retired. */
export const RETIRED_RULE: LintCheck = {
  id: 'retired-rule',
  title: 'Retired rule',
  severity: 'note',
  explanation: 'The authors of the rule have withdrawn it: it gets no updates, and mostly a successor asks better.',
  example: {
    query: 'FROM logs-* METADATA _id, _version, _index',
    name: 'Deprecated - Web Server Child',
    from: 'now-9m',
    interval: '5m'
  },
  find: ({ rule, start }) => {
    if (!rule || (!rule.retired && !/^deprecated\b/i.test(rule.name))) return []
    const { retired } = rule
    const when = retired ? ` on ${retired.date}` : ''
    return [
      {
        span: start,
        message: `the rule was retired${when}${retired?.reason ? `: ${retired.reason}` : ''}`,
        example: { data: '{}', outcome: 'a newer rule may see what this one does not' }
      }
    ]
  }
}
