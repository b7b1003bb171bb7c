import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileOneOf } from '../../engine/data/automaton-sets.ts'
import { compileLike } from '../../engine/data/like-pattern.ts'
import type { ScanPlan } from '../../engine/source/record-scanner.ts'
import { createReferenceKernels } from '../../wasm/reference/kernels.ts'
import { damagedRecord, record } from '../engine/source/scan/documents.ts'
import { expectRecord } from '../engine/source/scan/oracle.ts'
import { loadTestKernels } from '../helpers/kernels.ts'
import { planOf, scanLines, scanRecords } from '../helpers/scan.ts'

const wasm = await loadTestKernels()
const twin = createReferenceKernels()
const encoder = new TextEncoder()

const WIDE = planOf('a', 'a.b', 'a.b.c', 'b.c', 'process.name', 'name', 'é', 'command_line', '', 'x'.repeat(64), '__proto__')
const required = (field: number, texts: string[], quantifier: 'single' | 'any') => ({
  field,
  automaton: compileOneOf(texts),
  quantifier
})
const PLANS: ScanPlan[] = [
  WIDE,
  planOf('working_directory_of_the_process', 'a'),
  planOf(),
  { ...WIDE, required: [required(0, ['sh', 'bash', 'linux', 'true'], 'single')] },
  {
    ...WIDE,
    required: [
      required(4, ['sh', 'bash', 'start', 'linux'], 'any'),
      { field: 0, automaton: compileLike('*s*'), quantifier: 'any' }
    ]
  },
  {
    ...WIDE,
    required: [required(1, ['sh', 'linux', '33'], 'single'), { field: 1, automaton: compileLike('*'), quantifier: 'single' }]
  }
]
const plan = fc.constantFrom(...PLANS)
const FIXED = { seed: 20_261_124 }

/** Lines of bytes joined as a stream. */
function joinLines(lines: readonly (string | Uint8Array)[], end: string): Uint8Array {
  return Uint8Array.from(
    lines.flatMap((line) => [...(typeof line === 'string' ? encoder.encode(line) : line), ...encoder.encode(end)])
  )
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

describe('scanJson', () => {
  test('finds in valid records what JSON.parse finds', () => {
    fc.assert(
      fc.property(plan, fc.array(record, { maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\n\n'), (plan, records, end) => {
        const outcome = scanLines(wasm, plan, joinLines(records, end))
        const expected = records.map((text) => expectRecord(plan, text))
        expect(expected.every(({ isObject }) => isObject)).toBe(true)
        expect(outcome.skipped).toEqual([])
        expect(outcome.events).toBe(records.length)
        expect(outcome.rows.map(({ event, values }) => ({ event, values }))).toEqual(
          expected.flatMap(({ row }, index) => (row ? [{ event: index + 1, values: row }] : []))
        )
      }),
      { ...FIXED, numRuns: 1500 }
    )
  })

  test('module and twin agree on valid and damaged lines, whatever the pieces', () => {
    const line = fc.oneof(record, damagedRecord, fc.constantFrom('', ' ', 'null', '[1]', '{}', '{"a":1} x'))
    const pieces = fc.constantFrom(1, 7, 64, 65536)
    fc.assert(
      fc.property(plan, fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), pieces, (plan, lines, end, piece) => {
        const bytes = joinLines(lines, end)
        const whole = scanLines(wasm, plan, bytes)
        expect(scanLines(wasm, plan, bytes, piece)).toEqual(whole)
        expect(scanLines(twin, plan, bytes)).toEqual(whole)
        expect(whole.events + whole.skippedTotal).toBeLessThanOrEqual(lines.length)
      }),
      { ...FIXED, numRuns: 1500 }
    )
  })

  test('the twin does not mind the pieces either', () => {
    fc.assert(
      fc.property(plan, fc.array(damagedRecord, { maxLength: 3 }), fc.constantFrom(1, 7), (plan, lines, piece) => {
        const bytes = joinLines(lines, '\n')
        expect(scanLines(twin, plan, bytes, piece)).toEqual(scanLines(twin, plan, bytes))
      }),
      { ...FIXED, numRuns: 40 }
    )
  })

  test('a record that is JSON after a random damage is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(damagedRecord, (bytes) => {
        const expected = isUtf8(bytes) ? expectRecord(WIDE, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)) : null
        const { rows, skipped } = scanRecords(wasm, WIDE, [bytes])
        if (expected === null) expect(['invalid UTF-8', 'not a JSON object']).toContain(skipped[0]?.reason)
        else if (expected.isObject) expect(rows.map(({ values }) => values)).toEqual([expected.row])
      }),
      { ...FIXED, numRuns: 3000 }
    )
  })

  test('records mode agrees with lines mode and with the twin', () => {
    fc.assert(
      fc.property(plan, fc.array(fc.oneof(record, damagedRecord), { minLength: 1, maxLength: 6 }), (plan, records) => {
        const outcome = scanRecords(wasm, plan, records)
        expect(scanRecords(twin, plan, records)).toEqual(outcome)
        const single = records.map((bytes) => scanRecords(wasm, plan, [bytes]))
        expect(outcome.rows.map(({ values }) => values)).toEqual(single.flatMap(({ rows }) => rows.map(({ values }) => values)))
      }),
      { ...FIXED, numRuns: 500 }
    )
  })

  test.each([1, 3, 4096])('batches of %i rows and small dictionary budgets change nothing', (batchRows) => {
    fc.assert(
      fc.property(plan, fc.array(record, { maxLength: 12 }), (plan, records) => {
        const bytes = joinLines(records, '\n')
        const limits = { batchRows, epochBytes: 20, epochEntries: 3, batchBytes: 60, batchCodes: 5 }
        const whole = scanLines(wasm, plan, bytes)
        expect(scanLines(wasm, plan, bytes, 100, limits)).toEqual(whole)
        expect(scanLines(twin, plan, bytes, 100, limits)).toEqual(whole)
      }),
      { ...FIXED, numRuns: 150 }
    )
  })

  test('lengths around the lane width, in every alignment', () => {
    const lengths = [
      0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 62, 63, 64, 65, 66, 127, 128, 129, 255, 256, 257, 1000, 4096
    ]
    const plan = planOf('v', 'k')
    for (const shift of [0, 1, 5, 15, 16, 17, 40, 63, 64])
      for (const length of lengths)
        for (const filler of ['x', '\\\\', 'é', '\\"', '{', '€']) {
          const value = filler.repeat(Math.ceil(length / filler.length))
          const text = `{"${'p'.repeat(shift)}":0,"v":"${value}","k":[true]}`
          const outcome = scanLines(wasm, plan, `${text}\n${text}`)
          const row = [[`0:${JSON.parse(`"${value}"`)}`], ['2:true']]
          expect(
            outcome.rows.map(({ values }) => values),
            `${shift} ${length} ${filler}`
          ).toEqual([row, row])
        }
  })

  test('UTF-8 is judged as a strict decoder judges it, at every place of a block', () => {
    const samples = [
      'c080',
      'c1bf',
      'c2',
      'c280',
      'dfbf',
      'e08080',
      'e0a080',
      'eda080',
      'ed9fbf',
      'eebfbf',
      'efbfbd',
      'f0808080',
      'f0908080'
    ]
    samples.push(
      'f48fbfbf',
      'f4908080',
      'f5808080',
      'ff',
      '80',
      'bf',
      'e282',
      'f09d84',
      'e28228',
      'c3a9c3',
      'f0288cbc',
      'e2828080',
      'fe',
      'edbfbf'
    )
    for (const sample of samples)
      for (let shift = 0; shift < 70; shift++) {
        const bytes = joinLines([`{"v":"${'x'.repeat(shift)}`, Buffer.from(sample, 'hex'), '"}'], '')
        const outcome = scanRecords(wasm, planOf('v'), [bytes])
        expect(
          outcome.skipped.map(({ reason }) => reason),
          `${sample} at ${shift}`
        ).toEqual(isUtf8(bytes) ? [] : ['invalid UTF-8'])
      }
  })
})
