/**
 * QueryHelp: what an editor asks while a query is written. It reads the data only as far as the sample does, and a moment
 * for the values of one field.
 */
import type { LookupCatalog } from '../analysis/lookups.ts'
import { quotedName } from '../language/token.ts'
import { fieldType } from '../source/field-types.ts'
import type { SchemaSample } from '../source/schema-sample.ts'
import { DataCatalog } from './catalogs.ts'
import { checkQuery, columnsBehind } from './check-query.ts'
import type { CellValue, DataDescription, Field, QueryProblem, TopValues } from './types.ts'

export interface HelpSource {
  lookups: LookupCatalog
  sample(): Promise<SchemaSample>
  /** What is known without reading on, and whether it speaks of all events. */
  known(): Promise<{ fields: SchemaSample; complete: boolean }>
  /** Runs a query and stops it after some time; what was read until then counts. */
  briefly(text: string, millis: number): Promise<{ values: CellValue[][]; events: number; complete: boolean }>
}

/** How long the values of a field are looked for. */
const VALUES_MILLIS = 700
const VALUES_SHOWN = 30

export class QueryHelp {
  constructor(private readonly source: HelpSource) {}

  /** Fields and index names of the data. */
  async describeData(): Promise<DataDescription> {
    const { fields: sample, complete } = await this.source.known()
    const fields = [...sample.fields].map(([name, { type, seen, array }]) => ({
      name,
      type,
      seen,
      array: array || (fieldType(name)?.array ?? false)
    }))
    return { fields, events: sample.events, complete, indexNames: sample.indexNames }
  }

  async check(text: string): Promise<QueryProblem[]> {
    return checkQuery(text, new DataCatalog(await this.source.sample()), this.source.lookups)
  }

  async columnsBehind(text: string): Promise<Field[] | null> {
    return columnsBehind(text, new DataCatalog(await this.source.sample()), this.source.lookups)
  }

  /** The commonest values of a field. */
  async topValues(field: string): Promise<TopValues> {
    const name = quotedName(field)
    const query = `FROM * | STATS n = COUNT(*) BY v = ${name} | WHERE v IS NOT NULL | SORT n DESC, v | LIMIT ${VALUES_SHOWN}`
    const { values, events, complete } = await this.source.briefly(query, VALUES_MILLIS)
    return { values: values.map(([n, value]) => ({ value: value ?? null, count: Number(n) })), events, complete }
  }
}
