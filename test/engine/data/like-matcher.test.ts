import { expect, test } from 'vitest'
import { LikePatternError } from '../../../engine/data/automaton.ts'
import { compileLikeMatcher } from '../../../engine/data/like-matcher.ts'

test('a list of patterns is one automaton', () => {
  const matcher = compileLikeMatcher(['* -c *', '/tmp/*', 'sh'])
  expect(matcher.automaton).not.toBe(null)
  const texts = ['bash -c id', '/tmp/x', 'sh', 'shell', '']
  expect(texts.map((text) => matcher.matches(text))).toEqual([true, true, true, false, false])
  expect(compileLikeMatcher([]).matches('')).toBe(false)
})

test('a pattern too large to compile is matched all the same, beside those that are not', () => {
  const matcher = compileLikeMatcher([`*a${'?'.repeat(25)}`, 'sh'])
  expect(matcher.automaton).toBe(null)
  const texts = [`ba${'x'.repeat(25)}`, `ba${'x'.repeat(24)}`, 'sh', 'zsh']
  expect(texts.map((text) => matcher.matches(text))).toEqual([true, false, true, false])
})

test('automata whose union is too large run one by one', () => {
  const matcher = compileLikeMatcher(Array.from({ length: 20 }, (_, i) => `*${String.fromCharCode(97 + i)}*${i % 10}*`))
  expect(matcher.automaton).toBe(null)
  expect(['xa-0', 'a1', 'b--a-1', 't9', 't8', ''].map((text) => matcher.matches(text))).toEqual([
    true,
    false,
    true,
    true,
    false,
    false
  ])
})

test('what is no pattern is an error', () => {
  expect(() => compileLikeMatcher(['ok', 'bad\\x'])).toThrow(new LikePatternError())
})
