/**
 * What a function of the interpreter is: overloads tried in order. The generator reads the same table, so every function
 * here is met by random queries.
 */
import { type Cell, isNumber, isText, type Type, type Value } from './values.ts'

/**
 * A parameter: a type or a class of types; `#kind` is a constant that the generator makes on purpose (a unit, a count).
 * `?` may be left out, `*` stands for any number of further ones.
 */
export type Parameter = string

export interface Overload {
  params: readonly Parameter[]
  /** A type, or `$1`: that of the first argument, text as keyword. */
  returns: Type | '$1'
  /** single: one value each, else null with a warning; each: value by value of the first argument; whole: cells as they are. */
  mode: 'single' | 'each' | 'whole'
  /** True: nulls come in instead of making the answer null. */
  seesNull?: boolean
  run(args: readonly Cell[], types: readonly Type[]): Value | Cell | null
  /** Whether constants (undefined: no constant) make the query be refused. */
  refuses?(constants: readonly (Value | undefined)[]): boolean
}

export type FunctionTable = Map<string, Overload[]>

const CLASSES: Record<string, (type: Type) => boolean> = {
  string: isText,
  numeric: isNumber,
  summable: (type) => isNumber(type) && type !== 'unsigned_long',
  whole: (type) => type === 'integer' || type === 'long',
  instant: (type) => type === 'date' || type === 'date_nanos',
  any: () => true
}

/** Types that constants made for a `#kind` have. */
export const KINDS: Record<string, Type> = {
  '#small': 'integer',
  '#count': 'integer',
  '#start': 'integer',
  '#end': 'integer',
  '#decimals': 'integer',
  '#unit': 'keyword',
  '#part': 'keyword',
  '#delimiter': 'keyword',
  '#format': 'keyword',
  '#order': 'keyword',
  '#block': 'keyword',
  '#algorithm': 'keyword',
  '#prefix4': 'integer',
  '#prefix6': 'integer',
  '#percent': 'double'
}

export const bare = (parameter: Parameter): string => parameter.replace(/[?*]$/, '')

/** Whether an argument of `type` may stand for a parameter. */
export function accepts(parameter: Parameter, type: Type): boolean {
  const name = bare(parameter)
  if (name.startsWith('#')) return isText(KINDS[name]!) ? isText(type) : type === KINDS[name] || type === 'integer'
  return type === 'null' || (CLASSES[name]?.(type) ?? name === type)
}

/** The parameter that argument `i` stands for; null when there is none. */
export function parameterAt({ params }: Overload, i: number): Parameter | null {
  const last = params.at(-1)
  return params[i] ?? (last?.endsWith('*') ? last : null)
}

export const leastCount = ({ params }: Overload): number => params.filter((param) => !/[?*]$/.test(param)).length

/** The overload that takes these arguments, or null. */
export function overloadFor(overloads: readonly Overload[], types: readonly Type[]): Overload | null {
  const fits = (overload: Overload) =>
    types.length >= leastCount(overload) &&
    types.every((type, i) => {
      const parameter = parameterAt(overload, i)
      return parameter !== null && accepts(parameter, type)
    })
  return overloads.find(fits) ?? null
}

export function resultType(overload: Overload, types: readonly Type[]): Type {
  if (overload.returns !== '$1') return overload.returns
  return types[0] === 'text' ? 'keyword' : types[0]!
}

/** Adds an overload of `name`. */
export function define(
  table: FunctionTable,
  name: string,
  params: readonly Parameter[],
  returns: Overload['returns'],
  mode: Overload['mode'],
  run: Overload['run'],
  seesNull = false,
  refuses: Overload['refuses'] = () => false
): void {
  const overloads = table.get(name) ?? []
  overloads.push({ params, returns, mode, run, seesNull, refuses })
  table.set(name, overloads)
}

/** Overloads of functions of single values: values come as they are. */
export function definer(table: FunctionTable, mode: 'single' | 'each') {
  return <Args extends readonly (Value | undefined)[]>(
    name: string,
    params: readonly Parameter[],
    returns: Overload['returns'],
    run: (...args: Args) => Value | Cell | null
  ) => define(table, name, params, returns, mode, (cells) => run(...(cells.map((cell) => cell[0]) as unknown as Args)))
}
