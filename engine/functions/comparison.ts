/**
 * Order and equality of values of one type, for comparisons, SORT, MIN and MAX, MV_SORT and TOP.
 */
import type { DataType, Value } from '../data/data-type.ts'
import { ipSortKey } from '../data/ip.ts'
import { compareCodePoints } from './code-points.ts'
import { compareVersions } from './version.ts'

export type Comparator = (a: Value, b: Value) => number

function compareNumbers(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareIps(a: Value, b: Value): number {
  if (a === b) return 0
  const left = ipSortKey(a as string)
  const right = ipSortKey(b as string)
  return left < right ? -1 : left > right ? 1 : 0
}

/** The order of a type's values: numbers by value, false before true, text by UTF-8 bytes, ip by its 16 bytes, versions as such. */
export function valueComparator(type: DataType): Comparator {
  switch (type) {
    case 'keyword':
    case 'text':
    case 'geo_point':
    case 'cartesian_point':
    case 'geo_shape':
    case 'cartesian_shape':
    case '_source':
      return compareCodePoints as Comparator
    case 'ip':
      return compareIps
    case 'version':
      return compareVersions as Comparator
    default:
      return compareNumbers
  }
}

const NANOS_PER_MILLI = 1_000_000n

/** Order of an instant in milliseconds and one in nanoseconds. */
export function compareInstants(millis: bigint, nanos: bigint): number {
  const left = millis * NANOS_PER_MILLI
  return left < nanos ? -1 : left > nanos ? 1 : 0
}
