/** Literals: from source text to typed constants. */
import type { NumberLiteral, TimeSpanLiteral } from '../language/ast.ts'
import type { DataType, TimeSpan, Value } from '../data/data-type.ts'

/** Type and value of a number as written, with its sign: integer if it fits, else long, else unsigned_long, else double. */
export function numberValue(literal: NumberLiteral, negative: boolean): { dataType: DataType; value: Value } | null {
  const text = (negative ? '-' : '') + literal.text
  if (literal.kind === 'decimal') {
    const value = Number(text)
    return Number.isFinite(value) ? { dataType: 'double', value } : null
  }
  const whole = BigInt(literal.text) * (negative ? -1n : 1n)
  if (whole === BigInt.asIntN(32, whole)) return { dataType: 'integer', value: Number(whole) }
  if (whole === BigInt.asIntN(64, whole)) return { dataType: 'long', value: whole }
  if (whole === BigInt.asUintN(64, whole)) return { dataType: 'unsigned_long', value: whole }
  const value = Number(text)
  return Number.isFinite(value) ? { dataType: 'double', value } : null
}

const UNITS: readonly { names: string; span: Partial<TimeSpan> }[] = [
  { names: 'millisecond milliseconds ms', span: { millis: 1 } },
  { names: 'second seconds sec s', span: { millis: 1000 } },
  { names: 'minute minutes min m', span: { millis: 60_000 } },
  { names: 'hour hours h', span: { millis: 3_600_000 } },
  { names: 'day days d', span: { days: 1 } },
  { names: 'week weeks w', span: { days: 7 } },
  { names: 'month months mo', span: { months: 1 } },
  { names: 'quarter quarters q', span: { months: 3 } },
  { names: 'year years yr y', span: { months: 12 } }
]
const UNIT_SPANS = new Map(UNITS.flatMap(({ names, span }) => names.split(' ').map((name) => [name, span] as const)))

/** Type and value of `5 minutes`; null for an unknown unit or an amount beyond exact whole numbers. */
export function timeSpanValue(literal: TimeSpanLiteral, negative: boolean): { dataType: DataType; value: TimeSpan } | null {
  const unit = UNIT_SPANS.get(literal.unit.toLowerCase())
  const amount = Number(literal.amount) * (negative ? -1 : 1)
  if (!unit || !Number.isSafeInteger(amount)) return null
  const value: TimeSpan = {
    months: amount * (unit.months ?? 0),
    days: amount * (unit.days ?? 0),
    millis: amount * (unit.millis ?? 0)
  }
  return { dataType: unit.millis === undefined ? 'date_period' : 'time_duration', value }
}
