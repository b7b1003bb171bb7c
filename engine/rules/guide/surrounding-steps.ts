/** Steps about the surroundings: files before and after, connections, other hosts, the web server's log. */
import { esqlString, shellWord } from '../quoting.ts'
import {
  type BoundContext,
  type StepMaker,
  HOUR,
  MINUTE,
  SECOND,
  anyOf,
  between,
  byUser,
  findRange,
  inOrder,
  isFileChange,
  isStart,
  keep,
  listed,
  matching,
  missingUnless,
  moved,
  onHost,
  pipeline,
  shortened
} from './step-context.ts'

/** Addresses that lead nowhere outside: private, loopback, link-local, multicast. */
const INSIDE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8'
]

function fileQuery(context: BoundContext, from: string | null, to: string | null): string {
  return pipeline(
    [onHost(context), byUser(context), ...between(context, from, to), 'file.path IS NOT NULL', isFileChange(context)],
    ...inOrder(context),
    keep(context, '@timestamp', 'event.action', 'process.name', 'process.pid', 'file.path')
  )
}

/** Where web content may lie: the directory of the command, else the usual root. */
function contentDirectory(context: BoundContext): string {
  const directory = context.workingDirectory
  return directory !== null && directory.startsWith('/') && directory !== '/' ? directory : '/var/www'
}

const filesBefore: StepMaker = (context) => {
  const from = moved(context.t0, -HOUR)
  return {
    id: 'files-before',
    title: 'Which files came just before?',
    text: `List files that ${listed(context.users) || 'the account'} created or changed on ${listed(context.hosts) || 'the host'} in the hour before ${context.t0 ?? 'the command'}.`,
    query: fileQuery(context, from, moved(context.t0, 0)),
    meaning: `A .php, .jsp, .phtml or .htaccess below ${shortened(context.workingDirectory)} or the web root, minutes earlier, is the web shell itself: keep a copy before it is removed.`,
    missing: missingUnless(context, 'file.path', 'file events'),
    hostCommand: `find ${shellWord(contentDirectory(context))} /var/www /tmp /dev/shm -xdev -type f${findRange(from, moved(context.t0, SECOND))} -ls`,
    facts: []
  }
}

const filesAfter: StepMaker = (context) => {
  const to = moved(context.t1, 2 * HOUR)
  const named = context.parts.paths.filter((path) => path.startsWith('/'))
  return {
    id: 'files-after',
    title: 'Which files came after?',
    text: `List files that ${listed(context.users) || 'the account'} created or changed in the two hours after${named.length > 0 ? `; the command itself names ${listed(named)}` : ''}.`,
    query: fileQuery(context, moved(context.t0, 0), to),
    meaning:
      'Payloads in /tmp or /dev/shm, a cron spool, authorized_keys, systemd units, further scripts or an archive in the web root: tools, ' +
      'a way back in, or data made ready to leave.',
    missing: missingUnless(context, 'file.path', 'file events'),
    hostCommand: `find ${['/tmp', '/var/tmp', '/dev/shm', '/var/spool/cron', '/etc/systemd/system', contentDirectory(context)].map(shellWord).join(' ')} -xdev -type f${findRange(context.t0, to)} -ls`,
    facts: named.length > 0 ? [{ label: 'paths in the command', value: named.join(', ') }] : []
  }
}

const connections: StepMaker = (context) => {
  const family = anyOf([
    matching(context, 'process.entity_id', context.entityIds),
    matching(context, 'process.parent.entity_id', context.entityIds),
    byUser(context)
  ])
  return {
    id: 'connections',
    title: 'Whom did it talk to?',
    text: `List connections by the process or ${listed(context.users) || 'the account'}, from five minutes before to an hour after.`,
    query: pipeline(
      [
        onHost(context),
        family,
        ...between(context, moved(context.t0, -5 * MINUTE), moved(context.t1, HOUR)),
        'destination.ip IS NOT NULL'
      ],
      // Connections inside are not hidden: the next host is one of them.
      `EVAL outside = NOT CIDR_MATCH(destination.ip, ${INSIDE.map((block) => `"${block}"`).join(', ')})`,
      ...inOrder(context),
      `${keep(context, '@timestamp', 'event.action', 'process.name', 'process.pid', 'source.ip', 'destination.ip', 'destination.port')}, outside`
    ),
    meaning:
      'An address that the command names, an odd port, or one that is met again at even distances is where tools came from or where the ' +
      'operator sits. Updates and mail go to addresses you know.',
    missing: missingUnless(context, 'destination.ip', 'network events'),
    hostCommand: `ss -tunap; journalctl -k${
      context.parts.addresses.length > 0
        ? ` | grep -F ${context.parts.addresses
            .slice(0, 10)
            .map((address) => `-e ${shellWord(address)}`)
            .join(' ')}`
        : ''
    }`,
    facts:
      context.parts.addresses.length > 0 ? [{ label: 'addresses in the command', value: context.parts.addresses.join(', ') }] : []
  }
}

const inbound: StepMaker = (context) => ({
  id: 'inbound',
  title: 'Which request made it run?',
  text: `List what reached ${listed(context.hosts) || 'the host'} within two seconds of ${context.t0 ?? 'the command'}.`,
  query: pipeline(
    [
      onHost(context),
      ...between(context, moved(context.t0, -2 * SECOND), moved(context.t0, 2 * SECOND)),
      'source.ip IS NOT NULL'
    ],
    ...inOrder(context),
    keep(
      context,
      '@timestamp',
      'event.action',
      'source.ip',
      'source.port',
      'destination.port',
      'process.name',
      'url.path',
      'user_agent.original'
    )
  ),
  meaning:
    'The client address of the request in that second is the operator, or the proxy in front of the server: then its log knows.',
  missing: missingUnless(context, 'source.ip', 'client addresses'),
  hostCommand: webLogCommand(context),
  facts: []
})

const elsewhere: StepMaker = (context) => ({
  id: 'elsewhere',
  title: 'Did it happen on other hosts?',
  text: `Count the command over all hosts: ${shortened(context.commandLine)}. The rule itself leaves out what ran on several agents.`,
  query: pipeline(
    [matching(context, 'process.command_line', context.commandLine === null ? [] : [context.commandLine])],
    `STATS n = COUNT(*), first_seen = MIN(@timestamp), last_seen = MAX(@timestamp)${context.has('host.name') ? ' BY host.name' : ''}`,
    'SORT first_seen'
  ),
  meaning: 'The same command on several servers within a short time is one attack on many, or one configuration everywhere.',
  missing: missingUnless(context, 'process.command_line', 'command lines'),
  hostCommand: null,
  facts: []
})

const indicatorsElsewhere: StepMaker = (context) => {
  const { addresses, hosts, paths } = context.parts
  // Paths of programs are everywhere; those of data and scratch files are telling.
  const telling = paths.filter((path) => !/^\/(?:usr|bin|sbin|lib|etc\/(?:passwd|os-release))(?:\/|$)/.test(path))
  const words = [...addresses, ...hosts, ...telling].slice(0, 8)
  const conditions = [
    ...(context.has('process.command_line') ? words.map((word) => `CONTAINS(process.command_line, ${esqlString(word)})`) : []),
    matching(context, 'destination.ip', addresses.slice(0, 8)),
    matching(context, 'file.path', telling.slice(0, 8))
  ]
  const condition = words.length === 0 ? null : anyOf(conditions)
  return {
    id: 'indicators',
    title: 'Where else do its addresses and paths appear?',
    text:
      words.length > 0
        ? `Look for ${listed(words, 5)} in every loaded event.`
        : 'The command names no address, host or file of its own: there is nothing to look for beyond the command.',
    query:
      condition === null
        ? null
        : pipeline(
            [condition],
            ...inOrder(context),
            keep(
              context,
              '@timestamp',
              'host.name',
              'user.name',
              'process.name',
              'process.command_line',
              'destination.ip',
              'file.path'
            )
          ),
    meaning: 'Another host or account that meets the same address or file belongs to the same story.',
    missing: null,
    hostCommand: null,
    facts: words.map((value) => ({ label: 'looked for', value }))
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const WEB_LOGS = '/var/log/nginx/access.log* /var/log/apache2/*access.log* /var/log/httpd/*access_log*'

/** The seconds around the command as access logs write them (UTC), as patterns for zgrep. */
function webLogCommand(context: BoundContext): string | null {
  if (context.t0 === null || Number.isNaN(Date.parse(context.t0))) return null
  const seconds = [-2, -1, 0, 1, 2].map((offset) => {
    const date = new Date(Date.parse(context.t0!) + offset * SECOND)
    const two = (value: number) => String(value).padStart(2, '0')
    return `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)}`
  })
  return `zgrep -hF ${seconds.map((second) => `-e ${shellWord(second)}`).join(' ')} ${WEB_LOGS}`
}

const DOCUMENT_ROOTS =
  /^(?:\/var\/www(?:\/html)?|\/srv\/(?:www|http)|\/usr\/share\/nginx\/html|\/home\/[^/]+\/public_html)(?=\/|$)/

/** The directory as a URL path, by the usual document roots; null when none fits. */
function urlPath(directory: string | null): string | null {
  if (directory === null || !DOCUMENT_ROOTS.test(directory)) return null
  const path = directory.replace(DOCUMENT_ROOTS, '')
  return path === '' ? '/' : path
}

const webLog: StepMaker = (context) => {
  const path = urlPath(context.workingDirectory)
  const byPath = path !== null && path !== '/' ? `CONTAINS(url.path, ${esqlString(path)})` : null
  const pathLog = byPath === null ? null : `zgrep -hF -e ${shellWord(`${path}/`)} ${WEB_LOGS}`
  return {
    id: 'web-log',
    title: 'What does the web server log say?',
    text: `Look at the requests around ${context.t0 ?? 'the command'}${byPath === null ? '' : ` and at those below ${path}`}. Access logs usually write local time: shift the pattern if the server is not on UTC.`,
    query: pipeline(
      [
        onHost(context),
        'url.path IS NOT NULL',
        anyOf([byPath, joined(between(context, moved(context.t0, -2 * SECOND), moved(context.t1, 2 * SECOND)))])
      ],
      ...inOrder(context),
      keep(
        context,
        '@timestamp',
        'source.ip',
        'http.request.method',
        'url.path',
        'http.response.status_code',
        'http.response.body.bytes',
        'user_agent.original'
      )
    ),
    meaning:
      'A POST to a script in that directory, an odd or missing user agent, status 200 with a small body, in the second of the command: that ' +
      'is the web shell in use, and the client is the operator.',
    missing: missingUnless(context, 'url.path', 'web requests'),
    hostCommand: [webLogCommand(context), pathLog].filter((command) => command !== null).join('\n') || null,
    facts: path === null ? [] : [{ label: 'directory as URL path', value: path }]
  }
}

function joined(conditions: readonly (string | null)[]): string | null {
  const held = conditions.filter((condition) => condition !== null)
  return held.length === 0 ? null : `(${held.join(' AND ')})`
}

const privilege: StepMaker = (context) => {
  const changers = ['sudo', 'su', 'pkexec', 'doas', 'newgrp', 'runuser']
  const user = byUser(context)
  const byChanger =
    user === null ? matching(context, 'process.name', changers) : joined([user, matching(context, 'process.name', changers)])
  const rootChild = [
    matching(context, 'process.parent.entity_id', context.entityIds),
    matching(context, 'process.parent.entity_id', context.parentEntityIds),
    matching(context, 'process.parent.pid', context.pids)
  ].flatMap((family) => (family === null || !context.has('user.id') ? [] : [joined(['user.id == "0"', family])]))
  const condition = anyOf([byChanger, ...rootChild])
  return {
    id: 'privilege',
    title: 'Did it gain privileges?',
    text: `Look for root processes below this one and for sudo, su or pkexec by ${listed(context.users) || 'the account'} in the day after.`,
    query:
      condition === null
        ? null
        : pipeline(
            [
              onHost(context),
              condition,
              isStart(context),
              ...between(context, moved(context.t0, 0), moved(context.t1, 24 * HOUR))
            ],
            ...inOrder(context),
            keep(
              context,
              '@timestamp',
              'user.name',
              'user.id',
              'process.name',
              'process.command_line',
              'process.parent.name',
              'process.parent.command_line'
            )
          ),
    meaning:
      'A service account has no business with these. One row is enough to treat the whole host as lost: it is rebuilt, not cleaned.',
    missing: condition === null ? 'The events name neither programs nor accounts.' : null,
    hostCommand: `journalctl _COMM=sudo _COMM=su _COMM=pkexec; find / -xdev -perm -4000 -type f${findRange(moved(context.t0, -HOUR), null)} -ls`,
    facts: []
  }
}

export const SURROUNDING_STEPS: readonly StepMaker[] = [
  filesBefore,
  filesAfter,
  connections,
  inbound,
  elsewhere,
  indicatorsElsewhere,
  webLog,
  privilege
]
