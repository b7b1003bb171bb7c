/** Random JSON documents as text: odd spellings, duplicate and dotted keys, escapes, blanks, damage. */
import fc from 'fast-check'

const KEYS = [
  'a',
  'b',
  'c',
  'a.b',
  'b.c',
  'a.b.c',
  'process',
  'name',
  'process.name',
  '',
  '__proto__',
  'é',
  'command_line',
  'command_lime'
]
const LONG = ['working_directory_of_the_process', 'working_directory_of_the_princes', 'x'.repeat(64), 'y'.repeat(70)]
const PIECES = [
  'sh',
  'bash',
  'linux',
  ' -c ',
  'é',
  '€',
  '𝄞',
  ' ',
  '\\n',
  '\\"',
  '\\\\',
  '\\/',
  '\\u0041',
  '\\u00e9',
  '\\ud834\\udd1e'
]
const ODD_PIECES = ['\\ud800', '\\udc00', '\\ud800\\u0041', '[', ']', '{', '}', ',', ':', "'", '\u007f', '\ufeff']
const NUMBERS = [
  '0',
  '-0',
  '33',
  '9223372036854775807',
  '-1.50',
  '1e5',
  '1E-7',
  '0.10000000000000000055511151231257827',
  '12345678901234567890123'
]

const blank = fc.constantFrom('', '', '', '', ' ', '\t', '  ')
const inside = fc.array(fc.constantFrom(...PIECES, ...ODD_PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''))
const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...KEYS) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...KEYS.filter((name) => name !== '')).map((name) => `\\u${hex(name)}${name.slice(1)}`)
  },
  { weight: 1, arbitrary: inside }
)
const scalar = fc.oneof(
  { weight: 6, arbitrary: inside.map((text) => `"${text}"`) },
  { weight: 3, arbitrary: fc.constantFrom('"sh"', '"bash"', '"linux"', '"start"') },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 2, arbitrary: fc.constantFrom('true', 'false', 'null') },
  { weight: 1, arbitrary: fc.nat(200).map((length) => `"${'z'.repeat(length)}"`) }
)

/** A record: the text of one valid JSON object. */
export const record = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.tuple(blank, fc.array(fc.tuple(blank, tie('value'), blank), { maxLength: 4 })).map(listOf('[', ']')),
    tie('object')
  ),
  object: fc
    .tuple(blank, fc.array(fc.tuple(blank, key, blank, blank, tie('value'), blank), { maxLength: 6 }))
    .map(([before, members]) =>
      listOf('{', '}')([before, members.map(([a, name, b, c, value, d]) => [a, `"${name}"${b}:${c}${value}`, d])])
    )
})).object

function listOf(open: string, close: string) {
  return ([before, items]: [string, (readonly [string, string, string])[]]) =>
    items.length === 0 ? open + before + close : open + items.map((item) => item.join('')).join(',') + close
}

function hex(name: string): string {
  return name.charCodeAt(0).toString(16).padStart(4, '0')
}

/** A record, or a record with one byte replaced, removed or inserted. */
export const damagedRecord = fc
  .tuple(
    record,
    fc.nat(),
    fc.constantFrom('replace', 'remove', 'insert', 'cut'),
    fc.constantFrom(...Array.from('"\\{}[]:,0a\u0001\u00ff \r'))
  )
  .map(([text, place, how, byte]) => {
    const bytes = Array.from(new TextEncoder().encode(text))
    const at = place % bytes.length
    const code = byte.charCodeAt(0)
    if (how === 'replace') bytes.splice(at, 1, code)
    else if (how === 'remove') bytes.splice(at, 1)
    else if (how === 'insert') bytes.splice(at, 0, code)
    else bytes.splice(at)
    return Uint8Array.from(bytes)
  })
