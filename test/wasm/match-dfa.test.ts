import { expect, test } from 'vitest'
import { type Dfa, compileLike, compileOneOf, complementOf, matchBytes, unionOf } from '../../engine/data/automaton.ts'
import { placeDfa } from '../../engine/data/automaton-memory.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { LANE_SIZES, placeBytes, placeTexts, randomNumbers, readBytes } from '../helpers/kernel-memory.ts'
import { bothKernels, loadTestKernels } from '../helpers/kernels.ts'

const encode = (text: string) => new TextEncoder().encode(text)

const AUTOMATA: Record<string, Dfa> = {
  everything: compileLike('*'),
  nothing: compileOneOf([]),
  'the empty text': compileOneOf(['']),
  'contains -c': compileLike('* -c *'),
  'starts with /var/www': compileLike('/var/www/*'),
  'ends with sh': compileLike('*sh'),
  'a list': compileOneOf(['sh', 'bash', 'dash', 'zsh']),
  'not one of a union': complementOf(unionOf(['*curl*', '*wget*', '?h*'].map(compileLike)))
}

function verdicts(kernels: Kernels, dfa: Dfa, texts: readonly Uint8Array[]): number[] {
  const mark = kernels.mark()
  const placed = placeDfa(kernels, dfa)
  const { pointers, lengths } = placeTexts(kernels, texts)
  const out = placeBytes(kernels, new Uint8Array(texts.length + 2).fill(7), 1)
  kernels.matchDfa(placed, pointers, lengths, texts.length, out)
  const written = [...readBytes(kernels, out, texts.length + 2)]
  kernels.release(mark)
  expect(written.slice(-2)).toEqual([7, 7])
  return written.slice(0, -2)
}

function randomTexts(count: number, random: () => number): Uint8Array[] {
  const pieces = ['sh', ' -c ', 'bash', '/var/www/', 'curl ', 'wget', 'é', '😀', 'x', '']
  return Array.from({ length: count }, () => {
    const parts = Array.from({ length: random() % 9 }, () => pieces[random() % pieces.length]!)
    return encode(random() % 50 === 0 ? parts.join('').repeat(60) : parts.join(''))
  })
}

for (const { name, kernels } of await bothKernels()) {
  test.each(Object.keys(AUTOMATA))(`${name}: %s, at every count`, (key) => {
    const random = randomNumbers(4_711)
    for (const count of LANE_SIZES) {
      const texts = randomTexts(count, random)
      expect(verdicts(kernels, AUTOMATA[key]!, texts)).toEqual(texts.map((text) => Number(matchBytes(AUTOMATA[key]!, text))))
    }
  })

  test(`${name}: lengths around the step, empty strings between long ones`, () => {
    const dfa = compileLike('*ab')
    const texts = LANE_SIZES.flatMap((size) => [
      encode('ab'.padStart(size, 'x')),
      encode(''),
      encode('y'.repeat(size)),
      encode('ab')
    ])
    expect(verdicts(kernels, dfa, texts)).toEqual(texts.map((text) => Number(matchBytes(dfa, text))))
  })

  test(`${name}: arbitrary bytes neither fault nor pass as text`, () => {
    const random = randomNumbers(3)
    const texts = Array.from({ length: 500 }, () => Uint8Array.from({ length: random() % 20 }, () => random() & 0xff))
    const dfa = compileLike('??*')
    expect(verdicts(kernels, dfa, texts)).toEqual(texts.map((text) => Number(matchBytes(dfa, text))))
  })
}

test('the layout in memory is the documented one', async () => {
  const kernels = await loadTestKernels()
  const at = placeDfa(kernels, compileOneOf(['a']))
  expect([...new Uint32Array(kernels.memory.buffer, at, 8)]).toEqual([3, 2, 12, 24, 0, 0, 0, 0])
  const classes = readBytes(kernels, at + 32, 256)
  const [other, a] = [classes[0]!, classes[0x61]!]
  const rows = new Uint32Array(kernels.memory.buffer, at + 288, 9)
  expect([rows[other], rows[a], rows[2]]).toEqual([24, 12, 0])
  expect([...rows.subarray(3)]).toEqual([24, 24, 1, 24, 24, 0])
})
