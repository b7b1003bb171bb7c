import { describe, expect, it } from 'vitest'
import { compileOneOf } from '../../../../engine/data/automaton.ts'
import { createReferenceScanner, type ReferenceScannerOptions } from '../../../../engine/source/scan/reference-scanner.ts'
import type { RecordScanner, ScannedRows, ScanPlan } from '../../../../engine/source/record-scanner.ts'

const encoder = new TextEncoder()

function plan(fields: string[], extra: Partial<ScanPlan> = {}): ScanPlan {
  return { fields: fields.map((path) => ({ path, root: path.startsWith('_') })), required: [], shape: 'plain', ...extra }
}

function drain(scanner: RecordScanner, into: string[]): void {
  for (let rows = scanner.next(); rows; rows = scanner.next()) into.push(...printRows(rows))
}

function printRows(rows: ScannedRows): string[] {
  return Array.from({ length: rows.rowCount }, (_, row) => {
    const cells = rows.fields.map((field) =>
      Array.from(
        field.codes.subarray(field.offsets[row], field.offsets[row + 1]),
        (code) => `${'snTF'[field.dictionary.kind(code)]}${field.dictionary.text(code)}`
      ).join(',')
    )
    return `${rows.event[row]} @${rows.byte[row]}+${rows.length[row]} line ${rows.line[row]}: ${cells.join(' | ')}`
  })
}

function scanLines(text: string, scanPlan: ScanPlan, chunk: number, options: ReferenceScannerOptions = {}) {
  const scanner = createReferenceScanner(scanPlan, options)
  const bytes = encoder.encode(text)
  const rows: string[] = []
  for (let at = 0; at <= bytes.length; at += chunk) {
    const view = scanner.inputView(chunk)
    const part = bytes.subarray(at, Math.min(at + chunk, bytes.length))
    view.set(part)
    if (part.length > 0) scanner.advance(part.length)
    drain(scanner, rows)
  }
  scanner.advance(0)
  drain(scanner, rows)
  return { rows, skipped: scanner.takeSkipped(), events: scanner.events, drops: scanner.multiValueDrops }
}

const SAMPLE = '{"a":{"b":1},"c":"x"}\r\n\n  {"a.b":[2,"2",null],"a":{"b":3}}  \nnot json\n{"c":"é\\n"}'

describe('reference scanner', () => {
  it.each([1, 7, 4096])('reads lines in chunks of %i bytes', (chunk) => {
    const { rows, skipped, events } = scanLines(SAMPLE, plan(['a.b', 'c']), chunk)
    expect(rows).toEqual(['1 @0+21 line 1: n1 | sx', '2 @26+32 line 3: n2,s2,n3 | ', '3 @70+12 line 5:  | sé\n'])
    expect(skipped).toEqual([{ line: 4, byte: 61, length: 8, reason: 'not a JSON object' }])
    expect(events).toBe(3)
  })

  it('starts dictionaries anew between batches', () => {
    const text = '{"a":"x"}\n{"a":"y"}\n{"a":"x"}\n'
    expect(scanLines(text, plan(['a']), 64, { batchRows: 1, dictionaryEntries: 1 }).rows).toEqual([
      '1 @0+9 line 1: sx',
      '2 @10+9 line 2: sy',
      '3 @20+9 line 3: sx'
    ])
  })

  it('drops rows by required conjuncts and counts multi-values', () => {
    const text = '{"a":"x"}\n{"a":["x","y"]}\n{"a":["x","x"]}\n{}\n{"a":"y"}\n'
    const single = scanLines(
      text,
      plan(['a'], { required: [{ field: 0, automaton: compileOneOf(['x']), quantifier: 'single' }] }),
      64
    )
    expect(single.rows.map((row) => row[0])).toEqual(['1', '3'])
    expect(single.drops).toEqual([1])
    const any = scanLines(text, plan(['a'], { required: [{ field: 0, automaton: compileOneOf(['x']), quantifier: 'any' }] }), 64)
    expect(any.rows.map((row) => row[0])).toEqual(['1', '2', '3'])
    expect(any.events).toBe(5)
  })

  it('skips an over-long line without keeping it', () => {
    const text = `{"a":"${'x'.repeat(16 * 1024 * 1024)}"}\n{"a":"y"}\n`
    const { rows, skipped } = scanLines(text, plan(['a']), 1 << 20)
    expect(rows).toEqual([`1 @${text.length - 10}+9 line 2: sy`])
    expect(skipped).toEqual([{ line: 1, byte: 0, length: text.length - 11, reason: 'longer than 16 MiB' }])
  })

  it('scans records and tells their index', () => {
    const scanner = createReferenceScanner(plan(['a', '_id'], { shape: 'hit-source' }))
    const bytes = encoder.encode('[{"_id":"i","_source":{"a":1}}, 5 ,{"_source":{"_id":2,"a":2}}]')
    scanner.scanRecords(bytes, Uint32Array.of(1, 31, 35), Uint32Array.of(30, 34, 62), 3)
    const rows = scanner.next()!
    expect(printRows(rows)).toEqual(['1 @0+29 line 0: n1 | si', '2 @2+27 line 0: n2 | '])
    expect(rows.recordIndex).toEqual(Uint32Array.of(0, 2))
    expect(scanner.next()).toBeNull()
    expect(scanner.takeSkipped()).toEqual([{ line: 0, byte: 1, length: 3, reason: 'not a JSON object' }])
  })
})
