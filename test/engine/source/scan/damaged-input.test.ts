import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createReferenceKernels } from '../../../../wasm/reference/kernels.ts'
import { loadTestKernels } from '../../../helpers/kernels.ts'
import { planOf, scanLines, scanRecords } from '../../../helpers/scan.ts'
import { sharedPath } from '../../../helpers/shared-facts.ts'
import { expectRecord } from './oracle.ts'

const wasm = await loadTestKernels()
const twin = createReferenceKernels()
const suite = sharedPath('trust/JSONTestSuite/test_parsing')
const texts = sharedPath('trust/made/text')

/** Each case stands as the value of `v`; one that is an object itself is also read as it is. */
describe.skipIf(suite === null)('JSONTestSuite', () => {
  const cases = suite === null ? [] : readdirSync(suite).map((name) => ({ name, bytes: readFileSync(join(suite, name)) }))
  const wrap = (bytes: Uint8Array) => Buffer.concat([Buffer.from('{"v":'), bytes, Buffer.from('}')])
  const plan = planOf('v', 'v.a', 'v.b', 'v.asd', 'v.x')

  test('its cases are all there', () => {
    expect(cases.length).toBe(318)
  })

  test.each(cases.filter(({ name }) => name.startsWith('y_')))('$name is read', ({ bytes }) => {
    const outcome = scanRecords(wasm, plan, [wrap(bytes)])
    expect(outcome.skipped).toEqual([])
    expect(outcome.rows.map(({ values }) => values)).toEqual([expectRecord(plan, wrap(bytes).toString()).row])
    expect(scanRecords(twin, plan, [wrap(bytes)])).toEqual(outcome)
  })

  test.each(cases.filter(({ name }) => name.startsWith('n_')))('$name is skipped', ({ bytes }) => {
    const outcome = scanRecords(wasm, plan, [wrap(bytes)])
    expect(scanRecords(twin, plan, [wrap(bytes)])).toEqual(outcome)
    expect(outcome.skippedTotal).toBe(1)
  })

  test('of the cases left to the implementation, what is skipped is named', () => {
    const undecided = cases.filter(({ name }) => name.startsWith('i_'))
    const verdicts = undecided.map(({ name, bytes }) => {
      const outcome = scanRecords(wasm, plan, [wrap(bytes)])
      expect(scanRecords(twin, plan, [wrap(bytes)]), name).toEqual(outcome)
      return [name.slice(2, -5), outcome.skipped[0]?.reason ?? 'read'] as const
    })
    // numbers of any size keep their digits, surrogates without a partner become U+FFFD; bytes that are not UTF-8 are refused
    const refused = Object.fromEntries(verdicts.filter(([, verdict]) => verdict !== 'read'))
    expect(refused).toEqual(REFUSED)
    expect(undecided.length).toBe(35)
  })
})

const NOT_UTF8 = [
  'string_UTF-16LE_with_BOM',
  'string_UTF-8_invalid_sequence',
  'string_UTF8_surrogate_U+D800',
  'string_invalid_utf-8',
  'string_iso_latin_1',
  'string_lone_utf8_continuation_byte',
  'string_not_in_unicode_range',
  'string_overlong_sequence_2_bytes',
  'string_overlong_sequence_6_bytes',
  'string_overlong_sequence_6_bytes_null',
  'string_truncated-utf-8',
  'string_utf16BE_no_BOM',
  'string_utf16LE_no_BOM'
]
const REFUSED: Record<string, string> = {
  ...Object.fromEntries(NOT_UTF8.map((name) => [name, 'invalid UTF-8'])),
  'structure_UTF-8_BOM_empty_object': 'not JSON: expected a value'
}

describe.skipIf(texts === null)('made texts', () => {
  const plan = planOf('@timestamp', 'process.name', 'message')

  /** Name, events, and how many lines are skipped for which reason. */
  const counts: [string, number, Record<string, number>][] = [
    ['bad-utf8.ndjson', 0, { 'invalid UTF-8': 168 }],
    ['blank-lines.ndjson', 168, {}],
    ['bom.ndjson', 168, {}],
    ['cr.ndjson', 0, { 'not JSON: text behind the object': 1 }],
    ['crlf.ndjson', 168, {}],
    ['cut-mid-line.ndjson', 167, { 'unterminated string': 1 }],
    ['deep-100000.ndjson', 168, { 'nesting deeper than 1,000': 1 }],
    ['dup-keys.ndjson', 4, {}],
    ['garbage-between.ndjson', 151, { 'not a JSON object': 17 }],
    ['latin1.ndjson', 0, { 'invalid UTF-8': 168 }],
    ['no-final-newline.ndjson', 168, {}],
    ['nul-run.ndjson', 167, { 'control character in string': 1 }],
    ['one-line-4MiB.ndjson', 169, {}]
  ]

  test.each(counts)('%s: %i events', (name, events, reasons) => {
    const bytes = readFileSync(join(texts!, name))
    const outcome = scanLines(wasm, plan, bytes)
    const counted: Record<string, number> = {}
    for (const { reason } of outcome.skipped) counted[reason] = (counted[reason] ?? 0) + 1
    expect({ events: outcome.events, reasons: counted }).toEqual({ events, reasons })
    expect(scanLines(wasm, plan, bytes, 7)).toEqual(outcome)
    expect(scanLines(twin, plan, bytes)).toEqual(outcome)
  })
})
