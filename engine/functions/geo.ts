/**
 * Functions on points: their coordinates, distances and whether they coincide. Points are WKT in canonical form (`wkt.ts`);
 * of several points of a cell each counts. Shapes are carried (TO_GEOSHAPE, TO_CARTESIANSHAPE) and not computed with.
 */
import { isValues } from '../data/column.ts'
import { type Cell, type DataType, messageName } from '../data/data-type.ts'
import { converter, convertibleTypes } from './conversion.ts'
import type { ArgumentInfo, Resolution, RowFunction, ScalarFunction } from './definition.ts'
import { greatCircleMetres, gridPoint, planeDistance, type Point } from './distance.ts'
import { constantText, scalar } from './scalar.ts'
import { acceptedTypes, wrongCount, wrongType } from './signatures.ts'
import { pointOf } from './wkt.ts'

function conversion(name: string, to: DataType, doc: string, example: string): ScalarFunction {
  const types = convertibleTypes(to)
  const wanted = acceptedTypes([...new Set(types.map((type) => (type === 'text' ? 'keyword' : type)))].sort())
  const resolve = (args: readonly ArgumentInfo[]): Resolution => {
    if (args.length !== 1) return wrongCount(name, 1, 1)
    const from = args[0]!.type
    return from === 'null' || types.includes(from) ? { params: [from], returns: to } : wrongType(0, 1, wanted, args[0]!)
  }
  const bind = (params: readonly DataType[]): RowFunction => converter(params[0]!, to) ?? (() => null)
  return scalar({ name, doc, example, signatures: resolve, multivalue: 'each', bind })
}

function coordinate(name: string, doc: string, of: (point: Point) => number): ScalarFunction {
  const row = (wkt: string) => {
    const point = pointOf(wkt)
    return point && of(point)
  }
  const example = `${name}(host.geo.location)`
  return scalar({ name, doc, example, signatures: ['geo_point|cartesian_point -> double'], multivalue: 'each', row })
}

const POINT_TYPES: readonly DataType[] = ['geo_point', 'cartesian_point']

/** Two points of one kind; a text constant beside a point is read as one. */
function resolvePair(name: string, returns: DataType): (args: readonly ArgumentInfo[]) => Resolution {
  return (args) => {
    if (args.length !== 2) return wrongCount(name, 2, 2)
    const kind = args.map(({ type }) => type).find((type) => POINT_TYPES.includes(type)) ?? 'geo_point'
    const fits = ({ type }: ArgumentInfo) => type === 'null' || type === kind
    for (const [i, argument] of args.entries()) {
      const isText = constantText(argument) !== null && argument.type === 'keyword' && args.some(({ type }) => type === kind)
      if (fits(argument) || isText) continue
      const other = args[1 - i]!.type
      return wrongType(
        i,
        2,
        POINT_TYPES.includes(other) ? messageName(other) : acceptedTypes(POINT_TYPES.map(messageName)),
        argument
      )
    }
    return { params: args.map(({ type }) => (type === 'null' ? 'null' : kind)), returns }
  }
}

function pointsOf(cell: Cell): Point[] {
  return (isValues(cell) ? cell : [cell]).flatMap((value) => pointOf(value as string) ?? [])
}

function bindDistance(params: readonly DataType[]): RowFunction {
  const measure = params.includes('cartesian_point') ? planeDistance : greatCircleMetres
  return (left: Cell, right: Cell) => {
    let least = Infinity
    for (const from of pointsOf(left)) for (const to of pointsOf(right)) least = Math.min(least, measure(from, to))
    return Number.isFinite(least) ? least : null
  }
}

/** How the points of two cells must coincide: sets of grid points. */
function relation(name: string, doc: string, holds: (left: Set<string>, right: Set<string>) => boolean): ScalarFunction {
  const bind = (params: readonly DataType[]): RowFunction => {
    const place = params.includes('cartesian_point') ? (point: Point) => point : gridPoint
    const setOf = (cell: Cell) =>
      new Set(
        pointsOf(cell).map((point) => {
          const { x, y } = place(point)
          return `${x} ${y}`
        })
      )
    return (left: Cell, right: Cell) => holds(setOf(left), setOf(right))
  }
  const example = `${name}(host.geo.location, TO_GEOPOINT("POINT (12.5 55.6)"))`
  return scalar({ name, doc, example, signatures: resolvePair(name, 'boolean'), multivalue: 'whole', bind })
}

const hasAll = (set: Set<string>, members: Set<string>) => [...members].every((member) => set.has(member))
const hasAny = (set: Set<string>, members: Set<string>) => [...members].some((member) => set.has(member))

export const GEO_FUNCTIONS: readonly ScalarFunction[] = [
  conversion('TO_GEOPOINT', 'geo_point', 'Well-known text as a point of the globe.', 'TO_GEOPOINT("POINT (12.5 55.6)")'),
  conversion(
    'TO_CARTESIANPOINT',
    'cartesian_point',
    'Well-known text as a point of a plane.',
    'TO_CARTESIANPOINT("POINT (1 2)")'
  ),
  conversion('TO_GEOSHAPE', 'geo_shape', 'Well-known text as a shape of the globe.', 'TO_GEOSHAPE("POINT (12.5 55.6)")'),
  conversion(
    'TO_CARTESIANSHAPE',
    'cartesian_shape',
    'Well-known text as a shape of a plane.',
    'TO_CARTESIANSHAPE("POINT (1 2)")'
  ),
  coordinate('ST_X', 'Longitude of a point, or its first coordinate on a plane.', ({ x }) => x),
  coordinate('ST_Y', 'Latitude of a point, or its second coordinate on a plane.', ({ y }) => y),
  scalar({
    name: 'ST_DISTANCE',
    doc: 'Distance of two points: metres along a great circle, or plain distance on a plane; of several points the least.',
    example: 'ST_DISTANCE(source.geo.location, destination.geo.location)',
    signatures: resolvePair('ST_DISTANCE', 'double'),
    multivalue: 'whole',
    bind: bindDistance
  }),
  relation('ST_INTERSECTS', 'True when the points of both sides have one in common.', hasAny),
  relation('ST_DISJOINT', 'True when the points of both sides have none in common.', (left, right) => !hasAny(left, right)),
  relation('ST_CONTAINS', 'True when all points of the second are among those of the first.', hasAll),
  relation('ST_WITHIN', 'True when all points of the first are among those of the second.', (left, right) => hasAll(right, left))
]
