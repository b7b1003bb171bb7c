/**
 * RowBatcher: from the scanner's rows to Batches of the requested columns.
 *
 * In:   ScannedRows (and, in records mode, the chunk they come from). Out: a Batch with EventLineage; rows of other indexes
 *       and rows whose conditions do not hold after all are left out.
 * Owns: the typed columns of one input and the counts its notes are made from.
 */
import { matchText } from '../data/automaton.ts'
import { type Batch, gatherBatch } from '../data/batch.ts'
import { type Column, ColumnBuilder, constantColumn, firstIndex, valueCount } from '../data/column.ts'
import type { Dictionary } from '../data/dictionary.ts'
import { EventLineage } from '../data/lineage.ts'
import type { FieldTypes } from './field-types.ts'
import { IndexFilter } from './index-filter.ts'
import { IndexNames } from './index-names.ts'
import { type IndexMatcher, noMatchNote } from './index-pattern.ts'
import { pointColumn } from './point-column.ts'
import type { DocumentShape, RecordChunk } from './record-reader.ts'
import type { ScannedField, ScannedRows } from './record-scanner.ts'
import { RecordText } from './record-text.ts'
import type { ColumnOrigin, PlannedConjunct, PlannedScan } from './scan-plan.ts'
import type { ScanRequest } from './scan-request.ts'
import { SeenIds } from './seen-ids.ts'

export interface BatcherContext {
  fileIndex: number
  shape: DocumentShape
  fieldTypes: FieldTypes
  seenIds: SeenIds | undefined
  /** Index of events that name none; null when the input has no index of its own. */
  indexName: string | null
}

interface Places {
  line: Float64Array
  event: Float64Array
  byte: Float64Array
  length: Float64Array
  /** Records mode: which record of the chunk each row is. */
  records: Uint32Array
}

export class RowBatcher {
  private readonly indexFilter: IndexFilter
  private readonly indexNames = new IndexNames()
  private readonly recordText: RecordText
  private readonly seenIds: SeenIds
  private readonly repeatsBefore: number
  private readonly drops: number[]
  private readonly verdicts = new WeakMap<Dictionary, Map<PlannedConjunct, Int8Array>>()

  constructor(
    private readonly plan: PlannedScan,
    private readonly request: ScanRequest,
    private readonly matcher: IndexMatcher,
    private readonly context: BatcherContext
  ) {
    this.indexFilter = new IndexFilter(matcher, plan.indexField, matcher.matchesAll ? null : plan.dataStreamFields)
    this.recordText = new RecordText(context.shape, context.fieldTypes)
    this.seenIds = context.seenIds ?? new SeenIds()
    this.repeatsBefore = this.seenIds.repeats
    this.drops = request.required.map(() => 0)
  }

  /** The rows as a batch; `chunk` is null in lines mode, where `shift` is added to byte offsets. */
  batch(scanned: ScannedRows, chunk: RecordChunk | null, shift: number): Batch {
    const kept = this.indexFilter.select(scanned)
    const fields = kept ? scanned.fields.map((field) => gatherField(field, kept)) : scanned.fields
    const rowCount = kept ? kept.length : scanned.rowCount
    const places = placesOf(scanned, kept, chunk, shift)
    this.noteIds(fields, rowCount)
    const make = (origin: ColumnOrigin) => this.column(origin, fields, rowCount, places, chunk)
    const columns = this.request.deferred ? deferred(this.plan.origins, make) : this.plan.origins.map(make)
    const lineage = new EventLineage(this.context.fileIndex, places.line, places.event, places.byte, places.length)
    return this.recheck({ rowCount, columns, lineage })
  }

  /** Rows that a condition on a multi-value dropped, by conjunct: the scanner's count and ours. */
  multiValueDrops(scanner: readonly number[]): number[] {
    return this.plan.conjuncts.map(({ pushed }, index) => this.drops[index]! + (pushed < 0 ? 0 : scanner[pushed]!))
  }

  /** What the analyst should know of the rows handed on. */
  notes(): string[] {
    const notes: string[] = []
    const { matched, nameless, names } = this.indexFilter
    const unmatched = matched === 0 && nameless === 0 ? noMatchNote(this.matcher, names) : null
    if (unmatched) notes.push(unmatched)
    if (nameless > 0)
      notes.push(
        `${counted(nameless, 'event names no index and was', 'events name no index and were')} taken for every index pattern.`
      )
    for (const origin of this.plan.origins)
      if ('typed' in origin) notes.push(...valueNotes(origin.typed, this.request.indexLimits))
    const repeats = this.seenIds.repeats - this.repeatsBefore
    if (repeats > 0) {
      const from = this.seenIds.full ? ' (at least: only the first 1,000,000 ids are remembered)' : ''
      notes.push(`${counted(repeats, 'event repeats', 'events repeat')} the _id of an earlier one${from}; all are kept.`)
    }
    return notes
  }

  private column(
    origin: ColumnOrigin,
    fields: readonly ScannedField[],
    rowCount: number,
    places: Places,
    chunk: RecordChunk | null
  ): Column {
    switch (origin.kind) {
      case 'field':
        return origin.typed.convert(fields[origin.field]!, rowCount)
      case 'point':
        return pointColumn(origin.typed, fields[origin.at]!, fields[origin.lat]!, fields[origin.lon]!, rowCount)
      case 'id':
        return filled(
          origin.typed.convert(fields[origin.field]!, rowCount),
          (row) => `${this.context.fileIndex}:${places.byte[row]}`
        )
      case 'version':
        return filled(origin.typed.convert(fields[origin.field]!, rowCount), () => 1n)
      case 'index': {
        const column = origin.typed.convert(fields[origin.field]!, rowCount)
        const { indexName } = this.context
        return indexName === null ? column : filled(column, () => indexName)
      }
      case 'constant':
        return constantColumn(origin.type, origin.value, rowCount)
      case 'size': {
        const values = Int32Array.from(places.length)
        return { type: 'integer', rowCount, values, nulls: null, offsets: null, dictionary: null }
      }
      case 'source':
        return this.recordText.sourceColumn(chunk!, places.records)
      case 'ignored':
        return this.recordText.ignoredColumn(chunk!, places.records)
      case 'index-name':
        return this.indexNames.column(
          [this.plan.indexField, ...this.plan.dataStreamFields!].map((field) => fields[field]!),
          rowCount
        )
    }
  }

  private noteIds(fields: readonly ScannedField[], rowCount: number): void {
    const ids = fields[this.plan.idField]!
    if (ids.codes.length === 0) return
    const indexes = fields[this.plan.indexField]!
    for (let row = 0; row < rowCount; row++) {
      const id = firstText(ids, row)
      if (id !== null) this.seenIds.add(firstText(indexes, row) ?? '', id)
    }
  }

  /** Asks those conditions again that the scanner could not decide for good. */
  private recheck(batch: Batch): Batch {
    let rows: Int32Array | null = null
    for (const [index, conjunct] of this.plan.conjuncts.entries()) {
      if (!conjunct.recheck) continue
      const column = batch.columns[conjunct.column]!
      const kept: number[] = []
      for (let i = 0; i < (rows ? rows.length : batch.rowCount); i++) {
        const row = rows ? rows[i]! : i
        if (this.holds(conjunct, column, row)) kept.push(row)
        else if (conjunct.quantifier === 'single' && valueCount(column, row) > 1) this.drops[index]!++
      }
      rows = Int32Array.from(kept)
    }
    return rows === null || rows.length === batch.rowCount ? batch : gatherBatch(batch, rows)
  }

  private holds(conjunct: PlannedConjunct, column: Column, row: number): boolean {
    const count = valueCount(column, row)
    if (count === 0 || (conjunct.quantifier === 'single' && count > 1)) return false
    const first = firstIndex(column, row)
    for (let i = first; i < first + count; i++)
      if (this.accepts(conjunct, column.dictionary!, column.values[i] as number)) return true
    return false
  }

  /** The automaton's verdict on a dictionary entry, kept by code: 0 unknown, 1 yes, -1 no. */
  private accepts(conjunct: PlannedConjunct, dictionary: Dictionary, code: number): boolean {
    let byConjunct = this.verdicts.get(dictionary)
    if (!byConjunct) this.verdicts.set(dictionary, (byConjunct = new Map()))
    let table = byConjunct.get(conjunct) ?? new Int8Array(0)
    if (code >= table.length) {
      const larger = new Int8Array(Math.max(dictionary.size, table.length * 2))
      larger.set(table)
      byConjunct.set(conjunct, (table = larger))
    }
    if (table[code] === 0) table[code] = matchText(conjunct.automaton, dictionary.text(code)) ? 1 : -1
    return table[code] === 1
  }
}

/** An array whose elements are made at first look and kept. */
function deferred<From, To>(origins: readonly From[], make: (origin: From) => To): To[] {
  const made = new Array<To>(origins.length)
  for (const [at, origin] of origins.entries()) {
    const get = () => {
      const value = make(origin)
      Object.defineProperty(made, at, { value })
      return value
    }
    Object.defineProperty(made, at, { get, configurable: true, enumerable: true })
  }
  return made
}

function placesOf(rows: ScannedRows, kept: Int32Array | null, chunk: RecordChunk | null, shift: number): Places {
  const pick = (row: number) => (kept ? kept[row]! : row)
  const count = kept ? kept.length : rows.rowCount
  const from = (source: (row: number) => number) => Float64Array.from({ length: count }, (_, row) => source(pick(row)))
  const event = kept ? from((row) => rows.event[row]!) : rows.event
  const index = rows.recordIndex
  if (!chunk || !index) {
    const byte = kept || shift ? from((row) => rows.byte[row]! + shift) : rows.byte
    const [line, length] = kept ? [from((row) => rows.line[row]!), from((row) => rows.length[row]!)] : [rows.line, rows.length]
    return { line, event, byte, length, records: new Uint32Array(0) }
  }
  return {
    line: from((row) => chunk.line[index[row]!]!),
    event,
    byte: from((row) => chunk.originByte[index[row]!]!),
    length: from((row) => chunk.originLength[index[row]!]!),
    records: Uint32Array.from({ length: count }, (_, row) => index[pick(row)]!)
  }
}

function gatherField(field: ScannedField, rows: Int32Array): ScannedField {
  const offsets = new Int32Array(rows.length + 1)
  for (let i = 0; i < rows.length; i++) offsets[i + 1] = offsets[i]! + field.offsets[rows[i]! + 1]! - field.offsets[rows[i]!]!
  const codes = new Int32Array(offsets[rows.length]!)
  for (let i = 0; i < rows.length; i++)
    codes.set(field.codes.subarray(field.offsets[rows[i]!]!, field.offsets[rows[i]! + 1]!), offsets[i]!)
  return { offsets, codes, dictionary: field.dictionary }
}

function firstText(field: ScannedField, row: number): string | null {
  const at = field.offsets[row]!
  return at === field.offsets[row + 1] ? null : field.dictionary.text(field.codes[at]!)
}

/** The column with a value of our own where the record has none. */
function filled(column: Column, value: (row: number) => string | bigint): Column {
  if (!column.nulls && !column.offsets) return column
  const builder = new ColumnBuilder(column.type, column.rowCount)
  for (let row = 0; row < column.rowCount; row++) {
    const stored = valueCount(column, row) === 0 ? value(row) : column.values[firstIndex(column, row)]!
    builder.append(column.dictionary && typeof stored === 'number' ? column.dictionary.text(stored) : stored)
  }
  return builder.finish()
}

function valueNotes(
  typed: { name: string; type: string; unfit: number; overLimit: number; limit: number },
  limited: boolean
): string[] {
  const notes: string[] = []
  if (typed.unfit > 0)
    notes.push(
      `${counted(typed.unfit, `value of [${typed.name}] is`, `values of [${typed.name}] are`)} not ${typed.type} and became null.`
    )
  if (typed.overLimit > 0) {
    const long = `${counted(typed.overLimit, `value of [${typed.name}] is`, `values of [${typed.name}] are`)} longer than ${typed.limit.toLocaleString('en')} characters`
    notes.push(
      limited
        ? `${long} and became null, as in Elasticsearch.`
        : `${long}: Elasticsearch would make them null, here they are kept.`
    )
  }
  return notes
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
