/**
 * From the columns and conditions of a ScanRequest to what the scanner looks for, and how its rows become columns again.
 *
 * Out: a ScanPlan, and for each requested column its origin. Fields that only index patterns or repeated ids need are planned
 *      too. A conjunct is handed to the scanner when that is exact or safe; `recheck` says that the column must be asked again.
 */
import type { Cell, DataType } from '../data/data-type.ts'
import { readVariant } from '../data/schema.ts'
import type { FieldTypes } from './field-types.ts'
import { INDEX_NAME_COLUMN } from './index-names.ts'
import type { IndexMatcher } from './index-pattern.ts'
import type { DocumentShape } from './record-reader.ts'
import type { ScanPlan, ScanPlanField } from './record-scanner.ts'
import type { ScanConjunct, ScanRequest } from './scan-request.ts'
import { TypedColumn } from './typed-column.ts'

export type ColumnOrigin =
  | { kind: 'field'; field: number; typed: TypedColumn }
  /** `_id`, `_index`, `_version`: from the record, else made up. */
  | { kind: 'id' | 'index' | 'version'; field: number; typed: TypedColumn }
  /** Points may stand as an object: `at` is the field itself, `lat` and `lon` below it. */
  | { kind: 'point'; at: number; lat: number; lon: number; typed: TypedColumn }
  /** Made from the record's text. */
  | { kind: 'source' | 'ignored' }
  /** What index the event is of; null when it names none. */
  | { kind: 'index-name' }
  /** The same for every row. */
  | { kind: 'constant'; type: DataType; value: Cell }
  /** `_size`: bytes of the record. */
  | { kind: 'size' }

export interface PlannedConjunct extends ScanConjunct {
  /** Index in ScanPlan.required, or -1 when the scanner does not know of it. */
  pushed: number
  recheck: boolean
}

export interface PlannedScan {
  scan: ScanPlan
  origins: readonly ColumnOrigin[]
  conjuncts: readonly PlannedConjunct[]
  /** Fields for index patterns and repeated ids; -1 where not needed. */
  idField: number
  indexField: number
  dataStreamFields: readonly [type: number, dataset: number, namespace: number] | null
  /** Columns made from the record's text are wanted: records must be at hand. */
  needsText: boolean
}

/**
 * Metadata that files do not have. Every index counts as a standard one; relevance begins at 0 and the query adds to it; a
 * file has no tier.
 */
const CONSTANTS: ReadonlyMap<string, Cell> = new Map<string, Cell>([
  ['_index_mode', 'standard'],
  ['_score', 0],
  ['_tier', null]
])

/** Plans the scan of one input. */
export function planScan(request: ScanRequest, shape: DocumentShape, matcher: IndexMatcher, fieldTypes: FieldTypes): PlannedScan {
  const fields = new PlanFields()
  const origins = request.columns.map((column): ColumnOrigin => {
    const { type } = column
    const constant = CONSTANTS.get(column.name)
    if (constant !== undefined) return { kind: 'constant', type, value: constant }
    if (column.name === '_size') return { kind: 'size' }
    const variant = readVariant(column.name)
    if (variant && fieldTypes(variant.field)?.type !== variant.type) return { kind: 'constant', type, value: null }
    const name = variant?.field ?? column.name
    const info = fieldTypes(name)
    const typed = new TypedColumn(name, type, info, request)
    if (name === '_id') return { kind: 'id', field: fields.index('_id', true), typed }
    if (name === '_version') return { kind: 'version', field: fields.index('_version', true), typed }
    if (name === '_index') return { kind: 'index', field: fields.index('_index', true), typed }
    if (name === '_source') return { kind: 'source' }
    if (name === '_ignored') return { kind: 'ignored' }
    if (name === INDEX_NAME_COLUMN) return { kind: 'index-name' }
    const path = info?.parent ?? name
    if (type === 'geo_point') {
      return {
        kind: 'point',
        at: fields.index(path, false),
        lat: fields.index(`${path}.lat`, false),
        lon: fields.index(`${path}.lon`, false),
        typed
      }
    }
    return { kind: 'field', field: fields.index(path, false), typed }
  })
  const required: { field: number; automaton: ScanConjunct['automaton']; quantifier: ScanConjunct['quantifier'] }[] = []
  const conjuncts = request.required.map((conjunct): PlannedConjunct => {
    const origin = origins[conjunct.column]!
    const info = fieldTypes(request.columns[conjunct.column]!.name)
    if (origin.kind !== 'field' || request.columns[conjunct.column]!.type !== 'keyword' || info?.lowerCase) {
      return { ...conjunct, pushed: -1, recheck: true }
    }
    // Under index limits a long value vanishes, which may leave one value of several: the scanner may only ask for any.
    const quantifier = request.indexLimits ? 'any' : conjunct.quantifier
    const pushed = required.push({ field: origin.field, automaton: conjunct.automaton, quantifier }) - 1
    return { ...conjunct, pushed, recheck: request.indexLimits || request.sourceOrder }
  })
  const byIndex = !matcher.matchesAll || origins.some((origin) => origin.kind === 'index-name')
  return {
    idField: fields.index('_id', true),
    indexField: fields.index('_index', true),
    dataStreamFields: byIndex
      ? [
          fields.index('data_stream.type', false),
          fields.index('data_stream.dataset', false),
          fields.index('data_stream.namespace', false)
        ]
      : null,
    scan: { fields: fields.list, required, shape },
    origins,
    conjuncts,
    needsText: origins.some((origin) => origin.kind === 'source' || origin.kind === 'ignored')
  }
}

/** The fields planned so far; each path is planned once. */
class PlanFields {
  readonly list: ScanPlanField[] = []
  private readonly indexes = new Map<string, number>()

  index(path: string, root: boolean): number {
    const key = (root ? 'r' : 'd') + path
    let index = this.indexes.get(key)
    if (index === undefined) {
      index = this.list.push({ path, root }) - 1
      this.indexes.set(key, index)
    }
    return index
  }
}
