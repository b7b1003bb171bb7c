/** Lines of audit records for tests, as the kernel and auditd write them. */

export interface AuditHead {
  /** Milliseconds since 2026-03-04T07:00:00Z. */
  at?: number
  serial: number
  node?: string
}

const START = Date.parse('2026-03-04T07:00:00Z')
/** What auditd puts before the fields it adds. */
export const GS = '\u001d'

/** One record. */
export function auditLine({ at = 0, serial, node }: AuditHead, type: string, body: string): string {
  const time = START + at
  const stamp = `${Math.floor(time / 1000)}.${String(time % 1000).padStart(3, '0')}`
  return `${node === undefined ? '' : `node=${node} `}type=${type} msg=audit(${stamp}:${serial}): ${body}`
}

/** As the kernel writes a string: in quotes, or in hexadecimal when it holds a blank, a quote, a control or a high byte. */
export function auditText(text: string): string {
  const bytes = Buffer.from(text)
  return bytes.some((byte) => byte < 0x21 || byte === 0x22 || byte > 0x7e) ? bytes.toString('hex').toUpperCase() : `"${text}"`
}

export interface Call extends AuditHead {
  pid: number
  ppid: number
  exe: string
  comm?: string
  uid?: number
  syscall?: number
  success?: string
  exit?: number
  a0?: string
  a2?: string
  extra?: string
}

/** A SYSCALL record. */
export function callLine(call: Call): string {
  const { pid, ppid, exe, uid = 33, syscall = 59, success = 'yes', exit = 0, a0 = '55d0', a2 = '0', extra = ' key=(null)' } = call
  const comm = call.comm ?? exe.slice(exe.lastIndexOf('/') + 1).slice(0, 15)
  const ids = `auid=4294967295 uid=${uid} gid=${uid} euid=${uid} suid=${uid} fsuid=${uid} egid=${uid} sgid=${uid} fsgid=${uid}`
  return auditLine(
    call,
    'SYSCALL',
    `arch=c000003e syscall=${syscall} success=${success} exit=${exit} a0=${a0} a1=7f00 a2=${a2} a3=0 items=2 ppid=${ppid} pid=${pid} ${ids} tty=(none) ses=4294967295 comm=${auditText(comm)} exe=${auditText(exe)}${extra}`
  )
}

export interface Start extends Call {
  args: string[]
  cwd?: string
  path?: string
}

/** The records of a process start: SYSCALL, EXECVE, CWD, PATH, PROCTITLE. */
export function startLines(start: Start): string[] {
  const { args, cwd = '/var/www/html', path = start.exe } = start
  const words = args.map((word, i) => `a${i}=${word === '' ? '""' : auditText(word)}`).join(' ')
  return [
    callLine(start),
    auditLine(start, 'EXECVE', `argc=${args.length} ${words}`),
    auditLine(start, 'CWD', `cwd=${auditText(cwd)}`),
    auditLine(start, 'PATH', `item=0 name=${auditText(path)} inode=1 dev=fe:00 mode=0100755 ouid=0 ogid=0 nametype=NORMAL`),
    auditLine(start, 'PROCTITLE', `proctitle=${Buffer.from(args.join('\0')).subarray(0, 128).toString('hex').toUpperCase()}`)
  ]
}
