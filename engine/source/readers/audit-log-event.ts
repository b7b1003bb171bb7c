/**
 * What a SYSCALL record and the records beside it say: a process started, was made or ended, a file, a connection.
 *
 * In:   the records of one event. Out: the step in the life of a process, and its document when that is wanted.
 * Holds: nothing is guessed: names of users only where auditd wrote them, arguments of PROCTITLE only where EXECVE is lost.
 */
import { standsAlone } from './audit-log-alone.ts'
import {
  type Document,
  type EventHead,
  type Parts,
  type TypedFields,
  baseDocument,
  commandOf,
  dataOf,
  eventFields,
  fieldsOf,
  fileOf,
  pathItem,
  workingDirectory
} from './audit-log-document.ts'
import type { AuditFields } from './audit-log-line.ts'
import { type Identity, type ProcessStep, baseName } from './audit-log-processes.ts'
import { callName, isLittleEndian } from './audit-log-syscalls.ts'
import { argumentsOf, nameOf, numberOf, plainOf, socketAddress, textOf, titleWords } from './audit-log-values.ts'

export type Change = 'exec' | 'fork' | 'end' | 'record'

/** The SYSCALL record of an event with what else was read of it. */
export interface CallEvent {
  step: ProcessStep
  change: Change
  /** Who the process is from now on; of a successful execve. */
  identity: Identity | null
  /** The process that was made. */
  child: number | null
  /** A start whose arguments are only those of PROCTITLE, or missing. */
  argumentsFrom: 'execve' | 'title' | 'nowhere' | null
  userNamed: boolean
  /** Written only when it is wanted. */
  document(): Document
}

const CLONE_THREAD = 0x10000
/** EINPROGRESS: a connection that goes on in the background. */
const IN_PROGRESS = -115
/** O_WRONLY and O_RDWR of the flags of open. */
const FOR_WRITING = 3
const STARTS = new Set(['fork', 'vfork', 'clone', 'clone3'])
const EXECS = new Set(['execve', 'execveat'])

/** The document of an event with a SYSCALL record; null when it has none. */
export function readCall(head: EventHead, records: readonly TypedFields[]): CallEvent | null {
  const call = records.find(({ type }) => type === 'SYSCALL')?.fields
  const pid = numberOf(call?.get('pid'))
  if (!call || pid === null) return null
  const arch = plainOf(call.get('arch'))
  const name = nameOf(call.get('SYSCALL')) ?? callName(arch, plainOf(call.get('syscall')) ?? '')
  const step = { pid, ppid: numberOf(call.get('ppid')), timeMillis: head.timeMillis, executable: textOf(call.get('exe')) }
  const parts: Parts = { head, records, call, name, succeeded: plainOf(call.get('success')) === 'yes' }
  if (EXECS.has(name) || records.some(({ type }) => type === 'EXECVE')) return readExec(parts, step)
  const made = parts.succeeded && STARTS.has(name) ? madeProcess(call, name) : null
  const change = made !== null ? 'fork' : name === 'exit_group' ? 'end' : 'record'
  return {
    ...callEvent(parts, step, change),
    child: made,
    document: () => ({ ...baseDocument(parts, step, textOf(call.get('comm'))), ...actionOf(parts, made, isLittleEndian(arch)) })
  }
}

function callEvent({ call }: Parts, step: ProcessStep, change: Change): Omit<CallEvent, 'document'> {
  return { step, change, identity: null, child: null, argumentsFrom: null, userNamed: nameOf(call.get('UID')) !== null }
}

function readExec(parts: Parts, step: ProcessStep): CallEvent {
  const { records, call, succeeded } = parts
  const comm = textOf(call.get('comm'))
  const path = textOf(pathItem(records, '0')?.get('name'))
  const directory = workingDirectory(records)
  if (!succeeded) {
    const failed = () => ({ ...eventOf(parts, 'exec_failed', 'process', 'info'), ...fileOf(path, directory) })
    return { ...callEvent(parts, step, 'record'), document: () => ({ ...baseDocument(parts, step, comm), ...failed() }) }
  }
  const name = processName(comm, path, step.executable)
  const { args, argumentsFrom } = argumentsOfExec(records)
  const identity = { name: name ?? '', executable: step.executable, args, directory }
  const document = () => startDocument(parts, step, name, args)
  return { ...callEvent(parts, step, 'exec'), identity, argumentsFrom, document }
}

function startDocument(parts: Parts, step: ProcessStep, name: string | null, args: string[] | null): Document {
  const document: Document = { ...baseDocument(parts, step, name), ...eventOf(parts, 'exec', 'process', 'start') }
  Object.assign(document['process'] as Document, { ...commandOf(args), args_count: args?.length })
  document['labels'] = { original_action: 'executed' }
  return document
}

/** The whole name where the kernel's own (15 bytes) is its beginning: `sh` though the program is dash, `status.pl` of perl. */
function processName(comm: string | null, path: string | null, executable: string | null): string | null {
  const base = path === null ? null : baseName(path)
  if (comm === null) return base ?? (executable === null ? null : baseName(executable))
  return base !== null && base.startsWith(comm) ? base : comm
}

function argumentsOfExec(records: readonly TypedFields[]): Pick<CallEvent, 'argumentsFrom'> & { args: string[] | null } {
  const args = argumentsOf(fieldsOf(records, 'EXECVE'))
  if (args.length > 0) return { args, argumentsFrom: 'execve' }
  const words = titleWords(fieldsOf(records, 'PROCTITLE')[0]?.get('proctitle'))
  return words.length > 0 ? { args: words, argumentsFrom: 'title' } : { args: null, argumentsFrom: 'nowhere' }
}

/** The process a call made; null for a thread. clone3 hides its flags. */
function madeProcess(call: AuditFields, name: string): number | null {
  const flags = Number.parseInt(plainOf(call.get('a0')) ?? '', 16)
  if (name === 'clone' && Math.floor(flags / CLONE_THREAD) % 2 === 1) return null
  const child = numberOf(call.get('exit'))
  return child !== null && child > 0 ? child : null
}

function actionOf(parts: Parts, child: number | null, littleEndian: boolean): Document {
  const { name, records, succeeded } = parts
  if (child !== null)
    return { ...eventOf(parts, 'fork', 'process', 'start'), auditd: { data: { ...dataOf(parts), child_pid: String(child) } } }
  if (name === 'exit_group') return eventOf(parts, 'end', 'process', 'end')
  if (name === 'connect') return connection(parts, littleEndian)
  const changed = records.filter(({ type }) => type === 'PATH').map(({ fields }) => fields)
  const created = changed.find((fields) => fields.get('nametype') === 'CREATE')
  const deleted = changed.find((fields) => fields.get('nametype') === 'DELETE')
  const touched = created ?? deleted ?? changed.find((fields) => fields.get('nametype') === 'NORMAL')
  if (!touched) return eventOf(parts, namedAction(parts), 'process', 'info')
  const [action, type] = created ? ['creation', 'creation'] : deleted ? ['deletion', 'deletion'] : opened(parts)
  return {
    ...eventOf(parts, succeeded ? action : `${action}_failed`, 'file', succeeded ? type : 'info'),
    ...fileOf(textOf(touched.get('name')), workingDirectory(records))
  }
}

/** What the event is about where a record says more than its system call: a changed configuration, a denial. */
function namedAction({ records, name }: Parts): string {
  const own = records.find(({ type }) => type !== 'SYSCALL' && standsAlone(type))
  return own ? own.type.toLowerCase() : `syscall-${name}`
}

/** A file that was there already: opened for reading, or changed. */
function opened({ name, call }: Parts): readonly [string, string] {
  const flags = name === 'open' ? 'a1' : name === 'openat' ? 'a2' : null
  const reading = flags !== null && (Number.parseInt(plainOf(call.get(flags)) ?? '1', 16) & FOR_WRITING) === 0
  return reading ? ['opened', 'access'] : ['modification', 'change']
}

function connection(parts: Parts, littleEndian: boolean): Document {
  const address = socketAddress(fieldsOf(parts.records, 'SOCKADDR')[0]?.get('saddr'), littleEndian)
  return { ...eventOf(parts, 'connection_attempted', 'network', 'start'), ...(address ? { destination: address } : {}) }
}

function eventOf({ head, call, name, succeeded }: Parts, action: string, category: string, type: string): Document {
  const goesOn = name === 'connect' && numberOf(call.get('exit')) === IN_PROGRESS
  const unknown = goesOn || plainOf(call.get('success')) === null
  const outcome = succeeded ? 'success' : unknown ? 'unknown' : 'failure'
  return { event: eventFields(head, action, [category], [type], outcome) }
}
