/**
 * Signatures: what a function takes and gives, stated as text, and the check of a call against them.
 *
 * `string, integer, integer? -> keyword`: one signature. A parameter names a type or a class of types (`numeric`, `any`),
 * alternatives stand behind `|`. `?` optional, `...` any number of further ones (last parameter), `!` a constant is needed.
 * The result is a type, or `$1`: the type of the first argument (text gives keyword).
 * Several signatures of one function are tried in order; the first one words the error.
 *
 * A null argument (type `null`) is accepted anywhere and keeps its type: `$1` of it is null, any other result as declared.
 * A string constant is taken where dates, addresses, versions, booleans, spans or numbers are wanted and strings are not:
 * the resolution then names the wanted type and the analyzer converts the constant (not for aggregates).
 * Errors are worded as Elasticsearch words them; `{call}` in them stands for the call as written, which only the analyzer knows.
 */
import { type DataType, isString, messageName } from '../data/data-type.ts'
import type { ArgumentInfo, Resolution } from './definition.ts'
import { parseTimeSpan } from './time-span.ts'

interface Parameter {
  types: readonly DataType[]
  /** What the error calls it: `string`, `numeric`, `date_nanos or datetime`. */
  wanted: string
  optional: boolean
  variadic: boolean
  constant: boolean
}

interface Signature {
  params: readonly Parameter[]
  returns: DataType | '$1'
}

export interface SignatureOptions {
  /** String constants are not converted (aggregates). */
  literals?: 'keep'
}

const CLASSES: Record<string, { types: readonly DataType[]; wanted: readonly string[] }> = {
  string: { types: ['keyword', 'text'], wanted: ['string'] },
  numeric: { types: ['integer', 'long', 'unsigned_long', 'double'], wanted: ['numeric'] },
  /** What aggregates sum: all numbers but unsigned_long. */
  summable: { types: ['integer', 'long', 'double'], wanted: ['numeric except unsigned_long or counter types'] },
  whole: { types: ['integer', 'long'], wanted: ['whole number except unsigned_long or counter types'] },
  instant: { types: ['date', 'date_nanos'], wanted: ['date_nanos', 'datetime'] },
  span: { types: ['date_period', 'time_duration'], wanted: ['dateperiod', 'timeduration'] },
  representable: {
    types: ['boolean', 'integer', 'long', 'unsigned_long', 'double', 'keyword', 'text', 'ip', 'version', 'date', 'date_nanos'],
    wanted: ['any type except counter types, dense_vector']
  },
  any: {
    types: [
      ...([
        'boolean',
        'integer',
        'long',
        'unsigned_long',
        'double',
        'keyword',
        'text',
        'ip',
        'version',
        'date',
        'date_nanos'
      ] as const),
      ...(['geo_point', 'cartesian_point', 'geo_shape', 'cartesian_shape', '_source'] as const)
    ],
    wanted: ['any type']
  }
}

/** The type a string constant becomes where a parameter takes several: the first of these. */
const LITERAL_TARGETS: readonly DataType[] = [
  'date',
  'date_nanos',
  'date_period',
  'time_duration',
  'ip',
  'version',
  'double',
  'long',
  'integer',
  'unsigned_long',
  'boolean'
]

const parsed = new Map<string, Signature>()

function signatureOf(text: string): Signature {
  let signature = parsed.get(text)
  if (!signature) parsed.set(text, (signature = parseSignature(text)))
  return signature
}

function parseSignature(text: string): Signature {
  const [left, right] = text.split('->').map((part) => part.trim()) as [string, string]
  const params = left === '' ? [] : left.split(',').map((part) => parseParameter(part.trim()))
  return { params, returns: right as DataType | '$1' }
}

function parseParameter(text: string): Parameter {
  const [, names, marks] = /^([a-z_|]+)([?!.]*)$/.exec(text)! as unknown as [string, string, string]
  const types: DataType[] = []
  const wanted: string[] = []
  for (const name of names.split('|')) {
    const group = CLASSES[name]
    types.push(...(group ? group.types : [name as DataType]))
    wanted.push(...(group ? group.wanted : [messageName(name as DataType)]))
  }
  return {
    types,
    wanted: acceptedTypes(wanted),
    optional: marks.includes('?'),
    variadic: marks.includes('...'),
    constant: marks.includes('!')
  }
}

/** `a`, `a or b`, `a, b or c`. */
export function acceptedTypes(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth']

/** `first argument of [{call}] must be [string], found value [x] type [integer]`; a lone parameter has no ordinal. */
export function wrongType(index: number, count: number, wanted: string, argument: ArgumentInfo): { error: string } {
  const place = count === 1 ? '' : `${ORDINALS[index] ?? `${index + 1}th`} `
  const found = `found value [${argument.text}] type [${messageName(argument.type)}]`
  return { error: `${place}argument of [{call}] must be [${wanted}], ${found}` }
}

/** `second argument of [{call}] must be a constant, received [x]`. */
export function notConstant(index: number, argument: ArgumentInfo): { error: string } {
  return { error: `${ORDINALS[index] ?? `${index + 1}th`} argument of [{call}] must be a constant, received [${argument.text}]` }
}

const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five']

/** `error building [substring]: expects two or three arguments`; `most` null means any number. */
export function wrongCount(name: string, least: number, most: number | null): { error: string } {
  const unit = (most ?? least) === 1 ? 'argument' : 'arguments'
  const least_ = COUNTS[least] ?? String(least)
  const text =
    most === null
      ? `at least ${least_} ${unit}`
      : most === 0
        ? 'no arguments'
        : least === most
          ? `exactly ${least_} ${unit}`
          : `${most - least > 1 ? `from ${least_} to` : `${least_} or`} ${COUNTS[most] ?? most} ${unit}`
  return { error: `error building [${name.toLowerCase()}]: expects ${text}` }
}

/** Checks a call against the signatures of `name`: the conversions it needs and its type, or the error of the nearest signature. */
export function resolveSignatures(
  name: string,
  signatures: readonly string[],
  args: readonly ArgumentInfo[],
  options: SignatureOptions = {}
): Resolution {
  const all = signatures.map(signatureOf)
  const fitting = all.filter((signature) => countFits(signature, args.length))
  if (fitting.length === 0) return countError(name, all)
  let first: Resolution | null = null
  for (const signature of fitting) {
    const resolution = resolveOne(signature, args, options)
    if ('params' in resolution) return resolution
    first ??= resolution
  }
  return first!
}

function countFits({ params }: Signature, count: number): boolean {
  return (
    count >= params.filter((param) => !param.optional && !param.variadic).length + minimumOfVariadic(params) &&
    count <= most(params)
  )
}

/** `x...` alone needs one argument; behind others it may be empty when optional (`x...?`). */
function minimumOfVariadic(params: readonly Parameter[]): number {
  const last = params.at(-1)
  return last?.variadic && !last.optional ? 1 : 0
}

function most(params: readonly Parameter[]): number {
  return params.at(-1)?.variadic ? Infinity : params.length
}

function countError(name: string, signatures: readonly Signature[]): { error: string } {
  const least = Math.min(
    ...signatures.map(
      ({ params }) => params.filter((param) => !param.optional && !param.variadic).length + minimumOfVariadic(params)
    )
  )
  const largest = Math.max(...signatures.map(({ params }) => most(params)))
  return wrongCount(name, least, largest === Infinity ? null : largest)
}

function resolveOne(signature: Signature, args: readonly ArgumentInfo[], options: SignatureOptions): Resolution {
  const params: DataType[] = []
  const total = Math.max(args.length, signature.params.length)
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]!
    const param = signature.params[Math.min(i, signature.params.length - 1)]!
    const type = typeFor(param, argument, options)
    if (type === null) return wrongType(i, total, param.wanted, argument)
    if (param.constant && argument.constant === undefined) return notConstant(i, argument)
    params.push(type)
  }
  const returns = signature.returns === '$1' ? resultLike(params[0]!) : signature.returns
  return { params, returns }
}

/** Type the argument is given as, or null when it does not fit. */
function typeFor(param: Parameter, argument: ArgumentInfo, options: SignatureOptions): DataType | null {
  if (argument.type === 'null' || param.types.includes(argument.type)) return argument.type
  if (options.literals === 'keep') return null
  return literalTarget(argument, param.types)
}

/** The type a string constant is converted to where one of `types` is wanted; null when none or it is no string constant. */
export function literalTarget(argument: ArgumentInfo, types: readonly DataType[]): DataType | null {
  if (!isString(argument.type) || typeof argument.constant !== 'string') return null
  if (types.includes('date_period') || types.includes('time_duration')) {
    const span = parseTimeSpan(argument.constant)
    if (span && types.includes(span.type)) return span.type
  }
  return LITERAL_TARGETS.find((type) => type !== 'date_period' && type !== 'time_duration' && types.includes(type)) ?? null
}

/** Type of a result that follows an argument: text becomes keyword. */
export function resultLike(type: DataType): DataType {
  return type === 'text' ? 'keyword' : type
}

const NUMERIC_ORDER: readonly DataType[] = ['integer', 'long', 'unsigned_long', 'double']

/**
 * The type that values of both types can take, or null: numbers widen (not unsigned_long with other whole numbers),
 * strings are keyword, dates with nanoseconds are date_nanos, null takes any.
 */
export function commonType(a: DataType, b: DataType): DataType | null {
  if (a === b || b === 'null') return a
  if (a === 'null') return b
  if (isString(a) && isString(b)) return 'keyword'
  const left = NUMERIC_ORDER.indexOf(a)
  const right = NUMERIC_ORDER.indexOf(b)
  if (left < 0 || right < 0 || a === 'unsigned_long' || b === 'unsigned_long') return null
  return NUMERIC_ORDER[Math.max(left, right)]!
}
