/** Tree of an RLIKE pattern, as the parser makes it and the compiler reads it. */

export type RlikeNode =
  /** `#`: no text at all. */
  | { type: 'nothing' }
  | { type: 'text'; text: string }
  /** One code point of a set. */
  | { type: 'class'; ranges: readonly CodePointRange[] }
  /** `.` */
  | { type: 'any-one' }
  /** `@`, `.*` */
  | { type: 'any-run' }
  | { type: 'sequence'; items: readonly RlikeNode[] }
  | { type: 'union'; items: readonly RlikeNode[] }
  | { type: 'intersection'; items: readonly RlikeNode[] }
  /** `max` null: without end. */
  | { type: 'repeat'; item: RlikeNode; min: number; max: number | null }
  | { type: 'complement'; item: RlikeNode }
  /** `<min-max>`: decimal numbers; `digits` 0: with any number of leading zeros, else exactly so many digits. */
  | { type: 'interval'; min: number; max: number; digits: number }

export interface CodePointRange {
  low: number
  high: number
}

export const LAST_CODE_POINT = 0x10ffff

/** The same set as ascending ranges that do not touch. */
export function normalRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const normal: CodePointRange[] = []
  for (const { low, high } of [...ranges].sort((a, b) => a.low - b.low)) {
    const last = normal.at(-1)
    if (last && low <= last.high + 1) last.high = Math.max(last.high, high)
    else normal.push({ low, high })
  }
  return normal
}

/** Every other code point. */
export function complementRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const others: CodePointRange[] = []
  let next = 0
  for (const { low, high } of normalRanges(ranges)) {
    if (low > next) others.push({ low: next, high: low - 1 })
    next = high + 1
  }
  if (next <= LAST_CODE_POINT) others.push({ low: next, high: LAST_CODE_POINT })
  return others
}
