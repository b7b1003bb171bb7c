/**
 * One ES|QL request over indices with given mappings (`esql --stdio`): what Elasticsearch would answer for these documents.
 *
 * In: the query, for each index its mapping and its documents. Out: the table. Fields that the mappings do not name are
 * errors; a field that two indices map differently is no column, as in Elasticsearch.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { MappingCatalog } from '../../engine/session/catalogs.ts'
import { cellRows } from '../../engine/session/cells.ts'
import { executePlan } from '../../engine/session/execute.ts'
import { DEFAULT_SCAN, InputScanner } from '../../engine/session/input-scanner.ts'
import { LookupTables } from '../../engine/session/lookups.ts'
import { patternsOf, prepareQuery } from '../../engine/session/prepare.ts'
import { IMPLICIT_LIMIT } from '../../engine/session/free-queries.ts'
import { fieldTypeOf, type FieldTypes } from '../../engine/source/field-types.ts'
import { compileIndexPatterns } from '../../engine/source/index-pattern.ts'
import { openInputs } from '../../engine/source/open-input.ts'
import type { EsqlRequest, TableReport } from './engine-port.ts'

/** Factor of scaled_float fields, which a mapping given as names cannot tell. */
const SCALING_FACTOR = 100

/** Runs the request. Throws QueryError for what cannot run. */
export async function queryIndices(request: EsqlRequest, createKernels: () => Kernels): Promise<TableReport> {
  const patterns = patternsOf(request.query)
  const from = compileIndexPatterns(patterns)
  // A lookup index may also be read like any other, when it is named in full.
  const named = [...request.indices].filter(
    ([name, { mode }]) => from.matches(name) && (mode !== 'lookup' || patterns.includes(name))
  )
  const lookups = await lookupTables(request)
  const indices = named.map(([, index]) => index)
  const mappings = named.map(([index, { mapping }]) => ({ index, mapping }))
  const prepared = prepareQuery(request.query, new MappingCatalog(mappings), IMPLICIT_LIMIT, lookups)
  const inputs = await openInputs(indices.map(({ file }) => file))
  const problem = inputs.find((input) => input.problem !== null)?.problem
  if (problem) throw new Error(problem)
  const executed = await executePlan(
    {
      text: request.query,
      plan: prepared.plan,
      lookups,
      nowMillis: BigInt(request.nowMillis),
      schedule: null,
      options: DEFAULT_SCAN
    },
    new InputScanner(
      inputs.map((input, i) => ({ ...input, indexName: named[i]![0], fieldTypes: typesOf(indices[i]!.mapping) })),
      { aborted: false }
    ),
    createKernels(),
    { progress: () => undefined }
  )
  const values = cellRows(executed.runs[0]!.rows)
  return { columns: executed.schema, values, warnings: [...prepared.warnings, ...executed.warnings], notes: [] }
}

async function lookupTables(request: EsqlRequest): Promise<LookupTables> {
  const tables = new LookupTables()
  for (const [name, { mode, mapping, file }] of request.indices) {
    if (mode !== 'lookup') continue
    const fields = new MappingCatalog([{ index: name, mapping }]).allFields()
    const sorted = [...fields].sort((a, b) => (a.name < b.name ? -1 : 1))
    tables.define(name, sorted, await openInputs([file]), typesOf(mapping))
  }
  return tables
}

function typesOf(mapping: ReadonlyMap<string, string>): FieldTypes {
  return (name) => {
    const type = mapping.get(name)
    return type === undefined ? null : fieldTypeOf(type, null, type === 'scaled_float' ? SCALING_FACTOR : null)
  }
}
