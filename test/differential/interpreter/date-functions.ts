/** Functions of instants. */
import { define, definer, type FunctionTable } from './function-table.ts'
import {
  dateOf,
  dateText,
  Failure,
  floorDiv,
  INT_MAX,
  INT_MIN,
  invalid,
  LONG_MAX,
  LONG_MIN,
  readIp,
  type Type,
  type Value
} from './values.ts'

/** A span of time as a literal says it. */
export interface Span {
  months: number
  days: number
  millis: number
}

const DAY = 86_400_000n
const toMillis = (value: Value, type: Type): bigint =>
  type === 'date_nanos' ? floorDiv(value as bigint, 1_000_000n) : (value as bigint)
const toNanos = (value: Value, type: Type): bigint => (type === 'date_nanos' ? (value as bigint) : (value as bigint) * 1_000_000n)

/** `date + span`: months first (clipped to the month's last day), then days, then the rest. */
export function addSpan(millis: bigint, { months, days, millis: rest }: Span, sign: 1 | -1): bigint {
  let result = millis
  if (months !== 0) {
    const date = dateOf(millis)
    const total = date.getUTCFullYear() * 12 + date.getUTCMonth() + sign * months
    const [year, month] = [Math.floor(total / 12), ((total % 12) + 12) % 12]
    const last = new Date(0)
    last.setUTCFullYear(year, month + 1, 0)
    const day = Math.min(date.getUTCDate(), last.getUTCDate())
    const moved = new Date(0)
    moved.setUTCFullYear(year, month, day)
    result = BigInt(moved.getTime()) + (millis - floorDiv(millis, DAY) * DAY)
  }
  result += BigInt(sign) * (BigInt(days) * DAY + BigInt(rest))
  if (result < LONG_MIN || result > LONG_MAX) throw new Failure('*')
  return result
}

/** DATE_TRUNC: multiples since 1970; weeks begin on Monday, months and years are counted from year 1. */
export function truncate(span: Span, millis: bigint): bigint {
  const { months, days } = span
  if (months === 0) {
    if (days === 7) return floorDiv(millis - 4n * DAY, 7n * DAY) * 7n * DAY + 4n * DAY
    const step = BigInt(days) * DAY + BigInt(span.millis)
    return floorDiv(millis, step) * step
  }
  const date = dateOf(millis)
  const since = (date.getUTCFullYear() - 1) * 12 + date.getUTCMonth()
  const kept = since - (((since % months) + months) % months)
  const start = new Date(0)
  start.setUTCFullYear(1 + Math.floor(kept / 12), ((kept % 12) + 12) % 12, 1)
  return BigInt(start.getTime())
}

const UNITS: Record<string, bigint> = {
  nanosecond: 1n,
  microsecond: 1000n,
  millisecond: 1_000_000n,
  second: 1_000_000_000n,
  minute: 60_000_000_000n,
  hour: 3_600_000_000_000n,
  day: 86_400_000_000_000n,
  week: 7n * 86_400_000_000_000n
}
const MONTHS: Record<string, number> = { month: 1, quarter: 3, year: 12 }

/** Complete units from one instant to another, toward zero. */
function difference(unit: string, from: bigint, to: bigint): number {
  const name = unit.toLowerCase().replace(/s$/, '')
  const size = UNITS[name]
  const count = size ? (to - from) / size : BigInt(Math.trunc(monthsBetween(from, to) / MONTHS[name]!))
  if (count > BigInt(INT_MAX) || count < BigInt(INT_MIN)) throw invalid(`[${count}] out of [integer] range`)
  return Number(count)
}

function monthsBetween(from: bigint, to: bigint): number {
  const parts = (nanos: bigint) => {
    const date = dateOf(floorDiv(nanos, 1_000_000n))
    const monthStart = new Date(0)
    monthStart.setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth(), 1)
    return { month: date.getUTCFullYear() * 12 + date.getUTCMonth(), rest: nanos - BigInt(monthStart.getTime()) * 1_000_000n }
  }
  const [a, b] = [parts(from), parts(to)]
  const months = b.month - a.month
  if (months > 0 && b.rest < a.rest) return months - 1
  return months < 0 && b.rest > a.rest ? months + 1 : months
}

/** Parts of DATE_EXTRACT. */
const PARTS: Record<string, (date: Date, millis: bigint) => bigint | number> = {
  year: (date) => date.getUTCFullYear(),
  month_of_year: (date) => date.getUTCMonth() + 1,
  day_of_month: (date) => date.getUTCDate(),
  day_of_week: (date) => ((date.getUTCDay() + 6) % 7) + 1,
  day_of_year: (date, millis) => floorDiv(millis, DAY) - floorDiv(BigInt(Date.UTC(2000, 0, 1)), DAY) + yearOffset(date) + 1n,
  hour_of_day: (date) => date.getUTCHours(),
  minute_of_hour: (date) => date.getUTCMinutes(),
  minute_of_day: (date) => date.getUTCHours() * 60 + date.getUTCMinutes(),
  second_of_minute: (date) => date.getUTCSeconds(),
  milli_of_second: (date) => date.getUTCMilliseconds(),
  epoch_day: (_, millis) => floorDiv(millis, DAY)
}

/** Days from the first of January of the date's year to that of 2000. */
function yearOffset(date: Date): bigint {
  const start = new Date(0)
  start.setUTCFullYear(date.getUTCFullYear(), 0, 1)
  return floorDiv(BigInt(Date.UTC(2000, 0, 1)), DAY) - floorDiv(BigInt(start.getTime()), DAY)
}

const two = (value: number) => String(value).padStart(2, '0')
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ')

/** The formats the generator knows. */
export const FORMATS: Record<string, (date: Date) => string> = {
  'yyyy-MM-dd': (date) => dateText(BigInt(date.getTime())).slice(0, 10),
  'yyyy/MM/dd HH:mm:ss': (date) => dateText(BigInt(date.getTime())).slice(0, 19).replaceAll('-', '/').replace('T', ' '),
  'HH:mm:ss.SSS': (date) => dateText(BigInt(date.getTime())).slice(11, 23),
  'd.M.': (date) => `${date.getUTCDate()}.${date.getUTCMonth() + 1}.`,
  "EEEE, d MMMM 'at' hh a": (date) => {
    const hour = date.getUTCHours()
    const day = `${WEEKDAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${MONTH_NAMES[date.getUTCMonth()]}`
    return `${day} at ${two(hour % 12 === 0 ? 12 : hour % 12)} ${hour < 12 ? 'AM' : 'PM'}`
  }
}

export const DATE_UNITS = [...Object.keys(UNITS), ...Object.keys(MONTHS)].flatMap((unit) => [unit, `${unit}s`])
export const DATE_PARTS = Object.keys(PARTS)

export function addDateFunctions(table: FunctionTable): void {
  const single = definer(table, 'single')
  define(table, 'DATE_DIFF', ['#unit', 'instant', 'instant'], 'integer', 'single', ([unit, a, b], types) =>
    difference(unit![0] as string, toNanos(a![0]!, types[1]!), toNanos(b![0]!, types[2]!))
  )
  define(table, 'DATE_EXTRACT', ['#part', 'instant'], 'long', 'single', ([part, cell], types) => {
    const millis = toMillis(cell![0]!, types[1]!)
    return BigInt(PARTS[part![0] as string]!(dateOf(millis), millis))
  })
  define(table, 'DATE_FORMAT', ['#format', 'instant'], 'keyword', 'single', ([format, cell], types) =>
    FORMATS[format![0] as string]!(dateOf(toMillis(cell![0]!, types[1]!)))
  )
  define(
    table,
    'DAY_NAME',
    ['instant'],
    'keyword',
    'single',
    ([cell], types) => WEEKDAYS[dateOf(toMillis(cell![0]!, types[0]!)).getUTCDay()]!
  )
  define(
    table,
    'MONTH_NAME',
    ['instant'],
    'keyword',
    'single',
    ([cell], types) => MONTH_NAMES[dateOf(toMillis(cell![0]!, types[0]!)).getUTCMonth()]!
  )
  single<string[]>('CIDR_MATCH', ['ip', '#block', '#block*'], 'boolean', (ip, ...blocks) =>
    blocks.some((block) => inBlock(ip!, block))
  )
}

function inBlock(ip: string, block: string): boolean {
  const [address, prefix] = block.split('/') as [string, string?]
  const bits = readIp(address)
  if (bits === null) throw new Failure('*')
  const own = readIp(ip)!
  if (prefix === undefined) return own === bits
  const shift = BigInt(address.includes(':') ? 128 - Number(prefix) : 32 - Number(prefix))
  return own >> shift === bits >> shift
}
