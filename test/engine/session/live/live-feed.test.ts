/** What was heard beside the fake Kibana: deduplication, what is known of a field, the alert in view and the events behind it. */
import { describe, expect, test } from 'vitest'
import { LiveStore } from '../../../../engine/session/live/live-store.ts'
import { Session } from '../../../../engine/session/session.ts'
import { decodeBody, SearchMemory } from '../../../../engine/source/kibana/decode-body.ts'
import { ALERTS, EVENTS, GOLDEN_ALERT, RULE_QUERY, TWICE } from '../../../kibana/scenario.ts'
import { counted } from '../../../../ui/text/text.ts'
import * as shapes from '../../../kibana/shapes.ts'
import { instantiateKernels } from '../../../../wasm/host/kernels.ts'
import { compileTestModule } from '../../../helpers/kernels.ts'

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const head = (path: string, request: unknown) => ({
  method: 'POST',
  url: `http://127.0.0.1${path}`,
  requestBody: JSON.stringify(request),
  context: null,
  status: 200,
  contentType: 'application/json',
  at: 1_795_428_400_000
})
const ESE = '/internal/search/ese'
const SECURITY = '/internal/search/timelineSearchStrategy'
const ALL = { params: { index: 'logs-*', fields: [{ field: '*' }], size: 500 } }
const TABLE = { fields: [{ field: 'host.name' }] }
const details = (id: string) => ({ factoryQueryType: 'eventsDetails', eventId: id, indexName: 'x' })

const module = await compileTestModule()
const newSession = () => new Session({ createKernels: () => instantiateKernels(module) })
async function hearAll(session: Session): Promise<void> {
  await session.live.hear(
    head('/internal/search/privateRuleRegistryAlertsSearchStrategy', TABLE),
    encode(shapes.alertsTable(ALERTS))
  )
  await session.live.hear(head(SECURITY, details(GOLDEN_ALERT.id)), encode(shapes.flyoutDetails(GOLDEN_ALERT)))
  await session.live.hear(head(ESE, ALL), encode(shapes.raw(shapes.documents(EVENTS))))
}

describe('the store', () => {
  test('one document heard twice is one event; the whole one stays', async () => {
    const session = newSession()
    const hear = (answer: unknown) => session.live.hear(head(ESE, ALL), encode(answer))
    expect(await hear(shapes.raw(shapes.documents(EVENTS)))).toMatchObject([
      { view: 'discover', documents: EVENTS.length, added: EVENTS.length, whole: true }
    ])
    expect(await hear(shapes.raw(shapes.documents(EVENTS.slice(5))))).toMatchObject([{ documents: EVENTS.length - 5, added: 0 }])
    const timeline = { factoryQueryType: 'eventsAll', fieldRequested: ['host.name'], pagination: { querySize: 500 } }
    await session.live.hear(head(SECURITY, timeline), encode(shapes.timelineEvents(EVENTS, 0, 500)))
    expect(session.live.summary()).toMatchObject({ events: EVENTS.length, forgotten: 0 })
    expect(session.live.notLoaded(['process.working_directory'])).toEqual([])
  })

  test('rows of a query that aggregates are no events', async () => {
    const session = newSession()
    const answer = { columns: [{ name: 'events', type: 'long' }], values: [[7]], is_running: false }
    const asked = (query: string) => session.live.hear(head('/internal/search/esql_async', { params: { query } }), encode(answer))
    expect(await asked('FROM logs-* | STATS events = COUNT(*)')).toMatchObject([{ documents: 0, problem: null }])
    expect(session.live.summary().events).toBe(0)
    expect(await asked('FROM logs-* | KEEP events')).toMatchObject([{ documents: 1 }])
  })

  test('a field that a view did not load is not null', async () => {
    const session = newSession()
    const timeline = { factoryQueryType: 'eventsAll', fieldRequested: ['host.name'], pagination: { querySize: 500 } }
    await session.live.hear(head(SECURITY, timeline), encode(shapes.timelineEvents(EVENTS, 0, 500)))
    expect(session.live.notLoaded(['process.working_directory', 'process.command_line'])).toEqual([
      { field: 'process.working_directory', notLoaded: EVENTS.length, events: EVENTS.length, views: ['timeline'] }
    ])
    await session.refreshLive()
    expect(await session.notLoaded({ text: RULE_QUERY })).toMatchObject([
      { field: 'agent.id', notLoaded: EVENTS.length },
      { field: 'host.os.type', notLoaded: EVENTS.length },
      { field: 'process.working_directory', notLoaded: EVENTS.length }
    ])
  })

  test('near misses and events say what was not loaded', async () => {
    const session = newSession()
    const timeline = { factoryQueryType: 'eventsAll', fieldRequested: ['host.name'], pagination: { querySize: 500 } }
    await session.live.hear(head(SECURITY, timeline), encode(shapes.timelineEvents(EVENTS, 0, 500)))
    await session.refreshLive()
    const none = { progress: () => undefined }
    const key = session.rules.addFile(
      'r.esql',
      'FROM logs-* | WHERE process.working_directory != "/" AND process.command_line LIKE "*uname*" | STATS n = COUNT(*) BY host.name'
    )[0]!.key
    const run = await session.run({ ruleKey: key, mode: 'whole' }, none)
    const [group] = await session.nearMisses(run.runKey, () => undefined)
    expect(group!.events[0]!.values).toEqual([{ name: 'process.working_directory', value: null, notLoaded: true }])
    const [event] = await session.readEvents([group!.events[0]!.source])
    expect(event!.partial).toBe('timeline')
    // The whole document takes the partial one's place, and nothing is unknown any more.
    await session.live.hear(head(ESE, ALL), encode(shapes.raw(shapes.documents(EVENTS))))
    await session.refreshLive()
    const known = await session.run({ ruleKey: key, mode: 'whole' }, none)
    const groups = await session.nearMisses(known.runKey, () => undefined)
    expect(JSON.stringify(groups)).not.toContain('notLoaded')
  })

  test('the oldest go first when memory is short, and it is said', async () => {
    const [body] = await decodeBody(head(ESE, ALL), encode(shapes.raw(shapes.documents(EVENTS))), new SearchMemory())
    const store = new LiveStore(20_000)
    store.add(body!, { url: '', at: 0 })
    expect(store.size.bytes).toBeLessThanOrEqual(20_000)
    expect(store.forgotten).toBe(EVENTS.length - store.size.events)
    expect(new TextDecoder().decode(store.eventBytes())).toContain(EVENTS.at(-1)!.id)
  })

  test('the oldest answer goes before a newer one, and what the panel says of it is the count', async () => {
    const half = EVENTS.length >> 1
    const store = new LiveStore(40_000)
    const add = async (events: typeof EVENTS) => {
      const [body] = await decodeBody(head(ESE, ALL), encode(shapes.raw(shapes.documents(events))), new SearchMemory())
      store.add(body!, { url: '', at: 0 })
    }
    await add(EVENTS.slice(half))
    const first = store.size.events
    await add(EVENTS.slice(0, half))
    const kept = store.snapshot().documents
    const ofNewer = kept.filter(({ batch }) => batch === 1).length
    expect(store.forgotten).toBe(EVENTS.length - kept.length)
    expect(first).toBeGreaterThan(kept.length - ofNewer)
    // Nothing of the newer answer went while something of the older one was there.
    expect(ofNewer === half || kept.length === ofNewer).toBe(true)
    expect(counted('listen.forgotten', store.forgotten)).toBe(
      `${store.forgotten} documents were let go, the oldest first: memory is limited to 64 MB`
    )
  })

  test('a snapshot restores everything', async () => {
    const session = newSession()
    await hearAll(session)
    const again = newSession()
    again.live.store.restore(structuredClone(session.live.store.snapshot()))
    expect(again.live.summary()).toEqual(session.live.summary())
    expect(again.live.store.eventBytes()).toEqual(session.live.store.eventBytes())
  })
})

describe('the alert in view', () => {
  test('rule, row, margins, window, and the queries for its events', async () => {
    const session = newSession()
    await hearAll(session)
    const found = (await session.live.alert(GOLDEN_ALERT.id))!
    expect(found).toMatchObject({
      problem: null,
      query: RULE_QUERY,
      aggregating: true,
      window: { from: '2026-11-23T09:04:12.345Z', to: '2026-11-23T10:05:12.345Z', field: 'event.ingested' },
      missingKeys: [],
      same: [],
      notLoaded: []
    })
    expect(found.row.filter(({ key }) => key)).toEqual([
      { name: 'process.command_line', value: 'sh -c id; uname -a', key: true },
      { name: 'process.working_directory', value: '/var/www/shop', key: true },
      { name: 'process.parent.executable', value: '/usr/sbin/php-fpm8.2', key: true }
    ])
    expect(found.thresholds.map(({ text }) => text)).toEqual(['1 of exactly 1 agent', '1 of fewer than 5'])
    expect(found.cutQuery).toContain('| WHERE process.command_line == "sh -c id; uname -a"')
    await session.refreshLive()
    const events = await session.query(found.cutQuery!, { progress: () => undefined })
    expect(events.values).toHaveLength(1)
    const candidates = await session.query(found.candidateQuery!, { progress: () => undefined })
    expect(candidates.values).toHaveLength(1)
  })

  test('running the rule over what was heard, in the window, finds the same row', async () => {
    const session = newSession()
    await hearAll(session)
    await session.refreshLive()
    const { ruleKey, window } = (await session.live.alert(GOLDEN_ALERT.id))!
    const result = await session.run(
      { ruleKey: ruleKey!, mode: 'whole', fromTime: window!.from, toTime: window!.to },
      { progress: () => undefined }
    )
    expect(result.findings.map(({ keys }) => keys[0]!.value).sort()).toEqual(
      ALERTS.filter(({ fields }) => String(fields['@timestamp']) > '2026-11-23T10' && 'process.command_line' in fields)
        .map(({ fields }) => fields['process.command_line'])
        .sort()
    )
  })

  test('the same finding of another run is found by its keys', async () => {
    const session = newSession()
    await hearAll(session)
    expect((await session.live.alert(TWICE[0]!.id))!.same.map(({ id }) => id)).toEqual([TWICE[1]!.id])
  })

  test('the table alone: no margins, for computed columns are not in it', async () => {
    const session = newSession()
    await session.live.hear(
      head('/internal/search/privateRuleRegistryAlertsSearchStrategy', TABLE),
      encode(shapes.alertsTable(ALERTS))
    )
    const found = (await session.live.alert(GOLDEN_ALERT.id))!
    expect(found).toMatchObject({ alert: { whole: false, esql: true }, thresholds: [] })
    expect(found.ruleKey).not.toBeNull()
  })

  test('an alert of another kind of rule says so', async () => {
    const session = newSession()
    await hearAll(session)
    const other = ALERTS.find(({ fields }) => fields['kibana.alert.rule.type'] === 'query')!
    expect(await session.live.alert(other.id)).toMatchObject({
      ruleKey: null,
      problem: 'Rule [Login from a new network] is of type [query], which is not ES|QL: not run'
    })
    expect(await session.live.alert('nobody')).toBeNull()
  })
})
