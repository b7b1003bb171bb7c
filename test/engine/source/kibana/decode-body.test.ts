/** Decoder: the wire shapes of the fake Kibana, the fixtures of the shared facts, and what no Kibana sends. */
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MAX_ROWS } from '../../../../engine/source/kibana/answer.ts'
import { type BodyHead, decodeBody, SearchMemory } from '../../../../engine/source/kibana/decode-body.ts'
import { ALERTS, EVENTS, GOLDEN_ALERT } from '../../../kibana/scenario.ts'
import * as shapes from '../../../kibana/shapes.ts'
import { sharedPath } from '../../../helpers/shared-facts.ts'

const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const head = (path: string, request: unknown = null, more: Partial<BodyHead> = {}): BodyHead => ({
  method: 'POST',
  url: `http://127.0.0.1/kbn/s/soc${path}`,
  requestBody: request === null ? null : JSON.stringify(request),
  context: null,
  status: 200,
  contentType: 'application/json',
  at: 1_795_428_400_000,
  ...more
})
const decode = (path: string, request: unknown, answer: unknown, memory = new SearchMemory()) =>
  decodeBody(head(path, request), encode(answer), memory)
const lines = (body: { documents: { line: Uint8Array }[] }) =>
  body.documents.map(
    ({ line }) => JSON.parse(new TextDecoder().decode(line)) as { _id: string; _source: Record<string, unknown> }
  )

const DISCOVER = {
  params: {
    index: 'logs-*',
    fields: [{ field: '*' }],
    size: 500,
    query: { bool: { filter: [{ range: { '@timestamp': { gte: 'a', lte: 'b' } } }] } }
  }
}

describe('wire shapes', () => {
  const found = shapes.documents(EVENTS)
  test.for([
    ['raw', '/internal/search/ese', DISCOVER, shapes.raw(found)],
    ['wrapped', '/internal/search/ese', { params: { ...DISCOVER.params, body: DISCOVER.params } }, shapes.wrapped(found)],
    ['bare', '/internal/search/es', DISCOVER, found]
  ] as const)('%s: every document, whole', async ([, path, request, answer]) => {
    const [body] = await decode(path, request, answer)
    expect(body).toMatchObject({ problem: null, running: false, loaded: null, unreadable: 0 })
    expect(body!.asked).toEqual({
      view: 'discover',
      index: 'logs-*',
      query: null,
      fields: null,
      timeRange: { from: 'a', to: 'b' },
      filtered: false,
      size: 500
    })
    expect(body!.documents).toHaveLength(EVENTS.length)
    expect(body!.documents.every(({ whole }) => whole)).toBe(true)
    expect(lines(body!)[0]).toMatchObject({ _id: EVENTS[0]!.id, _version: 1, _source: { 'process.name': ['sh'] } })
  })

  test('a running search is remembered, and its poll has what was asked', async () => {
    const memory = new SearchMemory()
    const [first] = await decode(
      '/internal/search/ese',
      DISCOVER,
      { ...shapes.raw({ hits: { hits: [] } }), id: 'S1', is_running: true },
      memory
    )
    expect(first).toMatchObject({ running: true, searchId: 'S1', documents: [] })
    const [last] = await decode(
      '/internal/search/ese/S1',
      { params: { wait_for_completion_timeout: '30s' } },
      { ...shapes.raw(found), id: 'S1' },
      memory
    )
    expect(last!.asked.index).toBe('logs-*')
    expect(last!.documents).toHaveLength(EVENTS.length)
  })

  test.for([true, false])('the batched route, compressed: %s', async (compress) => {
    const batch = [
      { request: { featureIds: ['siem'] }, options: { strategy: 'privateRuleRegistryAlertsSearchStrategy' } },
      { request: DISCOVER, options: { strategy: 'ese' } }
    ]
    const text = [
      shapes.bsearchLine(1, shapes.wrapped(found), compress),
      shapes.bsearchLine(0, shapes.alertsTable(ALERTS), compress),
      compress ? 'AAAA' : '{"id":7}'
    ].join('\n')
    const bodies = await decode('/internal/bsearch', { batch }, text)
    expect(bodies.map(({ asked, documents }) => [asked.view, documents.length])).toEqual([
      ['discover', EVENTS.length],
      ['alerts', ALERTS.length],
      ['other', 0]
    ])
    expect(bodies[2]!.problem).not.toBeNull()
  })

  test('ES|QL rows become documents with their metadata; columns that were not kept are not loaded', async () => {
    const answer = shapes.esqlBody(
      [
        { name: '_id', type: 'keyword' },
        { name: '_index', type: 'keyword' },
        { name: 'process.pid', type: 'long' },
        { name: 'process.args', type: 'keyword' },
        { name: 'user.name', type: 'keyword' }
      ],
      []
    )
    const text = JSON.stringify(answer).replace('"values":[]', '"values":[["a","i",9007199254740993,["x","y"],null],["b"]]')
    const [body] = await decode('/internal/search/esql_async', { params: { query: 'FROM logs-*' } }, text)
    expect(body).toMatchObject({ loaded: ['_id', '_index', 'process.pid', 'process.args', 'user.name'], unreadable: 1 })
    expect(new TextDecoder().decode(body!.documents[0]!.line)).toBe(
      '{"_index":"i","_id":"a","_source":{"process.pid":9007199254740993,"process.args":["x","y"]}}'
    )
  })

  test('the flyout gives the whole alert, the table does not', async () => {
    const details = { factoryQueryType: 'eventsDetails', indexName: GOLDEN_ALERT.index, eventId: GOLDEN_ALERT.id }
    const [flyout] = await decode('/internal/search/timelineSearchStrategy', details, shapes.flyoutDetails(GOLDEN_ALERT))
    expect(flyout!.documents[0]).toMatchObject({ id: GOLDEN_ALERT.id, whole: true })
    expect(lines(flyout!)[0]!._source['Esql.event_count']).toBe(1)
    const [table] = await decode(
      '/internal/search/privateRuleRegistryAlertsSearchStrategy',
      { fields: [{ field: 'host.name' }] },
      shapes.alertsTable(ALERTS)
    )
    expect(table!.documents[0]!.whole).toBe(false)
    expect(table!.loaded).toContain('kibana.alert.rule.parameters')
    expect(table!.loaded).not.toContain('Esql.event_count')
  })

  test('Timeline: what was asked, and that a filter of the page narrows it', async () => {
    const request = {
      factoryQueryType: 'eventsAll',
      defaultIndex: ['logs-*'],
      fieldRequested: ['user.name', 'dns.question.name'],
      filterQuery: '{"bool":{"filter":[{"term":{"a":1}}]}}',
      timerange: { from: 'x', to: 'y' },
      pagination: { activePage: 0, querySize: 500 }
    }
    const [body] = await decode('/internal/search/timelineSearchStrategy', request, shapes.timelineEvents(EVENTS, 0, 500))
    expect(body!.asked).toMatchObject({
      view: 'timeline',
      index: 'logs-*',
      filtered: true,
      timeRange: { from: 'x', to: 'y' },
      size: 500
    })
    expect(body!.loaded).toEqual(expect.arrayContaining(['dns.question.name', 'process.command_line']))
    expect(body!.loaded).not.toContain('process.working_directory')
  })
})

describe('what no Kibana sends', () => {
  test.for([
    ['HTML', '<!doctype html>', 'the answer is no JSON object'],
    ['cut', '{"response":{"hits":{"hits":[{"_id":"a"', 'the answer is no whole JSON text: the text ends early'],
    [
      'an error with status 200',
      '{"error":{"type":"t","reason":"Unknown column [x]"},"status":400}',
      'Elasticsearch refused: Unknown column [x]'
    ],
    ['neither', '{"took":3}', 'the answer holds neither hits nor columns']
  ] as const)('%s', async ([, answer, problem]) => {
    expect(await decode('/internal/search/ese', DISCOVER, answer)).toMatchObject([{ problem, documents: [] }])
  })

  test('names of prototypes are names; hits that are none are counted', async () => {
    const answer =
      '{"hits":{"hits":[null,7,{"_id":{},"fields":"x"},{"_id":"a","_index":"__proto__","fields":{"__proto__":["v"],"constructor":[1]}}]}}'
    const [body] = await decode('/internal/search/ese', DISCOVER, answer)
    expect(body!.unreadable).toBe(3)
    expect(new TextDecoder().decode(body!.documents[0]!.line)).toBe(
      '{"_index":"__proto__","_id":"a","_source":{"__proto__":["v"],"constructor":[1]}}'
    )
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test('hits and answers beyond what is looked at are counted', async () => {
    const hits = Array.from({ length: MAX_ROWS + 3 }, (_, i) => `{"_id":"${i}","fields":{"a":[1]}}`)
    const [body] = await decode('/internal/search/ese', DISCOVER, `{"hits":{"hits":[${hits.join()}]}}`)
    expect(body).toMatchObject({ unreadable: 0, leftOut: 3 })
    expect(body!.documents).toHaveLength(MAX_ROWS)

    const lines = Array.from({ length: 102 }, (_, id) => JSON.stringify({ id, result: { rawResponse: { hits: { hits: [] } } } }))
    const bodies = await decode('/internal/bsearch', null, lines.join('\n'))
    expect(bodies).toHaveLength(101)
    expect(bodies.slice(0, 100).every(({ problem }) => problem === null)).toBe(true)
    expect(bodies[100]!.problem).toBe('2 more answers of the batch, of which 100 are read')
  })

  test('200,000 brackets', async () => {
    const [body] = await decode('/internal/search/ese', DISCOVER, `{"response":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)
    expect(body!.documents).toEqual([])
  })

  test('any bytes, any JSON and any request: an answer, never an exception', async () => {
    const anyBody = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map(encode),
      fc.json().map((text) => encode(`{"rawResponse":{"hits":{"hits":[${text}]}},"columns":[${text}],"values":${text}}`))
    )
    const paths = fc.constantFrom(
      '/internal/search/ese',
      '/internal/search/esql_async',
      '/internal/bsearch',
      '/api/detection_engine/rules',
      '/x'
    )
    await fc.assert(
      fc.asyncProperty(paths, fc.option(fc.json()), anyBody, async (path, request, bytes) => {
        const bodies = await decodeBody({ ...head(path), requestBody: request }, bytes, new SearchMemory())
        for (const body of bodies) for (const { line } of body.documents) JSON.parse(new TextDecoder().decode(line))
      }),
      { seed: 4, numRuns: 2000 }
    )
  })
})

describe('fixtures of the shared facts', () => {
  const cases = [
    ['01-alerts-table.9x.json', 'alerts', 1],
    ['03-alert-flyout-details.json', 'document', 1],
    ['04-alert-flyout-v2-esdoc.json', 'document', 1],
    ['05-timeline-query.json', 'timeline', 4],
    ['06-discover-ese.8.15-8.17.json', 'discover', 4],
    ['07-discover-ese-stream.8.18-9x.json', 'discover', 4],
    ['10-discover-esql-stream.8.18-9x.json', 'esql', 4],
    ['11-discover-esql-wrapped.8.15-8.17.json', 'esql', 4],
    ['13-signals-search.json', 'signals', 1]
  ] as const
  test.for(cases)('%s', async ([name, view, count]) => {
    const path = sharedPath(`kibana/fixtures/${name}`)
    if (!path) return
    const { request, response } = JSON.parse(readFileSync(path, 'utf8')) as {
      request: { url: string; body: unknown }
      response: { body: unknown }
    }
    const [body] = await decode(request.url, request.body, response.body)
    expect(body).toMatchObject({ problem: null, unreadable: 0, asked: { view } })
    expect(body!.documents).toHaveLength(count)
  })
})
