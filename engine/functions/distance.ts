/**
 * Distances between points: on the globe in metres, on a plane in its own unit.
 *
 * Points of the globe are first put on the 32-bit grid on which Lucene indexes them (steps below 5 cm), then the great
 * circle is measured by the haversine formula with the mean radius of the earth, as Elasticsearch does.
 */

const EARTH_METRES = 6_371_008.7714
const STEPS = 2 ** 32

/** A coordinate on the grid; `span` is 180 for latitudes, 360 for longitudes. */
function onGrid(degrees: number, span: 180 | 360): number {
  const step = span / STEPS
  // the upper end itself has no cell of its own
  const cell = Math.min(Math.floor(degrees / step), STEPS / 2 - 1)
  return cell * step
}

export interface Point {
  x: number
  y: number
}

/** The point of the grid that stands for a longitude and latitude. */
export function gridPoint({ x, y }: Point): Point {
  return { x: onGrid(x, 360), y: onGrid(y, 180) }
}

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres between two longitude and latitude pairs. */
export function greatCircleMetres(a: Point, b: Point): number {
  const [from, to] = [gridPoint(a), gridPoint(b)]
  const north = 1 - Math.cos(radians(from.y - to.y))
  const east = 1 - Math.cos(radians(from.x - to.x))
  const key = north + Math.cos(radians(from.y)) * Math.cos(radians(to.y)) * east
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(key * 0.5)))
}

/** Straight distance on a plane. */
export function planeDistance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
