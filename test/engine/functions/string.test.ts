import { describe, expect, test } from 'vitest'
import { call, type Literal, shown, typed } from './call.ts'

const CASES: [name: string, args: Literal[], expected: unknown][] = [
  ['LENGTH', ['h🔥é'], 3],
  ['BYTE_LENGTH', ['h🔥é'], 7],
  ['BIT_LENGTH', ['ab'], 16],
  ['CONCAT', ['a', 'b', 'c'], 'abc'],
  ['CONCAT', ['a', null], null],
  ['SUBSTRING', ['hello', 2], 'ello'],
  ['SUBSTRING', ['hello', 0, 2], 'he'],
  ['SUBSTRING', ['hello', -3], 'llo'],
  ['SUBSTRING', ['hello', -9, 2], 'he'],
  ['SUBSTRING', ['hello', 9], ''],
  ['SUBSTRING', ['', 1, 3], ''],
  ['SUBSTRING', ['🐱Meow!🐶Woof!', 2, 6], 'Meow!🐶'],
  ['LEFT', ['🐱Meow', 2], '🐱M'],
  ['LEFT', ['abc', -1], ''],
  ['RIGHT', ['Meow🐱', 2], 'w🐱'],
  ['RIGHT', ['abc', 9], 'abc'],
  ['LOCATE', ['hello', 'll'], 3],
  ['LOCATE', ['hello', 'int'], 0],
  ['LOCATE', ['hello', 'l', 4], 4],
  ['LOCATE', ['hello', 'll', 0], 3],
  ['LOCATE', ['🐱x', 'x'], 2],
  ['STARTS_WITH', ['bash', 'ba'], true],
  ['STARTS_WITH', ['bash', 'Ba'], false],
  ['ENDS_WITH', ['a.so', '.so'], true],
  ['CONTAINS', ['curl -s', ' -'], true],
  ['TO_LOWER', [['ÀB', 'c']], ['àb', 'c']],
  ['TO_UPPER', ['straße'], 'STRASSE'],
  ['TRIM', ['\u001c\t a b \n'], 'a b'],
  ['TRIM', ['\u00a0a\ufeff'], '\u00a0a\ufeff'],
  ['LTRIM', ['  a '], 'a '],
  ['RTRIM', [' a  '], ' a'],
  ['REVERSE', ['abc'], 'cba'],
  ['REVERSE', ['💧🪨🔥💨'], '💨🔥🪨💧'],
  ['REPEAT', ['ab', 3], 'ababab'],
  ['REPEAT', ['ab', 0], ''],
  ['SPACE', [2], '  '],
  ['SPLIT', ['a;;b;', ';'], ['a', '', 'b', '']],
  ['SPLIT', ['ab', ';'], 'ab'],
  ['SPLIT', ['', ';'], ''],
  [
    'URL_ENCODE',
    [['hello elastic!', 'a+b-c%d', '', "!#$&'()*+,/:;=?@[]~"]],
    ['hello+elastic%21', 'a%2Bb-c%25d', '', '%21%23%24%26%27%28%29*%2B%2C%2F%3A%3B%3D%3F%40%5B%5D%7E']
  ],
  ['URL_ENCODE_COMPONENT', ['a b~'], 'a%20b~'],
  ['URL_DECODE', ['a+b%20c%C3%A9'], 'a b cé'],
  ['URL_DECODE', ['%ff%41'], '\ufffdA'],
  ['TO_BASE64', ['elastic'], 'ZWxhc3RpYw=='],
  ['FROM_BASE64', ['ZWxhc3RpYw'], 'elastic'],
  ['FROM_BASE64', ['8J+UpQ=='], '🔥'],
  ['FROM_BASE64', [''], ''],
  ['MD5', ['test'], '098f6bcd4621d373cade4e832627b4f6'],
  ['SHA1', ['test'], 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3'],
  ['HASH', ['sha256', 'test'], '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08']
]

describe('string functions', () => {
  test.each(CASES)('%s(%j) is %j', (name, args, expected) => {
    expect(shown(call(name, ...args))).toEqual(expected)
  })

  test('digests agree with the platform for every length around a block', async () => {
    const { createHash } = await import('node:crypto')
    for (let length = 0; length < 200; length++) {
      const text = 'é'.repeat(length >> 1) + 'a'.repeat(length & 1)
      for (const name of ['md5', 'sha1', 'sha256']) {
        expect(call('HASH', name, text).value).toBe(createHash(name).update(text).digest('hex'))
      }
    }
  })

  test('what cannot be computed is null with Elasticsearch’s warning', () => {
    const warning = (name: string, ...args: Literal[]) => call(name, ...args).warnings
    expect(warning('URL_DECODE', '%zz')).toEqual([
      'java.lang.IllegalArgumentException: URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: "zz"'
    ])
    expect(warning('URL_DECODE', 'a%4')).toEqual([
      'java.lang.IllegalArgumentException: URLDecoder: Incomplete trailing escape (%) pattern'
    ])
    for (const bad of ['YQ=', 'Y', 'Y-Q=', 'YQ==\n', '/w==']) expect(call('FROM_BASE64', bad)).toMatchObject({ value: null })
    expect(warning('REPEAT', 'a', { type: 'integer', cell: -1, varies: true })).toEqual([
      'java.lang.IllegalArgumentException: Number parameter cannot be negative, found [-1]'
    ])
    expect(warning('LENGTH', ['a', 'b'])).toEqual([
      'java.lang.IllegalArgumentException: single-value function encountered multi-value'
    ])
    expect(() => call('SPLIT', 'a', '--')).toThrow('Invalid delimiter [--] in [{call}]: it must be a single byte')
    expect(call('LENGTH', typed('text', 'ab')).type).toBe('integer')
  })
})

describe('JSON_EXTRACT', () => {
  const extract = (json: string, path: string) => call('JSON_EXTRACT', json, path)
  test.each<[string, string, unknown]>([
    ['{"a":{"b":"c\\u0041\\n"}}', 'a.b', 'cA\n'],
    ['{"a":1.50,"b":true}', '$.a', '1.50'],
    ['{"a.b":{"c":1}}', "['a.b'].c", '1'],
    ['{"a":{"b":{"c":"d"}}}', "a['b'].c", 'd'],
    ['{"t":["x",{"y":[1, 2]}]}', 't[1].y', '[1, 2]'],
    ['["a","b"]', '$[1]', 'b'],
    ['[1,2]', '$', '[1,2]'],
    ['{"a":{"b":1},"a":{"b":2}}', 'a.b', '1'],
    ['{"v":null}', 'v', null],
    ['{"a":1} trailing', 'a', '1'],
    ['{"__proto__":"x"}', '__proto__', 'x']
  ])('%s at %s is %j', (json, path, expected) => {
    expect(extract(json, path)).toEqual({ type: 'keyword', value: expected, warnings: [] })
  })

  test('says why nothing was found', () => {
    const text = 'java.lang.IllegalArgumentException: '
    expect(extract('{"a":1}', 'b').warnings).toEqual([`${text}path [b] does not exist`])
    expect(extract('{"a":1}', 'a.b').warnings).toEqual([`${text}path [a.b] does not exist`])
    expect(extract('{"a":["x"]}', 'a[5]').warnings).toEqual([`${text}array index out of bounds`])
    expect(extract('{"a":', 'a').warnings).toEqual([`${text}invalid JSON input`])
    expect(extract('', 'a').warnings).toEqual([`${text}invalid JSON input`])
  })

  test('reads deep and long texts without recursion', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"b":7}`
    expect(extract(deep, 'b').value).toBe('7')
    expect(extract(`{"a":"${'\\n x'.repeat(500_000)}","b":7}`, 'b').value).toBe('7')
  })
})
