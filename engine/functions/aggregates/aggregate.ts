/** How the aggregate files state a function: facts in a table, giving the record of `definition.ts`. */
import { nullColumn } from '../../data/column.ts'
import type { DataType } from '../../data/data-type.ts'
import type { Accumulator, AggregateContext, AggregateFunction, ArgumentInfo, Resolution } from '../definition.ts'
import { resolveSignatures } from '../signatures.ts'

export interface AggregateFacts {
  name: string
  aliases?: readonly string[]
  doc: string
  example: string
  signatures: readonly string[] | ((args: readonly ArgumentInfo[]) => Resolution)
  /** A further check of a call whose types fit: an error text or null. */
  check?(args: readonly ArgumentInfo[]): string | null
  create(params: readonly DataType[], args: readonly ArgumentInfo[], context: AggregateContext): Accumulator
}

/** The record of an aggregate. String constants stay strings. Of a null argument every aggregate but COUNT is null. */
export function aggregate(facts: AggregateFacts): AggregateFunction {
  const { signatures, check } = facts
  const resolve =
    typeof signatures === 'function'
      ? signatures
      : (args: readonly ArgumentInfo[]) => resolveSignatures(facts.name, signatures, args, { literals: 'keep' })
  return {
    kind: 'aggregate',
    name: facts.name,
    ...(facts.aliases && { aliases: facts.aliases }),
    doc: facts.doc,
    example: facts.example,
    ...(typeof signatures !== 'function' && { signatures }),
    resolve(args) {
      const resolution = resolve(args)
      const error = 'params' in resolution && check ? check(args) : null
      return error === null ? resolution : { error }
    },
    create: facts.create
  }
}

/** The accumulator of an aggregate over an argument of type null. */
export function nullAccumulator(type: DataType): Accumulator {
  return { add() {}, finish: (groupCount) => nullColumn(type, groupCount) }
}
