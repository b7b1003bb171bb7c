/** CLAMP and ROUND_TO: values held between bounds, or cut down to one of a list of points. All arguments take one type. */
import type { DataType, Value } from '../data/data-type.ts'
import { isString } from '../data/data-type.ts'
import { valueComparator } from './comparison.ts'
import { sharedType } from './conditional.ts'
import type { ArgumentInfo, Resolution, RowFunction, ScalarFunction } from './definition.ts'
import { scalar } from './scalar.ts'
import { literalTarget, wrongCount, wrongType } from './signatures.ts'

/** One type for all; text constants become dates, addresses or versions beside such a first argument. */
function resolveAlike(name: string, args: readonly ArgumentInfo[], least: number, most: number | null): Resolution {
  if (args.length < least || (most !== null && args.length > most)) return wrongCount(name, least, most)
  const { type } = args[0]!
  const seen = args.map((argument) => {
    const target = type !== 'null' && !isString(type) ? literalTarget(argument, [type]) : null
    return target === null ? argument : { ...argument, type: target }
  })
  const common = sharedType(seen, [...seen.keys()])
  if ('error' in common) return common
  return { params: seen.map((argument) => (argument.type === 'null' ? 'null' : common.type)), returns: common.type }
}

function clamp(name: string, doc: string, example: string, count: number, bounds: 'min' | 'max' | 'both'): ScalarFunction {
  const bind = (params: readonly DataType[]): RowFunction => {
    const compare = valueComparator(params.find((type) => type !== 'null') ?? 'null')
    return (value: Value, first: Value, second: Value = first) => {
      const raised = bounds !== 'max' && compare(value, first) < 0 ? first : value
      return bounds !== 'min' && compare(raised, second) > 0 ? second : raised
    }
  }
  return scalar({ name, doc, example, signatures: (args) => resolveAlike(name, args, count, count), bind })
}

const ROUNDED: readonly DataType[] = ['integer', 'long', 'double', 'date', 'date_nanos']

function resolveRoundTo(args: readonly ArgumentInfo[]): Resolution {
  const resolution = resolveAlike('ROUND_TO', args, 2, null)
  if ('error' in resolution) return resolution
  const wrong = args.findIndex(({ type }) => type !== 'null' && !isString(type) && !ROUNDED.includes(type))
  const wanted = 'date_nanos, datetime or numeric except unsigned_long'
  if (wrong >= 0) return wrongType(wrong, args.length, wanted, args[wrong]!)
  return ROUNDED.includes(resolution.returns) || resolution.returns === 'null'
    ? resolution
    : wrongType(0, args.length, wanted, args[0]!)
}

export const LIMIT_FUNCTIONS: readonly ScalarFunction[] = [
  clamp('CLAMP', 'The value, or the bound it lies beyond.', 'CLAMP(process.pid, 100, 200)', 3, 'both'),
  clamp('CLAMP_MIN', 'The value, or the lower bound when it is less.', 'CLAMP_MIN(process.pid, 100)', 2, 'min'),
  clamp('CLAMP_MAX', 'The value, or the upper bound when it is more.', 'CLAMP_MAX(process.pid, 200)', 2, 'max'),
  scalar({
    name: 'ROUND_TO',
    doc: 'The largest of the given points that is not more than the value; the smallest point when all are.',
    example: 'ROUND_TO(process.pid, 0, 100, 1000)',
    signatures: resolveRoundTo,
    bind(params) {
      const compare = valueComparator(params.find((type) => type !== 'null') ?? 'null')
      return (value: Value, ...points: Value[]) => {
        const sorted = points.sort(compare)
        return sorted.findLast((point) => compare(point, value) <= 0) ?? sorted[0]!
      }
    }
  })
]
