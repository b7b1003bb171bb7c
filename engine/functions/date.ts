/** Functions on dates. `instant` below means date (milliseconds) or date_nanos; all calendar work is in UTC. */
import { type DataType, isDate } from '../data/data-type.ts'
import { formatIsoMillis, formatIsoNanos, parseIsoMillis } from '../data/iso-date.ts'
import { dayOfWeek, splitMillis } from './calendar.ts'
import { civilFromDays } from '../data/civil-date.ts'
import { badDate, wholeToInteger } from './conversion.ts'
import { compileDatePattern, type DatePattern, DAYS, MONTHS } from './date-pattern.ts'
import { badInterval, type Rounding, roundingTo } from './date-rounding.ts'
import { dateDifference, datePart } from './date-units.ts'
import { type ArgumentInfo, type Resolution, type RowFunction, type ScalarFunction, ValueError } from './definition.ts'
import { constantText, scalar } from './scalar.ts'
import { resolveSignatures } from './signatures.ts'
import { constantSpan, nanosToMillis } from './time-span.ts'

const NANOS_PER_MILLI = 1_000_000n
const illegal = (text: string) => new ValueError(`java.lang.IllegalArgumentException: ${text}`)

/** Milliseconds of an instant and the nanoseconds within its millisecond. */
function splitter(type: DataType): (instant: bigint) => { millis: bigint; nanos: number } {
  if (type !== 'date_nanos') return (instant) => ({ millis: instant, nanos: 0 })
  return (instant) => {
    const millis = nanosToMillis(instant)
    return { millis, nanos: Number(instant - millis * NANOS_PER_MILLI) }
  }
}

/** Keeps the last compiled form of a text that usually stays the same from row to row. */
function remembered<T>(compile: (text: string) => T): (text: string) => T {
  let last: string | null = null
  let compiled: T
  return (text) => {
    if (text !== last) {
      compiled = compile(text)
      last = text
    }
    return compiled
  }
}

// ---- DATE_TRUNC ----

function resolveTrunc(args: readonly ArgumentInfo[]): Resolution {
  const resolution = resolveSignatures('DATE_TRUNC', ['span!, instant -> date'], args)
  if ('error' in resolution) return resolution
  const span = constantSpan(args[0]!)
  const bad = span && badInterval(span)
  if (bad) return { error: bad }
  return { params: resolution.params, returns: isDate(resolution.params[1]!) ? resolution.params[1]! : 'date' }
}

/** A rounding of milliseconds on instants of either type. */
export function roundInstant(rounding: Rounding, type: DataType): (instant: bigint) => bigint {
  return type === 'date_nanos' ? (nanos) => rounding(nanosToMillis(nanos)) * NANOS_PER_MILLI : rounding
}

function bindTrunc(params: readonly DataType[], args: readonly ArgumentInfo[]): RowFunction {
  const span = constantSpan(args[0]!)
  if (!span) return () => null
  const round = roundInstant(roundingTo(span), params[1]!)
  return (_span: never, instant: bigint) => round(instant)
}

// ---- DATE_DIFF, DATE_EXTRACT ----

const UNIT_NAMES =
  'YEAR, QUARTER, MONTH, DAYOFYEAR, DAY, WEEK, WEEKDAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND'

const badUnit = (unit: string) => `A value of [${UNIT_NAMES}] or their aliases is required; received [${unit}]`

function bindDiff(params: readonly DataType[]): RowFunction {
  const nanos = (type: DataType) =>
    type === 'date_nanos' ? (value: bigint) => value : (value: bigint) => value * NANOS_PER_MILLI
  const [start, end] = [nanos(params[1]!), nanos(params[2]!)]
  const difference = remembered((unit) => {
    const found = dateDifference(unit)
    if (!found) throw illegal(badUnit(unit))
    return found
  })
  return (unit: string, from: bigint, to: bigint) => wholeToInteger(difference(unit)(start(from), end(to)))
}

const badPart = (name: string) => `invalid date field for [{call}]: ${name}`

function bindExtract(params: readonly DataType[]): RowFunction {
  const split = splitter(params[1]!)
  const part = remembered((name) => {
    const found = datePart(name)
    if (!found) throw illegal(`No enum constant java.time.temporal.ChronoField.${name.toUpperCase()}`)
    return found
  })
  return (name: string, instant: bigint) => {
    const { millis, nanos } = split(instant)
    return part(name)(millis, nanos)
  }
}

// ---- DATE_FORMAT, DATE_PARSE ----

const NAMED_PATTERNS = new Map([
  ['date', 'yyyy-MM-dd'],
  ['strict_date', 'yyyy-MM-dd'],
  ['basic_date', 'yyyyMMdd'],
  ['date_time', "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"],
  ['strict_date_time', "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"],
  ['date_time_no_millis', "yyyy-MM-dd'T'HH:mm:ssXXX"],
  ['strict_date_time_no_millis', "yyyy-MM-dd'T'HH:mm:ssXXX"],
  ['date_hour_minute_second', "yyyy-MM-dd'T'HH:mm:ss"],
  ['hour_minute_second', 'HH:mm:ss'],
  ['year_month', 'yyyy-MM'],
  ['year', 'yyyy']
])

const ISO: DatePattern = { format: formatIsoMillis, parse: parseIsoMillis }
const WHOLE = /^-?[0-9]{1,18}$/
const EPOCH_MILLIS: DatePattern = { format: String, parse: (text) => (WHOLE.test(text) ? BigInt(text) : null) }
const EPOCH_SECOND: DatePattern = {
  format: (millis) => String(millis / 1000n),
  parse: (text) => (WHOLE.test(text) ? BigInt(text) * 1000n : null)
}

function patternOf(text: string): DatePattern {
  if (/^(strict_)?date_optional_time(_nanos)?$|^iso8601$/.test(text)) return ISO
  if (text === 'epoch_millis') return EPOCH_MILLIS
  if (text === 'epoch_second') return EPOCH_SECOND
  try {
    return compileDatePattern(NAMED_PATTERNS.get(text) ?? text)
  } catch (failure) {
    throw illegal((failure as Error).message)
  }
}

/** An unusable constant pattern is an error of the query. */
function checkPattern(args: readonly ArgumentInfo[], use: (pattern: DatePattern) => unknown): string | null {
  const text = args.length === 2 ? constantText(args[0]) : null
  if (text === null) return null
  try {
    use(patternOf(text))
    return null
  } catch (failure) {
    return (failure as Error).message.replace(/^[\w.]+: /, '')
  }
}

function bindFormat(params: readonly DataType[]): RowFunction {
  const split = splitter(params.at(-1)!)
  if (params.length === 1) return params[0] === 'date_nanos' ? formatIsoNanos : formatIsoMillis
  const pattern = remembered(patternOf)
  return (format: string, instant: bigint) => {
    const { millis, nanos } = split(instant)
    return pattern(format).format(millis, nanos)
  }
}

function bindParse(params: readonly DataType[]): RowFunction {
  const pattern = remembered(patternOf)
  const parse = (format: string, text: string) => {
    const millis = readDate(pattern(format), text)
    if (millis === null) throw badDate(text, format)
    return millis
  }
  return params.length === 1 ? (text: string) => parse('strict_date_optional_time', text) : parse
}

/** Some letters can be printed but not read: such a pattern fails at its first text. */
function readDate(pattern: DatePattern, text: string): bigint | null {
  try {
    return pattern.parse(text)
  } catch (failure) {
    throw illegal((failure as Error).message)
  }
}

// ---- names ----

function named(name: string, doc: string, of: (epochDay: number) => string): ScalarFunction {
  return scalar({
    name,
    doc,
    example: `${name}(@timestamp)`,
    signatures: ['instant -> keyword'],
    bind(params) {
      const split = splitter(params[0]!)
      return (instant: bigint) => of(splitMillis(split(instant).millis).day)
    }
  })
}

export const DATE_FUNCTIONS: readonly ScalarFunction[] = [
  scalar({
    name: 'NOW',
    doc: 'The time of the run: given with it, the end of the window in a replay.',
    example: 'NOW()',
    signatures: [' -> date'],
    bind: (_params, _args, context) => () => context.nowMillis
  }),
  scalar({
    name: 'DATE_TRUNC',
    doc: 'The date rounded down to an interval such as 1 hour, 1 week (from Monday) or 1 month.',
    example: 'DATE_TRUNC(1 hour, @timestamp)',
    signatures: resolveTrunc,
    bind: bindTrunc
  }),
  scalar({
    name: 'DATE_DIFF',
    doc: 'Complete units from the first date to the second, toward zero.',
    example: 'DATE_DIFF("minutes", @timestamp, NOW())',
    signatures: ['string, instant, instant -> integer'],
    check: (args) => {
      const unit = constantText(args[0])
      return unit !== null && !dateDifference(unit) ? badUnit(unit) : null
    },
    bind: bindDiff
  }),
  scalar({
    name: 'DATE_EXTRACT',
    doc: 'A part of a date by its java.time name, such as hour_of_day.',
    example: 'DATE_EXTRACT("hour_of_day", @timestamp)',
    signatures: ['string, instant -> long'],
    check: (args) => {
      const part = constantText(args[0])
      return part !== null && !datePart(part) ? badPart(part) : null
    },
    bind: bindExtract
  }),
  scalar({
    name: 'DATE_FORMAT',
    doc: 'The date as text, by a java.time pattern or in ISO form.',
    example: 'DATE_FORMAT("yyyy-MM-dd", @timestamp)',
    signatures: ['string, instant -> keyword', 'instant -> keyword'],
    check: (args) => checkPattern(args, (pattern) => pattern),
    bind: bindFormat
  }),
  scalar({
    name: 'DATE_PARSE',
    doc: 'Text as a date, by a java.time pattern or in ISO form.',
    example: 'DATE_PARSE("yyyy-MM-dd", "2026-01-31")',
    signatures: ['string, string -> date', 'string -> date'],
    check: (args) => checkPattern(args, (pattern) => readDate(pattern, '')),
    bind: bindParse
  }),
  named('DAY_NAME', 'Name of the day of the week in English.', (day) => DAYS[dayOfWeek(day) - 1]!),
  named('MONTH_NAME', 'Name of the month in English.', (day) => MONTHS[civilFromDays(day).month - 1]!)
]
