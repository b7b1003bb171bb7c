import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AutomatonTooLargeError, LikePatternError, compileLike, matchBytes, matchText } from '../../../engine/data/automaton.ts'
import { matchLikeParts, parseLikePattern } from '../../../engine/data/like-pattern.ts'

/** The definition, written down: may the pattern from `p` on match the characters from `t` on? */
function naiveLike(pattern: string, text: string): boolean {
  const wanted = [...pattern]
  const characters = [...text]
  const memo = new Map<string, boolean>()
  const match = (p: number, t: number): boolean => {
    const key = `${p} ${t}`
    let answer = memo.get(key)
    if (answer === undefined) memo.set(key, (answer = decide(p, t)))
    return answer
  }
  const decide = (p: number, t: number): boolean => {
    if (p === wanted.length) return t === characters.length
    if (wanted[p] === '*') return match(p + 1, t) || (t < characters.length && match(p, t + 1))
    if (t === characters.length) return false
    if (wanted[p] === '?') return match(p + 1, t + 1)
    const escaped = wanted[p] === '\\'
    return (escaped ? wanted[p + 1] : wanted[p]) === characters[t] && match(p + (escaped ? 2 : 1), t + 1)
  }
  return match(0, 0)
}

const CASES: [pattern: string, text: string, matches: boolean][] = [
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'a\nb\r\u2028c', true],
  ['**', 'anything', true],
  ['?', '', false],
  ['?', 'a', true],
  ['?', 'ab', false],
  ['?', 'é', true],
  ['?', '中', true],
  ['?', '😀', true],
  ['??', '😀', false],
  ['?', '\n', true],
  ['?', '\ud83d', true],
  ['*?', '', false],
  ['?*', '', false],
  ['*?*', 'x', true],
  ['* -c *', 'sh -c id', true],
  ['* -c *', 'sh -cx id', false],
  ['/var/www/*', '/var/www/', true],
  ['/var/www/*', '/var/www', false],
  ['*/bin/sh', '/usr/bin/sh', true],
  ['*/bin/sh', '/usr/bin/sh ', false],
  ['*abab', 'ababab', true],
  ['*aab*', 'aaab', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['A*', 'abc', false],
  ['100%', '100%', true],
  ['100%', '1000', false],
  ['a_c', 'abc', false],
  ['\\*', '*', true],
  ['\\*', 'x', false],
  ['\\?', '?', true],
  ['\\?', 'x', false],
  ['C:\\\\Windows\\\\*', 'C:\\Windows\\System32', true],
  ['*\\\\', 'dir\\', true],
  ['*\\*', 'ends with *', true],
  ['*\\*', 'ends with * not', false],
  ['?😀*', 'x😀', true],
  ['*😀?', 'a😀b', true],
  ['*\u00e9', 'caf\u00e9', true],
  ['*\u00e9', 'cafe\u0301', false],
  ['\u0000*', '\u0000x', true]
]

describe('LIKE', () => {
  test.each(CASES)('%j on %j: %s', (pattern, text, matches) => {
    expect(naiveLike(pattern, text), 'the definition').toBe(matches)
    const dfa = compileLike(pattern)
    expect(matchText(dfa, text), 'as text').toBe(matches)
    expect(matchBytes(dfa, new TextEncoder().encode(text)), 'as bytes').toBe(matches)
    expect(matchLikeParts(parseLikePattern(pattern), text), 'without automaton').toBe(matches)
  })

  test.each(['\\', 'a\\', 'a\\b', '*\\n', '\\\\\\', '\\😀'])('%j is no pattern', (pattern) => {
    const message = 'Invalid sequence - escape character is not followed by special wildcard char'
    expect(() => compileLike(pattern)).toThrow(new LikePatternError())
    expect(() => compileLike(pattern)).toThrow(message)
  })

  const atoms = fc.constantFrom('a', 'b', 'ab', '*', '?', '\\*', '\\?', '\\\\', '%', 'é', '中', '😀', '😁', '\n', '\ufffd')
  const letters = fc.constantFrom('a', 'b', 'ab', '*', '?', '\\', '%', 'é', 'è', '中', '😀', '😁', '\n', '\ufffd', '\u0000')
  const patterns = fc.array(atoms, { maxLength: 9 }).map((parts) => parts.join(''))
  const texts = fc.array(letters, { maxLength: 12 }).map((parts) => parts.join(''))

  test('automaton, bytes and direct matcher decide as the definition does', () => {
    const property = fc.property(patterns, fc.array(texts, { minLength: 1, maxLength: 8 }), (pattern, candidates) => {
      const dfa = compileLike(pattern)
      const parts = parseLikePattern(pattern)
      for (const text of [...candidates, pattern.replaceAll('*', 'ba').replaceAll('?', '中')]) {
        const expected = naiveLike(pattern, text)
        expect(matchText(dfa, text)).toBe(expected)
        expect(matchBytes(dfa, new TextEncoder().encode(text))).toBe(expected)
        expect(matchLikeParts(parts, text)).toBe(expected)
      }
    })
    fc.assert(property, { seed: 20_261, numRuns: 3_000 })
  })

  test('any Unicode text matches itself, escaped, and nothing shorter', () => {
    const property = fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
      const dfa = compileLike(text.replace(/[*?\\]/g, '\\$&'))
      expect(matchText(dfa, text)).toBe(true)
      expect(matchText(dfa, `${text}x`)).toBe(false)
      expect(text === '' || !matchText(dfa, [...text].slice(1).join(''))).toBe(true)
    })
    fc.assert(property, { seed: 7, numRuns: 500 })
  })

  test('a pattern whose automaton explodes is refused, and still decided directly', () => {
    const pattern = `*a${'?'.repeat(30)}`
    expect(() => compileLike(pattern)).toThrow(new AutomatonTooLargeError())
    expect(() => compileLike(pattern)).toThrow('Pattern is too complex: its automaton would be too large')
    expect(matchLikeParts(parseLikePattern(pattern), `xa${'é'.repeat(30)}`)).toBe(true)
    expect(matchLikeParts(parseLikePattern(pattern), `xa${'é'.repeat(29)}`)).toBe(false)
  })

  test('long and repetitive patterns stay small', () => {
    expect(compileLike(`*${'ab'.repeat(500)}*`).stateCount).toBe(1_001)
    expect(compileLike('*a*b*c*d*e*').stateCount).toBe(6)
    expect(compileLike('*').stateCount).toBe(1)
    expect(compileLike('abc').stateCount).toBe(5)
    expect(compileLike('* -c *')).toMatchObject({ stateCount: 5, classCount: 4 })
  })
})
