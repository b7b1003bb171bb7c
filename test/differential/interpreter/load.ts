/** From JSON scalars to cells, typed by a mapping as an index holds them. */
import {
  type Cell,
  compare,
  floorDiv,
  INT_MAX,
  INT_MIN,
  ipText,
  LONG_MAX,
  LONG_MIN,
  readIp,
  readIso,
  type Type,
  UNSIGNED_MAX,
  type Value
} from './values.ts'

/** A scalar of a document as written: `"text"`, `12.5`, `true`. Nulls and empty arrays are no scalars. */
export type Scalar = string

const RANGES: Partial<Record<Type, [bigint, bigint]>> = {
  integer: [BigInt(INT_MIN), BigInt(INT_MAX)],
  long: [LONG_MIN, LONG_MAX],
  unsigned_long: [0n, UNSIGNED_MAX]
}

/** The value a field of `type` keeps of a scalar; null when it keeps none. */
function keep(type: Type, scalar: Scalar): Value | null {
  const text = scalar.startsWith('"') ? (JSON.parse(scalar) as string) : scalar
  switch (type) {
    case 'boolean':
      return text === 'true' ? true : text === 'false' || text === '' ? false : null
    case 'integer':
    case 'long':
    case 'unsigned_long': {
      if (!/^-?\d+(\.\d+)?$/.test(text) || (type === 'unsigned_long' && text.includes('.'))) return null
      const value = BigInt(text.replace(/\..*/, ''))
      const [least, most] = RANGES[type]!
      return value < least || value > most ? null : type === 'integer' ? Number(value) : value
    }
    case 'double': {
      const value = Number(text)
      return /^-?\d/.test(text) && Number.isFinite(value) ? value : null
    }
    case 'ip': {
      const bits = readIp(text)
      return bits === null ? null : ipText(bits)
    }
    case 'date':
    case 'date_nanos': {
      const unit = type === 'date' ? 1_000_000n : 1n
      if (/^-?\d+$/.test(scalar)) return BigInt(scalar) * (type === 'date' ? 1n : 1_000_000n)
      const nanos = readIso(text)
      return nanos === null ? null : floorDiv(nanos, unit)
    }
    default:
      return text
  }
}

const ONCE: Type[] = ['keyword', 'ip', 'version']

/** The cell of a field: in order; texts, addresses and versions once each. A `text` field keeps what the document says. */
export function load(type: Type, scalars: readonly Scalar[]): Cell {
  const values = scalars.map((scalar) => keep(type, scalar)).filter((value) => value !== null)
  if (type === 'text') return values
  const sorted = values.sort((a, b) => compare(type, a, b))
  return ONCE.includes(type) ? sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]) : sorted
}
