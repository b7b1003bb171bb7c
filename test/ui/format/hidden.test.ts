import { expect, test } from 'vitest'
import fc from 'fast-check'
import { revealHidden, textSegments } from '../../../ui/format/hidden.ts'

test.each([
  ['plain text', 'plain text'],
  ['a\u202eb', 'a⟨RLO⟩b'],
  ['\u001b[31mred\u001b[0m', '⟨ESC[31m⟩red⟨ESC[0m⟩'],
  ['zero\u200bwidth', 'zero⟨ZWSP⟩width'],
  ['nul\u0000', 'nul⟨NUL⟩'],
  ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
  ['half\ud800', 'half⟨U+D800⟩'],
  ['a\nb\tc', 'a⟨LF⟩b⟨TAB⟩c'],
  ['наука 漢字 😀', 'наука 漢字 😀']
])('%j is shown as %j', (value, shown) => {
  expect(revealHidden(value)).toBe(shown)
})

test('segments joined are the value', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      (value) =>
        textSegments(value)
          .map((part) => part.text)
          .join('') === value
    ),
    { seed: 11, numRuns: 500 }
  )
})

test('a command to the terminal: every character of it is named, also what ends it and what hides in it', () => {
  expect(revealHidden('\u001b]0;né\u0007x')).toBe('⟨ESC]0;né⟩⟨BEL⟩x')
  expect(revealHidden('\u001b]8;;http://x\u001b\\y')).toBe('⟨ESC]8;;http://x⟩⟨ESC⟩\\y')
  expect(revealHidden('\u001b]0;a\u202eb\u0007')).toBe('⟨ESC⟩]0;a⟨RLO⟩b⟨BEL⟩')
})
