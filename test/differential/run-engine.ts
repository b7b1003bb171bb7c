/** A query over documents through the engine's own path, in one variation of batch size, read size, file form and kernels. */
import { MappingCatalog } from '../../engine/session/catalogs.ts'
import { cellRows } from '../../engine/session/cells.ts'
import { executePlan } from '../../engine/session/execute.ts'
import { DEFAULT_SCAN } from '../../engine/session/input-scanner.ts'
import { prepareQuery } from '../../engine/session/prepare.ts'
import type { CellValue, Field } from '../../engine/session/types.ts'
import { bytesOf, MemoryStream } from '../../engine/source/hosts/memory-bytes.ts'
import { fieldTypeOf } from '../../engine/source/field-types.ts'
import { openInputs } from '../../engine/source/open-input.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { SmallBatches } from '../helpers/small-batches.ts'

export interface Variation {
  batchRows: 1 | 3 | 4096
  chunk: number
  form: 'ndjson' | 'array'
}

export interface EngineAnswer {
  columns: readonly Field[]
  values: CellValue[][]
  warnings: string[]
}

/** Runs the query; throws QueryError when the engine refuses it. */
export async function runEngine(
  query: string,
  lines: readonly string[],
  mapping: ReadonlyMap<string, string>,
  variation: Variation,
  kernels: Kernels,
  now: bigint
): Promise<EngineAnswer> {
  const prepared = prepareQuery(query, new MappingCatalog([{ index: 'data', mapping }]), null)
  const text = variation.form === 'ndjson' ? lines.map((line) => `${line}\n`).join('') : `[${lines.join(',\n')}]`
  const bytes = new TextEncoder().encode(text)
  const open = (start = 0, end = bytes.length) => new MemoryStream(bytes.subarray(start, end), variation.chunk)
  const inputs = await openInputs([{ ...bytesOf('data.ndjson', bytes), open }])
  const fieldTypes = (name: string) => {
    const type = mapping.get(name)
    return type === undefined ? null : fieldTypeOf(type)
  }
  const executed = await executePlan(
    { text: query, plan: prepared.plan, nowMillis: now, schedule: null, options: DEFAULT_SCAN },
    new SmallBatches(inputs, variation.batchRows, fieldTypes),
    kernels,
    { progress: () => undefined }
  )
  return { columns: executed.schema, values: cellRows(executed.runs[0]!.rows), warnings: executed.warnings }
}
