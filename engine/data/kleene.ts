/**
 * AND, OR, NOT on boolean columns in three-valued logic.
 *
 * In: columns without offsets (multi-values were turned to null before). Out: a new column of the same kind; `nulls` is
 * absent when no operand has any. The kernels work on a copy in the arena, taken and given back here.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { assert } from '../base/assert.ts'
import type { Column } from './column.ts'

/** Unknown unless one side is false or both are known. */
export function kleeneAnd(kernels: Kernels, a: Column, b: Column): Column {
  return combine(kernels, 'kleeneAnd', a, b)
}

/** Unknown unless one side is true or both are known. */
export function kleeneOr(kernels: Kernels, a: Column, b: Column): Column {
  return combine(kernels, 'kleeneOr', a, b)
}

/** Unknown stays unknown. */
export function kleeneNot(kernels: Kernels, column: Column): Column {
  const count = column.rowCount
  const mark = kernels.mark()
  const values = kernels.allocate(count * 2)
  const nulls = values + count
  copyIn(kernels, column, values, nulls)
  kernels.kleeneNot(values, nulls, count, values, nulls)
  const result = copyOut(kernels, count, values, column.nulls ? nulls : 0)
  kernels.release(mark)
  return result
}

function combine(kernels: Kernels, operation: 'kleeneAnd' | 'kleeneOr', a: Column, b: Column): Column {
  const count = a.rowCount
  assert(b.rowCount === count, 'both sides have the same rows')
  const mark = kernels.mark()
  const aValues = kernels.allocate(count * 4)
  const [aNulls, bValues, bNulls] = [aValues + count, aValues + count * 2, aValues + count * 3]
  copyIn(kernels, a, aValues, aNulls)
  copyIn(kernels, b, bValues, bNulls)
  kernels[operation](aValues, aNulls, bValues, bNulls, count, aValues, aNulls)
  const result = copyOut(kernels, count, aValues, a.nulls || b.nulls ? aNulls : 0)
  kernels.release(mark)
  return result
}

function copyIn(kernels: Kernels, column: Column, values: number, nulls: number): void {
  assert(column.type === 'boolean' && !column.offsets, 'an operand of a logical operator has one truth value a row')
  const bytes = new Uint8Array(kernels.memory.buffer)
  bytes.set((column.values as Uint8Array).subarray(0, column.rowCount), values)
  // what the arena hands out is zeroed
  if (column.nulls) bytes.set(column.nulls.subarray(0, column.rowCount), nulls)
}

function copyOut(kernels: Kernels, rowCount: number, valuesAt: number, nullsAt: number): Column {
  const buffer = kernels.memory.buffer
  const values = new Uint8Array(buffer, valuesAt, rowCount).slice()
  const nulls = nullsAt ? new Uint8Array(buffer, nullsAt, rowCount).slice() : null
  return { type: 'boolean', rowCount, values, nulls, offsets: null, dictionary: null }
}
