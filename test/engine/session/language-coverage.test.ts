/**
 * Coverage of the language: every command and function that Elasticsearch documents is either run and described here, or
 * refused by its own name with a reason; docs/language.md says which, and is made by this test (UPDATE_SPECS=1).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { analyzeQuery } from '../../../engine/analysis/analyzer.ts'
import type { FieldCatalog } from '../../../engine/analysis/catalog.ts'
import { FULL_TEXT_FUNCTIONS } from '../../../engine/analysis/full-text/places.ts'
import { REFUSED_COMMANDS } from '../../../engine/analysis/verifier.ts'
import { LATER } from '../../../engine/functions/registry.ts'
import { COMMANDS } from '../../../engine/language/commands.ts'
import { parseQuery } from '../../../engine/language/parser.ts'
import { describeLanguage } from '../../../engine/session/language-description.ts'
import { ROOT } from '../../helpers/architecture.ts'

/** Names of functions in Elasticsearch's documentation (9.x and previews), as facts. */
const DOCUMENTED = `
ABS ABSENT ABSENT_OVER_TIME ACOS ACOSH ASIN ASINH ATAN ATAN2 ATANH AVG AVG_OVER_TIME BIT_LENGTH BUCKET BYTE_LENGTH CASE CATEGORIZE
CBRT CEIL CHUNK CIDR_MATCH CLAMP CLAMP_MAX CLAMP_MIN COALESCE CONCAT CONTAINS COPY_SIGN COS COSH COUNT COUNT_DISTINCT
COUNT_DISTINCT_OVER_TIME COUNT_OVER_TIME DATE_DIFF DATE_EXTRACT DATE_FORMAT DATE_PARSE DATE_TRUNC DATE_UNIT_COUNT DAY_NAME DECAY
DELTA DERIV E EARLIEST EMBEDDING ENDS_WITH EXP FIELD_EXTRACT FIRST FIRST_OVER_TIME FLOOR FROM_BASE64 GREATEST HASH HYPOT IDELTA
INCREASE IP_PREFIX IRATE JSON_EXTRACT KNN KQL LAST LAST_OVER_TIME LATEST LEAST LEFT LENGTH LOCATE LOG LOG10 LTRIM MATCH
MATCH_PHRASE MAX MAX_OVER_TIME MD5 MEDIAN MEDIAN_ABSOLUTE_DEVIATION MIN MIN_OVER_TIME MONTH_NAME MULTI_MATCH MV_APPEND MV_AVG
MV_CONCAT MV_CONTAINS MV_COUNT MV_DEDUPE MV_DIFFERENCE MV_FIRST MV_INTERSECTION MV_INTERSECTS MV_IN_RANGE MV_LAST MV_MAX MV_MEDIAN
MV_MEDIAN_ABSOLUTE_DEVIATION MV_MIN MV_PERCENTILE MV_PSERIES_WEIGHTED_SUM MV_SLICE MV_SORT MV_SUM MV_UNION MV_ZIP
NETWORK_DIRECTION NOW PERCENTILE PERCENTILE_OVER_TIME PI POW PRESENT PRESENT_OVER_TIME QSTR RANGE_CONTAINS RANGE_INTERSECTS
RANGE_MAX RANGE_MIN RANGE_WITHIN RATE REPEAT REPLACE REVERSE RIGHT ROUND ROUND_TO RTRIM SAMPLE SCALB SCORE SHA1 SHA256 SIGNUM SIN
SINH SPACE SPARKLINE SPLIT SQRT STARTS_WITH STDDEV_OVER_TIME STD_DEV ST_BUFFER ST_CENTROID_AGG ST_CONTAINS ST_DIFFERENCE
ST_DIMENSION ST_DISJOINT ST_DISTANCE ST_ENVELOPE ST_EXTENT_AGG ST_GEOHASH ST_GEOHEX ST_GEOMETRYTYPE ST_GEOTILE ST_INTERSECTION
ST_INTERSECTS ST_ISEMPTY ST_NPOINTS ST_SIMPLIFY ST_SIMPLIFYPRESERVETOPOLOGY ST_SYMDIFFERENCE ST_UNION ST_WITHIN ST_X ST_XMAX
ST_XMIN ST_Y ST_YMAX ST_YMIN SUBSTRING SUM SUM_OVER_TIME TAN TANH TAU TBUCKET TEXT_EMBEDDING TOP TOP_SNIPPETS
TO_AGGREGATE_METRIC_DOUBLE TO_BASE64 TO_BOOLEAN TO_CARTESIANPOINT TO_CARTESIANSHAPE TO_COUNTER TO_DATEPERIOD TO_DATETIME
TO_DATE_NANOS TO_DATE_RANGE TO_DEGREES TO_DENSE_VECTOR TO_DOUBLE TO_EXPONENTIAL_HISTOGRAM TO_GAUGE TO_GEOHASH TO_GEOHEX TO_GEOPOINT
TO_GEOSHAPE TO_GEOTILE TO_INTEGER TO_IP TO_LONG TO_LOWER TO_RADIANS TO_RANGE TO_STRING TO_TDIGEST TO_TEXT TO_TIMEDURATION
TO_UNSIGNED_LONG TO_UPPER TO_VERSION TRANGE TRIM TSTEP URL_DECODE URL_ENCODE URL_ENCODE_COMPONENT VALUES VARIANCE
VARIANCE_OVER_TIME V_COSINE V_DOT_PRODUCT V_HAMMING V_L1_NORM V_L2_NORM V_MAGNITUDE WEIGHTED_AVG WITHOUT
TO_STR TO_INT TO_DBL TO_UL TO_ULONG TO_BOOL TO_VER TO_DT`
  .trim()
  .split(/\s+/)

/** Words that begin a command which is written with more than one, or has two spellings. */
const PART_OF: ReadonlyMap<string, string> = new Map([
  ['INLINE', 'INLINE STATS'],
  ['INLINESTATS', 'INLINE STATS'],
  ['LOOKUP', 'LOOKUP JOIN']
])

/** A field for every name, of the type its name asks for. */
const FIELDS: FieldCatalog = {
  strict: false,
  field: (name) =>
    name === '@timestamp'
      ? 'date'
      : name.endsWith('.location')
        ? 'geo_point'
        : name.endsWith('.ip')
          ? 'ip'
          : /pid|bytes|packets/.test(name)
            ? 'long'
            : 'keyword',
  allFields: () => [],
  names: () => []
}

const language = describeLanguage()
const callable = new Map(language.functions.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one] as const)))
const commands = new Map(language.commands.map((one) => [one.name, one] as const))

function errorsOf(query: string): string[] {
  const parsed = parseQuery(query)
  if (!parsed.query) return parsed.diagnostics.map(({ message }) => message)
  const { diagnostics } = analyzeQuery(query, parsed.query, FIELDS, { implicitLimit: null })
  return [...parsed.diagnostics, ...diagnostics].filter(({ severity }) => severity === 'error').map(({ message }) => message)
}

describe('functions', () => {
  test.each(DOCUMENTED)('%s is described and runs, or is refused by its name', (name) => {
    if (callable.has(name)) return
    expect(LATER.has(name)).toBe(true)
    expect(errorsOf(`FROM logs | EVAL x = ${name}(1)`)).toEqual([
      `the function [${name}] is not run by this version yet: ${LATER.get(name)}`
    ])
  })

  test('every function that can be called is described', () => {
    for (const name of [...FULL_TEXT_FUNCTIONS.keys(), 'TRANGE']) expect(callable.has(name), name).toBe(true)
  })

  test.each(language.functions)('$name: a sentence, and an example that resolves', ({ kind, name, doc, example }) => {
    expect(doc).toMatch(/^[A-Z"].*\.$/)
    expect(example.startsWith(`${name}(`)).toBe(true)
    const group = name === 'BUCKET' ? `STATS n = COUNT(*) BY ${example}` : null
    const condition = FULL_TEXT_FUNCTIONS.has(name) ? `WHERE ${example}` : null
    const command = group ?? condition ?? `${kind === 'aggregate' ? 'STATS' : 'EVAL'} x = ${example}`
    // A span is no column; it is for adding to a date.
    const spans = /^TO_(DATEPERIOD|TIMEDURATION)$/.test(name) ? `EVAL x = @timestamp + ${example}` : null
    expect(errorsOf(`FROM logs | ${spans ?? command}`)).toEqual([])
  })
})

describe('commands', () => {
  test.each([...COMMANDS.keys()].map((word) => word.toUpperCase()))('%s is described, or refused by its name', (word) => {
    if (commands.has(PART_OF.get(word) ?? word)) return
    expect(REFUSED_COMMANDS.get(word)).toBeTypeOf('string')
    const place = COMMANDS.get(word.toLowerCase())!.place
    const query = place === 'source' ? `${word} x` : place === 'setting' ? `${word} a = "b"; FROM x` : `FROM x | ${word} y`
    expect(errorsOf(query)).toEqual([`the command ${word} is not run by this version yet: ${REFUSED_COMMANDS.get(word)}`])
  })

  test('a refused one is not described', () => {
    expect([...REFUSED_COMMANDS.keys()].filter((word) => commands.has(word))).toEqual([])
  })
})

test('docs/language.md says so', () => {
  const path = join(ROOT, 'docs/language.md')
  if (process.env['UPDATE_SPECS'] === '1') writeFileSync(path, page())
  expect(readFileSync(path, 'utf8')).toBe(page())
})

function page(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const rows = (lines: readonly string[][]) => lines.map((line) => `| ${line.map(cell).join(' | ')} |`).join('\n')
  const refused = new Map<string, string[]>()
  for (const [name, reason] of [...REFUSED_COMMANDS, ...LATER].map(([name, reason]) => [name, reason] as const))
    refused.set(reason, [...(refused.get(reason) ?? []), name])
  return `# ES|QL: what runs, and what is refused

Made by \`test/engine/session/language-coverage.test.ts\` (\`UPDATE_SPECS=1\` writes it again). What is refused is named in the message, with its reason; nothing is left out silently or answered otherwise.

## Commands

| command | what it does | example |
|---|---|---|
${rows(language.commands.map(({ name, doc, example }) => [name, doc, `\`${example}\``]))}

## Functions

| function | what it gives | example |
|---|---|---|
${rows(language.functions.map(({ name, aliases, doc, example }) => [[name, ...aliases].join(', '), doc, `\`${example}\``]))}

Where this version is deliberately not as Elasticsearch: COUNT_DISTINCT counts exactly at any size, where Elasticsearch estimates above its precision threshold; MEDIAN and PERCENTILE are exact where it estimates on many values.

## Refused by name

| reason | commands and functions |
|---|---|
${rows([...refused].map(([reason, names]) => [reason, [...new Set(names)].join(', ')]))}
`
}
