import { describe, expect, test } from 'vitest'
import { call, column, ip, type Literal, typed } from './call.ts'

const double = (value: number) => typed('double', value)
const CASES: [name: string, args: Literal[], expected: unknown][] = [
  ['ROUND', [1.23, 0], 1],
  ['ROUND', [-123.5], -124],
  ['ROUND', [-123.56789, 3], -123.568],
  ['ROUND', [1.005, 2], 1],
  ['ROUND', [1955, -1], 1960],
  ['ROUND', [1954n, -1], 1950n],
  ['ROUND', [-15, -1], -20],
  ['ROUND', [7, 3], 7],
  ['ROUND', [123.4, -2], 100],
  ['ABS', [-5], 5],
  ['ABS', [-5n], 5n],
  ['ABS', [-0.5], 0.5],
  ['ABS', [typed('unsigned_long', 18446744073709551615n)], 18446744073709551615n],
  ['CEIL', [1.2], 2],
  ['FLOOR', [-1.2], -2],
  ['CEIL', [7n], 7n],
  ['SQRT', [16], 4],
  ['CBRT', [27n], 3],
  ['POW', [2, 10], 1024],
  ['LOG', [double(1)], 0],
  ['LOG', [2, 8], 3],
  ['LOG10', [1000], 3],
  ['EXP', [0], 1],
  ['SIGNUM', [-3], -1],
  ['HYPOT', [3, 4], 5],
  ['SINH', [1.8], 2.94217428809568],
  ['COS', [0], 1],
  ['ATAN2', [0, 1], 0],
  ['COPY_SIGN', [3, -0.5], -3],
  ['PI', [], Math.PI],
  ['E', [], Math.E],
  ['TAU', [], 2 * Math.PI],
  ['CIDR_MATCH', [ip('1.1.1.1'), '1.0.0.0/8'], true],
  ['CIDR_MATCH', [ip('1.1.1.1'), '10.0.0.0/8', '1.1.1.1'], true],
  ['CIDR_MATCH', [ip('fe80::1'), 'fe80::/10'], true],
  ['CIDR_MATCH', [ip('fec0::1'), 'fe80::/10'], false],
  ['CIDR_MATCH', [ip('10.0.0.1'), '::ffff:0:0/96'], true],
  ['CIDR_MATCH', [ip('11.0.0.1'), '::ffff:10.0.0.0/8'], false],
  ['CIDR_MATCH', ['10.0.0.1', column('keyword', '10.0.0.0/31')], true],
  ['IP_PREFIX', [ip('1.2.3.4'), 24, 64], '1.2.3.0'],
  ['IP_PREFIX', [ip('fe80::cae2:65ff:fece:feb9'), 24, 112], 'fe80::cae2:65ff:fece:0']
]

describe('mathematical and network functions', () => {
  test.each(CASES)('%s(%o) is %o', (name, args, expected) => {
    const { value } = call(name, ...args)
    if (typeof expected === 'number' && !Number.isInteger(expected)) expect(value).toBeCloseTo(expected, 12)
    else expect(value).toBe(expected)
  })

  test.each<[string, Literal[], string]>([
    ['ACOS', [double(12)], 'java.lang.ArithmeticException: Acos input out of range'],
    ['SQRT', [-1], 'java.lang.ArithmeticException: Square root of negative'],
    ['LOG', [0], 'java.lang.ArithmeticException: Log of non-positive number'],
    ['POW', [10, 400], 'java.lang.ArithmeticException: not a finite double number: Infinity'],
    ['ABS', [-2147483648], 'java.lang.ArithmeticException: integer overflow'],
    [
      'IP_PREFIX',
      [ip('1.2.3.4'), 40, 64],
      'java.lang.IllegalArgumentException: Prefix length v4 must be in range [0, 32], found 40'
    ],
    [
      'CIDR_MATCH',
      [ip('1.2.3.4'), column('keyword', 'x')],
      "java.lang.IllegalArgumentException: 'x' is not an IP string literal."
    ]
  ])('%s(%o) warns', (name, args, warning) => expect(call(name, ...args)).toMatchObject({ value: null, warnings: [warning] }))

  test('multi-values pass only where whole numbers stay as they are', () => {
    const ul = typed('unsigned_long', [1n, 2n])
    expect([call('ABS', ul).value, call('ROUND', [1, 2]).value, call('CEIL', [1n, 2n]).value]).toEqual([
      [1n, 2n],
      [1, 2],
      [1n, 2n]
    ])
    for (const [name, cell] of [
      ['ABS', [1, 2]],
      ['ROUND', [1.5, 2.5]],
      ['FLOOR', [1.5, 2.5]]
    ] as [string, number[]][]) {
      expect(call(name, cell)).toMatchObject({
        value: null,
        warnings: ['java.lang.IllegalArgumentException: single-value function encountered multi-value']
      })
    }
  })

  test('refusals', () => {
    expect(() => call('CIDR_MATCH', ip('1.1.1.1'), '1.1.1.1/33')).toThrow("'1.1.1.1/33' is not an IP string literal.")
    expect(() => call('ABS', column('keyword', 'a'))).toThrow(
      'argument of [{call}] must be [numeric], found value ["a"] type [keyword]'
    )
    expect(() => call('PI', 1)).toThrow('error building [pi]: expects no arguments')
    expect(() => call('ROUND', 1, 2, 3)).toThrow('error building [round]: expects one or two arguments')
  })
})
