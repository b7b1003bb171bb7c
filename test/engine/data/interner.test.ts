import { describe, expect, test } from 'vitest'
import { TextDictionary, type Dictionary } from '../../../engine/data/dictionary.ts'
import { TextInterner } from '../../../engine/data/interner.ts'

function dictionaryOf(...texts: string[]): TextDictionary {
  const dictionary = new TextDictionary()
  for (const text of texts) dictionary.intern(text)
  return dictionary
}

describe('TextInterner', () => {
  test('gives equal texts of different dictionaries one code, in order of first appearance', () => {
    const interner = new TextInterner()
    const first = dictionaryOf('sh', 'bash')
    const second = dictionaryOf('zsh', 'bash', '__proto__')
    expect([interner.codeOf(first, 1), interner.codeOf(first, 0)]).toEqual([0, 1])
    expect([0, 1, 2].map((code) => interner.codeOf(second, code))).toEqual([2, 0, 3])
    expect([0, 1, 2, 3].map((code) => interner.text(code))).toEqual(['bash', 'sh', 'zsh', '__proto__'])
    expect(interner.size).toBe(4)
    expect([interner.find('zsh'), interner.find('constructor')]).toEqual([2, -1])
  })

  test('treats two entries of one dictionary with the same text as equal', () => {
    const twice: Dictionary = { size: 2, text: () => '33' }
    const interner = new TextInterner()
    expect([interner.codeOf(twice, 0), interner.codeOf(twice, 1)]).toEqual([0, 0])
  })

  test('asks for the text of an entry once and follows a dictionary that grows', () => {
    const asked: number[] = []
    const texts = ['a', 'b']
    const growing: Dictionary = {
      get size() {
        return texts.length
      },
      text(code) {
        asked.push(code)
        return texts[code]!
      }
    }
    const interner = new TextInterner()
    interner.codeOf(growing, 1)
    interner.codeOf(growing, 1)
    for (let i = 0; i < 100; i++) texts.push(`t${i}`)
    expect(interner.codeOf(growing, 101)).toBe(1)
    expect(interner.codeOf(growing, 1)).toBe(0)
    expect(asked).toEqual([1, 101])
    const table = interner.translate(growing)
    expect([table[0], table[1], table[101]]).toEqual([-1, 0, 1])
  })
})
