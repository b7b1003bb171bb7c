/** The palette's search: letters in order, words at their start first. */
import { expect, test } from 'vitest'
import { fuzzyFind, fuzzyScore } from '../../../ui/format/fuzzy.ts'

const find = (search: string, ...items: string[]) => fuzzyFind(search, items, (item) => item)

test('letters in order find, others do not', () => {
  expect(fuzzyScore('rnq', 'Run the query')).not.toBeNull()
  expect(fuzzyScore('qr', 'Run the query')).not.toBeNull()
  expect(fuzzyScore('xyz', 'Run the query')).toBeNull()
})

test('every word must be found', () => {
  expect(find('export json', 'Export findings as JSON', 'Export findings as CSV')).toEqual(['Export findings as JSON'])
})

test('the start of a word comes first, then the shorter text; nothing typed keeps the order', () => {
  expect(find('near', 'Look for near misses in all', 'Linear', 'Near misses')).toEqual([
    'Near misses',
    'Look for near misses in all',
    'Linear'
  ])
  expect(find('', 'b', 'a')).toEqual(['b', 'a'])
})
