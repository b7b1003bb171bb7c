import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilFromDays, daysFromCivil } from '../../../engine/data/civil-date.ts'
import { formatIsoMillis, formatIsoNanos, parseIsoMillis, parseIsoNanos } from '../../../engine/data/iso-date.ts'

const at = (iso: string) => BigInt(Date.parse(iso))

describe('parseIsoMillis', () => {
  test.each([
    ['2024', '2024-01-01T00:00:00.000Z'],
    ['2024-05', '2024-05-01T00:00:00.000Z'],
    ['2024-05-10', '2024-05-10T00:00:00.000Z'],
    ['2024-05-10T', '2024-05-10T00:00:00.000Z'],
    ['2024-05-10T08', '2024-05-10T08:00:00.000Z'],
    ['2024-05-10T08:09', '2024-05-10T08:09:00.000Z'],
    ['2024-05-10T08:09:07', '2024-05-10T08:09:07.000Z'],
    ['2024-05-10T08:09:07Z', '2024-05-10T08:09:07.000Z'],
    ['2024-05-10T08:09:07.1Z', '2024-05-10T08:09:07.100Z'],
    ['2024-05-10T08:09:07,12', '2024-05-10T08:09:07.120Z'],
    ['2024-05-10T08:09:07.1239999Z', '2024-05-10T08:09:07.123Z'],
    ['2024-05-10T08:09:07.123456789+02:00', '2024-05-10T06:09:07.123Z'],
    ['2024-05-10T08+02', '2024-05-10T06:00:00.000Z'],
    ['2024-05-10T08:09-0230', '2024-05-10T10:39:00.000Z'],
    ['2024-05-10T08:09:07+01:02:03', '2024-05-10T07:07:04.000Z'],
    ['2024-05-10T08:09:07+010203', '2024-05-10T07:07:04.000Z'],
    ['2024-05-10T08:09:07+18:00', '2024-05-09T14:09:07.000Z'],
    ['2024-05-10T08:09:07UTC', '2024-05-10T08:09:07.000Z'],
    ['2024-05-10T08:09:07GMT+1', '2024-05-10T07:09:07.000Z'],
    ['2024-05-10T08:09:07Europe/Berlin', '2024-05-10T06:09:07.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['1969-12-31T23:59:59.9999Z', '1969-12-31T23:59:59.999Z'],
    ['0000-01-01', '0000-01-01T00:00:00.000Z'],
    ['-0001-03-01', '-000001-03-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z']
  ])('%s', (text, iso) => {
    expect(parseIsoMillis(text)).toBe(at(iso))
  })

  test.each([
    [
      '',
      '202',
      '20245',
      '2024-',
      '2024-5',
      '2024-13',
      '2024-00',
      '2024-05-00',
      '2024-05-32',
      '2023-02-29',
      '2023-02-30',
      '1900-02-29'
    ],
    ['2024-05-10 08:09:07', '2024-05-10t08', '2024-05-10T8', '2024-05-10T24:00', '2024-05-10T23:60', '2024-05-10T23:59:60'],
    ['2024-05-10T08:09:07.', '2024-05-10T08:09:07.1234567890Z', '2024-05-10T08:09:07z', '2024-05-10Z', '2024-05-10T08:09:07+1'],
    ['2024-05-10T08:09:07+18:01', '2024-05-10T08:09:07+01:0203', '2024-05-10T08:09:07+0102:03', '2024-05-10T08:09:07Z '],
    [
      '2024-05-10T08:09:07Mars/Phobos',
      '2024-05-10T08:09:07europe/berlin',
      '2024-05-10T08:09:07GMT+1:30',
      '2024-05-10T08:09:07UTC+0260'
    ],
    ['1715328547000', '+2024-05-10', '--2024', ' 2024', '2024\n', '２０２４', '2024-05-10T08:09:07.1.2Z', 'now', 'constructor']
  ])('refuses %s, %s, %s, %s ...', (...texts) => {
    expect(texts.map(parseIsoMillis)).toEqual(texts.map(() => null))
  })

  test('a wall-clock time that occurs twice is the first, one that was skipped moves on', () => {
    expect(parseIsoMillis('2024-10-27T02:30:00Europe/Berlin')).toBe(at('2024-10-27T00:30:00Z'))
    expect(parseIsoMillis('2024-03-31T02:30:00Europe/Berlin')).toBe(at('2024-03-31T01:30:00Z'))
    expect(parseIsoMillis('2024-11-03T01:30:00America/New_York')).toBe(at('2024-11-03T05:30:00Z'))
    expect(parseIsoMillis('2024-03-10T02:30:00America/New_York')).toBe(at('2024-03-10T07:30:00Z'))
    expect(parseIsoMillis('2024-06-01T00:00:00Asia/Kolkata')).toBe(at('2024-05-31T18:30:00Z'))
  })
})

describe('parseIsoNanos', () => {
  test.each([
    ['1970', 0n],
    ['2024-05-10T08:09:07.123456789Z', 1_715_328_547_123_456_789n],
    ['2024-05-10T08:09:07.1Z', 1_715_328_547_100_000_000n],
    ['2024-05-10', 1_715_299_200_000_000_000n],
    ['2262-04-11T23:47:16.854775807Z', 9_223_372_036_854_775_807n],
    ['2262-04-11T23:47:16.854775808Z', null],
    ['1969-12-31T23:59:59.999999999Z', null],
    ['2024-05-10T', null],
    ['2024-05-10T08', null],
    ['2024-05-10T08:09Z', null],
    ['no date', null]
  ])('%s', (text, nanos) => {
    expect(parseIsoNanos(text)).toBe(nanos)
  })
})

describe('formatting', () => {
  test.each([
    [0n, '1970-01-01T00:00:00.000Z'],
    [-1n, '1969-12-31T23:59:59.999Z'],
    [1_715_328_547_120n, '2024-05-10T08:09:07.120Z'],
    [253_402_300_800_000n, '+10000-01-01T00:00:00.000Z'],
    [-62_167_219_200_001n, '-0001-12-31T23:59:59.999Z'],
    [-62_167_219_200_000n, '0000-01-01T00:00:00.000Z'],
    [9_223_372_036_854_775_807n, '+292278994-08-17T07:12:55.807Z'],
    [-9_223_372_036_854_775_808n, '-292275055-05-16T16:47:04.192Z']
  ])('%s ms', (millis, text) => {
    expect(formatIsoMillis(millis)).toBe(text)
  })

  test.each([
    [0n, '1970-01-01T00:00:00.000Z'],
    [1_715_328_547_123_456_789n, '2024-05-10T08:09:07.123456789Z'],
    [1_715_328_547_123_450_000n, '2024-05-10T08:09:07.12345Z'],
    [1_715_328_547_120_000_000n, '2024-05-10T08:09:07.120Z'],
    [-1n, '1969-12-31T23:59:59.999999999Z']
  ])('%s ns', (nanos, text) => {
    expect(formatIsoNanos(nanos)).toBe(text)
  })

  test('what is printed is read again; both agree with Date', () => {
    const moments = fc.bigInt({ min: at('0000-01-01T00:00:00Z'), max: at('9999-12-31T23:59:59.999Z') })
    const property = fc.property(moments, (millis) => {
      expect(formatIsoMillis(millis)).toBe(new Date(Number(millis)).toISOString())
      expect(parseIsoMillis(formatIsoMillis(millis))).toBe(millis)
    })
    fc.assert(property, { seed: 17, numRuns: 3_000 })
    const nanos = fc.property(fc.bigInt({ min: 0n, max: 9_223_372_036_854_775_807n }), (value) => {
      expect(parseIsoNanos(formatIsoNanos(value))).toBe(value)
    })
    fc.assert(nanos, { seed: 18, numRuns: 3_000 })
  })

  test('the calendar is its own inverse over 800 years, day by day', () => {
    let previous = ''
    for (let day = daysFromCivil(-399, 1, 1); day < daysFromCivil(401, 1, 1); day++) {
      const { year, month, day: ofMonth } = civilFromDays(day)
      expect(daysFromCivil(year, month, ofMonth)).toBe(day)
      expect(`${year}-${month}-${ofMonth}`).not.toBe(previous)
      previous = `${year}-${month}-${ofMonth}`
    }
  })
})
