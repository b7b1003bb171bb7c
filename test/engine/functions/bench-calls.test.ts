/** The bench of functions measures every function, and its notes are of functions there are. */
import { expect, test } from 'vitest'
import { allFunctions } from '../../../engine/functions/registry.ts'
import { NOTES, unmeasured } from '../../bench/functions.ts'
import { CALLS } from '../../bench/function-calls.ts'

test('every function has a call that is measured', () => {
  expect(unmeasured()).toEqual([])
})

test('every call and every note is of a function', () => {
  const names = new Set(allFunctions().map(({ name }) => name))
  expect([...CALLS.keys(), ...NOTES.keys()].filter((name) => !names.has(name))).toEqual([])
})
