/**
 * What a query may be written with, for completion and hover: the function records as plain data, and the commands with a
 * line and an example of our own. A command that this version refuses is not offered.
 */
import { analyzeQuery } from '../analysis/analyzer.ts'
import type { FieldCatalog } from '../analysis/catalog.ts'
import { COMMANDS } from '../language/commands.ts'
import { parseQuery } from '../language/parser.ts'
import { allFunctions, SOURCE_CONDITIONS } from '../functions/registry.ts'
import type { LanguageCommand, LanguageDescription, LanguageFunction } from './types.ts'

/** Name, what it does, a command that parses. Source commands are whole queries, the others follow a pipe. */
const COMMAND_TABLE: readonly (readonly [name: string, doc: string, example: string])[] = [
  ['FROM', 'Reads the loaded events, of every index or of those that match a pattern.', 'FROM logs-* METADATA _id, _index'],
  ['ROW', 'Makes one row of constants, to try an expression.', 'ROW a = 1, b = "two"'],
  ['WHERE', 'Keeps the rows for which a condition is true; null counts as false.', 'WHERE process.name == "sh"'],
  ['EVAL', 'Adds columns, or replaces those of the same name.', 'EVAL length = LENGTH(process.command_line)'],
  ['STATS', 'Groups rows and computes one row a group.', 'STATS count = COUNT(*) BY host.name'],
  ['INLINE STATS', 'Adds aggregates of the group to each of its rows.', 'INLINE STATS count = COUNT(*) BY host.name'],
  ['KEEP', 'Keeps the columns named, in this order; * stands for any characters.', 'KEEP @timestamp, host.name, process.*'],
  ['DROP', 'Leaves out the columns named; * stands for any characters.', 'DROP process.hash.*'],
  ['RENAME', 'Gives columns another name.', 'RENAME process.name AS program'],
  [
    'SORT',
    'Orders rows; nulls stand last ascending, first descending, unless said otherwise.',
    'SORT @timestamp DESC NULLS LAST'
  ],
  ['LIMIT', 'Keeps the first rows.', 'LIMIT 100'],
  ['MV_EXPAND', 'Makes a row of each value of a multi-value.', 'MV_EXPAND process.args'],
  ['DISSECT', 'Cuts a text into columns at fixed characters.', 'DISSECT process.command_line "%{program} %{rest}"'],
  ['GROK', 'Takes columns out of a text by named patterns.', 'GROK process.command_line "%{WORD:program}"'],
  ['LOOKUP JOIN', 'Adds the columns of a lookup file where a field is equal.', 'LOOKUP JOIN hosts ON host.name'],
  ['ENRICH', 'Adds the columns of an enrich file where a field matches.', 'ENRICH owners ON host.name'],
  [
    'COMPLETION',
    'Asks a language model; here the prompt is shown and never sent.',
    'COMPLETION answer = process.command_line WITH {"inference_id": "model"}'
  ]
]

/** Knows every field as a text; it judges commands, not names. */
const ANY_FIELD: FieldCatalog = {
  strict: false,
  field: (name) => (name === '@timestamp' ? 'date' : 'keyword'),
  allFields: () => [],
  names: () => []
}

let described: LanguageDescription | null = null

/** Commands and functions of this version. */
export function describeLanguage(): LanguageDescription {
  described ??= {
    commands: COMMAND_TABLE.flatMap(([name, doc, example]): LanguageCommand[] => {
      const place = COMMANDS.get(name.split(' ')[0]!.toLowerCase())!.place === 'source' ? 'source' : 'processing'
      return isRefused(name, place === 'source' ? example : `FROM * | ${example}`) ? [] : [{ name, place, doc, example }]
    }),
    functions: [
      ...allFunctions().map((record): LanguageFunction => ({
        ...told(record),
        kind: record.kind,
        aliases: [...(record.aliases ?? [])]
      })),
      ...SOURCE_CONDITIONS.map((condition): LanguageFunction => ({ ...told(condition), kind: 'scalar', aliases: [] }))
    ]
  }
  return described
}

function told({
  name,
  doc,
  example,
  signatures
}: {
  name: string
  doc: string
  example: string
  signatures?: readonly string[]
}) {
  return { name, doc, example, signatures: (signatures ?? []).map((signature) => signatureText(name, signature)) }
}

/** Is the command itself refused by name? Other problems (a lookup file that is not there) do not count. */
function isRefused(name: string, query: string): boolean {
  const parsed = parseQuery(query)
  if (!parsed.query) return true
  const { diagnostics } = analyzeQuery(query, parsed.query, ANY_FIELD, { implicitLimit: null })
  return diagnostics.some(({ severity, message }) => severity === 'error' && message.includes(`the command ${name}`))
}

/** `string, integer? -> keyword` as `LEFT(string, [integer]) → keyword`; `!` marks a constant and is left out. */
function signatureText(name: string, signature: string): string {
  const [params = '', returns = ''] = signature.split('->').map((part) => part.trim())
  const words = params === '' ? [] : params.split(',').map((param) => parameterText(param.trim()))
  return `${name}(${words.join(', ')}) → ${returns === '$1' ? 'same type' : returns}`
}

/** Classes of types under names people know. */
const CLASS_WORDS: ReadonlyMap<string, string> = new Map([
  ['summable', 'numeric'],
  ['whole', 'integer'],
  ['instant', 'date'],
  ['span', 'duration'],
  ['representable', 'any']
])

function parameterText(param: string): string {
  const types = param.replace(/[?!.]+/g, '').split('|')
  const type = types.map((word) => CLASS_WORDS.get(word.trim()) ?? word.trim()).join(' or ')
  const text = param.includes('...') ? `${type}, …` : type
  return param.includes('?') ? `[${text}]` : text
}
