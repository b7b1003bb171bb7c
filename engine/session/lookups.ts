/**
 * LookupTables: files that queries may join, by name. They are sampled when they are added, so the analyzer knows their
 * columns, and read when a query that names them runs, each time only the columns it needs.
 *
 * Holds: a table is kept whole while its query runs, up to the bound of a RowStore (execution/row-store.ts).
 */
import type { LookupCatalog, LookupInfo } from '../analysis/lookups.ts'
import type { Schema } from '../data/schema.ts'
import { LookupTable } from '../execution/lookup-table.ts'
import { RowStore } from '../execution/row-store.ts'
import { columnsOf } from '../plan/expression.ts'
import { type LogicalPlan, LOOKUP_PREFIX } from '../plan/logical-plan.ts'
import type { RandomAccessBytes } from '../source/bytes.ts'
import type { FieldTypes } from '../source/field-types.ts'
import { type OpenedInput, openInputs } from '../source/open-input.ts'
import { openRecordReader } from '../source/readers/open-record-reader.ts'
import { sampleInputs } from '../source/schema-sample.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { DEFAULT_SCAN, InputScanner } from './input-scanner.ts'
import { QueryError } from './prepare.ts'
import type { LookupTableInfo } from './types.ts'

interface Table extends LookupInfo {
  inputs: readonly OpenedInput[]
  types: FieldTypes | null
}

export class LookupTables implements LookupCatalog {
  private readonly tables = new Map<string, Table>()

  /**
   * Makes a file a table that LOOKUP JOIN and ENRICH know by `name`; a table of that name is replaced. `matchField` is what ENRICH
   * compares, by default the first column. Throws QueryError when the file cannot be read or lacks the match field.
   */
  async add(name: string, file: RandomAccessBytes, matchField: string | null = null): Promise<LookupTableInfo> {
    const inputs = await openInputs([file])
    const problem = inputs.find((input) => input.problem !== null)
    if (problem) throw new QueryError([`The lookup table [${name}] cannot be read: ${problem.problem}`])
    const sample = await sampleInputs(inputs, { openRecordReader, signal: { aborted: false } })
    const fields = [...sample.fields].map(([field, { type }]) => ({ name: field, type }))
    const match = matchField ?? fields[0]?.name
    if (match === undefined) throw new QueryError([`The lookup table [${name}] has no column`])
    if (!fields.some((field) => field.name === match))
      throw new QueryError([`The lookup table [${name}] has no column [${match}] to match with`])
    this.tables.set(name, { inputs, fields, matchField: match, types: null })
    return { name, file: file.name, matchField: match, columns: fields, notes: sample.notes }
  }

  /** Adds a table of a given mapping. */
  define(name: string, fields: Schema, inputs: readonly OpenedInput[], types: FieldTypes): void {
    this.tables.set(name, { inputs, fields, matchField: fields[0]?.name ?? '', types })
  }

  remove(name: string): void {
    this.tables.delete(name)
  }

  find(name: string): LookupInfo | null {
    return this.tables.get(name) ?? null
  }

  names(): Iterable<string> {
    return this.tables.keys()
  }

  /** Reads the tables that a plan joins, the columns it needs of them. */
  async load(plan: LogicalPlan, kernels: Kernels): Promise<Map<string, LookupTable>> {
    const loaded = new Map<string, LookupTable>()
    for (const [name, wanted] of neededColumns(plan)) {
      const { fields, inputs, types } = this.tables.get(name)!
      const schema = fields.filter((field) => wanted.has(field.name))
      const store = new RowStore(schema, 'LOOKUP JOIN')
      const scanner = new InputScanner(inputs, { aborted: false }, types)
      const sink = { push: (batch: Parameters<RowStore['append']>[0]) => (store.append(batch), 'more' as const) }
      const from = { patterns: ['*'], schema }
      await scanner.scan({ from, required: [], options: DEFAULT_SCAN }, sink, kernels, () => undefined)
      loaded.set(name, new LookupTable(schema, store.toBatch()))
    }
    return loaded
  }
}

function neededColumns(plan: LogicalPlan): Map<string, Set<string>> {
  const needed = new Map<string, Set<string>>()
  for (const node of plan.nodes) {
    if (node.type !== 'lookup-join' && node.type !== 'enrich') continue
    const columns = needed.get(node.table) ?? new Set()
    needed.set(node.table, columns)
    for (const { right } of node.keys) columns.add(right)
    for (const { from } of node.fields) columns.add(from)
    if (node.type === 'enrich' || node.condition === null) continue
    for (const name of columnsOf(node.condition)) {
      if (name.startsWith(LOOKUP_PREFIX)) columns.add(name.slice(LOOKUP_PREFIX.length))
    }
  }
  return needed
}
