/**
 * Rarity (CONTRACTS 4): how many of the loaded events look like a finding.
 *
 * n = events with the finding's keys; N = process starts under the same parent program, or, for rules without these
 * fields, all events that pass FROM; bits = log2(N / n). A second pass over the inputs for all findings together.
 */
import type { Batch } from '../data/batch.ts'
import { type Column, firstIndex, valueCount } from '../data/column.ts'
import type { Dictionary } from '../data/dictionary.ts'
import { fieldIndex, type Schema } from '../data/schema.ts'
import type { BatchSink } from '../source/scan-request.ts'
import { cellValue } from './cells.ts'
import type { Finding, Rarity } from './types.ts'

const PARENT = 'process.parent.executable'
const EVENT_TYPE = 'event.type'

/** Columns the pass reads: the keys that are fields of the events, and what tells the basis. */
export function rarityFields(keys: readonly string[]): string[] {
  return keys.includes(PARENT) ? [...keys, EVENT_TYPE] : [...keys]
}

export class RarityCounter implements BatchSink {
  private readonly keys: KeyMatcher[]
  private readonly counts = new Map<string, number>()
  private readonly starts = new Map<number, number>()
  private readonly parentKey: number
  private total = 0

  /** `keys` must be names in `schema`; `findings` must have them among their keys. */
  constructor(
    private readonly findings: readonly Finding[],
    keys: readonly string[],
    private readonly schema: Schema
  ) {
    this.keys = keys.map((name) => new KeyMatcher(name, fieldIndex(schema, name), findings))
    this.parentKey = keys.indexOf(PARENT)
  }

  push(batch: Batch): 'more' {
    this.total += batch.rowCount
    const type = batch.columns[fieldIndex(this.schema, EVENT_TYPE)]
    const ids = new Array<number>(this.keys.length)
    for (let row = 0; row < batch.rowCount; row++) {
      let all = true
      for (let k = 0; k < this.keys.length; k++) {
        ids[k] = this.keys[k]!.idOf(batch, row)
        if (ids[k]! < 0) all = false
      }
      if (all) add(this.counts, ids.join())
      if (this.parentKey >= 0 && ids[this.parentKey]! >= 0 && type && holds(type, row, 'start'))
        add(this.starts, ids[this.parentKey]!)
    }
    return 'more'
  }

  /** One entry a finding. */
  result(): Rarity[] {
    return this.findings.map((finding) => {
      const ids = this.keys.map((key) => key.idOfFinding(finding))
      const n = this.counts.get(ids.join()) ?? finding.eventCount
      const parent = this.parentKey < 0 ? null : finding.keys.find(({ name }) => name === PARENT)!.value
      const total = Math.max(n, parent === null ? this.total : (this.starts.get(ids[this.parentKey]!) ?? 0))
      const basis = parent === null ? 'events' : `process starts under ${String(parent)}`
      return { findingId: finding.id, n, total, bits: n > 0 ? Math.log2(total / n) : 0, basis }
    })
  }
}

/** Numbers the values one key has among the findings, and finds them in batches once per dictionary entry. */
class KeyMatcher {
  private readonly ids = new Map<string, number>()
  private dictionary: Dictionary | null = null
  private table: Int32Array = new Int32Array(0)

  constructor(
    private readonly name: string,
    private readonly column: number,
    findings: readonly Finding[]
  ) {
    for (const finding of findings) {
      const text = this.textOf(finding)
      if (!this.ids.has(text)) this.ids.set(text, this.ids.size)
    }
  }

  private textOf(finding: Finding): string {
    return keyText(finding.keys.find(({ name }) => name === this.name)!.value)
  }

  idOfFinding(finding: Finding): number {
    return this.ids.get(this.textOf(finding)) ?? -1
  }

  idOf(batch: Batch, row: number): number {
    const column = batch.columns[this.column]!
    if (!column.dictionary || valueCount(column, row) !== 1) return this.ids.get(keyText(cellValue(column, row))) ?? -1
    return this.idOfCode(column, column.values[firstIndex(column, row)] as number)
  }

  private idOfCode(column: Column, code: number): number {
    const dictionary = column.dictionary!
    if (this.dictionary !== dictionary || this.table.length < dictionary.size) {
      const larger = new Int32Array(Math.max(256, dictionary.size * 2)).fill(-2)
      if (this.dictionary === dictionary) larger.set(this.table)
      this.dictionary = dictionary
      this.table = larger
    }
    if (this.table[code] === -2) this.table[code] = this.ids.get(dictionary.text(code)) ?? -1
    return this.table[code]!
  }
}

function keyText(value: unknown): string {
  return value === null || value === undefined ? '\u0000null' : String(value as string)
}

function holds(column: Column, row: number, text: string): boolean {
  const first = firstIndex(column, row)
  for (let i = first; i < first + valueCount(column, row); i++) {
    if (column.dictionary?.text(column.values[i] as number) === text) return true
  }
  return false
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
