import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  AutomatonTooLargeError,
  type Dfa,
  compileLike,
  compileOneOf,
  complementOf,
  intersectionOf,
  matchBytes,
  matchText,
  unionOf
} from '../../../engine/data/automaton.ts'
import { Nfa, determinize } from '../../../engine/data/automaton-builder.ts'
import { minimizeDfa } from '../../../engine/data/automaton-minimize.ts'

const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '😀'), maxLength: 6 })
const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '😀'), maxLength: 5 })
const encode = (text: string) => new TextEncoder().encode(text)

/** What the type promises: complete, sinks marked and truthful. */
function checkShape(dfa: Dfa): void {
  expect(dfa.classOf).toHaveLength(256)
  expect(Math.max(...dfa.classOf)).toBe(dfa.classCount - 1)
  expect(dfa.next).toHaveLength(dfa.stateCount * dfa.classCount)
  expect(Math.max(...dfa.next)).toBeLessThan(dfa.stateCount)
  for (let state = 0; state < dfa.stateCount; state++) {
    const row = [...dfa.next.subarray(state * dfa.classCount, (state + 1) * dfa.classCount)]
    const isSink = row.every((to) => to === state)
    expect(dfa.sink[state]).toBe(isSink ? (dfa.accepting[state] ? 2 : 1) : 0)
  }
}

/** No two states accept the same words: the pairs that some word tells apart are all pairs. */
function countDistinguishable(dfa: Dfa): number {
  let blocks = [...dfa.accepting].map(String)
  for (let round = 0; round < dfa.stateCount; round++)
    blocks = blocks.map((block, state) => {
      const row = [...dfa.next.subarray(state * dfa.classCount, (state + 1) * dfa.classCount)]
      return String([...new Set(blocks)].indexOf(block)) + '|' + row.map((to) => [...new Set(blocks)].indexOf(blocks[to]!)).join()
    })
  return new Set(blocks).size
}

describe('compileOneOf', () => {
  test('accepts exactly the texts', () => {
    const property = fc.property(fc.array(words, { maxLength: 12 }), fc.array(words, { maxLength: 12 }), (texts, others) => {
      const dfa = compileOneOf(texts)
      checkShape(dfa)
      for (const text of [...texts, ...others]) {
        expect(matchText(dfa, text)).toBe(texts.includes(text))
        expect(matchBytes(dfa, encode(text))).toBe(texts.includes(text))
      }
    })
    fc.assert(property, { seed: 11, numRuns: 500 })
  })

  test('shares common endings', () => {
    expect(compileOneOf(['bash', 'dash', 'zsh']).stateCount).toBe(6)
    expect(compileOneOf([])).toMatchObject({ stateCount: 1, classCount: 1, sink: Uint8Array.of(1) })
    expect(compileOneOf([''])).toMatchObject({ stateCount: 2 })
  })

  test('takes long lists, and refuses endless ones', () => {
    const list = Array.from({ length: 1_000 }, (_, i) => `/usr/local/bin/tool-${i * 7_919}`)
    const dfa = compileOneOf(list)
    expect(list.every((text) => matchText(dfa, text))).toBe(true)
    expect(matchText(dfa, '/usr/local/bin/tool-')).toBe(false)
    expect(() => compileOneOf(['x'.repeat(70_000)])).toThrow(new AutomatonTooLargeError())
  })
})

describe('set operations', () => {
  test('union, intersection and complement are those of the languages', () => {
    const property = fc.property(fc.array(patterns, { maxLength: 4 }), fc.array(words, { maxLength: 10 }), (list, texts) => {
      const parts = list.map(compileLike)
      const [union, all] = [unionOf(parts), intersectionOf(parts)]
      for (const dfa of [union, all, complementOf(union)]) checkShape(dfa)
      for (const text of texts) {
        expect(matchText(union, text)).toBe(parts.some((dfa) => matchText(dfa, text)))
        expect(matchText(all, text)).toBe(parts.every((dfa) => matchText(dfa, text)))
        expect(matchText(complementOf(union), text)).toBe(!matchText(union, text))
      }
    })
    fc.assert(property, { seed: 5, numRuns: 1_000 })
  })

  test('the union of many patterns stays near the sum of their sizes', () => {
    const tools = [
      'curl',
      'wget',
      'nc',
      'ncat',
      'socat',
      'python',
      'perl',
      'ruby',
      'php',
      'base64',
      'openssl',
      '/dev/tcp',
      '/tmp/'
    ]
    const union = unionOf(tools.map((tool) => compileLike(`*${tool}*`)))
    expect(union.stateCount).toBeLessThan(70)
    expect(matchText(union, 'sh -c "/usr/bin/ncat 10.0.0.1 4444"')).toBe(true)
    expect(matchText(union, 'ls -la /var')).toBe(false)
  })

  test('a union that needs the product of its parts is refused in bounded time', () => {
    const parts = Array.from({ length: 20 }, (_, i) => compileLike(`*${String.fromCharCode(97 + i)}*${i % 10}*`))
    expect(() => unionOf(parts)).toThrow(new AutomatonTooLargeError())
  })
})

describe('minimizeDfa', () => {
  test('what it makes has no two equivalent states', () => {
    const property = fc.property(
      fc.array(patterns, { minLength: 1, maxLength: 3 }),
      fc.array(words, { maxLength: 5 }),
      (list, texts) => {
        for (const dfa of [...list.map(compileLike), compileOneOf(texts), unionOf(list.map(compileLike))])
          expect(countDistinguishable(dfa)).toBe(dfa.stateCount)
      }
    )
    fc.assert(property, { seed: 3, numRuns: 200 })
  })

  test('epsilon edges and alternatives: (a|bc)*d', () => {
    const nfa = new Nfa()
    const [start, middle, end] = [nfa.addState(), nfa.addState(), nfa.addState()] as const
    const loop = nfa.addState()
    nfa.addEpsilon(start, loop)
    nfa.addEdge(loop, 0x61, 0x61, start)
    nfa.addEdge(loop, 0x62, 0x62, middle)
    nfa.addEdge(middle, 0x63, 0x63, start)
    nfa.addEdge(loop, 0x64, 0x64, end)
    nfa.accepting.add(end)
    const dfa = minimizeDfa(determinize(nfa))
    checkShape(dfa)
    expect(dfa.stateCount).toBe(4)
    const verdicts = ['d', 'ad', 'bcabcd', 'bd', 'abc', ''].map((text) => matchText(dfa, text))
    expect(verdicts).toEqual([true, true, true, false, false, false])
  })
})
