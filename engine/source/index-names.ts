/**
 * IndexNames: the index each scanned row is of, as a code: `_index`, else the data stream's name.
 *
 * In:   the scanned `_index` and data_stream.* of the rows. Out: codes into the names met, NAMELESS where an event names none.
 * Holds: a combination of entries is looked at once per epoch of its dictionaries; events of one index come in long runs,
 *        so most rows cost a comparison with the row before.
 */
import type { Column } from '../data/column.ts'
import type { Dictionary } from '../data/dictionary.ts'
import { dataStreamName } from './index-pattern.ts'
import type { ScannedField } from './record-scanner.ts'

/** Column that carries the names to a session which parts the rows by index itself; `$$` names are ours. */
export const INDEX_NAME_COLUMN = '$$index'
export const NAMELESS = -1

const KEPT_COMBINATIONS = 100_000
const ABSENT = -1
const UNSEEN = -2

export class IndexNames implements Dictionary {
  private readonly names: string[] = []
  private readonly codes = new Map<string, number>()
  private readonly combinations = new Map<string, number>()
  /** Codes of the row before, in this batch. */
  private readonly lastCodes = new Int32Array(4)
  private last = NAMELESS
  private fields: readonly ScannedField[] = []

  get size(): number {
    return this.names.length
  }

  text(code: number): string {
    return this.names[code]!
  }

  /** Begins a batch: `_index`, data_stream.type, .dataset and .namespace. */
  begin(fields: readonly ScannedField[]): void {
    this.fields = fields
    this.lastCodes.fill(UNSEEN)
  }

  /** Code of a row's index; asked row after row. */
  codeOf(row: number): number {
    if (!this.sameAsLast(row)) this.last = this.lookUp(row)
    return this.last
  }

  /** The names of a batch as a column; null where an event names no index. */
  column(fields: readonly ScannedField[], rowCount: number): Column {
    this.begin(fields)
    const values = new Int32Array(rowCount)
    let nulls: Uint8Array | null = null
    for (let row = 0; row < rowCount; row++) {
      const code = this.codeOf(row)
      if (code === NAMELESS) (nulls ??= new Uint8Array(rowCount))[row] = 1
      else values[row] = code
    }
    return { type: 'keyword', rowCount, values, nulls, offsets: null, dictionary: this }
  }

  private sameAsLast(row: number): boolean {
    const { fields, lastCodes } = this
    let same = true
    for (let i = 0; i < fields.length; i++) {
      const code = firstCode(fields[i]!, row)
      if (code !== lastCodes[i]) same = false
      lastCodes[i] = code
    }
    return same
  }

  private lookUp(row: number): number {
    const key = this.fields.map((field, i) => `${field.dictionary.epoch}:${this.lastCodes[i]}`).join()
    let code = this.combinations.get(key)
    if (code === undefined) {
      const [index, type, dataset, namespace] = this.fields.map((field) => firstText(field, row))
      const name = index ?? dataStreamName(type!, dataset!, namespace!)
      code = name === null ? NAMELESS : this.intern(name)
      if (this.combinations.size > KEPT_COMBINATIONS) this.combinations.clear()
      this.combinations.set(key, code)
    }
    return code
  }

  private intern(name: string): number {
    let code = this.codes.get(name)
    if (code === undefined) {
      code = this.names.push(name) - 1
      this.codes.set(name, code)
    }
    return code
  }
}

function firstCode(field: ScannedField, row: number): number {
  const at = field.offsets[row]!
  return at === field.offsets[row + 1] ? ABSENT : field.codes[at]!
}

function firstText(field: ScannedField, row: number): string | null {
  const code = firstCode(field, row)
  return code === ABSENT ? null : field.dictionary.text(code)
}
