/** Queries over a handful of made events, through the session. */
import { Session } from '../../engine/session/session.ts'
import { bytesOf } from '../../engine/source/hosts/memory-bytes.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { loadTestKernels } from '../helpers/kernels.ts'
import { type FieldValue, NOW } from './demands.ts'

/** Runs after which the kernels start afresh. */
const KERNEL_LIFE = 400

let kernels: Kernels | null = null
let used = 0

/** Rows the query gives. */
export async function rowCount(text: string, events: readonly ReadonlyMap<string, FieldValue>[]): Promise<number> {
  if (!kernels || ++used % KERNEL_LIFE === 0) kernels = await loadTestKernels()
  const shared = kernels
  const session = new Session({ createKernels: () => shared })
  const nests = text.toUpperCase().includes('JSON_EXTRACT')
  const lines = events.map((event) => JSON.stringify(documentOf(event, nests)))
  await session.addInputs([bytesOf('events.ndjson', new TextEncoder().encode(`${lines.join('\n')}\n`))])
  const { values } = await session.query(text, { progress: () => undefined }, { now: new Date(NOW).toISOString() })
  return values.length
}

/** An event as its document; `nests`: with objects in objects, as JSON_EXTRACT reads it. */
function documentOf(event: ReadonlyMap<string, FieldValue>, nests: boolean): Record<string, unknown> {
  const document: Record<string, unknown> = {}
  for (const [name, value] of event) {
    if (value === null) continue
    let at = document
    const path = nests ? name.split('.') : [name]
    for (const step of path.slice(0, -1)) at = (at[step] ??= {}) as Record<string, unknown>
    at[path.at(-1)!] = value
  }
  return document
}
