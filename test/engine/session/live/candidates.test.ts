/** Events that were loaded without a field of the rule: which of them may stand behind an alert, and by which keys. */
import { describe, expect, test } from 'vitest'
import { Session } from '../../../../engine/session/session.ts'
import { instantiateKernels } from '../../../../wasm/host/kernels.ts'
import { compileTestModule } from '../../../helpers/kernels.ts'
import { ALERTS, type Doc, EVENTS, GOLDEN_ALERT } from '../../../kibana/scenario.ts'
import * as shapes from '../../../kibana/shapes.ts'

const module = await compileTestModule()
const KEYS = ['process.command_line', 'process.working_directory', 'process.parent.executable']
const golden = EVENTS.filter(({ fields }) => fields['process.command_line'] === 'sh -c id; uname -a')

class Heard {
  readonly session = new Session({ createKernels: () => instantiateKernels(module) })

  async page(strategy: string, request: unknown, answer: unknown): Promise<void> {
    const head = {
      method: 'POST',
      url: `http://127.0.0.1/internal/search/${strategy}`,
      requestBody: JSON.stringify(request),
      context: null,
      status: 200,
      contentType: 'application/json',
      at: 1_795_428_400_000
    }
    await this.session.live.hear(head, new TextEncoder().encode(JSON.stringify(answer)))
  }

  alert(doc: Doc): Promise<void> {
    const request = { factoryQueryType: 'eventsDetails', eventId: doc.id, indexName: 'x' }
    return this.page('timelineSearchStrategy', request, shapes.flyoutDetails(doc))
  }

  /** The documents, loaded with the fields of these names and no others. */
  async loadedWith(docs: readonly Doc[], wanted: (name: string) => boolean): Promise<void> {
    const request = { params: { query: 'FROM logs-* METADATA _id, _index | KEEP …' } }
    const answer = shapes.esqlAnswer(docs, wanted) as { columns: { name: string; type: string }[]; values: unknown[][] }
    const named = (name: '_id' | '_index', value: (doc: Doc) => string) => {
      answer.columns.push({ name, type: 'keyword' })
      docs.forEach((doc, i) => answer.values[i]!.push(value(doc)))
    }
    named('_id', ({ id }) => id)
    named('_index', ({ index }) => index)
    await this.page('esql_async', request, answer)
  }

  async candidates(doc: Doc): Promise<{ ids: string[]; keys: string[] }> {
    await this.session.refreshLive()
    const { sources, keys } = await this.session.candidates(doc.id)
    const events = await this.session.readEvents(sources)
    return {
      ids: events.map(({ fields }) => String(fields.find(({ name }) => name === '_id')?.value)).sort(),
      keys
    }
  }
}

describe('candidates', () => {
  test('no key is missing: the keys decide', async () => {
    const heard = new Heard()
    await heard.alert(GOLDEN_ALERT)
    await heard.loadedWith(EVENTS, (name) => KEYS.includes(name) || name === '@timestamp')
    expect(await heard.candidates(GOLDEN_ALERT)).toEqual({ ids: golden.map(({ id }) => id), keys: KEYS })
  })

  test('a key that was not loaded leaves no event out', async () => {
    const heard = new Heard()
    await heard.alert(GOLDEN_ALERT)
    await heard.loadedWith(EVENTS, (name) => name === 'process.command_line' || name === '@timestamp')
    expect(await heard.candidates(GOLDEN_ALERT)).toEqual({ ids: golden.map(({ id }) => id), keys: ['process.command_line'] })
  })

  test('neither does a time that was not loaded', async () => {
    const heard = new Heard()
    await heard.alert(GOLDEN_ALERT)
    await heard.loadedWith(EVENTS, (name) => name === 'process.command_line')
    expect((await heard.candidates(GOLDEN_ALERT)).ids).toEqual(golden.map(({ id }) => id))
  })

  test('a key that was loaded and is absent is another group', async () => {
    const heard = new Heard()
    await heard.alert(GOLDEN_ALERT)
    const bare = golden.map((doc) => {
      const { 'process.working_directory': _, ...fields } = doc.fields
      return { ...doc, id: `${doc.id}-bare`, fields }
    })
    await heard.loadedWith([...bare, ...EVENTS], (name) => KEYS.includes(name) || name === '@timestamp')
    expect((await heard.candidates(GOLDEN_ALERT)).ids).toEqual(golden.map(({ id }) => id))
  })

  test('without a key there is nothing to compare, and what was loaded whole is told by the rule', async () => {
    const heard = new Heard()
    await heard.alert(GOLDEN_ALERT)
    await heard.loadedWith(EVENTS, (name) => name === 'host.name' || name === '@timestamp')
    expect(await heard.candidates(GOLDEN_ALERT)).toEqual({ ids: [], keys: [] })
    const all = { params: { index: 'logs-*', fields: [{ field: '*' }], size: 500 } }
    await heard.page('ese', all, shapes.raw(shapes.documents(EVENTS)))
    expect(await heard.candidates(GOLDEN_ALERT)).toEqual({ ids: [], keys: [] })
  })

  test('an alert that was not heard, or of a rule without groups, has none', async () => {
    const heard = new Heard()
    await heard.loadedWith(EVENTS, (name) => KEYS.includes(name))
    expect(await heard.candidates(GOLDEN_ALERT)).toEqual({ ids: [], keys: [] })
    const other = ALERTS.find(({ fields }) => fields['kibana.alert.rule.type'] === 'query')!
    await heard.alert(other)
    expect(await heard.candidates(other)).toEqual({ ids: [], keys: [] })
  })
})
