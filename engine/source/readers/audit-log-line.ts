/**
 * One line of a Linux audit log: who and when in its head, `name=value` fields behind it.
 *
 * In:   the text of a line. Out: AuditRecord, or null when it is none; fields as they are written (quotes kept, because
 *       `"cafe"` is text and `CAFE` is hexadecimal).
 * Holds: linear, nothing throws. auditd's ENRICHED format puts one 0x1D byte before its upper-case fields; files that went
 *        through a clipboard lost it, so a value also ends where such a name follows directly.
 */

/** With the node, time and serial name the event: serials begin anew with every boot. */
export interface AuditRecord {
  /** Of `node=`; null where the line names none. */
  node: string | null
  type: string
  timeMillis: number
  serial: number
  body: string
}

export type AuditFields = ReadonlyMap<string, string>

const HEAD = /^(?:node=(\S{1,255}) )?type=(\S{1,64}) msg=audit\((\d{1,11})\.(\d{3}):(\d{1,15})\):?/
/** A line of the kind, whatever stands in its brackets: `ausearch -i` prints a local date there. */
const INTERPRETED_HEAD = /^(?:node=\S{1,255} )?type=\S{1,64} msg=audit\([^)\n]{1,64}\)/
/** Names that auditd adds when it enriches. Known ones first: `2FEUID=` is `2F`, `EUID`. */
const ENRICHED = /(?:ARCH|SYSCALL|SADDR|[OIS]?AUID|OLD-AUID|[EOI]?UID|SUID|FSUID|[EOI]?GID|SGID|FSGID|NEW_GID|ID|GRP)=/
/** Any upper-case name behind what cannot belong to it. */
const GLUED_NAME = /[a-z0-9)?]([A-Z][A-Z_]*=)/

const BLANK = 32
const GROUP_SEPARATOR = 0x1d
const QUOTE = 34
const APOSTROPHE = 39
const OPEN_BRACE = 123

/** The record that `line` is, or null. */
export function parseRecord(line: string): AuditRecord | null {
  const head = HEAD.exec(line)
  if (!head) return null
  const [all, node, type, seconds, millis, serial] = head as unknown as string[]
  return {
    node: node ?? null,
    type: type!,
    timeMillis: Number(seconds) * 1000 + Number(millis),
    serial: Number(serial),
    body: line.slice(all!.length)
  }
}

/** A line as `ausearch -i` prints it: an audit record made for the eye, which cannot be read back. */
export function isInterpreted(line: string): boolean {
  return INTERPRETED_HEAD.test(line) && !HEAD.test(line)
}

/** The fields of a record's body; where a name repeats, the first one. */
export function parseFields(body: string): AuditFields {
  const fields = new Map<string, string>()
  readFields(body, fields, false)
  return fields
}

/** `nested`: inside the apostrophes of a program's own text, where apostrophes are text. */
function readFields(body: string, into: Map<string, string>, nested: boolean): void {
  for (let at = 0; at < body.length;) {
    const equals = body.indexOf('=', at)
    if (equals < 0) break
    const name = nameBefore(body, at, equals)
    const start = equals + 1
    const end = valueEnd(body, start, nested)
    // Programs put their own fields in `msg='op=login acct="root" res=success'`.
    if (!nested && body.charCodeAt(start) === APOSTROPHE) readFields(body.slice(start + 1, end - 1), into, true)
    else if (name !== '' && !into.has(name)) into.set(name, body.slice(start, end))
    at = end
  }
}

function nameBefore(body: string, from: number, equals: number): string {
  let start = equals
  while (start > from && isNamePart(body.charCodeAt(start - 1))) start--
  return body.slice(start, equals)
}

/** Letters, digits, `_`, `-`, and the brackets of `a2[0]`. */
function isNamePart(code: number): boolean {
  const letter = code | 32
  return (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 91 || code === 93
}

const CLOSING: Partial<Record<number, string>> = { [QUOTE]: '"', [APOSTROPHE]: "'", [OPEN_BRACE]: '}' }

function valueEnd(body: string, start: number, nested: boolean): number {
  const closing = CLOSING[body.charCodeAt(start)]
  if (closing !== undefined && !(nested && closing === "'")) {
    // Text inside '...' may hold apostrophes: it ends at the last one.
    const close = closing === "'" ? body.lastIndexOf(closing) : body.indexOf(closing, start + 1)
    return close <= start ? body.length : close + 1
  }
  let end = start
  let glued = false
  for (; end < body.length; end++) {
    const code = body.charCodeAt(end)
    if (code === BLANK || code === GROUP_SEPARATOR) break
    if (code === 61) glued = true
  }
  return glued ? gluedEnd(body, start, end) : end
}

function gluedEnd(body: string, start: number, end: number): number {
  const value = body.slice(start, end)
  const known = ENRICHED.exec(value)
  if (known && known.index > 0) return start + known.index
  const any = GLUED_NAME.exec(value)
  return any ? start + any.index + 1 : end
}
