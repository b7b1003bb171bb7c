/** The TO_* functions. Each maps a multi-value value by value; a value that cannot be converted vanishes with a warning. */
import { finite } from './arithmetic.ts'
import type { DataType } from '../data/data-type.ts'
import type { LeadingZeros } from '../data/ip.ts'
import { converter, convertibleTypes, textToIp } from './conversion.ts'
import type { ArgumentInfo, Resolution, RowFunction, ScalarFunction } from './definition.ts'
import { scalar } from './scalar.ts'
import { acceptedTypes, resolveSignatures, wrongCount, wrongType } from './signatures.ts'
import { messageName } from '../data/data-type.ts'

interface ConversionFacts {
  name: string
  aliases?: readonly string[]
  to: DataType
  doc: string
  example: string
  /** Source types left out although a value could be converted. */
  not?: readonly DataType[]
}

function conversion({ name, aliases, to, doc, example, not = [] }: ConversionFacts): ScalarFunction {
  const types = convertibleTypes(to).filter((type) => !not.includes(type))
  const wanted = acceptedTypes(
    [...new Set(types.map((type) => (type === 'keyword' || type === 'text' ? 'string' : messageName(type))))].sort()
  )
  const resolve = (args: readonly ArgumentInfo[]): Resolution => {
    if (args.length !== 1) return wrongCount(name, 1, 1)
    const from = args[0]!.type
    if (from !== 'null' && !types.includes(from)) return wrongType(0, 1, wanted, args[0]!)
    return { params: [from], returns: to }
  }
  const bind = (params: readonly DataType[]): RowFunction => converter(params[0]!, to) ?? (() => null)
  return scalar({ name, ...(aliases && { aliases }), doc, example, signatures: resolve, multivalue: 'each', bind })
}

function scaled(name: string, doc: string, example: string, factor: (value: number) => number): ScalarFunction {
  return scalar({
    name,
    doc,
    example,
    signatures: (args) => {
      const resolution = resolveSignatures(name, ['numeric -> double'], args)
      return 'error' in resolution ? resolution : { params: resolution.params.map(asDouble), returns: 'double' }
    },
    multivalue: 'each',
    row: factor
  })
}

const asDouble = (type: DataType): DataType => (type === 'null' ? 'null' : 'double')

const IP_FACTS: ConversionFacts = {
  name: 'TO_IP',
  to: 'ip',
  doc: 'Text as an IP address in its canonical form; {"leading_zeros": "octal"} or "decimal" admits octets such as 010.',
  example: 'TO_IP("10.0.0.1")'
}

const LEADING_ZEROS: readonly LeadingZeros[] = ['reject', 'decimal', 'octal']

const TO_IP: ScalarFunction = {
  ...conversion(IP_FACTS),
  withOptions(options) {
    for (const name of options.keys()) {
      if (name !== 'leading_zeros') return { error: `Invalid option [${name}] in [{call}], expected one of [leading_zeros]` }
    }
    const wanted = options.get('leading_zeros') ?? 'reject'
    const zeros = LEADING_ZEROS.find((rule) => rule === wanted)
    if (!zeros) return { error: `Illegal leading_zeros [${String(wanted)}]` }
    const bind = (params: readonly DataType[]): RowFunction =>
      params[0] === 'ip' ? (address: string) => address : (text: string) => textToIp(text, zeros)
    return { ...conversion(IP_FACTS), bind }
  }
}

export const CONVERSION_FUNCTIONS: readonly ScalarFunction[] = [
  conversion({
    name: 'TO_STRING',
    aliases: ['TO_STR'],
    to: 'keyword',
    doc: 'The value as text.',
    example: 'TO_STRING(process.pid)'
  }),
  conversion({
    name: 'TO_LONG',
    to: 'long',
    doc: 'The value as a 64-bit whole number; text is rounded half up, dates are epoch milliseconds.',
    example: 'TO_LONG(@timestamp)'
  }),
  conversion({
    name: 'TO_INTEGER',
    aliases: ['TO_INT'],
    to: 'integer',
    doc: 'The value as a 32-bit whole number; text is rounded half up.',
    example: 'TO_INTEGER("42")'
  }),
  conversion({
    name: 'TO_DOUBLE',
    aliases: ['TO_DBL'],
    to: 'double',
    doc: 'The value as a floating point number.',
    example: 'TO_DOUBLE(network.bytes)'
  }),
  conversion({
    name: 'TO_UNSIGNED_LONG',
    aliases: ['TO_UL', 'TO_ULONG'],
    to: 'unsigned_long',
    doc: 'The value as a 64-bit whole number without sign.',
    example: 'TO_UNSIGNED_LONG("18446744073709551615")'
  }),
  conversion({
    name: 'TO_BOOLEAN',
    aliases: ['TO_BOOL'],
    to: 'boolean',
    doc: 'True for the text "true" in any case and for numbers other than 0.',
    example: 'TO_BOOLEAN("true")'
  }),
  TO_IP,
  conversion({
    name: 'TO_VERSION',
    aliases: ['TO_VER'],
    to: 'version',
    doc: 'Text as a version, which orders by its numbers.',
    example: 'TO_VERSION("1.10.2")'
  }),
  conversion({
    name: 'TO_DATETIME',
    aliases: ['TO_DT'],
    to: 'date',
    doc: 'ISO text or epoch milliseconds as a date.',
    example: 'TO_DATETIME("2026-01-31T10:00:00Z")'
  }),
  conversion({
    name: 'TO_DATE_NANOS',
    aliases: ['TO_DATENANOS'],
    to: 'date_nanos',
    doc: 'ISO text or epoch nanoseconds as a date with nanoseconds.',
    example: 'TO_DATE_NANOS("2026-01-31T10:00:00.123456789Z")'
  }),
  conversion({
    name: 'TO_DATEPERIOD',
    to: 'date_period',
    doc: 'Text as a calendar period such as 3 days; needs a constant.',
    example: 'TO_DATEPERIOD("3 days")'
  }),
  conversion({
    name: 'TO_TIMEDURATION',
    to: 'time_duration',
    doc: 'Text as a duration such as 90 minutes; needs a constant.',
    example: 'TO_TIMEDURATION("90 minutes")'
  }),
  scaled('TO_DEGREES', 'Radians as degrees.', 'TO_DEGREES(3.14)', (value) => finite(value * (180 / Math.PI))),
  scaled('TO_RADIANS', 'Degrees as radians.', 'TO_RADIANS(180)', (value) => value * (Math.PI / 180))
]
