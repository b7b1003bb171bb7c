/**
 * How the family files state a function: one call with a table of facts, giving the record of `definition.ts`.
 * Most functions reject multi-values and let nulls through; `each`, `whole` and `seesNull` say otherwise.
 */
import type { DataType } from '../data/data-type.ts'
import type { ArgumentInfo, Resolution, RowFunction, RunContext, ScalarFunction } from './definition.ts'
import { resolveSignatures } from './signatures.ts'

export interface ScalarFacts {
  name: string
  aliases?: readonly string[]
  doc: string
  example: string
  /** Signatures as text, or a resolution of one's own. */
  signatures: readonly string[] | ((args: readonly ArgumentInfo[]) => Resolution)
  multivalue?: ScalarFunction['multivalue']
  nulls?: ScalarFunction['nulls']
  /** The same function for every use, or one made for the types and constants of a use. */
  row?: RowFunction
  bind?(params: readonly DataType[], args: readonly ArgumentInfo[], context: RunContext): RowFunction
  /** See ScalarFunction. */
  withOptions?: NonNullable<ScalarFunction['withOptions']>
  /** A further check of a call whose types fit (constants in range, known units): an error text or null. */
  check?(args: readonly ArgumentInfo[]): string | null
}

/** The record of a scalar function. */
export function scalar(facts: ScalarFacts): ScalarFunction {
  const { signatures, row, check } = facts
  const resolve =
    typeof signatures === 'function'
      ? signatures
      : (args: readonly ArgumentInfo[]) => resolveSignatures(facts.name, signatures, args)
  return {
    kind: 'scalar',
    name: facts.name,
    ...(facts.aliases && { aliases: facts.aliases }),
    doc: facts.doc,
    example: facts.example,
    ...(typeof signatures !== 'function' && { signatures }),
    multivalue: facts.multivalue ?? 'reject',
    nulls: facts.nulls ?? 'propagate',
    resolve(args) {
      const resolution = resolve(args)
      const error = 'params' in resolution && check ? check(args) : null
      return error === null ? resolution : { error }
    },
    bind: facts.bind ?? (() => row!),
    ...(facts.withOptions && { withOptions: facts.withOptions })
  }
}

/** The constant text of an argument, or null when it is no constant text. */
export function constantText(argument: ArgumentInfo | undefined): string | null {
  return typeof argument?.constant === 'string' ? argument.constant : null
}
