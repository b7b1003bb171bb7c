/**
 * Functions that choose between their arguments. CASE and COALESCE run lazily in the execution layer; their `bind` here
 * chooses among values already computed (constant folding).
 */
import { isValues } from '../data/column.ts'
import type { Cell, DataType, Value } from '../data/data-type.ts'
import { valueComparator } from './comparison.ts'
import type { ArgumentInfo, Resolution, ScalarFunction } from './definition.ts'
import { scalar } from './scalar.ts'
import { commonType, resultLike, wrongCount, wrongType } from './signatures.ts'

/** Type that all the arguments at `places` can take, or the error of the first that cannot. */
export function sharedType(args: readonly ArgumentInfo[], places: readonly number[]): { type: DataType } | { error: string } {
  let type: DataType = 'null'
  for (const i of places) {
    const common = commonType(type, args[i]!.type)
    if (common === null) return wrongType(i, Math.max(2, args.length), type === 'text' ? 'keyword' : type, args[i]!)
    type = common
  }
  return { type: resultLike(type) }
}

function shared(name: string): (args: readonly ArgumentInfo[]) => Resolution {
  return (args) => {
    if (args.length === 0) return wrongCount(name, 1, null)
    const common = sharedType(args, [...args.keys()])
    if ('error' in common) return common
    return { params: args.map((arg) => (arg.type === 'null' ? 'null' : common.type)), returns: common.type }
  }
}

/** Places of the conditions of a CASE; the other places are values, the last one of an odd number is the default. */
function isCondition(index: number, count: number): boolean {
  return index % 2 === 0 && index < count - 1
}

function resolveCase(args: readonly ArgumentInfo[]): Resolution {
  if (args.length < 2) return wrongCount('CASE', 2, null)
  const places = [...args.keys()]
  for (const i of places.filter((place) => isCondition(place, args.length))) {
    if (args[i]!.type !== 'boolean' && args[i]!.type !== 'null') return wrongType(i, args.length, 'boolean', args[i]!)
  }
  const values = places.filter((place) => !isCondition(place, args.length))
  const common = sharedType(args, values)
  if ('error' in common) return common
  const params = args.map((arg, i): DataType =>
    arg.type === 'null' ? 'null' : isCondition(i, args.length) ? 'boolean' : common.type
  )
  return { params, returns: common.type }
}

/** A null or multi-valued condition counts as false. */
function choose(...cells: Cell[]): Cell {
  for (let i = 0; i + 1 < cells.length; i += 2) if (cells[i] === true) return cells[i + 1]!
  return cells.length % 2 === 1 ? cells.at(-1)! : null
}

function extreme(name: 'GREATEST' | 'LEAST', doc: string, sign: 1 | -1): ScalarFunction {
  return scalar({
    name,
    doc,
    example: `${name}(process.pid, process.parent.pid)`,
    signatures: shared(name),
    multivalue: 'whole',
    bind(params) {
      const compare = valueComparator(params.find((type) => type !== 'null') ?? 'null')
      const best = (a: Value, b: Value) => (sign * compare(b, a) < 0 ? b : a)
      return (...cells: (Value | readonly Value[])[]) => {
        const values = cells.flatMap((cell) => (isValues(cell) ? [...cell] : [cell]))
        return values.reduce(best)
      }
    }
  })
}

export const CONDITIONAL_FUNCTIONS: readonly ScalarFunction[] = [
  scalar({
    name: 'CASE',
    doc: 'Pairs of condition and value: the value behind the first true condition, else the last argument when it stands alone.',
    example: 'CASE(process.pid == 1, "init", "other")',
    signatures: resolveCase,
    multivalue: 'whole',
    nulls: 'see',
    row: choose
  }),
  scalar({
    name: 'COALESCE',
    doc: 'The first argument that is not null.',
    example: 'COALESCE(user.name, "unknown")',
    signatures: shared('COALESCE'),
    multivalue: 'whole',
    nulls: 'see',
    row: (...cells: Cell[]) => cells.find((cell) => cell !== null) ?? null
  }),
  extreme('GREATEST', 'The largest of the arguments; null when one is null.', -1),
  extreme('LEAST', 'The smallest of the arguments; null when one is null.', 1)
]
