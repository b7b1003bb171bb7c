/**
 * parseIsoDates: the usual forms of an ISO-8601 date, from bytes to epoch milliseconds and nanoseconds.
 *
 * In:   `pointers`, `lengths`: count u32 each. Out, count each: `millis` i64, `nanos` i64, `flags` u8:
 *       bit 0 millis are set, bit 1 nanos are set (a moment from 1970 on that fits, with seconds or without time).
 *       What is not set is 0. Flags 0 means only that this kernel does not know the text (a region, a year before 0, or no
 *       date at all): the host parses those. Allocates nothing, reads no byte behind a text.
 * Forms: YYYY, YYYY-MM, YYYY-MM-DD, ...T, ...THH, ...THH:MM, ...THH:MM:SS, fraction of 1 to 9 digits behind `.` or `,`;
 *       behind an hour Z, +hh, +hhmm, +hh:mm, +hhmmss, +hh:mm:ss.
 */
const MILLIS: u8 = 1
const NANOS: u8 = 2
/** Whole seconds in the largest i64 of nanoseconds, and the nanoseconds left. */
const MAX_SECONDS: i64 = 9223372036
const MAX_REST: i64 = 854775807
const BAD: i32 = -1
/** Local seconds, the zone's offset, nanoseconds of the second: what the parts of a text add up to. */
let offsetSeconds: i32 = 0

/** Parses `count` texts; see the head of this file. */
export function parseIsoDates(pointers: usize, lengths: usize, count: u32, millis: usize, nanos: usize, flags: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const at: usize = load<u32>(pointers + (i << 2))
    const known = parseOne(at, load<u32>(lengths + (i << 2)), millis + (i << 3), nanos + (i << 3))
    store<u8>(flags + i, known)
    if (!(known & MILLIS)) store<i64>(millis + (i << 3), 0)
    if (!(known & NANOS)) store<i64>(nanos + (i << 3), 0)
  }
}

function parseOne(at: usize, length: u32, millis: usize, nanos: usize): u8 {
  if (length < 4) return 0
  const year = fourDigits(at)
  let month = 1
  let day = 1
  if (length > 4) {
    if (length < 7 || load<u8>(at, 4) != 0x2d) return 0
    month = twoDigits(at + 5)
    if (length > 7) {
      if (length < 10 || load<u8>(at, 7) != 0x2d) return 0
      day = twoDigits(at + 8)
    }
  }
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return 0
  const dateSeconds = <i64>daysFromCivil(year, month, day) * 86400
  if (length <= 10) return storeMoment(dateSeconds, 0, true, millis, nanos)
  if (load<u8>(at, 10) != 0x54) return 0
  if (length == 11) return storeMoment(dateSeconds, 0, false, millis, nanos)
  return parseTime(at + 11, at + length, dateSeconds, millis, nanos)
}

/** From the hour on. */
function parseTime(at: usize, end: usize, dateSeconds: i64, millis: usize, nanos: usize): u8 {
  if (end - at < 2) return 0
  const hour = twoDigits(at)
  let minute = 0
  let second = 0
  let rest = 0
  let complete = false
  at += 2
  if (at < end && load<u8>(at) == 0x3a) {
    if (end - at < 3) return 0
    minute = twoDigits(at + 1)
    at += 3
    if (at < end && load<u8>(at) == 0x3a) {
      if (end - at < 3) return 0
      second = twoDigits(at + 1)
      complete = true
      at += 3
      if (at < end && (load<u8>(at) == 0x2e || load<u8>(at) == 0x2c)) {
        const digits = countDigits(at + 1, end)
        if (digits < 1 || digits > 9) return 0
        rest = fraction(at + 1, digits)
        at += 1 + digits
      }
    }
  }
  if (<u32>hour > 23 || <u32>minute > 59 || <u32>second > 59) return 0
  if (!parseZone(at, end)) return 0
  const seconds = dateSeconds + hour * 3600 + minute * 60 + second - offsetSeconds
  return storeMoment(seconds, rest, complete, millis, nanos)
}

/** Reads the zone to `offsetSeconds`; nothing at all is UTC. */
function parseZone(at: usize, end: usize): bool {
  const length = end - at
  offsetSeconds = 0
  if (!length) return true
  const first = load<u8>(at)
  if (first == 0x5a) return length == 1
  if (first != 0x2b && first != 0x2d) return false
  // +hh, +hhmm, +hhmmss, +hh:mm, +hh:mm:ss
  const colon: usize = length > 3 && load<u8>(at, 3) == 0x3a ? 1 : 0
  if (length != 3 && length != 5 + colon && length != 7 + colon + colon) return false
  const hours = twoDigits(at + 1)
  const minutes = length > 3 ? twoDigits(at + 3 + colon) : 0
  let seconds = 0
  if (length > 6) {
    if (colon && load<u8>(at, 6) != 0x3a) return false
    seconds = twoDigits(at + 5 + colon + colon)
  }
  if (hours < 0 || minutes < 0 || seconds < 0) return false
  const total = hours * 3600 + minutes * 60 + seconds
  if (total > 64800) return false
  offsetSeconds = first == 0x2d ? -total : total
  return true
}

function storeMoment(seconds: i64, rest: i32, complete: bool, millis: usize, nanos: usize): u8 {
  store<i64>(millis, seconds * 1000 + rest / 1000000)
  if (!complete || seconds < 0 || seconds > MAX_SECONDS || (seconds == MAX_SECONDS && rest > MAX_REST)) return MILLIS
  store<i64>(nanos, seconds * 1000000000 + rest)
  return MILLIS | NANOS
}

/** Value of two digits, or BAD. */
function twoDigits(at: usize): i32 {
  const tens = <u32>load<u8>(at) - 0x30
  const ones = <u32>load<u8>(at, 1) - 0x30
  return tens > 9 || ones > 9 ? BAD : <i32>(tens * 10 + ones)
}

function fourDigits(at: usize): i32 {
  const high = twoDigits(at)
  const low = twoDigits(at + 2)
  return high < 0 || low < 0 ? BAD : high * 100 + low
}

function countDigits(at: usize, end: usize): i32 {
  let digits = 0
  while (at < end && <u32>load<u8>(at) - 0x30 <= 9) {
    at++
    digits++
  }
  return digits
}

/** Nanoseconds of a fraction of 1 to 9 digits. */
function fraction(at: usize, digits: i32): i32 {
  let value = 0
  for (let i = 0; i < 9; i++) value = value * 10 + (i < digits ? <i32>load<u8>(at + i) - 0x30 : 0)
  return value
}

/** Days since 1970-01-01 of a date of the years 0 to 9999. Years begin in March, so that the leap day is the last of its year. */
function daysFromCivil(year: i32, month: i32, day: i32): i32 {
  // one era more, so that January of the year 0 divides without a sign
  const shifted = (month <= 2 ? year - 1 : year) + 400
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719468 - 146097
}

function daysInMonth(year: i32, month: i32): i32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  return 30 + ((month + (month >> 3)) & 1)
}
