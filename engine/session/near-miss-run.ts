/** The pass that looks for near misses of a run. */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { fieldIndex, type Schema } from '../data/schema.ts'
import { lowerNodes } from '../execution/planner.ts'
import { WarningCollector } from '../execution/warnings.ts'
import { outputSchema } from '../plan/logical-plan.ts'
import { fieldType } from '../source/field-types.ts'
import type { ScanProgress } from '../source/scan-request.ts'
import type { FirstWhere } from './first-where.ts'
import type { InputScanner, ScanOptions } from './input-scanner.ts'
import { NEAR_MISS_FIELDS, NearMissOperator } from './near-misses.ts'
import type { PreparedQuery } from './prepare.ts'
import type { NearMissGroup } from './types.ts'

/** Reads all inputs once more without the conditions and judges every event. */
export async function findNearMisses(
  where: FirstWhere,
  prepared: PreparedQuery,
  options: ScanOptions,
  scanner: InputScanner,
  kernels: Kernels,
  onProgress: (progress: ScanProgress) => void
): Promise<{ groups: NearMissGroup[]; cancelled: boolean }> {
  const shown = NEAR_MISS_FIELDS.filter((name) => fieldIndex(where.from.schema, name) < 0)
  const from = { ...where.from, schema: [...where.from.schema, ...shown.map((name) => ({ name, type: fieldType(name)!.type }))] }
  const schema = where.before.reduce<Schema>((input, node) => outputSchema(node, input), from.schema)
  const context = { kernels, warnings: new WarningCollector(prepared.text), nowMillis: BigInt(Date.now()) }
  const operator = new NearMissOperator(where, schema, context)
  const { head } = lowerNodes(where.before, from.schema, context, operator, [])
  const outcome = await scanner.scan({ from, required: [], options }, head, kernels, onProgress)
  head.finish()
  head.close()
  return { groups: operator.result(), cancelled: outcome.cancelled }
}
