/** Starts the worker of the proof from a script of its own, as the extension's pages do; the one-file page has it packed. */
import { TrustedWorker as Worker } from '../../engine/worker/client.ts'

/** Starts the worker of the proof. */
export async function startProofWorker(): Promise<globalThis.Worker> {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'rarebit-proof' })
}
