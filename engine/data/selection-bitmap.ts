/**
 * SelectionBitmap: bit i set = row i still takes part.
 *
 * The bits are owned here (bit i of byte i / 8, padded to 16 rows, bits behind the last row 0); kernels work on a copy in
 * the arena, taken and given back within each call.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { assert } from '../base/assert.ts'
import { type Column, valueCount } from './column.ts'

/** Numbers of the rows where a boolean column is true: not false, not null, not a multi-value. */
export function selectTrueRows(kernels: Kernels, column: Column): Int32Array {
  const { rowCount } = column
  const mark = kernels.mark()
  const bitsAt = kernels.allocate(byteLengthOf(rowCount) + rowCount * 4 + 4)
  const rowsAt = (bitsAt + byteLengthOf(rowCount) + 3) & ~3
  selectInto(kernels, column, bitsAt)
  const count = kernels.bitmapToRows(bitsAt, rowCount, rowsAt)
  const rows = new Int32Array(kernels.memory.buffer, rowsAt, count).slice()
  kernels.release(mark)
  return rows
}

export class SelectionBitmap {
  private constructor(
    readonly rowCount: number,
    readonly bits: Uint8Array
  ) {}

  /** The rows where a boolean column is true. */
  static ofTrue(kernels: Kernels, column: Column): SelectionBitmap {
    const { rowCount } = column
    const mark = kernels.mark()
    const at = kernels.allocate(byteLengthOf(rowCount))
    selectInto(kernels, column, at)
    const bits = new Uint8Array(kernels.memory.buffer, at, byteLengthOf(rowCount)).slice()
    kernels.release(mark)
    return new SelectionBitmap(rowCount, bits)
  }

  /** The rows selected in both. */
  and(kernels: Kernels, other: SelectionBitmap): SelectionBitmap {
    assert(other.rowCount === this.rowCount, 'both selections are of the same rows')
    const { rowCount, bits } = this
    const mark = kernels.mark()
    const at = kernels.allocate(bits.length * 2)
    const bytes = new Uint8Array(kernels.memory.buffer)
    bytes.set(bits, at)
    bytes.set(other.bits, at + bits.length)
    kernels.bitmapAnd(at, at + bits.length, rowCount, at)
    const both = bytes.slice(at, at + bits.length)
    kernels.release(mark)
    return new SelectionBitmap(rowCount, both)
  }

  /** Number of selected rows. */
  count(kernels: Kernels): number {
    const mark = kernels.mark()
    const at = this.place(kernels, 0)
    const count = kernels.bitmapCount(at, this.rowCount)
    kernels.release(mark)
    return count
  }

  /** Numbers of the selected rows, ascending. */
  toRows(kernels: Kernels): Int32Array {
    const mark = kernels.mark()
    const rowsAt = this.place(kernels, this.rowCount * 4)
    const bitsAt = rowsAt + this.rowCount * 4
    const count = kernels.bitmapToRows(bitsAt, this.rowCount, rowsAt)
    const rows = new Int32Array(kernels.memory.buffer, rowsAt, count).slice()
    kernels.release(mark)
    return rows
  }

  /** Copies the bits into the arena behind `room` bytes for a result; answers the address of the result. */
  private place(kernels: Kernels, room: number): number {
    const at = kernels.allocate(room + this.bits.length)
    new Uint8Array(kernels.memory.buffer).set(this.bits, at + room)
    return at
  }
}

/** Writes the bitmap of the rows where `column` is true to zeroed memory. */
function selectInto(kernels: Kernels, column: Column, bitsAt: number): void {
  if (column.type === 'null') return
  assert(column.type === 'boolean', 'a condition is boolean')
  const { rowCount } = column
  const { values, nulls } = column.offsets ? oneValueEach(column) : (column as { values: Uint8Array; nulls: Uint8Array | null })
  // what the arena hands out is zeroed: no nulls
  const valuesAt = kernels.allocate(rowCount * 2)
  const bytes = new Uint8Array(kernels.memory.buffer)
  bytes.set(values.subarray(0, rowCount), valuesAt)
  if (nulls) bytes.set(nulls.subarray(0, rowCount), valuesAt + rowCount)
  kernels.selectTrue(valuesAt, valuesAt + rowCount, rowCount, bitsAt)
}

function oneValueEach(column: Column): { values: Uint8Array; nulls: Uint8Array } {
  const values = new Uint8Array(column.rowCount)
  const nulls = new Uint8Array(column.rowCount)
  for (let row = 0; row < column.rowCount; row++) {
    if (valueCount(column, row) === 1) values[row] = column.values[column.offsets![row]!] as number
    else nulls[row] = 1
  }
  return { values, nulls }
}

function byteLengthOf(rowCount: number): number {
  return ((rowCount + 15) >> 4) << 1
}
