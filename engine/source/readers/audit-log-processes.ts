/**
 * AuditProcesses: who a process was, for the parents that audit records only number.
 *
 * In:   the events of one node in the order of time. Out: the identity of a pid at that moment and what it is known from.
 * Holds: flat memory, over all nodes together: the processes touched longest ago are forgotten. Only the present bearer of a pid is kept, because
 *        events come in order; pids are used again.
 */

export interface Identity {
  name: string
  executable: string | null
  /** Null where only a record other than its execve names the process. */
  args: string[] | null
  directory: string | null
}

/** How a parent is known; `fork>exec` is a process that began as a copy of one that was started. */
export interface KnownParent {
  identity: Identity
  from: string
}

/** One SYSCALL record, as far as processes go. */
export interface ProcessStep {
  pid: number
  ppid: number | null
  timeMillis: number
  executable: string | null
}

interface Instance {
  ppid: number | null
  /** Its last successful execve, and when. */
  exec: Identity | null
  execMillis: number
  /** Whom it is a copy of. */
  copy: KnownParent | null
  /** Any other record of it. */
  record: Identity | null
  weight: number
}

const MOST_PROCESSES = 65_536
/** Characters of names and arguments kept in all. */
const MOST_CHARACTERS = 16 << 20
/** With vfork the parent sleeps until the child has executed: the record of the fork comes after it. */
const VFORK_MILLIS = 5000
const MOST_COPIES = 8
const AHEAD_KEPT = 1024

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The processes of all nodes of a file. */
export class ProcessMemory {
  nodes = 0
  private readonly instances = new Map<number, Instance>()
  private characters = 0

  get(key: number): Instance | undefined {
    return this.instances.get(key)
  }

  put(key: number, instance: Omit<Instance, 'weight'>): void {
    this.forget(key)
    const weight = weightOf(instance.exec) + weightOf(instance.record) + weightOf(instance.copy?.identity ?? null)
    this.instances.set(key, { ...instance, weight })
    this.characters += weight
    while (this.instances.size > MOST_PROCESSES || (this.characters > MOST_CHARACTERS && this.instances.size > 1))
      this.forget(this.instances.keys().next().value!)
  }

  forget(key: number): void {
    const present = this.instances.get(key)
    if (!present) return
    this.characters -= present.weight
    this.instances.delete(key)
  }
}

export class AuditProcesses {
  private readonly node: number
  /** Records that were read but whose turn has not come, by pid. */
  private readonly ahead = new Map<number, ProcessStep>()

  constructor(private readonly memory: ProcessMemory) {
    this.node = memory.nodes++
  }

  /** The process with this pid at the time of `step`, by the surest way; null when nothing tells. */
  find(pid: number, step: ProcessStep): KnownParent | null {
    return this.known(pid) ?? this.later(pid, step)
  }

  /** A record that stands ahead of its turn may name a parent of which nothing came before. */
  announce(step: ProcessStep): void {
    this.ahead.delete(step.pid)
    this.ahead.set(step.pid, step)
    if (this.ahead.size > AHEAD_KEPT) this.ahead.delete(this.ahead.keys().next().value!)
  }

  /** A successful execve. */
  executed(step: ProcessStep, identity: Identity): void {
    const kept = flat(identity)
    this.memory.put(this.keyOf(step.pid), { ppid: step.ppid, exec: kept, execMillis: step.timeMillis, copy: null, record: null })
  }

  /** `step` made the process `child`, which is a copy of it. */
  forked(step: ProcessStep, child: number): void {
    this.recorded(step)
    const key = this.keyOf(child)
    const present = this.memory.get(key)
    const sinceExec = step.timeMillis - (present?.execMillis ?? -Infinity)
    if (present?.exec && present.ppid === step.pid && sinceExec >= 0 && sinceExec <= VFORK_MILLIS) return
    const known = this.known(step.pid)
    const copy = known && known.from.split('>').length <= MOST_COPIES ? { ...known, from: `fork>${known.from}` } : null
    this.memory.put(key, { ppid: step.pid, exec: null, execMillis: -Infinity, copy, record: null })
  }

  /** Any other record of a process. */
  recorded(step: ProcessStep): void {
    const { pid, ppid, executable } = step
    if (executable === null) return
    const key = this.keyOf(pid)
    const present = this.memory.get(key)
    if (present && this.isSame(present, step)) {
      if (present.exec || present.record?.executable === executable) return
      return this.memory.put(key, { ...present, record: recordOf(executable) })
    }
    this.memory.put(key, { ppid, exec: null, execMillis: -Infinity, copy: null, record: recordOf(executable) })
  }

  /** The process ended; its pid is free. */
  ended(pid: number): void {
    this.memory.forget(this.keyOf(pid))
  }

  private known(pid: number): KnownParent | null {
    const instance = this.memory.get(this.keyOf(pid))
    if (!instance) return null
    const { exec, copy, record } = instance
    if (exec) return { identity: exec, from: 'exec' }
    if (copy && (record === null || record.executable === copy.identity.executable)) return copy
    return record && { identity: record, from: 'record' }
  }

  private later(pid: number, { timeMillis }: ProcessStep): KnownParent | null {
    const ahead = this.ahead.get(pid)
    if (!ahead || ahead.executable === null || ahead.timeMillis < timeMillis) return null
    return { identity: recordOf(ahead.executable), from: 'later' }
  }

  /** Another program under another parent is another process with the same number. */
  private isSame({ exec, ppid }: Instance, step: ProcessStep): boolean {
    const moved = ppid !== null && step.ppid !== null && step.ppid !== ppid && step.ppid !== 1
    return !(moved && exec !== null && exec.executable !== step.executable)
  }

  private keyOf(pid: number): number {
    return this.node * 2 ** 32 + (pid >>> 0)
  }
}

/** The name is taken from the program: `comm` may be that of a thread, such as http-nio-8080-e. */
function recordOf(executable: string): Identity {
  const own = flatText(executable)
  return { name: baseName(own), executable: own, args: null, directory: null }
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function weightOf(identity: Identity | null): number {
  if (!identity) return 0
  const { name, executable, args, directory } = identity
  const words = (args ?? []).reduce((sum, word) => sum + word.length, 0)
  return name.length + (executable?.length ?? 0) + (directory?.length ?? 0) + words
}

function flat({ name, executable, args, directory }: Identity): Identity {
  return {
    name: flatText(name),
    executable: executable && flatText(executable),
    args: args && args.map(flatText),
    directory: directory && flatText(directory)
  }
}

/** A text of its own: a part cut out of a line would keep the whole line in memory. */
function flatText(text: string): string {
  return decoder.decode(encoder.encode(text))
}
