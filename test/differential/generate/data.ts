/** Random documents: absent fields, nulls, arrays, nested arrays, numbers as text, text beyond the basic plane, edges of ranges. */
import fc from 'fast-check'
import type { Scalar } from '../interpreter/load.ts'
import type { Type } from '../interpreter/values.ts'
import { FIELDS } from './fields.ts'

/** A field's value as written: its scalars for the interpreter, its JSON for the engine. */
export interface Written {
  name: string
  json: string
  scalars: readonly Scalar[]
}

export type Document = Written[]

const text = (value: string) => JSON.stringify(value)
export const WORDS = [
  'a',
  'b',
  'A',
  'ab',
  'abc',
  'foo bar',
  '',
  ' ',
  'é',
  '🔥',
  'x🔥y',
  'ａ',
  '\u{10ffff}',
  '1',
  '-7',
  '1.5',
  'true',
  'a/b',
  '%41',
  'İ',
  'ß'
]

const SCALARS: Record<Exclude<Type, 'null'>, fc.Arbitrary<Scalar>> = {
  boolean: fc.constantFrom('true', 'false', '"true"', '"false"', '""'),
  integer: fc.oneof(
    fc.integer({ min: -3, max: 12 }).map(String),
    fc.constantFrom('2147483647', '-2147483648', '"7"', '1.9', '-1.9', '100', '"x"', '3000000000')
  ),
  long: fc.oneof(
    fc.integer({ min: -3, max: 12 }).map(String),
    fc.constantFrom('9223372036854775807', '-9223372036854775808', '9007199254740993', '"12"', '2.5', '1700000000000')
  ),
  unsigned_long: fc.constantFrom('0', '1', '7', '18446744073709551615', '9223372036854775808', '"5"'),
  double: fc.oneof(
    fc.integer({ min: -8, max: 24 }).map((quarters) => String(quarters / 4)),
    fc.constantFrom('1e300', '-1e300', '1.7976931348623157e308', '5e-324', '0.1', '0.2', '1E7', '"2.5"', '123456789.125')
  ),
  keyword: fc.oneof(
    { arbitrary: fc.constantFrom(...WORDS).map(text), weight: 6 },
    fc.constantFrom('1', '1.0', 'true', '-7', '1e3')
  ),
  text: fc.constantFrom(...WORDS).map(text),
  ip: fc.constantFrom(
    ...['1.2.3.4', '10.0.0.1', '10.0.255.9', '::1', '2001:DB8::1', '::ffff:10.0.0.1', '192.168.0.1', 'no ip']
      .filter((ip) => !ip.includes('ffff'))
      .map(text)
  ),
  version: fc.constantFrom(...['1.2.3', '1.10.0', '1.2.3-alpha', '1.2.3-alpha.2', '2.0.0', 'bad', '0.0.1'].map(text)),
  date: fc.oneof(
    fc.constantFrom(
      ...[
        '2024-01-01T00:00:00.000Z',
        '2024-02-29T23:59:59.999Z',
        '1969-12-31T23:59:59.999Z',
        '2024-12-30',
        '1900-03-01T12:00:00Z',
        '2024-05-06T07:08:09+02:00',
        '0001-01-01T00:00:00Z',
        '2023-10-31T10:15:30.5Z'
      ].map(text),
      '0',
      '-1',
      '1700000000123'
    ),
    fc.integer({ min: -100_000, max: 100_000 }).map((hours) => String(hours * 3_600_000 + 1))
  ),
  date_nanos: fc.constantFrom(
    ...['2024-01-01T00:00:00.123456789Z', '1970-01-01T00:00:00Z', '2024-02-29T23:59:59.999999999Z', '2023-10-31T10:15:30.5Z'].map(
      text
    ),
    '1700000000123'
  )
}

function written(name: string, type: Type): fc.Arbitrary<Written> {
  const scalar = SCALARS[type as Exclude<Type, 'null'>]
  const list = fc.array(fc.option(scalar, { freq: 6, nil: 'null' }), { maxLength: 4 })
  const nested = fc.tuple(list, fc.boolean()).map(([items, deep]) => ({
    name,
    json: deep && items.length > 1 ? `[[${items[0]}],${items.slice(1).join()}]` : `[${items.join()}]`,
    scalars: items.filter((item) => item !== 'null')
  }))
  const single = scalar.map((one) => ({ name, json: one, scalars: [one] }))
  return fc.oneof(
    { arbitrary: single, weight: 6 },
    { arbitrary: nested, weight: 3 },
    { arbitrary: fc.constant({ name, json: 'null', scalars: [] }), weight: 1 }
  )
}

const fields = FIELDS.map(({ name, type }) => fc.option(written(name, type), { freq: 5 }))

export const documents: fc.Arbitrary<Document[]> = fc.array(
  fc.tuple(...fields).map((list) => list.filter((field) => field !== null)),
  { maxLength: 8 }
)

/** One document as JSON; `deep` writes `o.k` as an object in an object. */
export function toJson(document: Document, deep: boolean): string {
  return `{${document.map(({ name, json }) => (deep && name === 'o.k' ? `"o":{"k":${json}}` : `"${name}":${json}`)).join()}}`
}
