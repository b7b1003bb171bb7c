/** The case as data: there and back, older versions, later versions, and anything hostile. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  caseText,
  type CaseData,
  CASE_KIND,
  CASE_VERSION,
  DEFAULT_SETTINGS,
  hasWork,
  looksLikeCase,
  readCase,
  readCaseText
} from '../../../ui/format/case-format.ts'

const CASE: CaseData = {
  id: 'a1',
  createdAt: 1,
  savedAt: 2,
  inputs: [{ name: 'a.ndjson', byteLength: 10, print: 'ab', sha256: 'f'.repeat(64) }],
  rules: [{ name: 'r.toml', text: '[rule]' }],
  settings: { ...DEFAULT_SETTINGS, rule: { id: null, name: 'R' }, mode: 'replay', only: 'tag x' },
  findings: [['R\n1', { star: true, tags: ['x'], note: '\u202enote' }]],
  events: [
    [
      { print: 'ab', member: '', byte: 7 },
      { star: false, tags: [], note: 'n' }
    ]
  ],
  steps: [['R\n1', [['what', { done: true, note: '' }]]]],
  history: [{ text: 'FROM *', limited: true, startedMillis: 5, elapsedMillis: 6, outcome: 'done', rows: 7 }]
}
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('a case written and read again is the same', () => {
  expect(readCaseText(caseText(CASE))).toEqual({ read: CASE, leftOut: 0 })
  expect(looksLikeCase(caseText(CASE))).toBe(true)
  expect(looksLikeCase('{"kind":"event","@timestamp":1}')).toBe(false)
})

test('version 1, which knew steps only, is read', () => {
  const old = { kind: CASE_KIND, version: 1, id: 'a1', inputs: CASE.inputs, marks: CASE.steps }
  expect(readCase(plain(old))).toMatchObject({
    read: { steps: CASE.steps, findings: [], settings: DEFAULT_SETTINGS },
    leftOut: 0
  })
})

test('a later version and what is no case are refused', () => {
  expect(readCase({ kind: CASE_KIND, version: CASE_VERSION + 1 })).toEqual({ refused: 'newer' })
  for (const one of [
    null,
    1,
    'x',
    [],
    {},
    { kind: CASE_KIND },
    { kind: CASE_KIND, version: '2' },
    { kind: CASE_KIND, version: 2 }
  ])
    expect(readCase(one)).toEqual({ refused: 'foreign' })
  expect(readCaseText('{"kind"')).toEqual({ refused: 'foreign' })
})

test('one bad note costs no other', () => {
  const mixed = plain({ kind: CASE_KIND, version: CASE_VERSION, ...CASE }) as Record<string, unknown[]>
  mixed['findings']!.push(['k'], [1, {}], ['k', { star: true, tags: [1, '', 'y', 'y'], note: 5 }], null)
  mixed['events']!.push([{ print: 'x', byte: -1, member: '' }, { star: true }])
  const answer = readCase(mixed)
  expect(answer).toMatchObject({ leftOut: 4 })
  expect('read' in answer && answer.read.findings[1]).toEqual(['k', { star: true, tags: ['y'], note: '' }])
})

test('names of prototypes are data', () => {
  const text = caseText(CASE).replace(
    '"findings": [',
    '"__proto__": {"polluted": 1}, "findings": [["__proto__", {"star": true}],'
  )
  const answer = readCaseText(text)
  expect('read' in answer && answer.read.findings[0]).toEqual(['__proto__', { star: true, tags: [], note: '' }])
  expect('polluted' in {}).toBe(false)
})

describe('anything', () => {
  test('is read or refused, never thrown; what is read is read again the same', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(CASE), 'x'), fc.jsonValue()), (loose) => {
        const answer = readCase({ ...(plain(CASE) as object), ...loose, kind: CASE_KIND, version: CASE_VERSION })
        if (!('read' in answer)) return
        expect(readCaseText(caseText(answer.read))).toEqual({ read: answer.read, leftOut: 0 })
      }),
      { numRuns: 500, seed: 5 }
    )
  })
})

test('only the analyst’s own makes a case worth keeping', () => {
  const bare: CaseData = {
    ...CASE,
    rules: [],
    settings: DEFAULT_SETTINGS,
    findings: [],
    events: [],
    steps: [['k', []]],
    history: []
  }
  expect(hasWork(bare)).toBe(false)
  expect(hasWork({ ...bare, settings: { ...DEFAULT_SETTINGS, filter: 'x' } })).toBe(true)
  expect(hasWork({ ...bare, events: CASE.events })).toBe(true)
})
