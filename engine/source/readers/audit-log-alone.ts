/** Audit records without a system call: logins, services, configuration; and which records are none alone. */
import { type Document, type EventHead, type TypedFields, eventFields, hostFields, userOf } from './audit-log-document.ts'
import { baseName } from './audit-log-processes.ts'
import { numberOf, plainOf, textOf } from './audit-log-values.ts'

/** Records that belong to a SYSCALL record, or say nothing of their own. */
const COMPANIONS =
  /^(?:EXECVE|CWD|PATH|PROCTITLE|SOCKADDR|SOCKETCALL|FD_PAIR|MMAP|OBJ_PID|IPC|IPC_SET_PERM|BPRM_FCAPS|CAPSET|EOE|MQ_\w+|OPENAT2|UNKNOWN.*)$/
const SESSIONS = /^(?:USER_(?:AUTH|ACCT|START|END|LOGIN|LOGOUT|ERR|CHAUTHTOK)|CRED_\w+|LOGIN)$/

/** Whether a record of this type is an event when it stands alone. */
export function standsAlone(type: string): boolean {
  return !COMPANIONS.test(type)
}

/** A record that programs or the kernel write without a system call: logins, services, configuration. */
export function readAlone(head: EventHead, { type, fields }: TypedFields): Document {
  const result = plainOf(fields.get('res')) ?? plainOf(fields.get('result')) ?? ''
  const outcome = /^(?:success|yes|1)$/.test(result) ? 'success' : /^(?:failed|no|0)$/.test(result) ? 'failure' : 'unknown'
  const executable = textOf(fields.get('exe'))
  const name = textOf(fields.get('comm')) ?? (executable === null ? null : baseName(executable))
  const data = Object.fromEntries(
    ['op', 'acct', 'terminal', 'unit'].flatMap((field) => {
      const value = textOf(fields.get(field))
      return value === null ? [] : [[field, value]]
    })
  )
  return {
    ...hostFields(head),
    event: eventFields(head, type.toLowerCase(), SESSIONS.test(type) ? ['authentication'] : ['host'], ['info'], outcome),
    user: userOf(fields),
    ...sourceOf(textOf(fields.get('addr')), textOf(fields.get('hostname'))),
    auditd: { message_type: type.toLowerCase(), data },
    process: { pid: numberOf(fields.get('pid')) ?? undefined, executable: executable ?? undefined, name: name ?? undefined }
  }
}

/** Where a login came from. */
function sourceOf(address: string | null, name: string | null): Document {
  const ip = address !== null && /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/i.test(address) ? address : undefined
  const shown = name ?? address
  return shown === null ? {} : { source: { ip, address: shown } }
}
