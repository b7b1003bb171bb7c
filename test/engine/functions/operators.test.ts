import { describe, expect, test } from 'vitest'
import { call, column, date, ip, type Literal, nanos, shown, span, typed } from './call.ts'

const long = (value: bigint) => typed('long', value)
const ul = (value: bigint) => typed('unsigned_long', value)
const MAX = 9223372036854775807n

const CASES: [left: Literal, operator: string, right: Literal, expected: unknown][] = [
  [1, '+', 2, 3],
  [1, '+', long(2n), 3n],
  [1, '+', 0.5, 1.5],
  [7, '/', 2, 3],
  [-7, '/', 2, -3],
  [7, '/', 2.0001, 7 / 2.0001],
  [-7, '%', 2, -1],
  [-2147483648, '/', -1, -2147483648],
  [long(MAX), '-', 1, MAX - 1n],
  [ul(MAX), '+', ul(MAX), MAX * 2n],
  [1, '+', null, null],
  [date('2024-01-31'), '+', span('1 month'), '2024-02-29T00:00:00.000Z'],
  [date('2104-04-16T01:01:01Z'), '-', span('4 years'), '2100-04-16T01:01:01.000Z'],
  [span('90 minutes'), '+', date('2024-01-01'), '2024-01-01T01:30:00.000Z'],
  [nanos('2024-01-31T00:00:00.000000001Z'), '+', span('1 day'), '2024-02-01T00:00:00.000000001Z'],
  ['2024-01-01', '-', span('1 day'), '2023-12-31T00:00:00.000Z'],
  [1, '==', 1, true],
  [long(9007199254740993n), '==', long(9007199254740992n), false],
  [1, '<', 1.5, true],
  ['\ufffd', '<', '🔥', true],
  ['a', '!=', 'a', false],
  [true, '==', 'true', true],
  [typed('version', '1.2.3'), '<', typed('version', '1.11.4'), true],
  [typed('version', '1.2.3'), '>=', '1.10', false],
  [ip('127.0.0.1'), '>', ip('::1'), true],
  [ip('10.0.0.9'), '<', '10.0.0.10', true],
  [date('2024-01-01'), '>=', '2024-01-01T00:00:00Z', true],
  [date('2024-01-01'), '==', nanos('2024-01-01T00:00:00.000Z'), true],
  [nanos('2024-01-01T00:00:00.000000001Z'), '>', date('2024-01-01'), true],
  [null, '==', null, null]
]

describe('operators', () => {
  test.each(CASES)('%o %s %o is %o', (left, operator, right, expected) => {
    expect(shown(call(operator, left, right))).toEqual(expected)
  })

  test('negation', () => {
    expect([call('neg', 5).value, call('neg', 5n).value, call('neg', 0.5).value]).toEqual([-5, -5n, -0.5])
    expect(call('neg', span('2 days')).value).toEqual({ months: 0, days: -2, millis: 0 })
  })

  test.each<[Literal, string, Literal, string]>([
    [2147483647, '+', 1, 'integer overflow'],
    [long(MAX), '*', 2, 'long overflow'],
    [ul(0n), '-', ul(1n), 'unsigned_long overflow'],
    [1, '/', 0, '/ by zero'],
    [1.5, '/', typed('double', 0), '/ by zero'],
    [long(1n), '%', 0, '/ by zero'],
    [1e308, '*', typed('double', 10), 'not a finite double number: Infinity'],
    [typed('date', MAX), '+', span('1 day'), 'long overflow']
  ])('%o %s %o warns of %s', (left, operator, right, text) => {
    expect(call(operator, left, right)).toMatchObject({ value: null, warnings: [`java.lang.ArithmeticException: ${text}`] })
  })

  test('a null keeps the type of the other side', () => {
    expect([call('+', 1, null).type, call('+', null, null).type, call('-', date('2024-01-01'), null).type]).toEqual([
      'integer',
      'null',
      'date'
    ])
  })

  test.each<[Literal, string, Literal, string]>([
    [
      column('integer', 1),
      '==',
      'x',
      'first argument of [{call}] is [numeric] so second argument must also be [numeric] but was [keyword]'
    ],
    [
      column('keyword', 'a'),
      '==',
      1,
      'first argument of [{call}] is [keyword] so second argument must also be [keyword] but was [integer]'
    ],
    [date('2024-01-01'), '+', 1, '[+] has arguments with incompatible types [datetime] and [integer]'],
    [
      column('keyword', 'a'),
      '+',
      1,
      'first argument of [{call}] must be [date_nanos, datetime or numeric], found value ["a"] type [keyword]'
    ],
    [1, '*', column('keyword', 'a'), 'second argument of [{call}] must be [numeric], found value ["a"] type [keyword]'],
    [span('1 day'), '+', span('1 hour'), '[+] has arguments with incompatible types [date_period] and [time_duration]'],
    [
      ul(1n),
      '==',
      1,
      'first argument of [{call}] is [unsigned_long] and second is [integer]. [unsigned_long] can only be operated on together with another [unsigned_long]'
    ],
    [
      true,
      '<',
      false,
      'first argument of [{call}] must be [date_nanos, datetime, double, integer, ip, keyword, long, text, unsigned_long or version], found value [true] type [boolean]'
    ]
  ])('%o %s %o is refused', (left, operator, right, text) => {
    expect(() => call(operator, left, right)).toThrow(text)
  })
})
