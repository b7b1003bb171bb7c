import { describe, expect, test } from 'vitest'
import { call, column, date, type Literal, nanos, shown, span, typed } from './call.ts'

const T = '2023-10-23T13:55:01.543Z'
const CASES: [name: string, args: Literal[], expected: unknown][] = [
  ['NOW', [], '2023-11-14T22:13:20.000Z'],
  ['DATE_TRUNC', [span('1 hour'), date(T)], '2023-10-23T13:00:00.000Z'],
  ['DATE_TRUNC', ['1 minute', date(T)], '2023-10-23T13:55:00.000Z'],
  ['DATE_TRUNC', [span('240 hours'), date('1985-02-18')], '1985-02-11T00:00:00.000Z'],
  ['DATE_TRUNC', [span('1 day'), date(T)], '2023-10-23T00:00:00.000Z'],
  ['DATE_TRUNC', [span('1 week'), date('1985-02-24')], '1985-02-18T00:00:00.000Z'],
  ['DATE_TRUNC', [span('14 days'), date('1970-01-20')], '1970-01-15T00:00:00.000Z'],
  ['DATE_TRUNC', [span('3 months'), date('1985-05-13')], '1985-04-01T00:00:00.000Z'],
  ['DATE_TRUNC', [span('7 months'), date('1985-05-13')], '1984-12-01T00:00:00.000Z'],
  ['DATE_TRUNC', [span('7 years'), date('1985-05-13')], '1982-01-01T00:00:00.000Z'],
  ['DATE_TRUNC', [span('1 hour'), date('1969-12-31T23:59:59Z')], '1969-12-31T23:00:00.000Z'],
  ['DATE_TRUNC', [span('1 year'), '1991-06-26T00:00:00.000Z'], '1991-01-01T00:00:00.000Z'],
  ['DATE_TRUNC', [span('1 second'), nanos('2023-10-23T13:55:01.543212345Z')], '2023-10-23T13:55:01.000Z'],
  ['DATE_TRUNC', [span('1 hour'), null], null],
  ['DATE_DIFF', ['days', date('2023-12-02T11:00:00Z'), date('2023-12-24T11:00:00Z')], 22],
  ['DATE_DIFF', ['WK', date('2023-12-02T11:00:00Z'), date('2023-12-24T11:00:00Z')], 3],
  ['DATE_DIFF', ['m', date('2023-12-02T11:00:00Z'), date('2024-12-24T11:00:00Z')], 12],
  ['DATE_DIFF', ['q', date('2023-12-02T11:00:00Z'), date('2024-12-24T11:00:00Z')], 4],
  ['DATE_DIFF', ['month', date('2023-12-31T23:59:59.999Z'), date('2024-01-01')], 0],
  ['DATE_DIFF', ['years', date('2025-01-01'), date('2023-12-31T23:59:59.999Z')], -1],
  ['DATE_DIFF', ['mi', date('2024-01-01'), date('2023-12-31T23:58:01Z')], -1],
  ['DATE_DIFF', ['microseconds', date('2023-12-02T11:00:00.000Z'), '2023-12-02T11:00:00.001Z'], 1000],
  ['DATE_DIFF', ['ns', date('2023-12-02'), nanos('2023-12-02T00:00:00.000000042Z')], 42],
  ['DATE_EXTRACT', ['year', date(T)], 2023n],
  ['DATE_EXTRACT', ['DAY_OF_WEEK', date(T)], 1n],
  ['DATE_EXTRACT', ['hour_of_day', date(T)], 13n],
  ['DATE_EXTRACT', ['day_of_year', date('2024-12-31')], 366n],
  ['DATE_EXTRACT', ['nano_of_second', nanos('2023-10-23T13:55:01.543212345Z')], 543212345n],
  ['DATE_EXTRACT', ['year', '2022-05-06'], 2022n],
  ['DATE_FORMAT', [date(T)], T],
  ['DATE_FORMAT', ['yyyy-MM-dd', date(T)], '2023-10-23'],
  ['DATE_FORMAT', ['YYYY-mm-dd', date('2024-12-30T10:45:00Z')], '2025-45-30'],
  ['DATE_FORMAT', ["EEEE, d MMM yy 'at' h:mm a XXX", date(T)], 'Monday, 23 Oct 23 at 1:55 PM Z'],
  ['DATE_FORMAT', ["HH:mm:ss.SSSSSS''", nanos('2023-10-23T13:55:01.543212345Z')], "13:55:01.543212'"],
  ['DATE_PARSE', ['2023-02-01T12:15:55.000Z'], '2023-02-01T12:15:55.000Z'],
  ['DATE_PARSE', ['yyyy-MM-dd', '2023-02-01'], '2023-02-01T00:00:00.000Z'],
  ['DATE_PARSE', ['yyyyMMddHHmm', '202302011215'], '2023-02-01T12:15:00.000Z'],
  ['DATE_PARSE', ['dd/MMM/yyyy:HH:mm:ss Z', '01/Feb/2023:12:15:55 +0200'], '2023-02-01T10:15:55.000Z'],
  ['DATE_PARSE', ['yyyy-MM-dd HH:mm VV', '2024-07-01 12:00 Europe/Berlin'], '2024-07-01T10:00:00.000Z'],
  ['DATE_PARSE', ['yyyy-MM', '2024-07'], '2024-07-01T00:00:00.000Z'],
  ['DATE_PARSE', ['d MMMM yyyy[ h:mm a]', '5 March 2024 1:30 PM'], '2024-03-05T13:30:00.000Z'],
  ['DATE_PARSE', ['d MMMM yyyy[ h:mm a]', '5 March 2024'], '2024-03-05T00:00:00.000Z'],
  ['DATE_PARSE', ['epoch_second', '1000'], '1970-01-01T00:16:40.000Z'],
  ['DAY_NAME', [date(T)], 'Monday'],
  ['MONTH_NAME', [date(T)], 'October'],
  ['BUCKET', [date(T), span('30 minutes')], '2023-10-23T13:30:00.000Z'],
  ['BUCKET', [date('1985-02-18'), 20, '1985-01-01T00:00:00Z', '1986-01-01T00:00:00Z'], '1985-02-01T00:00:00.000Z'],
  ['BUCKET', [date('1999-05-01'), 5, column('keyword', '1999-01-01T00:00:00Z'), date('2026-01-01')], '1999-01-01T00:00:00.000Z'],
  ['BUCKET', [100n, typed('double', 99)], 99],
  ['BUCKET', [100, 49.5], 99],
  ['BUCKET', [-1, 10], -10],
  ['BUCKET', [48248, 20, 25324, 74999], 45000]
]

describe('date functions', () => {
  test.each(CASES)('%s(%o) is %o', (name, args, expected) => expect(shown(call(name, ...args))).toEqual(expected))

  test('intervals that mix or do not advance are refused', () => {
    expect(() => call('DATE_TRUNC', span('0 days'), date(T))).toThrow('Zero or negative time interval is not supported')
    expect(() => call('DATE_TRUNC', typed('date_period', { months: 1, days: 1, millis: 0 }), date(T))).toThrow(
      'Time interval is not supported'
    )
    expect(() => call('DATE_TRUNC', column('date_period', null), date(T))).toThrow(
      'first argument of [{call}] must be a constant'
    )
  })

  test('unknown units, parts and patterns are refused', () => {
    expect(() => call('DATE_DIFF', 'fortnight', date(T), date(T))).toThrow('or their aliases is required; received [fortnight]')
    expect(() => call('DATE_EXTRACT', '__proto__', date(T))).toThrow('invalid date field for [{call}]: __proto__')
    expect(() => call('DATE_PARSE', 'ZZZZ', 'GMT')).toThrow('Invalid format: pattern letter [ZZZZ] cannot be parsed')
    expect(call('DATE_PARSE', column('keyword', "yyyy'"), 'x').warnings).toEqual([
      "java.lang.IllegalArgumentException: Invalid format: [yyyy']: Pattern ends with an incomplete string literal: yyyy'"
    ])
    expect(() => call('DATE_FORMAT', 'bogus', date(T))).toThrow('Invalid format: [bogus]: Unknown pattern letter: b')
  })

  test('what does not fit is null with a warning', () => {
    expect(call('DATE_DIFF', 'ms', date('1970-01-01'), date('2024-01-01')).warnings).toEqual([
      'org.elasticsearch.xpack.esql.core.InvalidArgumentException: [1704067200000] out of [integer] range'
    ])
    expect(call('DATE_PARSE', 'yyyy-MM-dd HH:mm:ss', '2023-02-01').warnings).toEqual([
      'java.lang.IllegalArgumentException: failed to parse date field [2023-02-01] with format [yyyy-MM-dd HH:mm:ss]'
    ])
    for (const bad of ['2023-13-01', '2023-00-01', '2023-01-32']) expect(call('DATE_PARSE', 'yyyy-MM-dd', bad).value).toBe(null)
  })

  test('formatting and parsing are inverse over six centuries', () => {
    for (let millis = -1e13; millis < 1e13; millis += 86_399_999_123) {
      const text = call('DATE_FORMAT', "uuuu-MM-dd'T'HH:mm:ss.SSS", typed('date', BigInt(millis))).value as string
      expect(text).toBe(new Date(millis).toISOString().slice(0, -1))
      expect(call('DATE_PARSE', "uuuu-MM-dd'T'HH:mm:ss.SSS", text).value).toBe(BigInt(millis))
    }
  })
})
