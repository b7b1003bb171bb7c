import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AutomatonTooLargeError, type Dfa, matchBytes, matchText } from '../../../engine/data/automaton.ts'
import { compileRlike, RlikePatternError } from '../../../engine/patterns/rlike.ts'

const encoder = new TextEncoder()

/** Both ways to run an automaton agree. */
function matches(automaton: Dfa, text: string): boolean {
  const verdict = matchText(automaton, text)
  expect(matchBytes(automaton, encoder.encode(text))).toBe(verdict)
  return verdict
}

describe('matches', () => {
  test.for<[pattern: string, yes: string[], no: string[]]>([
    ['', [''], ['a']],
    ['()', [''], ['a']],
    ['a.c', ['abc', 'a\nc', 'a\u2028c', 'a😀c'], ['ac', 'abbc']],
    ['a~b', ['a', 'ac', 'abc', 'aé'], ['ab', 'b']],
    ['~(.*foo.*)', ['', 'fo', 'xfo'], ['foo', 'xfoox']],
    ['~()~()', ['éa', '12'], ['', 'é', '😀']],
    ['~~a', ['a'], ['', 'b']],
    ['~a*', ['', 'b', 'bb'], []],
    ['.*foo.*&.*bar.*', ['foobar', 'bar foo'], ['foo', 'bar']],
    ['a||b', ['a', '|b'], ['b', '']],
    ['|a', ['|a'], ['a', '']],
    ['(|a)', ['|a'], ['a']],
    ['*a', ['*a'], ['a', 'aa']],
    ['a+?', ['', 'a', 'aa'], ['b']],
    ['(?i)a', ['?ia'], ['a', 'A']],
    ['(?:a|b)', ['?:a', 'b'], ['a']],
    ['<1-20>', ['1', '7', '20', '007'], ['0', '21', '', '1a', '٣']],
    ['<01-20>', ['01', '20'], ['1', '21', '001']],
    ['<0-10>', ['0', '000', '10'], ['', '11']],
    ['<20-1>', ['1', '20'], ['21']],
    ['<95-1203>', ['95', '100', '999', '1203', '0095'], ['94', '1204', '2000']],
    ['[^a]', ['b', 'é', '😀', '\n'], ['a', '', 'bb']],
    ['[α-ω]', ['α', 'β', 'ω'], ['a', 'Α']],
    ['[\u07f0-\u0810]', ['\u07f0', '\u0810'], ['\u07ef', '\u0811']],
    ['[\ufff0-\u{10010}]', ['\ufff0', '\u{10010}'], ['\uffef', '\u{10011}']],
    ['[]a]', [']', 'a'], ['b']],
    ['[^]]', ['a'], [']']],
    ['[_\\\\-]', ['_', '\\', '-'], ['a']],
    ['[\\w.\\-]+', ['a-b.c'], ['a b', '']],
    ['[\\D]', ['a', 'é'], ['1']],
    ['[@#&~<"]', ['@', '#', '&', '~', '<', '"'], ['a']],
    ['@a', ['a', 'xxa', '\na'], ['ab']],
    ['#|a', ['a'], ['', '#']],
    ['"a.b*"c', ['a.b*c'], ['axbc']],
    ['a{2}', ['aa'], ['a', 'aaa']],
    ['a{2,}', ['aa', 'aaaa'], ['a']],
    ['a{2,3}', ['aa', 'aaa'], ['a', 'aaaa']],
    ['a{3,2}', [], ['aa', 'aaa']],
    ['{,3}', ['{,3}'], ['']],
    ['\\s', [' ', '\t', '\n', '\r'], ['\f', '\v', '\u00a0']],
    ['\\(x\\)', ['(x)'], ['x']],
    ['(.*a){3}', ['xaaya'], ['xaya']],
    ['(ab|cd)*e', ['e', 'ababcde'], ['abce']],
    ['(\ud83d)', ['\ufffd', '\ud83d'], ['a']]
  ])('%s', ([pattern, yes, no]) => {
    const automaton = compileRlike(pattern)
    expect(yes.filter((text) => !matches(automaton, text))).toEqual([])
    expect(no.filter((text) => matches(automaton, text))).toEqual([])
  })

  test('as JavaScript where both languages mean the same', () => {
    const character = fc.constantFrom('a', 'b', 'c', 'é', '😀', '\n')
    const atom = fc.oneof(character, fc.constantFrom('.', '[ab]', '[^a]', '[b-é]'))
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        atom,
        fc.tuple(tie('node'), tie('node')).map((parts) => parts.join('')),
        fc.tuple(tie('node'), tie('node')).map((parts) => `(${parts.join('|')})`),
        fc.tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}')).map(([part, many]) => `(${part})${many}`)
      )
    }))
    const text = fc.array(character, { maxLength: 8 }).map((characters) => characters.join(''))
    fc.assert(
      fc.property(node, fc.array(text, { minLength: 5, maxLength: 20 }), (pattern, texts) => {
        const twin = new RegExp(`^(?:${pattern})$`, 'su')
        const automaton = compileRlike(pattern)
        for (const each of texts) expect(matches(automaton, each), JSON.stringify([pattern, each])).toBe(twin.test(each))
      }),
      { seed: 7, numRuns: 400 }
    )
  })

  test('complement and intersection are those of sets', () => {
    const word = fc.array(fc.constantFrom('a', 'b', '😀'), { maxLength: 6 }).map((characters) => characters.join(''))
    const part = fc.constantFrom('a*', '.*b', '(a|b)+', '😀.*', 'ab?', '.', '.*')
    fc.assert(
      fc.property(part, part, word, (left, right, text) => {
        const [first, second] = [matchText(compileRlike(left), text), matchText(compileRlike(right), text)]
        expect(matchText(compileRlike(`~(${left})`), text)).toBe(!first)
        expect(matchText(compileRlike(`(${left})&~(${right})`), text)).toBe(first && !second)
      }),
      { seed: 8, numRuns: 300 }
    )
  })
})

describe('refuses', () => {
  test.for([
    ['a|', 'unexpected end-of-string'],
    ['(a|)', "expected ')' at position 4"],
    ['\\n', 'invalid character class \\110'],
    ['\\', 'unexpected end-of-string'],
    ['[a-]', 'invalid range: from (97) cannot be > to (93)'],
    ['[\\w.-]', "expected ']' at position 6"],
    ['a{,3}', 'integer expected at position 2'],
    ['a{2', "expected '}' at position 3"],
    ['a{99999999999}', 'For input string: "99999999999"'],
    ['(a', "expected ')' at position 2"],
    ['a)', 'end-of-string expected at position 1'],
    ['a&', 'unexpected end-of-string'],
    ['[', 'unexpected end-of-string'],
    ['[]', "expected ']' at position 2"],
    ['<', "expected '>' at position 1"],
    ['<1-2-3>', 'interval syntax error at position 6'],
    ['<abc>', "'abc' not found"],
    ['"', "expected '\"' at position 1"]
  ] as const)('%s', ([pattern, message]) => {
    expect(() => compileRlike(pattern)).toThrow(new RlikePatternError(message))
  })

  test('what is nested too deep', () => {
    const deep = 'nested more than 200 deep at position 201'
    expect(() => compileRlike('('.repeat(100_000))).toThrow(new RlikePatternError(deep))
    const many = 'more than 200 quantifiers at position 202'
    expect(() => compileRlike(`a${'?'.repeat(100_000)}`)).toThrow(new RlikePatternError(many))
  })

  test.for(['.*a.{20}', 'a{20000}', '(a{300}){300}', '((((a{9}){9}){9}){9}){9}'])('%s needs too many states', (pattern) => {
    expect(() => compileRlike(pattern)).toThrow(AutomatonTooLargeError)
  })

  test('long alternatives and sequences cost no stack', () => {
    expect(matchText(compileRlike('~'.repeat(50_000) + 'a'), 'a')).toBe(true)
    expect(matchText(compileRlike(Array.from({ length: 3000 }, (_, i) => `(${i})`).join('|')), '2999')).toBe(true)
  })
})
