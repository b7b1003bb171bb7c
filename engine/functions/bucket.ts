/**
 * BUCKET: the grouping function. With a span it is DATE_TRUNC or rounding down to multiples; with a number of buckets and a
 * range it chooses the size itself.
 */
import { type DataType, isDate, isTimeSpan, type Value } from '../data/data-type.ts'
import { roundInstant } from './date.ts'
import { badInterval, type Rounding, roundingForBuckets, roundingTo } from './date-rounding.ts'
import { badDate } from './conversion.ts'
import { type ArgumentInfo, type Resolution, type RowFunction, type ScalarFunction, ValueError } from './definition.ts'
import { parseIsoMillis } from '../data/iso-date.ts'
import { scalar } from './scalar.ts'
import { resolveSignatures } from './signatures.ts'
import { constantSpan, nanosToMillis } from './time-span.ts'

const DATE_FORMS = ['instant, span! -> date', 'instant, integer|long!, date|date_nanos|string, date|date_nanos|string -> date']
const NUMBER_FORMS = [
  'integer|long|double, integer|long|double! -> double',
  'integer|long|double, integer|long!, integer|long|double, integer|long|double -> double'
]

function resolveBucket(args: readonly ArgumentInfo[]): Resolution {
  const first = args[0]?.type
  const isNumber = first === 'integer' || first === 'long' || first === 'double'
  const resolution = resolveSignatures('BUCKET', isNumber ? NUMBER_FORMS : DATE_FORMS, args)
  if ('error' in resolution) return resolution
  const { params } = resolution
  if (isNumber) return { params: params.map((type) => (type === 'null' ? 'null' : 'double')), returns: 'double' }
  const span = isTimeSpan(params[1]!) ? constantSpan(args[1]!) : null
  const bad = span && badInterval(span)
  return bad ? { error: bad } : { params, returns: isDate(params[0]!) ? params[0]! : 'date' }
}

/** An end of the range in milliseconds: a date of either type or text of one. */
function millisOf(value: Value, type: DataType): bigint {
  if (typeof value === 'string') {
    const millis = parseIsoMillis(value)
    if (millis === null) throw badDate(value, 'strict_date_optional_time')
    return millis
  }
  return type === 'date_nanos' ? nanosToMillis(value as bigint) : (value as bigint)
}

function bindDates(params: readonly DataType[], args: readonly ArgumentInfo[]): RowFunction {
  const type = params[0]!
  if (args.length === 2) {
    const span = constantSpan(args[1]!)
    if (!span) return () => null
    const round = roundInstant(roundingTo(span), type)
    return (instant: bigint) => round(instant)
  }
  // The range is the same for every row, but may arrive as columns (a renamed constant, NOW()).
  let known: { buckets: Value; from: Value; to: Value; rounding: Rounding } | null = null
  return (instant: bigint, buckets: Value, from: Value, to: Value) => {
    if (known?.buckets !== buckets || known.from !== from || known.to !== to) {
      const rounding = roundingForBuckets(Number(buckets), millisOf(from, params[2]!), millisOf(to, params[3]!))
      known = { buckets, from, to, rounding }
    }
    return roundInstant(known!.rounding, type)(instant)
  }
}

/** Size of number buckets: a power of ten or half of one. */
function numberSize(buckets: number, from: number, to: number): number {
  const precise = (to - from) / buckets
  const power = 10 ** Math.ceil(Math.log10(precise))
  return precise < power / 2 ? power / 2 : power
}

function bucketOf(value: number, spanOrCount: number, from?: number, to?: number): number {
  const size = from === undefined || to === undefined ? spanOrCount : numberSize(spanOrCount, from, to)
  if (!(size > 0) || !Number.isFinite(size)) throw new ValueError('java.lang.ArithmeticException: / by zero')
  return Math.floor(value / size) * size + 0
}

export const GROUPING_FUNCTIONS: readonly ScalarFunction[] = [
  scalar({
    name: 'BUCKET',
    aliases: ['BIN'],
    doc: 'The start of the bucket a date or number falls into: buckets of a size, or at most so many over a range.',
    example: 'BUCKET(@timestamp, 1 hour)',
    signatures: resolveBucket,
    bind: (params, args) => (params[0] === 'double' ? bucketOf : bindDates(params, args))
  })
]
