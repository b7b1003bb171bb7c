/**
 * Numbers as Java reads and prints them: what TO_DOUBLE, TO_STRING and their kin depend on.
 */

// Java trims what is not above the space, takes a type suffix, and knows NaN and Infinity by name.
const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fFdD]?$/
const NAMED = /^[+-]?(NaN|Infinity)$/
const HEXADECIMAL = /^([+-]?)0[xX]([0-9A-Fa-f]*)\.?([0-9A-Fa-f]*)[pP]([+-]?[0-9]+)[fFdD]?$/

/** `Double.parseDouble`: the number, or null where Java throws. */
export function parseJavaDouble(text: string): number | null {
  const trimmed = trimControls(text)
  if (DECIMAL.test(trimmed)) return Number(trimmed.replace(/[fFdD]$/, ''))
  if (NAMED.test(trimmed)) return trimmed.endsWith('NaN') ? NaN : trimmed.startsWith('-') ? -Infinity : Infinity
  const hexadecimal = HEXADECIMAL.exec(trimmed)
  if (!hexadecimal) return null
  const [, sign, whole, fraction, exponent] = hexadecimal as unknown as [string, string, string, string, string]
  if (whole.length + fraction.length === 0) return null
  const value = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length)
  return sign === '-' ? -value : value
}

/** Java's `trim`: without all that is not above the space, at both ends. */
function trimControls(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && text.charCodeAt(start) <= 0x20) start++
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--
  return text.slice(start, end)
}

/** `Integer.parseInt` and `Long.parseLong` without their range: the whole number, or null. */
export function parseJavaInteger(text: string): bigint | null {
  return /^[+-]?[0-9]{1,400}$/.test(text) ? BigInt(text.replace(/^\+/, '')) : null
}

/** `String.valueOf(double)` of JDK 19 and later: the shortest digits, always a fraction, E notation outside [1e-3, 1e7). */
export function formatJavaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const magnitude = Math.abs(value)
  if (magnitude >= 1e-3 && magnitude < 1e7) {
    const plain = String(value)
    return plain.includes('.') ? plain : `${plain}.0`
  }
  const shortest = value.toExponential()
  // Java prints at least two digits and takes the nearest of those: 4.9E-324, not 5.0E-324, and 9.9E-324, not 1.0E-323.
  const [mantissa, exponent] = (shortest.includes('.') ? shortest : value.toExponential(1)).split('e') as [string, string]
  return `${mantissa}E${Number(exponent)}`
}

/** `Math.round`: half up, toward positive infinity; the result is a whole double. */
export function roundHalfUp(value: number): number {
  const floor = Math.floor(value)
  return value - floor >= 0.5 ? floor + 1 : floor
}
