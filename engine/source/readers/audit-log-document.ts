/**
 * The parts an ECS document of an audit event is put together from: host, user, process, file, parent.
 *
 * Holds: what the records do not say is absent (undefined, which JSON leaves out).
 */
import { type AuditFields, parseFields } from './audit-log-line.ts'
import { type KnownParent, type ProcessStep, baseName } from './audit-log-processes.ts'
import { idOf, keysOf, nameOf, plainOf, textOf, titleWords } from './audit-log-values.ts'

export type Document = Record<string, unknown>

/** A record whose fields are read when they are asked for. */
export class TypedFields {
  private read: AuditFields | null = null

  constructor(
    readonly type: string,
    private readonly body: string
  ) {}

  get fields(): AuditFields {
    return (this.read ??= parseFields(this.body))
  }
}

export interface EventHead {
  timeMillis: number
  serial: number
  host: string
}

/** A SYSCALL record with the rest of its event. */
export interface Parts {
  head: EventHead
  records: readonly TypedFields[]
  call: AuditFields
  name: string
  succeeded: boolean
}

export function eventFields(head: EventHead, action: string, category: string[], type: string[], outcome: string): Document {
  return { kind: 'event', module: 'auditd', dataset: 'auditd.raw', sequence: head.serial, category, type, action, outcome }
}

export function baseDocument(parts: Parts, step: ProcessStep, name: string | null): Document {
  const { head, records, call } = parts
  const title = titleWords(fieldsOf(records, 'PROCTITLE')[0]?.get('proctitle'))
  const keys = keysOf(call.get('key'))
  return {
    ...hostFields(head),
    user: userOf(call),
    ...(keys.length > 0 ? { tags: keys } : {}),
    auditd: { data: dataOf(parts) },
    process: {
      pid: step.pid,
      executable: step.executable ?? undefined,
      name: name ?? undefined,
      working_directory: workingDirectory(records) ?? undefined,
      title: title.length > 0 ? title.join(' ') : undefined
    }
  }
}

export function dataOf({ call, name }: Parts): Document {
  const read = (field: string) => plainOf(call.get(field)) ?? undefined
  return { syscall: name, exit: read('exit'), tty: read('tty'), session: idOf(call.get('ses')) ?? undefined }
}

export function hostFields({ timeMillis, host }: EventHead): Document {
  return {
    '@timestamp': new Date(timeMillis).toISOString(),
    host: { name: host, os: { type: 'linux' } },
    agent: { id: host, type: 'auditd' }
  }
}

export function userOf(fields: AuditFields): Document {
  const id = idOf(fields.get('uid'))
  const effective = idOf(fields.get('euid'))
  const audit = idOf(fields.get('auid'))
  return {
    ...person(id, nameOf(fields.get('UID'))),
    ...(effective !== null && effective !== id ? { effective: person(effective, nameOf(fields.get('EUID'))) } : {}),
    ...(audit !== null ? { audit: person(audit, nameOf(fields.get('AUID'))) } : {}),
    group: person(idOf(fields.get('gid')), nameOf(fields.get('GID')))
  }
}

function person(id: string | null, name: string | null): Document {
  return { ...(id === null ? {} : { id }), ...(name === null ? {} : { name }) }
}

/** Arguments as Elastic Defend writes them: joined with one blank, never quoted again. */
export function commandOf(args: string[] | null): Document {
  return args ? { args, command_line: args.join(' ') } : {}
}

export function fieldsOf(records: readonly TypedFields[], type: string): AuditFields[] {
  return records.filter((record) => record.type === type).map(({ fields }) => fields)
}

export function pathItem(records: readonly TypedFields[], item: string): AuditFields | undefined {
  return fieldsOf(records, 'PATH').find((fields) => plainOf(fields.get('item')) === item)
}

export function workingDirectory(records: readonly TypedFields[]): string | null {
  return textOf(fieldsOf(records, 'CWD')[0]?.get('cwd'))
}

export function fileOf(path: string | null, directory: string | null): Document {
  if (path === null) return {}
  const full = path.startsWith('/') || directory === null ? path : `${directory.replace(/\/$/, '')}/${path}`
  return { file: { path: full, name: baseName(full) } }
}

/** Adds who the parent was, and from which records that is known. */
export function addParent(document: Document, ppid: number | null, parent: KnownParent | null): Document {
  const { name, executable, args, directory } = parent?.identity ?? { name: null, executable: null, args: null, directory: null }
  const of = document['process'] as Document
  of['parent'] = {
    pid: ppid ?? undefined,
    name: name ?? undefined,
    executable: executable ?? undefined,
    ...commandOf(args),
    working_directory: directory ?? undefined
  }
  document['labels'] = { ...(document['labels'] as Document | undefined), parent_from: parent?.from ?? 'unknown' }
  return document
}
