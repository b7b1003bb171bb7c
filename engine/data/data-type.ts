/**
 * ES|QL data types and how each is stored in a column.
 *
 * wildcard and constant_keyword are keyword, match_only_text is text, short and byte are integer,
 * float, half_float and scaled_float are double: the loader widens them (conformance README, "Index semantics").
 */
export type DataType =
  | 'null'
  | 'boolean'
  | 'integer'
  | 'long'
  | 'unsigned_long'
  | 'double'
  | 'keyword'
  | 'text'
  | 'ip'
  | 'version'
  | 'date'
  | 'date_nanos'
  | 'geo_point'
  | 'cartesian_point'
  | 'geo_shape'
  | 'cartesian_shape'
  | '_source'
  | 'date_period'
  | 'time_duration'
  | 'unsupported'

/**
 * One value of a column as a row function sees it:
 * boolean -> boolean; integer, double -> number; long, unsigned_long -> bigint;
 * date -> bigint epoch milliseconds (UTC); date_nanos -> bigint epoch nanoseconds;
 * keyword, text, version, _source, points and shapes -> string (points and shapes as WKT); ip -> canonical RFC 5952 text;
 * date_period, time_duration (literals only) -> TimeSpan.
 */
export type Value = boolean | number | bigint | string | TimeSpan
/** A whole cell: null, one value, or two or more values. */
export type Cell = Value | readonly Value[] | null

/** A literal such as `5 minutes` (millis) or `1 month` (months, days): durations have only millis. */
export interface TimeSpan {
  months: number
  days: number
  millis: number
}

/** Physical storage of a type. `codes`: Int32Array of dictionary codes. */
export type Physical = 'none' | 'bool' | 'i32' | 'i64' | 'u64' | 'f64' | 'codes'

const PHYSICAL: Record<DataType, Physical> = {
  null: 'none',
  boolean: 'bool',
  integer: 'i32',
  long: 'i64',
  unsigned_long: 'u64',
  double: 'f64',
  keyword: 'codes',
  text: 'codes',
  ip: 'codes',
  version: 'codes',
  date: 'i64',
  date_nanos: 'i64',
  geo_point: 'codes',
  cartesian_point: 'codes',
  geo_shape: 'codes',
  cartesian_shape: 'codes',
  _source: 'codes',
  date_period: 'none',
  time_duration: 'none',
  unsupported: 'none'
}

export function physicalOf(type: DataType): Physical {
  return PHYSICAL[type]
}

export function isString(type: DataType): boolean {
  return type === 'keyword' || type === 'text'
}

export function isNumeric(type: DataType): boolean {
  return type === 'integer' || type === 'long' || type === 'unsigned_long' || type === 'double'
}

export function isWholeNumber(type: DataType): boolean {
  return type === 'integer' || type === 'long' || type === 'unsigned_long'
}

export function isDate(type: DataType): boolean {
  return type === 'date' || type === 'date_nanos'
}

/** Points and shapes: they have no order. */
export function isSpatial(type: DataType): boolean {
  return type === 'geo_point' || type === 'cartesian_point' || type === 'geo_shape' || type === 'cartesian_shape'
}

export function isTimeSpan(type: DataType): boolean {
  return type === 'date_period' || type === 'time_duration'
}

/** The name Elasticsearch uses in messages and answers (`date` is `datetime` in verification messages). */
export function messageName(type: DataType): string {
  return type === 'date' ? 'datetime' : type
}
