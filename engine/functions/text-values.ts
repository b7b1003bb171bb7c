/** Values of types as a search writes them: strict numbers, `true` and `false`, versions as they are. */
import { physicalOf, type DataType, type Value } from '../data/data-type.ts'

const WHOLE: ReadonlySet<DataType> = new Set(['integer', 'long', 'unsigned_long'])

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/

/**
 * The value a text stands for; undefined when it is none of the type. A number that a whole-number type cannot hold (a
 * fraction, too large) is still a number: it equals nothing there and may end a range.
 */
export function convertText(text: string, type: DataType): Value | undefined {
  const trimmed = text.trim()
  if (type === 'boolean') return trimmed === 'true' ? true : trimmed === 'false' ? false : undefined
  if (type === 'version' || type === 'ip' || type === 'keyword' || type === 'text') return text
  if (!NUMBER.test(trimmed)) return undefined
  const number = Number(trimmed)
  if (type === 'double' || !WHOLE.has(type)) return type === 'double' ? number : undefined
  const whole = /^[+-]?\d+$/.test(trimmed) ? BigInt(trimmed.replace('+', '')) : Number.isInteger(number) ? BigInt(number) : null
  if (whole === null) return number
  return physicalOf(type) === 'i32' ? Number(whole) : whole
}
