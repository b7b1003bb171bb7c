/** Constant folding: a call whose arguments are all constants becomes a constant, unless it fails (rows then warn). */
import type { Cell } from '../data/data-type.ts'
import { isValues } from '../data/column.ts'
import { ValueError } from '../functions/definition.ts'
import type { BoundCall, BoundExpression, BoundLiteral } from '../plan/expression.ts'

/** Functions whose answer is no property of their arguments. */
const VOLATILE: ReadonlySet<string> = new Set(['NOW'])

/** The literal a call amounts to, or the call itself. */
export function foldCall(call: BoundCall): BoundExpression {
  if (VOLATILE.has(call.function.name) || call.args.some((arg) => arg.type !== 'literal')) return call
  const cells = call.args.map((arg) => (arg as BoundLiteral).value)
  const rejects = call.function.multivalue === 'reject' && cells.some((cell) => isValues(cell))
  if (rejects) return call
  if (call.function.multivalue === 'each') return foldEach(call, cells)
  if (call.function.nulls === 'propagate' && cells.includes(null)) return literal(call, null)
  return evaluate(call, cells)
}

function foldEach(call: BoundCall, cells: Cell[]): BoundExpression {
  const first = cells[0]
  if (first === undefined || (first !== null && isValues(first))) return call
  if (first === null && call.function.nulls === 'propagate') return literal(call, null)
  return evaluate(call, cells)
}

function evaluate(call: BoundCall, cells: Cell[]): BoundExpression {
  const infos = call.args.map((arg) => ({ type: arg.dataType, constant: (arg as BoundLiteral).value, text: arg.text }))
  try {
    const row = call.function.bind(call.params, infos, { nowMillis: 0n })
    return literal(call, row(...(cells as never[])))
  } catch (failure) {
    if (failure instanceof ValueError) return call
    throw failure
  }
}

function literal(call: BoundCall, value: Cell): BoundLiteral {
  return { type: 'literal', value, dataType: call.dataType, span: call.span, text: call.text }
}
