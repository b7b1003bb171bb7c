/** Detection: kind, shape and encoding from the first bytes alone. */
import { describe, expect, it } from 'vitest'
import { detect } from '../../../engine/source/detect.ts'

const DOC = '{"@timestamp":"2026-01-01T00:00:00Z","event":{"action":"exec"}}'
const PRETTY = JSON.stringify(JSON.parse(DOC), null, 2)
const HIT = `{"_index":"logs-a","_id":"1","_source":${DOC}}`
const FIELDS_HIT = '{"_index":"logs-a","_id":"1","fields":{"event.action":["exec"]}}'
const RESPONSE = `{"took":1,"hits":{"total":1,"hits":[${HIT},${HIT}]}}`

function kindOf(text: string | Uint8Array): string {
  const { kind, shape } = detect(typeof text === 'string' ? Buffer.from(text) : text)
  return shape === 'plain' ? kind : `${kind} ${shape}`
}

const CASES: [string, string, string][] = [
  ['one document a line', `${DOC}\n${DOC}\n`, 'ndjson'],
  ['a single document on one line', DOC, 'ndjson'],
  ['blank lines first', `\n\n  \n${DOC}\n${DOC}`, 'ndjson'],
  ['garbage first', `--- not json {"x\n${DOC}\n`, 'ndjson'],
  ['a damaged first line', `${DOC.slice(20)}\n${DOC}\n`, 'ndjson'],
  ['a first line cut in a string', `{"a":"b\n${DOC}\n`, 'ndjson'],
  ['a first line without its end', `{"a":{"b":1}\n${DOC}\n`, 'ndjson'],
  ['a head cut inside the first line', DOC.slice(0, 30), 'ndjson'],
  ['lone CR line ends', `${DOC}\r${DOC}\r`, 'ndjson'],
  ['hits, one a line', `${HIT}\n${HIT}\n`, 'hits-ndjson hit-source'],
  ['hits with fields, one a line', `${FIELDS_HIT}\n`, 'hits-ndjson hit-fields'],
  ['a head cut inside the first hit', HIT.slice(0, 60), 'hits-ndjson hit-source'],
  ['an array of documents', `[${DOC},${DOC}]`, 'json-array'],
  ['an array over several lines', `[\n  ${DOC},\n  ${DOC}\n]`, 'json-array'],
  ['an empty array', '[ ]', 'json-array'],
  ['an array of hits', `[${HIT}]`, 'json-array hit-source'],
  ['pretty-printed documents', `${PRETTY}\n${PRETTY}\n`, 'json-concatenated'],
  ['a head cut inside a pretty-printed document', PRETTY.slice(0, 50), 'json-concatenated'],
  ['pretty-printed documents behind garbage', `garbage\n${PRETTY}\n`, 'json-concatenated'],
  ['documents one behind another on a line', `${DOC}${DOC}`, 'json-concatenated'],
  ['documents with commas between lines', `${DOC},\n${DOC},\n`, 'json-concatenated'],
  ['pretty-printed hits', JSON.stringify(JSON.parse(HIT), null, 1), 'json-concatenated hit-source'],
  ['a search response', RESPONSE, 'search-response hit-source'],
  ['a pretty-printed search response', JSON.stringify(JSON.parse(RESPONSE), null, 2), 'search-response hit-source'],
  ['a response in Kibana wrapping', `{"id":"x","isRunning":false,"rawResponse":${RESPONSE}}`, 'search-response hit-source'],
  ['an async response', `{"id":"x","is_partial":false,"response":${RESPONSE}}`, 'search-response hit-source'],
  [
    'aggregations before the hits',
    `{"took":1,"aggregations":{"a":{"buckets":[]}},${RESPONSE.slice(1)}`,
    'search-response hit-source'
  ],
  [
    'a head cut inside aggregations',
    '{"took":1,"timed_out":false,"aggregations":{"a":{"buckets":[{"key":1',
    'search-response hit-source'
  ],
  ['a response without hits', '{"took":1,"hits":{"hits":[]}}', 'search-response hit-source'],
  ['hits with fields in a response', `{"hits":{"hits":[${FIELDS_HIT}]}}`, 'search-response hit-fields'],
  ['a document with a field hits', '{"hits":{"count":3}}\n', 'ndjson'],
  ['a bulk file', `{"create":{"_index":"a"}}\n${DOC}\n`, 'bulk hit-source'],
  ['a bulk file that begins with a delete', `{"delete":{"_id":"1"}}\n{"index":{}}\n${DOC}\n`, 'bulk hit-source'],
  ['a document that has a field create', '{"create":{"user":"x"}}\n', 'ndjson'],
  ['CSV', '@timestamp,event.action\n2026,exec\n', 'csv'],
  ['CSV with quoted names', '"@timestamp","event.action"\r\n"2026","exec"\r\n', 'csv'],
  ['CSV separated by semicolons', '@timestamp;event.action\n2026;exec\n', 'csv'],
  ['CSV separated by tabs', '@timestamp\tevent.action\n2026\texec\n', 'csv'],
  ['CSV with a separator line', 'sep=;\n@timestamp;event.action\n', 'csv'],
  ['CSV with plain names', 'host,user,pid\na,b,1\n', 'csv'],
  ['nothing', '', 'empty'],
  ['white space', ' \n\n', 'empty'],
  ['a log in plain text', 'Jan 12 10:00:00 host sshd[1]: Accepted, for root\nJan 12 10:00:01 host sshd[1]: bye\n', 'unknown'],
  ['a bracketed log', '[2026-01-01] hello\n[2026-01-01] world\n', 'unknown'],
  ['prose', 'Dear analyst, the log is not here.\nRegards, the log\n', 'unknown']
]

describe('detect', () => {
  it.each(CASES)('%s', (_, text, expected) => {
    expect(kindOf(text)).toBe(expected)
  })

  it.each(CASES)('%s, in UTF-16 with and without a mark and with a UTF-8 mark', (_, text, expected) => {
    expect(kindOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(expected)
    expect(kindOf(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toBe(expected)
    expect(kindOf(Buffer.from(`\ufeff${text}`))).toBe(expected)
    if (text.length > 4) {
      expect(kindOf(Buffer.from(text, 'utf16le'))).toBe(expected)
      expect(kindOf(Buffer.from(text, 'utf16le').swap16())).toBe(expected)
    }
  })

  it('tells marks, encodings and line ends', () => {
    expect(detect(Buffer.from(`\ufeff${DOC}`, 'utf16le'))).toEqual({
      kind: 'ndjson',
      shape: 'plain',
      encoding: 'utf-16le',
      bomBytes: 2,
      description: 'one JSON document a line, UTF-16'
    })
    expect(detect(Buffer.from(`\ufeff${DOC}`))).toMatchObject({ encoding: 'utf-8', bomBytes: 3 })
    expect(detect(Buffer.from(`${DOC}\r${DOC}`)).lineEnd).toBe('cr')
    expect(detect(Buffer.from(`${DOC}\r\n${DOC}`)).lineEnd).toBeUndefined()
    expect(detect(Buffer.from(`${DOC}\r`)).lineEnd).toBeUndefined()
  })

  it('stays with UTF-8 where lines hold other bytes', () => {
    expect(detect(Buffer.from(`{"a":"caf\xe9"}\n{"a":"caf\xe9"}\n`, 'latin1'))).toMatchObject({
      kind: 'ndjson',
      encoding: 'utf-8'
    })
  })

  it('says what other files are', () => {
    expect(detect(Buffer.from('28b52ffd00', 'hex')).description).toBe('Zstandard data: decompress it first (zstd -d)')
    expect(detect(Buffer.from('456c6646696c6500', 'hex')).description).toBe('a Windows event log (EVTX): export it as JSON first')
    expect(detect(Buffer.from('0102030405060708090a', 'hex')).description).toBe('binary data')
    expect(detect(Buffer.from('some words')).description).toBe(
      'text in none of the known forms (JSON, CSV with field names, Linux audit records)'
    )
  })

  it('gives an answer for any cut of any form', () => {
    for (const [, text] of CASES)
      for (let end = 0; end <= text.length; end++) expect(detect(Buffer.from(text.slice(0, end))).kind).toBeTypeOf('string')
  })

  it('looks at deep nesting without recursion', () => {
    expect(kindOf(`{"a":${'['.repeat(100_000)}`)).toBe('ndjson')
    expect(kindOf('['.repeat(100_000))).toBe('unknown')
  })
})
