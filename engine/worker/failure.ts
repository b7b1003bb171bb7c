/**
 * From anything thrown to an EngineFailure: a plain object, so that it survives structured clone and tells the page what
 * happened in the engine's own words. Used on both sides of the worker.
 */
import type { EngineFailure } from '../session/types.ts'

const KINDS: ReadonlySet<string> = new Set(['query', 'source', 'cancelled', 'fault'])

/** The failure behind a thrown value; whatever the engine did not name is a fault of ours. */
export function asFailure(thrown: unknown): EngineFailure {
  if (typeof thrown === 'object' && thrown !== null) {
    const { kind, message, diagnostics } = thrown as Partial<Record<keyof EngineFailure, unknown>>
    const text = typeof message === 'string' ? message : String(thrown)
    if (typeof kind === 'string' && KINDS.has(kind)) {
      const lines = Array.isArray(diagnostics) ? diagnostics.filter((line): line is string => typeof line === 'string') : []
      return { kind: kind as EngineFailure['kind'], message: text, diagnostics: lines }
    }
    return { kind: 'fault', message: text, diagnostics: [] }
  }
  return { kind: 'fault', message: String(thrown), diagnostics: [] }
}
