import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileDissect, DissectPatternError, DissectReferenceError } from '../../../engine/patterns/dissect.ts'

const dissect = (pattern: string, text: string, separator = '') => {
  const { fields, match } = compileDissect(pattern, separator)
  const values = match(text)
  return values && Object.fromEntries(fields.map(({ name }, i) => [name, values[i]]))
}

describe('matches', () => {
  test.for<[pattern: string, text: string, result: Record<string, string> | null]>([
    ['%{a} %{b}', 'x y', { a: 'x', b: 'y' }],
    ['%{a} %{b}', 'x y z', { a: 'x', b: 'y z' }],
    ['%{a} %{b}', 'x', null],
    ['%{a} %{b}', 'x ', { a: 'x', b: '' }],
    ['%{a}', '', null],
    ['%{a}', 'x', { a: 'x' }],
    ['<%{a}', '<', null],
    ['<%{a}', '<x', { a: 'x' }],
    ['<%{a}', 'x', null],
    ['%{a},%{b},%{c},%{d}', 'foo,,,', { a: 'foo', b: '', c: '', d: '' }],
    // an empty value takes the place of a key whatever its own delimiter is
    ['%{a},%{b}:%{c}', 'x,,y', { a: 'x', b: '', c: 'y' }],
    ['%{a->},%{b}', 'x,,,,y', { a: 'x', b: 'y' }],
    ['%{a},%{b->},%{c}', 'x,,,,y', { a: 'x', b: '', c: 'y' }],
    ['%{a} %{b},', 'x y,zzz', { a: 'x', b: 'y' }],
    // two keys side by side: the second is the first one's delimiter
    ['%{a}%{b}', 'x%{b}y', { a: 'x' }],
    ['%{a}}%{b}', 'x}y', { a: 'x', b: 'y' }],
    ['%{a}{%{b}', 'x{y', { a: 'x', b: 'y' }],
    ['%{b} %{a} %{b}', '1 2 3', { b: '3', a: '2' }],
    ['%{a} %{+a/2} %{+a/1}', 'x y z', { a: 'xzy' }],
    [
      '%{__proto__} %{constructor}',
      'x y',
      Object.fromEntries([
        ['__proto__', 'x'],
        ['constructor', 'y']
      ])
    ],
    ['%{a}é%{b}', 'xéy', { a: 'x', b: 'y' }],
    ['%{a}\n%{b}', 'x\ny', { a: 'x', b: 'y' }]
  ])('%s on %j', ([pattern, text, result]) => {
    expect(dissect(pattern, text)).toEqual(result)
  })

  test('fields stand in order of first appearance', () => {
    expect(compileDissect('%{b} %{?x} %{a} %{b} %{}', '').fields).toEqual([
      { name: 'b', type: 'keyword' },
      { name: 'a', type: 'keyword' }
    ])
  })

  test('what was joined by delimiters comes apart again', () => {
    const values = fc.array(
      fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.replaceAll('|', '_')),
      {
        minLength: 1,
        maxLength: 6
      }
    )
    fc.assert(
      fc.property(values, (parts) => {
        const pattern = parts.map((_, i) => `%{k${i}}`).join('|')
        expect(compileDissect(pattern, '').match(parts.join('|'))).toEqual(parts)
      }),
      { seed: 3 }
    )
  })
})

describe('refuses', () => {
  test.for(['', ' ', 'no keys', '%{}', '%{?a}', '%{+}', '%{+?a}', '%{a/1}', '%{+a/}', '%{+a/99999}', '%{*a}', '%{+a+b}'])(
    '%s',
    (pattern) => {
      expect(() => compileDissect(pattern, '')).toThrow(DissectPatternError)
    }
  )

  test('references', () => {
    expect(() => compileDissect('%{*a}:%{&a}', '')).toThrow(DissectReferenceError)
  })
})
