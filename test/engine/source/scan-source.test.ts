import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileLike, compileOneOf } from '../../../engine/data/automaton.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { openInputs } from '../../../engine/source/open-input.ts'
import type { Detection } from '../../../engine/source/record-reader.ts'
import type { ScanPlan } from '../../../engine/source/record-scanner.ts'
import { createJsonScanner } from '../../../engine/source/scan/json-scanner.ts'
import { createReferenceScanner } from '../../../engine/source/scan/reference-scanner.ts'
import { SeenIds } from '../../../engine/source/seen-ids.ts'
import { bothKernels } from '../../helpers/kernels.ts'
import { scanOpened, scanRows } from '../../helpers/scan-rows.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

const HIT: Partial<Detection> = { kind: 'hits-ndjson', shape: 'hit-source' }

describe('scanInput', () => {
  it('types values by the field table and merges all ways to write a field', async () => {
    const text = [
      '{"user":{"id":33},"process.args":["b","a","b"],"process":{"pid":9007199254740993,"args":"c"}}',
      '{"user.id":"33","process":{"pid":"12.7","args":[]},"user":{"id":"7"}}',
      'oops',
      '{"user":{"id":"x"},"user":{"id":"y"}}\r'
    ].join('\n')
    for (const chunk of [1, 7, 65536]) {
      const { rows, places, report } = await scanRows(text, { columns: ['user.id', 'process.args', 'process.pid'], chunk })
      expect(rows).toEqual([
        ['33', ['a', 'b', 'c'], 9007199254740993n],
        [['33', '7'], null, 12n],
        [['x', 'y'], null, null]
      ])
      expect(places).toEqual(['1:1:0+93', '2:2:94+69', '4:3:169+37'])
      expect(report).toEqual({
        name: 'data',
        bytes: 207,
        events: 3,
        skipped: [{ line: 3, byte: 164, length: 4, reason: 'not a JSON object' }],
        skippedTotal: 1,
        notes: [],
        multiValueDrops: []
      })
    }
  })

  it('counts what did not fit and what is over ignore_above', async () => {
    const text = `{"source":{"port":"http"},"user":{"name":"${'x'.repeat(1025)}"}}\n{"source":{"port":[80,"x","y"]}}\n`
    const kept = await scanRows(text, { columns: ['source.port', 'user.name'] })
    expect(kept.rows.map(([port]) => port)).toEqual([null, 80n])
    expect(kept.report.notes).toEqual([
      '3 values of [source.port] are not long and became null.',
      '1 value of [user.name] is longer than 1,024 characters: Elasticsearch would make them null, here they are kept.'
    ])
    const limited = await scanRows(text, { columns: ['user.name'], indexLimits: true })
    expect(limited.rows).toEqual([[null], [null]])
    expect(limited.report.notes).toEqual([
      '1 value of [user.name] is longer than 1,024 characters and became null, as in Elasticsearch.'
    ])
  })

  it('gives metadata of hits, and makes up what is missing', async () => {
    const hits =
      '{"_index":".ds-a-b-c-2025.01.01-000001","_id":"e1","_version":3,"_source":{"x":1,"_id":"no"}}\n{"_source": {"x": "2"}}\n'
    const { rows } = await scanRows(hits, {
      columns: ['_id', '_index', '_version', '_source', 'x'],
      detection: HIT,
      fileIndex: 4
    })
    expect(rows).toEqual([
      ['e1', '.ds-a-b-c-2025.01.01-000001', 3n, '{"x":1,"_id":"no"}', '1'],
      ['4:94', null, 1n, '{"x": "2"}', '2']
    ])
    const plain = await scanRows('\ufeff{"a":1}\n', { columns: ['_id', '_version', '_source'], detection: { bomBytes: 3 } })
    expect([plain.rows, plain.places]).toEqual([[['0:3', 1n, '{"a":1}']], ['1:1:3+7']])
  })

  it('lists ignored fields of an event, scanned or not', async () => {
    const long = 'x'.repeat(1025)
    const text = `{"user":{"name":"${long}"},"process":{"args":["a","${long}"],"command_line":"${long}"},"zz":"${long}"}\n{"user.name":"a"}\n`
    expect((await scanRows(text, { columns: ['_ignored'] })).rows).toEqual([[['process.args', 'user.name', 'zz']], [null]])
    const required = [{ column: 0, automaton: compileOneOf(['zz']), quantifier: 'any' as const }]
    expect((await scanRows(text, { columns: ['_ignored'], required })).rows.length).toBe(1)
  })

  it('lists what a hit itself names as ignored', async () => {
    const hit = '{"_index":"logs-a","_ignored":["process.command_line"],"_source":{"process":{"command_line":"x"}}}\n'
    expect((await scanRows(hit, { columns: ['_ignored'], detection: HIT })).rows).toEqual([['process.command_line']])
  })

  it('passes over a byte-order mark and keeps original offsets', async () => {
    const text = '\ufeff{"a":1}\nbad\n{"a":2}'
    const { places, report } = await scanRows(text, { columns: ['a'], detection: { bomBytes: 3 } })
    expect(places).toEqual(['1:1:3+7', '3:2:15+7'])
    expect(report.skipped).toEqual([{ line: 2, byte: 11, length: 3, reason: 'not a JSON object' }])
  })

  it('stores multi-fields from their parent', async () => {
    const text = '{"process":{"name":"CMD.exe"}}\n'
    const { rows } = await scanRows(text, { columns: ['process.name', 'process.name.text', 'process.name.caseless'] })
    expect(rows).toEqual([['CMD.exe', 'CMD.exe', 'cmd.exe']])
  })

  it('reads points as object, array and text', async () => {
    const text = [
      '{"source":{"geo":{"location":{"lat":48.5,"lon":2}}}}',
      '{"source.geo.location":[2,48.5]}',
      '{"source":{"geo":{"location":"48.5,2"}}}',
      '{"source":{"geo":{"location":[{"lat":1,"lon":2},{"lat":3,"lon":4}]}}}',
      '{"source":{"geo":{"location":"nowhere"}}}',
      '{}'
    ].join('\n')
    const { rows, report } = await scanRows(text, { columns: ['source.geo.location'] })
    const berlin = 'POINT (2.0 48.5)'
    expect(rows.flat()).toEqual(
      [berlin, berlin, berlin, ...[['POINT (2.0 1.0)', 'POINT (4.0 3.0)']], null, null].flatMap((x) => [x])
    )
    expect(report.notes).toEqual(['1 value of [source.geo.location] is not geo_point and became null.'])
  })

  it('does not touch prototypes', async () => {
    const text = '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":1}}}\n'
    const { rows } = await scanRows(text, { columns: ['__proto__.polluted', 'constructor.prototype.polluted', 'polluted'] })
    expect(rows).toEqual([['yes', '1', null]])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('conditions', () => {
  const text = '{"a":"x"}\n{"a":["x","y"]}\n{"a":["x","x"]}\n{"a":["x","LONG"]}\n{}\n'
  const mapping = (name: string) =>
    name === 'a'
      ? ({
          type: 'keyword',
          elasticType: 'keyword',
          array: false,
          ignoreAbove: 3,
          parent: null,
          lowerCase: false,
          scalingFactor: null
        } as const)
      : null
  const single = [{ column: 0, automaton: compileOneOf(['x']), quantifier: 'single' as const }]

  it('hold on doc values: duplicates are one value', async () => {
    const { rows, report } = await scanRows(text, { columns: ['a'], required: single })
    expect([rows, report.multiValueDrops]).toEqual([[['x'], ['x']], [2]])
  })

  it('hold on what index limits leave', async () => {
    const { rows, report } = await scanRows(text, { columns: ['a'], required: single, indexLimits: true, fieldTypes: mapping })
    expect([rows, report.multiValueDrops]).toEqual([[['x'], ['x'], ['x']], [1]])
  })

  it('see duplicates in source order', async () => {
    const { rows, report } = await scanRows(text, { columns: ['a'], required: single, sourceOrder: true })
    expect([rows, report.multiValueDrops]).toEqual([[['x']], [3]])
  })

  it('any: one value is enough, and all are handed on', async () => {
    const { rows } = await scanRows(text, { columns: ['a'], required: [{ ...single[0]!, quantifier: 'any' }] })
    expect(rows).toEqual([['x'], [['x', 'y']], ['x'], [['LONG', 'x']]])
  })

  it('are decided here for columns the scanner does not have as such', async () => {
    const docs = '{"process.name":"SH","_id":"1"}\n{"process.name":"bash"}\n'
    const caseless = { column: 0, automaton: compileLike('sh*'), quantifier: 'single' as const }
    expect((await scanRows(docs, { columns: ['process.name.caseless'], required: [caseless] })).rows).toEqual([['sh']])
    const byId = { column: 0, automaton: compileLike('0:*'), quantifier: 'single' as const }
    expect((await scanRows(docs, { columns: ['_id', 'process.name'], required: [byId] })).rows).toEqual([['0:32', 'bash']])
  })
})

describe('indexes', () => {
  const hits = [
    '{"_index":".ds-logs-endpoint.events.process-lab-2025.11.17-000001","_source":{"n":1}}',
    '{"_index":"winlogbeat-8","_source":{"n":2,"data_stream":{"type":"logs","dataset":"endpoint.events.process","namespace":"x"}}}',
    '{"_source":{"n":3,"data_stream":{"type":"logs","dataset":"endpoint.events.file","namespace":"lab"}}}',
    '{"_source":{"n":4,"data_stream":{"dataset":"endpoint.events.file"}}}',
    '{"_source":{"n":5}}',
    '{"_source":{"n":6,"data_stream.type":"logs","data_stream":{"dataset":"endpoint.events.file","namespace":"lab"}}}'
  ].join('\n')
  const scan = (...indexPatterns: string[]) =>
    scanRows(hits, { columns: ['n'], types: { n: 'long' }, indexPatterns, detection: HIT })

  it('are matched by _index, else data_stream, else not at all', async () => {
    const { rows, places, report } = await scan('logs-endpoint.events.process-*')
    expect(rows).toEqual([[1n], [4n], [5n]])
    expect(places.map((place) => place.split(':')[1])).toEqual(['1', '4', '5'])
    expect(report.notes).toEqual(['2 events name no index and were taken for every index pattern.'])
    expect(report.events).toBe(6)
    expect((await scan('logs-*,-*.process-*')).rows.flat()).toEqual([3n, 4n, 5n, 6n])
    expect((await scan('*')).rows.flat()).toEqual([1n, 2n, 3n, 4n, 5n, 6n])
  })

  it('are named when none matches', async () => {
    const { rows, report } = await scanRows(hits.split('\n').slice(0, 3).join('\n'), {
      columns: ['n'],
      indexPatterns: ['auditbeat-*'],
      detection: HIT
    })
    expect(rows).toEqual([])
    expect(report.notes).toEqual([
      'No event is of an index that matches [auditbeat-*]; the events are of [logs-endpoint.events.file-lab, logs-endpoint.events.process-lab, winlogbeat-8].'
    ])
  })
})

describe('repeated ids', () => {
  const hits =
    '{"_id":"1","_source":{}}\n{"_id":"2","_source":{}}\n{"_id":"1","_source":{}}\n{"_id":"1","_index":"other","_source":{}}\n{"_source":{}}\n{"_source":{}}\n'

  it('are counted, and their events kept', async () => {
    const { rows, report } = await scanRows(hits, { columns: ['_id'], detection: HIT })
    expect(rows.length).toBe(6)
    expect(report.notes).toEqual(['1 event repeats the _id of an earlier one; all are kept.'])
  })

  it('are counted over several inputs', async () => {
    const seenIds = new SeenIds()
    await scanRows(hits, { columns: [], detection: HIT, deps: { seenIds } })
    const { report } = await scanRows(hits, { columns: [], detection: HIT, deps: { seenIds } })
    expect(report.notes).toEqual(['4 events repeat the _id of an earlier one; all are kept.'])
  })

  it('are remembered up to a bound', () => {
    const ids = new SeenIds(3)
    for (let i = 0; i < 10_000; i++) ids.add('', String(i))
    expect([ids.repeats, ids.full, ids.add('', '1'), ids.add('', '9')]).toEqual([0, true, true, false])
    const many = new SeenIds()
    for (let i = 0; i < 50_000; i++) many.add('i', `id-${i}`)
    expect(many.repeats).toBe(0)
    for (let i = 0; i < 50_000; i++) many.add('i', `id-${i}`)
    expect(many.repeats).toBe(50_000)
  })
})

describe('ending early', () => {
  const lines = Array.from({ length: 10_000 }, (_, i) => `{"n":${i}}`).join('\n') + '\n'

  it('keeps what was read before a stream broke off', async () => {
    const middle = await scanRows('{"a":1}\n{"a":2}\n{"a":3}\n', { columns: ['a'], failAt: 20 })
    expect(middle.rows).toEqual([['1'], ['2']])
    expect(middle.report.skipped).toEqual([{ line: 3, byte: 16, length: 4, reason: 'incomplete JSON' }])
    expect(middle.report.notes).toEqual(['the data ends early at byte 20: the 2 events before that place were read.'])
    const border = await scanRows('{"a":1}\n{"a":2}\n{"a":3}\n', { columns: ['a'], failAt: 16 })
    expect(border.report.skipped).toEqual([{ line: 3, byte: 16, length: 0, reason: 'the data ends early at byte 16' }])
  })

  it('names the place in records too, whether an event was cut or not', async () => {
    const detection = { kind: 'json-concatenated' as const }
    const text = '{"a":1}\n\n{"a":2}\n{"a":3}'
    const cut = await scanRows(text, { columns: ['a'], detection, failAt: 20 })
    expect(cut.rows).toEqual([['1'], ['2']])
    expect(cut.report.skipped).toEqual([{ line: 4, byte: 17, length: 3, reason: 'the text ends in the middle of a document' }])
    const border = await scanRows(text, { columns: ['a'], detection, failAt: 8 })
    expect(border.report.skipped).toEqual([{ line: 1, byte: 8, length: 0, reason: 'the data ends early at byte 8' }])
    expect(border.report.notes).toEqual(['the data ends early at byte 8: the one event before that place was read.'])
  })

  it('stops when the sink has enough', async () => {
    const { batches, report } = await scanRows(lines, { columns: ['n'], chunk: 1000, onBatch: () => 'done' })
    expect([batches.length, report.events < 200]).toEqual([1, true])
  })

  it('stops for a cancel that comes as a message', async () => {
    const signal = { aborted: false }
    const bytes = new TextEncoder().encode(lines.repeat(50))
    setTimeout(() => (signal.aborted = true), 20)
    const { report, progress } = await scanRows(bytes, { columns: ['n'], chunk: 1 << 16, deps: { signal } })
    expect(report.bytes).toBeLessThan(bytes.length)
    expect(progress.at(-1)).toMatchObject({ bytesRead: report.bytes, events: report.events })
  })

  it('tells progress now and then, and at the end', async () => {
    const { progress, report } = await scanRows(lines.repeat(5), { columns: ['n'] })
    expect(progress.at(-1)).toEqual({ bytesRead: report.bytes, bytesTotal: null, events: 50_000, rows: 50_000 })
    expect(progress.length).toBeLessThan(30)
  })
})

describe('borders', () => {
  it('do not show: batches of 1, 3 and 4096 rows, dictionaries that start anew', async () => {
    const text = Array.from({ length: 50 }, (_, i) => `{"k":["v${i % 7}",${i % 5}],"n":${i},"ip":"10.0.0.${i}"}`).join('\n')
    const options = { columns: ['k', 'n', 'ip'], types: { n: 'long' as const, ip: 'ip' as const } }
    const whole = await scanRows(text, options)
    expect(whole.rows[9]).toEqual([['4', 'v2'], 9n, '10.0.0.9'])
    for (const batchRows of [1, 3, 4096]) {
      for (const chunk of [1, 7, 65536]) {
        const createScanner = (plan: Parameters<typeof createReferenceScanner>[0]) =>
          createReferenceScanner(plan, { batchRows, dictionaryEntries: 4 })
        const parts = await scanRows(text, { ...options, chunk, createScanner })
        expect([parts.rows, parts.places]).toEqual([whole.rows, whole.places])
      }
    }
  })
})

describe('nine file forms', () => {
  const folder = sharedPath('evidence/formats')
  const columns = [
    '@timestamp',
    'user.id',
    'process.args',
    'event.type',
    'event.action',
    'process.parent.name',
    'host.ip',
    'process.pid',
    'process.interactive',
    'process.exit_code'
  ]
  const files = [
    'array.json',
    'bulk.ndjson',
    'concatenated-pretty.json',
    'crlf-bom.ndjson',
    'flat.csv',
    'hits.ndjson',
    'labelled-public.ndjson.gz',
    'labelled-public.zip',
    'search-response.json'
  ]
  const ordinals = (places: string[]) => places.map((place) => place.split(':')[1])

  it.skipIf(!folder).each(files)('%s gives the same typed rows, and places that hold the record', async (file) => {
    const base = await scanRows(readFileSync(sharedPath('evidence/labelled-public.ndjson')!), { columns })
    expect(base.rows.length).toBe(142)
    const scanners = (await bothKernels()).map(
      ({ kernels }) =>
        (plan: ScanPlan) =>
          createJsonScanner(kernels, plan)
    )
    for (const createScanner of [...scanners, createReferenceScanner]) {
      const inputs = await openInputs([bytesOf(file, readFileSync(`${folder}/${file}`))])
      expect(inputs.length).toBe(1)
      const table = await scanOpened(inputs[0]!, { columns, createScanner })
      expect(table.rows).toEqual(base.rows)
      expect(table.report).toMatchObject({ events: 142, skippedTotal: 0, notes: [] })
      expect(ordinals(table.places)).toEqual(ordinals(base.places))
      const ranges = table.places
        .map((place) => /^(\d+):(\d+):(\d+)\+(\d+)$/.exec(place)!)
        .map((match) => ({ byte: Number(match[3]), length: Number(match[4]) }))
      for (const [row, record] of (await inputs[0]!.readRanges(ranges)).entries()) {
        const text = Buffer.from(record).toString()
        if (file.endsWith('.csv')) expect(text.startsWith('2025-')).toBe(true)
        else expect(Object.keys(JSON.parse(text) as object).length).toBeGreaterThan(2)
        expect(text).toContain(String(base.rows[row]![7] ?? ''))
      }
    }
  })

  it.skipIf(!folder)('do not depend on the size of chunks', async () => {
    const bytes = readFileSync(sharedPath('evidence/labelled-public.ndjson')!)
    const base = await scanRows(bytes, { columns })
    const { kernels } = (await bothKernels())[1]!
    for (const chunk of [1, 7, 65536]) {
      const table = await scanRows(bytes, { columns, chunk, createScanner: (plan) => createJsonScanner(kernels, plan) })
      expect([table.rows, table.places]).toEqual([base.rows, base.places])
    }
  })

  it.skipIf(!folder)('pushed conditions give the rows that filtering afterwards gives', async () => {
    const bytes = readFileSync(sharedPath('evidence/labelled-public.ndjson')!)
    const all = await scanRows(bytes, { columns: ['process.command_line', 'event.type'] })
    const like = compileLike('*/bin/*')
    const required = [
      { column: 0, automaton: like, quantifier: 'single' as const },
      { column: 1, automaton: compileOneOf(['start']), quantifier: 'single' as const }
    ]
    const pushed = await scanRows(bytes, { columns: ['process.command_line', 'event.type'], required })
    expect(pushed.rows).toEqual(all.rows.filter(([command, type]) => String(command).includes('/bin/') && type === 'start'))
    expect(pushed.rows.length).toBeGreaterThan(5)
  })
})

describe('hostile field names', () => {
  const file = sharedPath('trust/made/hostile-fieldnames.ndjson')
  it.skipIf(!file)('are read as the names they are', async () => {
    const lines = readFileSync(file!, 'utf8').trimEnd().split('\n')
    const names = lines.map((line) => JSON.parse(/,(".*"):\{"polluted"/.exec(line)![1]!) as string)
    const columns = [...new Set(names.map((name) => `${name}.polluted`))]
    const { rows, report } = await scanRows(readFileSync(file!), {
      columns,
      types: Object.fromEntries(columns.map((name) => [name, 'keyword' as const]))
    })
    expect(report.events).toBe(lines.length)
    rows.forEach((row, i) => expect([names[i], row[columns.indexOf(`${names[i]}.polluted`)]]).toEqual([names[i], 'yes']))
  })
})
