/**
 * Events of a sample as the kernel and auditd write them: `audit.log` with log_format = ENRICHED and a node name. Forks are
 * recorded beside execve, so that the workers of a pool can be named; records of neighbours stand between each other.
 */

const GROUP_SEPARATOR = '\u001d'
const CALLS = { execve: 59, clone: 56, exit_group: 231, openat: 257, connect: 42 }
/** What runs before the sample begins: who started the parents that no event starts. */
const MASTER_PID = 1180
const FIRST_SERIAL = 4107

/** The text of the log; of connections that come in it records logins. */
export function toAuditLog(events) {
  const people = new Map(events.map(({ process, user }) => [process.pid, user]))
  const parents = new Map(events.flatMap(({ process }) => (process.parent ? [[process.pid, process.parent.pid]] : [])))
  const steps = [...startsBefore(events), ...events.flatMap((event) => stepsOf(event, parents))]
  const node = events[0].host.name
  const lines = steps.flatMap((step, index) => {
    const user = step.user ?? people.get(step.pid)
    return recordsOf({ ...step, user, serial: FIRST_SERIAL + index }).map(([type, body], record) => ({
      // The later records of an event come a moment after those of the next one.
      order: step.at + (record > 1 ? 12 : 0) + record / 10,
      text: `node=${node} type=${type} msg=audit(${stamp(step.at)}:${FIRST_SERIAL + index}): ${body}`
    }))
  })
  return lines
    .toSorted((a, b) => a.order - b.order)
    .map(({ text }) => `${text}\n`)
    .join('')
}

/** Programs that ran already when the events began, and the worker that php-fpm made. */
function startsBefore(events) {
  const started = new Set(events.filter(isStart).map(({ process }) => process.pid))
  const root = { id: '0', name: 'root' }
  const at = Date.parse(events[0]['@timestamp']) - 95_000
  const outside = new Map(
    events.flatMap(({ process: { parent } }) =>
      parent && parent.pid > 1 && !started.has(parent.pid) ? [[parent.pid, parent]] : []
    )
  )
  return [...outside].flatMap(([pid, { executable, command_line, working_directory }], index) => {
    const begun = { call: 'execve', at: at + index * 1300, pid, ppid: 1, executable, directory: working_directory, user: root }
    if (!executable.includes('php-fpm')) return [{ ...begun, args: command_line.replace(/^\w+: /, '').split(' ') }]
    const master = { ...begun, pid: MASTER_PID, args: [executable, '--nodaemonize'], directory: '/' }
    return [master, { ...master, call: 'clone', at: begun.at + 400, child: pid }]
  })
}

function isStart({ event }) {
  return event.category[0] === 'process' && event.action === 'exec'
}

function stepsOf({ event, process, user, file, source, destination, network, ...rest }, parents) {
  const at = Date.parse(rest['@timestamp'])
  const { pid, executable, parent } = process
  const own = { at, pid, ppid: parent?.pid ?? parents.get(pid) ?? MASTER_PID, executable, user }
  if (file) return [{ ...own, call: 'openat', path: file.path, created: event.action === 'creation' }]
  if (destination && network.direction === 'egress') return [{ ...own, call: 'connect', address: destination }]
  if (destination) return destination.port === 22 ? [{ ...own, call: 'login', address: source }] : []
  if (event.action === 'end') return [{ ...own, call: 'exit_group' }]
  if (event.action === 'fork')
    return [{ ...own, call: 'clone', pid: parent.pid, ppid: MASTER_PID, child: pid, executable: parent.executable }]
  return [{ ...own, call: 'execve', args: process.args, directory: process.working_directory }]
}

function recordsOf(step) {
  const { call, args, directory = '/', path, created, address } = step
  if (call === 'execve') {
    const program = args[0] === 'sh' ? '/bin/sh' : step.executable
    const words = args.map((word, index) => `a${index}=${written(word)}`).join(' ')
    return [
      ['SYSCALL', callBody(step, program.slice(program.lastIndexOf('/') + 1))],
      ['EXECVE', `argc=${args.length} ${words}`],
      ['CWD', `cwd=${written(directory)}`],
      ['PATH', `item=0 name=${written(program)} inode=1311 dev=fe:00 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL`],
      ['PROCTITLE', `proctitle=${titleOf(args)}`]
    ]
  }
  if (call === 'login') return [['USER_LOGIN', loginBody(step)]]
  const records = [['SYSCALL', callBody(step, step.executable.slice(step.executable.lastIndexOf('/') + 1))]]
  if (path) {
    const kind = created ? 'CREATE' : 'NORMAL'
    records.push(['CWD', `cwd=${written(directory)}`])
    records.push(['PATH', `item=0 name=${written(path)} inode=2622 dev=fe:00 mode=0100644 rdev=00:00 nametype=${kind}`])
  }
  if (address) records.push(['SOCKADDR', `saddr=${socketOf(address)}`])
  return records
}

function callBody({ call, pid, ppid, executable, child = 0, user: { id, name } }, comm) {
  const ids = ['uid', 'gid', 'euid', 'suid', 'fsuid', 'egid', 'sgid', 'fsgid']
  const flags = call === 'clone' ? '1200011' : call === 'openat' ? 'ffffff9c' : '55d1a0'
  const outcome = call === 'exit_group' ? '' : ` success=yes exit=${child}`
  const names = ids.map((field) => `${field.toUpperCase()}="${name}"`).join(' ')
  return (
    `arch=c000003e syscall=${CALLS[call]}${outcome} a0=${flags} a1=7ffd1c a2=${call === 'openat' ? '241' : '0'} a3=0 items=2 ` +
    `ppid=${ppid} pid=${pid} auid=4294967295 ${ids.map((field) => `${field}=${id}`).join(' ')} tty=(none) ses=4294967295 ` +
    `comm=${written(comm.slice(0, 15))} exe=${written(executable)} key=(null)${GROUP_SEPARATOR}` +
    `ARCH=x86_64 SYSCALL=${call} AUID="unset" ${names}`
  )
}

function loginBody({ pid, executable, address: { ip } }) {
  const told = `op=login acct="deploy" exe="${executable}" hostname=${ip} addr=${ip} terminal=ssh res=success`
  return `pid=${pid} uid=0 auid=1001 ses=3 msg='${told}'${GROUP_SEPARATOR}UID="root" AUID="deploy"`
}

/** In quotes, or in hexadecimal as soon as a blank, a quote, a control or a high byte occurs. */
function written(text) {
  const bytes = Buffer.from(text)
  return bytes.some((byte) => byte < 0x21 || byte === 0x22 || byte > 0x7e) ? bytes.toString('hex').toUpperCase() : `"${text}"`
}

function titleOf(args) {
  return Buffer.from(args.join('\0')).subarray(0, 128).toString('hex').toUpperCase()
}

function socketOf({ ip, port }) {
  const bytes = [2, 0, port >> 8, port & 255, ...ip.split('.').map(Number)]
  return Buffer.from([...bytes, ...new Array(8).fill(0)])
    .toString('hex')
    .toUpperCase()
}

function stamp(millis) {
  return `${Math.floor(millis / 1000)}.${String(millis % 1000).padStart(3, '0')}`
}
