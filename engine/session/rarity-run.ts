/** The pass that counts rarity for the findings of a run. */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import type { FromNode } from '../plan/logical-plan.ts'
import { fieldType } from '../source/field-types.ts'
import type { ScanProgress } from '../source/scan-request.ts'
import type { InputScanner, ScanOptions } from './input-scanner.ts'
import type { PreparedQuery } from './prepare.ts'
import { RarityCounter, rarityFields } from './rarity.ts'
import type { Finding, Rarity } from './types.ts'

/** Counts, in one pass, how many loaded events carry the keys of each finding. */
export async function countRarity(
  prepared: PreparedQuery,
  findings: readonly Finding[],
  options: ScanOptions,
  scanner: InputScanner,
  kernels: Kernels,
  onProgress: (progress: ScanProgress) => void
): Promise<{ rarities: Rarity[]; cancelled: boolean }> {
  const from = prepared.analyzed.nodes[0]
  if (findings.length === 0 || from?.type !== 'from') return { rarities: [], cancelled: false }
  const keys = (findings[0]!.keys ?? []).map(({ name }) => name).filter((name) => isEventField(name, from, prepared))
  const schema = rarityFields(keys).map((name) => ({
    name,
    type: from.schema.find((field) => field.name === name)?.type ?? fieldType(name)?.type ?? 'keyword'
  }))
  const counter = new RarityCounter(findings, keys, schema)
  const outcome = await scanner.scan(
    { from: { patterns: from.patterns, schema }, required: [], options },
    counter,
    kernels,
    onProgress
  )
  return { rarities: counter.result(), cancelled: outcome.cancelled }
}

/** Whether a key is a field as the events carry it, not computed by the query. */
function isEventField(name: string, from: FromNode, prepared: PreparedQuery): boolean {
  if (!from.schema.some((field) => field.name === name)) return false
  const assigned = prepared.analyzed.nodes.some(
    (node) => node.type === 'eval' && node.fields.some((field) => field.name === name)
  )
  return !assigned || prepared.analyzed.nodes.some((node) => node.type === 'aggregate' && node.keys.includes(name))
}
