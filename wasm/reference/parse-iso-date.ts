/** Twin of wasm/assembly/kernels/parse-iso-date.ts: the forms as one pattern, the calendar from Date. */
import type { ReferenceMemory } from './memory.ts'

const FORM =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:(T)(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d(?:\d\d(?:\d\d)?|:\d\d(?::\d\d)?)?)?)?)?)?)?$/
const MAX_NANOS = 9_223_372_036_854_775_807n

export function parseIsoDates(
  memory: ReferenceMemory,
  pointers: number,
  lengths: number,
  count: number,
  millis: number,
  nanos: number,
  flags: number
): void {
  const view = new DataView(memory.buffer)
  for (let i = 0; i < count; i++) {
    const text = textAt(memory, view.getUint32(pointers + 4 * i, true), view.getUint32(lengths + 4 * i, true))
    const parsed = parse(text)
    view.setBigInt64(millis + 8 * i, parsed ? parsed.millis : 0n, true)
    view.setBigInt64(nanos + 8 * i, parsed?.nanos ?? 0n, true)
    view.setUint8(flags + i, !parsed ? 0 : parsed.nanos === null ? 1 : 3)
  }
}

function textAt(memory: ReferenceMemory, at: number, length: number): string {
  return length > 40 ? '' : String.fromCharCode(...new Uint8Array(memory.buffer, at, length))
}

function parse(text: string): { millis: bigint; nanos: bigint | null } | null {
  const match = FORM.exec(text)
  if (!match) return null
  const [, year, month = '01', day = '01', time, hour = '00', minute = '00', second, fraction = '', zone = 'Z'] = match
  const start = Date.parse(`${year}-${month}-${day}T00:00:00Z`)
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null
  const digits = zone.replace(/[Z:+-]/g, '').padEnd(6, '0')
  const offset = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4))
  if (offset > 64_800) return null
  const local = start / 1000 + Number(hour) * 3600 + Number(minute) * 60 + Number(second ?? 0)
  const seconds = BigInt(local - (zone[0] === '-' ? -offset : offset))
  const moment = seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))
  const fits = moment >= 0n && moment <= MAX_NANOS && (time === undefined || second !== undefined)
  return { millis: seconds * 1000n + BigInt(fraction.padEnd(9, '0').slice(0, 3)), nanos: fits ? moment : null }
}
