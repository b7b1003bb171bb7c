/** What a named group of GROK fills: the field, its type, and how the text becomes a value. */
import type { DataType, Value } from '../../data/data-type.ts'

export interface GrokCapture {
  field: string
  type: DataType
  /** Null when the text is no value of the type. */
  convert(text: string): Value | null
}

/** Of `NAME:field:type` or a plain group name. Unknown types are text. */
export function captureOf(groupName: string): GrokCapture {
  const parts = groupName.split(':')
  const field = parts.length > 1 ? parts[1]! : parts[0]!
  const typed = parts.length === 3 ? TYPES.get(parts[2]!) : undefined
  return { field, ...(typed ?? TEXT) }
}

type Typed = Pick<GrokCapture, 'type' | 'convert'>
const TEXT: Typed = { type: 'keyword', convert: (text) => text }

const TYPES: ReadonlyMap<string, Typed> = new Map<string, Typed>([
  ['int', { type: 'integer', convert: (text) => wholeNumber(text, -(2n ** 31n), 2n ** 31n - 1n, Number) }],
  ['long', { type: 'long', convert: (text) => wholeNumber(text, -(2n ** 63n), 2n ** 63n - 1n, (value) => value) }],
  // A float is widened to a double, as Elasticsearch shows it.
  ['float', { type: 'double', convert: (text) => fraction(text, Math.fround) }],
  ['double', { type: 'double', convert: (text) => fraction(text, (value) => value) }],
  ['boolean', { type: 'boolean', convert: (text) => text.toLowerCase() === 'true' }]
])

function wholeNumber(text: string, least: bigint, most: bigint, make: (value: bigint) => Value): Value | null {
  if (!/^[+-]?[0-9]{1,40}$/.test(text)) return null
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  return value >= least && value <= most ? make(value) : null
}

/** What Java's parseDouble reads, but hexadecimal forms. */
function fraction(text: string, make: (value: number) => number): number | null {
  const digits = /^[\t-\r ]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[dDfF]?[\t-\r ]*$/.exec(text)
  const value = digits ? make(Number(digits[1])) : NaN
  return Number.isFinite(value) ? value : null
}
