/**
 * Values of audit records: text in quotes is literal, text in hexadecimal digits is bytes of UTF-8, `(null)`, `(none)` and
 * `?` are absent. The kernel writes hexadecimal as soon as a blank, a quote, a control or a non-ASCII byte occurs.
 */
import type { AuditFields } from './audit-log-line.ts'

const HEX = /^(?:[0-9A-F]{2})+$/
const ABSENT = new Set(['', '(null)', '(none)', '?'])
/** Arguments beyond this number are no process's. */
const MOST_ARGUMENTS = 1 << 20
/** Where the kernel ends PROCTITLE. */
export const TITLE_BYTES = 128

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** The text of a string field (comm, exe, cwd, name, an argument); null where it is absent. */
export function textOf(raw: string | undefined): string | null {
  if (raw === undefined) return null
  if (raw.startsWith('"')) return inner(raw)
  if (ABSENT.has(raw)) return null
  return HEX.test(raw) ? utf8.decode(hexBytes(raw)) : raw
}

/** The text of a field that is never hexadecimal; some programs quote those as well. */
export function plainOf(raw: string | undefined): string | null {
  const text = raw?.startsWith('"') ? inner(raw) : (raw ?? '')
  return ABSENT.has(text) ? null : text
}

/** A whole decimal number, or null. */
export function numberOf(raw: string | undefined): number | null {
  const text = plainOf(raw)
  return text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : null
}

/** The id of a field such as uid; 4294967295 and -1 mean unset. */
export function idOf(raw: string | undefined): string | null {
  const id = numberOf(raw)
  return id === null || id === 4294967295 || id < 0 ? null : String(id)
}

/** The name auditd found for an id; `unset` and `unknown(1000)` are none. */
export function nameOf(raw: string | undefined): string | null {
  const name = plainOf(raw)
  return name === null || name === 'unset' || name.startsWith('unknown(') ? null : name
}

/** Names of the rules that asked for the event. Several are separated by 0x01. */
export function keysOf(raw: string | undefined): string[] {
  return (textOf(raw) ?? '').split('\u0001').filter((key) => key !== '')
}

/**
 * The arguments of all EXECVE records of an event. A long one is cut in pieces over several records
 * (`a2_len=18038 a2[0]=... a2[1]=...`): pieces are joined before they are decoded.
 */
export function argumentsOf(records: readonly AuditFields[]): string[] {
  const whole = new Map<number, string>()
  const pieces = new Map<number, Map<number, string>>()
  for (const fields of records) {
    for (const [name, raw] of fields) {
      const match = /^a(\d{1,7})(?:\[(\d{1,7})\])?$/.exec(name)
      if (!match || Number(match[1]) > MOST_ARGUMENTS) continue
      const at = Number(match[1])
      if (match[2] === undefined) whole.set(at, raw)
      else pieces.set(at, (pieces.get(at) ?? new Map<number, string>()).set(Number(match[2]), raw))
    }
  }
  for (const [at, parts] of pieces) if (!whole.has(at)) whole.set(at, joined(parts))
  return [...whole].sort(([a], [b]) => a - b).map(([, raw]) => textOf(raw) ?? (ABSENT.has(raw) ? raw : ''))
}

/** Pieces as one raw value; they are hexadecimal unless every one is quoted. */
function joined(parts: ReadonlyMap<number, string>): string {
  const raws = [...parts].sort(([a], [b]) => a - b).map(([, raw]) => raw)
  if (raws.every((raw) => raw.startsWith('"'))) return `"${raws.map(inner).join('')}"`
  return raws.map((raw) => (raw.startsWith('"') ? hexOf(inner(raw)) : raw)).join('')
}

/** PROCTITLE as words: NUL stands between them. */
export function titleWords(raw: string | undefined): string[] {
  const title = textOf(raw)
  if (title === null) return []
  const words = title.split('\0')
  while (words.length > 0 && words.at(-1) === '') words.pop()
  return words
}

export interface SocketAddress {
  ip: string
  port: number
}

/** An IPv4 or IPv6 address of SOCKADDR; the family is in the machine's order, port and address in network order. */
export function socketAddress(raw: string | undefined, littleEndian: boolean): SocketAddress | null {
  if (raw === undefined || !HEX.test(raw)) return null
  const bytes = hexBytes(raw)
  if (bytes.length < 8) return null
  const family = littleEndian ? bytes[0]! | (bytes[1]! << 8) : (bytes[0]! << 8) | bytes[1]!
  const port = (bytes[2]! << 8) | bytes[3]!
  if (family === 2) return { ip: bytes.subarray(4, 8).join('.'), port }
  return family === 10 && bytes.length >= 24 ? { ip: ipv6(bytes.subarray(8, 24)), port } : null
}

/** RFC 5952: no leading zeros, the longest run of zero groups as `::`. */
function ipv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16)).join(':')
  const runs = [...groups.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run)
  const longest = runs.sort((a, b) => b.length - a.length)[0]
  if (longest === undefined) return groups
  const at = groups.indexOf(longest)
  return `${groups.slice(0, at)}::${groups.slice(at + longest.length).replace(/^:/, '')}`
}

/** Text between quotes; a value that breaks off has only the first. */
function inner(raw: string): string {
  return raw.slice(1, raw.length > 1 && raw.endsWith('"') ? -1 : undefined)
}

function hexBytes(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1)
  for (let i = 0; i < bytes.length; i++) bytes[i] = (nibble(hex, 2 * i) << 4) | nibble(hex, 2 * i + 1)
  return bytes
}

function nibble(hex: string, at: number): number {
  const code = hex.charCodeAt(at)
  return code < 58 ? code - 48 : code - 55
}

function hexOf(text: string): string {
  return Array.from(encoder.encode(text), (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('')
}
