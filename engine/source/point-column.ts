/**
 * geo_point columns: a point may be written as text (`lat,lon`, WKT), as `[lon, lat]`, or as an object with `lat` and `lon`.
 */
import { type Column, ColumnBuilder } from '../data/column.ts'
import { ScalarKind, type ScannedField } from './record-scanner.ts'
import { pointText } from '../functions/wkt.ts'
import { NO_FIT, toPoint } from './scalar-conversion.ts'
import type { TypedColumn } from './typed-column.ts'

/** The points of each row, in the order they are written. What is none is counted by `typed`. */
export function pointColumn(
  typed: TypedColumn,
  at: ScannedField,
  lat: ScannedField,
  lon: ScannedField,
  rowCount: number
): Column {
  const builder = new ColumnBuilder('geo_point', rowCount)
  for (let row = 0; row < rowCount; row++) {
    const points: string[] = []
    const numbers = collect(at, row, points, typed)
    addPairs(
      numbers.filter((_, i) => i % 2 === 1),
      numbers.filter((_, i) => i % 2 === 0),
      points,
      typed
    )
    addPairs(numbersOf(lat, row), numbersOf(lon, row), points, typed)
    builder.append(points.length === 0 ? null : points.length === 1 ? points[0]! : points)
  }
  return builder.finish()
}

/** Takes the row's texts as points and answers its numbers: longitude, latitude, longitude ... */
function collect(field: ScannedField, row: number, points: string[], typed: TypedColumn): number[] {
  const numbers: number[] = []
  for (let i = field.offsets[row]!; i < field.offsets[row + 1]!; i++) {
    const kind = field.dictionary.kind(field.codes[i]!)
    const text = field.dictionary.text(field.codes[i]!)
    const point = kind === ScalarKind.Number ? null : toPoint(kind, text)
    if (point === null) numbers.push(Number(text))
    else if (point === NO_FIT) typed.unfit++
    else points.push(point)
  }
  return numbers
}

function addPairs(lats: number[], lons: number[], points: string[], typed: TypedColumn): void {
  for (let i = 0; i < Math.max(lats.length, lons.length); i++) {
    const lat = lats[i]
    const lon = lons[i]
    if (lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180) points.push(pointText(lon, lat))
    else typed.unfit++
  }
}

function numbersOf(field: ScannedField, row: number): number[] {
  return Array.from(field.codes.subarray(field.offsets[row], field.offsets[row + 1]), (code) =>
    Number(field.dictionary.text(code))
  )
}
