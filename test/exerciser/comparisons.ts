/** Comparisons as demands, and the values two columns may share. */
import { calculate } from './constants.ts'
import { type Demand, NOW, USUAL_TIME } from './demands.ts'
import type { NumericGoal } from './numeric.ts'

/** What holds where the operator does not. */
export const OPPOSITE: Record<string, string> = { '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' }
/** The operator with its sides changed. */
export const FLIPPED: Record<string, string> = { '==': '==', '!=': '!=', '<': '>', '>': '<', '<=': '>=', '>=': '<=' }
/** Operators on numbers. */
export const HOLDS: Record<string, (a: number, b: number) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b
}

/** Values two columns may share, by their kind. */
export const SAMPLES: Record<string, readonly string[]> = {
  text: ['same', '7', 'samesame', 'sample.example.org', '123456789012', '52.10.0.1'],
  number: ['7', '1', '100'],
  date: [String(USUAL_TIME)],
  ip: ['52.10.0.1', '127.0.0.1', '::1', '10.1.2.3']
}

/** A number that compares so with a constant. */
export const number = (operator: string, constant: number): Demand => ({
  kind: 'number',
  key: `${operator} ${constant}`,
  holds: (value) => HOLDS[operator]!(value, constant),
  near: constant
})

/** Just this number. */
export const exactly = (value: number): Demand => number('==', value)

/** A demand on an aggregate, as a goal of the search for numbers. */
export const cellGoal = (name: string, demand: Extract<Demand, { kind: 'number' }>): NumericGoal => ({
  cells: [name],
  holds: (values) => demand.holds(values.get(name) ?? NaN),
  literals: [demand.near],
  spans: demand.near > 1e12 ? [Math.abs(USUAL_TIME - demand.near), Math.abs(NOW - demand.near)] : []
})

/** The number from which the operation with a constant comes near. */
export function undo(operator: string, near: number, constant: number): number {
  return calculate({ '+': '-', '-': '+', '*': '/', '/': '*', '%': '+' }[operator]!, near, constant)
}
