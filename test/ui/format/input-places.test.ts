/** Which file an input came from, told by the names in order. */
import { expect, test } from 'vitest'
import { inputPlaces } from '../../../ui/format/input-places.ts'

const told = (files: string[], inputs: string[]) =>
  inputPlaces(files, inputs).map((place) => (place ? `${place.file}${place.member && ` ${place.member}`}` : null))

test('plain files, two of one name, archives with their members', () => {
  expect(told(['a', 'b'], ['a', 'b'])).toEqual(['0', '1'])
  expect(told(['a', 'a'], ['a', 'a'])).toEqual(['0', '1'])
  expect(told(['a.zip', 'b'], ['a.zip!x', 'a.zip!y/z', 'b'])).toEqual(['0 x', '0 y/z', '1'])
})

test('an archive without members, and what no file fits', () => {
  expect(told(['a.zip', 'b'], ['b'])).toEqual(['1'])
  expect(told(['a'], ['a', 'heard'])).toEqual(['0', null])
})
