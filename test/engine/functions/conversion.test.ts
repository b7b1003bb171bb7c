import { describe, expect, test } from 'vitest'
import { compareCodePoints } from '../../../engine/functions/code-points.ts'
import { formatJavaDouble, parseJavaDouble, roundHalfUp } from '../../../engine/functions/java-number.ts'
import { compareVersions } from '../../../engine/functions/version.ts'
import { call, column, date, ip, type Literal, nanos, shown, typed } from './call.ts'

const CASES: [name: string, args: Literal[], expected: unknown][] = [
  ['TO_STRING', [1.5], '1.5'],
  ['TO_STRING', [typed('double', 1)], '1.0'],
  ['TO_STRING', [typed('double', 1e7)], '1.0E7'],
  ['TO_STRING', [[10, 9]], ['10', '9']],
  ['TO_STRING', [9007199254740993n], '9007199254740993'],
  ['TO_STRING', [typed('unsigned_long', 18446744073709551615n)], '18446744073709551615'],
  ['TO_STRING', [true], 'true'],
  ['TO_STR', [date('2024-05-10')], '2024-05-10T00:00:00.000Z'],
  ['TO_STRING', [ip('::1')], '::1'],
  ['TO_LONG', ['2147483648.2'], 2147483648n],
  ['TO_LONG', [123.5], 124n],
  ['TO_LONG', [-2.5], -2n],
  ['TO_LONG', [date('1970-01-01T00:00:01Z')], 1000n],
  ['TO_LONG', [[true, false]], [1n, 0n]],
  ['TO_INTEGER', [' 5'], 5],
  ['TO_INTEGER', ['1e3'], 1000],
  ['TO_INTEGER', ['-2.5'], -2],
  ['TO_INT', [[5013792n, 501379200000n]], 5013792],
  ['TO_DOUBLE', ['5.20128E11'], 520128000000],
  ['TO_DOUBLE', ['1.5f'], 1.5],
  ['TO_DBL', [date('1970-01-01T00:00:01Z')], 1000],
  ['TO_UNSIGNED_LONG', ['18446744073709551615'], 18446744073709551615n],
  ['TO_UL', [1.9], 1n],
  ['TO_ULONG', [7], 7n],
  ['TO_BOOLEAN', [['true', 'TRuE', 'false', '', 'yes', '1']], [true, true, false, false, false, false]],
  ['TO_BOOL', [[0, 2]], [false, true]],
  ['TO_IP', ['2001:DB8:0:0:1:0:0:1'], '2001:db8::1:0:0:1'],
  ['TO_IP', ['::ffff:10.0.0.1'], '10.0.0.1'],
  ['TO_VERSION', ['1.2.3'], '1.2.3'],
  ['TO_DATETIME', ['2024-05-10T12:00:00Z'], '2024-05-10T12:00:00.000Z'],
  ['TO_DT', [501379200000.1], '1985-11-21T00:00:00.000Z'],
  ['TO_DATETIME', [nanos('2024-05-10T12:00:00.123456789Z')], '2024-05-10T12:00:00.123Z'],
  ['TO_DATE_NANOS', [date('2024-05-10')], '2024-05-10T00:00:00.000Z'],
  ['TO_DATEPERIOD', ['3 DAYS'], { months: 0, days: 3, millis: 0 }],
  ['TO_TIMEDURATION', ['-3 hours'], { months: 0, days: 0, millis: -10_800_000 }],
  ['TO_RADIANS', [[90, 180, 270]], [1.5707963267948966, 3.141592653589793, 4.71238898038469]],
  ['TO_DEGREES', [Math.PI], 180]
]

const INVALID = 'org.elasticsearch.xpack.esql.core.InvalidArgumentException: '
const WARNINGS: [name: string, args: Literal[], warning: string][] = [
  ['TO_LONG', [''], `${INVALID}Cannot parse number []`],
  ['TO_INTEGER', ['three'], `${INVALID}Cannot parse number [three]`],
  ['TO_INTEGER', ['0x1A'], `${INVALID}Cannot parse number [0x1A]`],
  ['TO_INTEGER', ['3000000000'], `${INVALID}Cannot parse number [3000000000]`],
  ['TO_INTEGER', [501379200000n], `${INVALID}[501379200000] out of [integer] range`],
  ['TO_LONG', [1e19], `${INVALID}[1.0E19] out of [long] range`],
  ['TO_LONG', [typed('unsigned_long', 9223372036854775808n)], `${INVALID}[9223372036854775808] out of [long] range`],
  ['TO_UL', [-1], `${INVALID}[-1] out of [unsigned_long] range`],
  ['TO_DOUBLE', ['foo'], 'java.lang.NumberFormatException: For input string: "foo"'],
  ['TO_IP', ['foo'], "java.lang.IllegalArgumentException: 'foo' is not an IP string literal."],
  ['TO_IP', ['1.1.010.1'], "java.lang.IllegalArgumentException: '1.1.010.1' is not an IP string literal."],
  [
    'TO_DATETIME',
    ['soon'],
    'java.lang.IllegalArgumentException: failed to parse date field [soon] with format [strict_date_optional_time]'
  ]
]

describe('conversions', () => {
  test.each(CASES)('%s(%o) is %o', (name, args, expected) => expect(shown(call(name, ...args))).toEqual(expected))

  test.each(WARNINGS)('%s(%o) warns', (name, args, warning) => {
    expect(call(name, ...args)).toMatchObject({ value: null, warnings: [warning] })
  })

  test('of a multi-value only the failing elements vanish', () => {
    expect(call('TO_INT', ['1', '2', 'three'])).toEqual({
      type: 'integer',
      value: [1, 2],
      warnings: [`${INVALID}Cannot parse number [three]`]
    })
  })

  test('a type that cannot be converted is refused', () => {
    expect(() => call('TO_IP', column('integer', 7))).toThrow(
      'argument of [{call}] must be [ip or string], found value [7] type [integer]'
    )
    expect(() => call('TO_IP')).toThrow('error building [to_ip]: expects exactly one argument')
    expect(call('TO_IP', null)).toEqual({ type: 'ip', value: null, warnings: [] })
  })
})

describe('Java numbers', () => {
  test('are printed as String.valueOf does', () => {
    const shown = [0, -0, 1e-3, 9.9e-4, 123.456, 9999999, 1e7, 1e21, 1e23, 4.9e-324, 1e-323, -2.0299999713897705].map(
      formatJavaDouble
    )
    expect(shown).toEqual([
      '0.0',
      '-0.0',
      '0.001',
      '9.9E-4',
      '123.456',
      '9999999.0',
      '1.0E7',
      '1.0E21',
      '1.0E23',
      '4.9E-324',
      '9.9E-324',
      '-2.0299999713897705'
    ])
  })

  test('are read as Double.parseDouble does', () => {
    const read = ['5.', '.5', ' 7 ', '1d', '-Infinity', 'NaN', '0x1p3', '1_0', '', 'e5', '0x1A'].map(parseJavaDouble)
    expect(read).toEqual([5, 0.5, 7, 1, -Infinity, NaN, 8, null, null, null, null])
    expect([0.49999999999999994, -2.5, 2.5, 4503599627370497.5].map(roundHalfUp)).toEqual([0, -2, 3, 4503599627370498])
  })
})

describe('orders', () => {
  test('versions: numbers by value, pre-releases first, other text last', () => {
    const versions = [
      'bad',
      '5.2.9',
      '1.11.0',
      '',
      '5.2.9-SNAPSHOT',
      '1.2.3.4',
      '2.1',
      '1',
      '5.2.9-alpha.2',
      '5.2.9-alpha.10',
      '5.2.9-1'
    ]
    expect(versions.sort(compareVersions)).toEqual([
      '1',
      '1.2.3.4',
      '1.11.0',
      '2.1',
      '5.2.9-1',
      '5.2.9-SNAPSHOT',
      '5.2.9-alpha.2',
      '5.2.9-alpha.10',
      '5.2.9',
      '',
      'bad'
    ])
  })

  test('text by code points, astral characters behind U+FFFD', () => {
    expect(['🔥', '\ufffd', 'b', 'a', '', 'ab'].sort(compareCodePoints)).toEqual(['', 'a', 'ab', 'b', '\ufffd', '🔥'])
  })
})
