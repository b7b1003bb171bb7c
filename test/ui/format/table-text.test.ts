import { expect, test } from 'vitest'
import { clipText, displayWidth, padText, visibleCell, wrapText } from '../../../ui/format/table-text.ts'

test('cells are one visible line', () => {
  expect(visibleCell('a\u001b[2Jb\r\nc\u202e')).toBe('a⟨ESC[2J⟩b⟨CR⟩⟨LF⟩c⟨RLO⟩')
  expect(visibleCell(['x', 2n, true])).toBe('[x, 2, true]')
  expect(visibleCell(null)).toBe('')
  expect(visibleCell(9007199254740993n)).toBe('9007199254740993')
})

test('width counts wide characters twice and marks not at all', () => {
  expect([displayWidth('abc'), displayWidth('日本'), displayWidth('e\u0301'), displayWidth('😀')]).toEqual([3, 4, 1, 2])
})

test('clipping fits and says that it cut', () => {
  expect([clipText('abcdef', 4), clipText('abcd', 4), clipText('日本語', 4), clipText('日本', 4), clipText('abc', 1)]).toEqual([
    'abc…',
    'abcd',
    '日…',
    '日本',
    '…'
  ])
})

test('padding on either side', () => {
  expect([padText('a', 3), padText('a', 3, true), padText('日', 3), padText('long', 2)]).toEqual(['a  ', '  a', '日 ', 'long'])
})

test('wrapping leaves nothing out', () => {
  expect([wrapText('abcdefg', 3), wrapText('日本語', 4), wrapText('', 3), wrapText('日', 1)]).toEqual([
    ['abc', 'def', 'g'],
    ['日本', '語'],
    [],
    ['日']
  ])
})
