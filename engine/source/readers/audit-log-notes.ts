/** What was added to the events of an audit log and what it does not say: told once for each file. */

export class AuditNotes {
  private hosts = new Set<string>()
  private fromFileName = 0
  private starts = 0
  private parents = new Map<string, number>()
  private fromTitle = 0
  private withoutArguments = 0
  private named = 0

  constructor(private readonly fileHost: string) {}

  /** An event of this host; null: its records name none. */
  addEvent(host: string | null): void {
    if (host === null) this.fromFileName++
    else if (this.hosts.size < 100) this.hosts.add(host)
  }

  /** A process start, with what its parent and its arguments are known from. */
  addStart(parentFrom: string, argumentsFrom: string | null, userNamed: boolean): void {
    this.starts++
    this.parents.set(parentFrom, (this.parents.get(parentFrom) ?? 0) + 1)
    if (argumentsFrom === 'title') this.fromTitle++
    if (argumentsFrom === 'nowhere') this.withoutArguments++
    if (userNamed) this.named++
  }

  /** One sentence each. */
  lines(): string[] {
    return [this.hostLine(), ...this.startLines()].filter((line) => line !== null)
  }

  private hostLine(): string | null {
    if (this.fromFileName + this.hosts.size === 0) return null
    if (this.fromFileName === 0) return 'host.name and agent.id are filled from node=: audit records carry no agent.'
    const others = this.hosts.size > 0 ? 'where records name no host (node=), ' : ''
    return `${others}host.name and agent.id are filled from the file name: [${this.fileHost}]. Audit records carry no agent.`
  }

  private startLines(): (string | null)[] {
    if (this.starts === 0) return []
    const { fromTitle, withoutArguments } = this
    const missing = withoutArguments === 1 ? '1 process start has' : `${count(withoutArguments)} process starts have`
    const titles = fromTitle === 1 ? '1 process start has' : `${count(fromTitle)} process starts have`
    return [
      'process.command_line is the arguments joined with blanks; event.action is exec where Auditbeat says executed.',
      this.parentLine(),
      this.named === 0 ? 'user.name is absent: the log holds ids only (auditd writes names with log_format = ENRICHED).' : null,
      fromTitle > 0 ? `${titles} no EXECVE record: their arguments are those of PROCTITLE, which ends at 128 bytes.` : null,
      withoutArguments > 0 ? `${missing} neither EXECVE nor PROCTITLE: no command line.` : null
    ]
  }

  /** A missing parent removes a row from a rule that says NOT of its program, so the count is named. */
  private parentLine(): string {
    const known = [...this.parents].filter(([from]) => from !== 'unknown').sort((a, b) => b[1] - a[1])
    const unknown = this.parents.get('unknown') ?? 0
    const joined = known.length > 0 ? known.map(([from, many]) => `${from} ${count(many)}`).join(', ') : 'none'
    const lost =
      unknown > 0
        ? ` For ${count(unknown)} of ${count(this.starts)} process starts no record names the parent: process.parent.executable is absent there, and a rule that says NOT of it passes over them.`
        : ''
    return `process.parent.* is joined from earlier records of the parent's pid (labels.parent_from): ${joined}.${lost}`
  }
}

function count(number: number): string {
  return number.toLocaleString('en')
}

/**
 * What to call the host of a file whose records name none: its name without what rotation and compression add, so that
 * `audit.log` and `audit.log.1` are one host. A file that is only called audit is told from others by the folder it is in
 * (that above var/log/audit, as collected from a host).
 */
export function hostOfFile(name: string): string {
  const bare = name
    .replace(/\.(?:gz|zip|xz|zst|bz2)$/i, '')
    .replace(/[.-]\d{1,8}$/, '')
    .replace(/\.(?:log|txt)$/i, '')
  const parts = bare.split(/[/!]/).filter((part) => !/^\.{0,2}$/.test(part))
  const own = parts.pop() ?? ''
  if (own !== '' && own !== 'audit') return own.replace(/(?<=.)[._-]audit$/, '')
  const collected = parts.slice(-3).join('/') === 'var/log/audit'
  const folder = parts.at(collected ? -4 : -1)
  return folder === undefined ? 'audit' : collected ? folder : `${folder}/audit`
}
