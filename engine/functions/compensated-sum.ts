/** Sum of doubles with Kahan's compensation, as Elasticsearch adds them up: the last digits are the same. */

/** The compensated sum; not finite when a value or the sum is not. */
export function compensatedSum(values: readonly number[]): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const corrected = value + lost
    const next = sum + corrected
    lost = corrected - (next - sum)
    sum = next
  }
  return sum
}
