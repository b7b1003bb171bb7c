/**
 * 10,000 generated hostile answers at the worker's end: nothing throws, prototypes stay as they are, a true answer is heard as
 * before, and all of it still scans. `RAREBIT_SEED` repeats a run.
 */
import { expect, test } from 'vitest'
import { Session } from '../../../../engine/session/session.ts'
import { instantiateKernels } from '../../../../wasm/host/kernels.ts'
import { compileTestModule } from '../../../helpers/kernels.ts'
import { hostileBodies } from '../../../kibana/hostile-bodies.ts'
import { EVENTS, GOLDEN_ALERT } from '../../../kibana/scenario.ts'
import * as shapes from '../../../kibana/shapes.ts'

const COUNT = 10_000
const module = await compileTestModule()
const names = () => [Object.prototype, Array.prototype, Function.prototype, Map.prototype].map(Reflect.ownKeys)

test(`${COUNT} hostile answers have no effect outside their batch`, { timeout: 300_000 }, async () => {
  const seed = Number(process.env['RAREBIT_SEED'] ?? Date.now() % 1e9)
  console.log(`seed ${seed}`)
  const before = names()
  const session = new Session({ createKernels: () => instantiateKernels(module) })
  const hear = (path: string, requestBody: string, bytes: Uint8Array) =>
    session.live.hear(
      { method: 'POST', url: `http://127.0.0.1${path}`, requestBody, context: null, status: 200, contentType: '', at: 1 },
      bytes
    )
  let number = 0
  for (const { path, requestBody, bytes } of hostileBodies(seed, COUNT)) {
    number++
    await hear(path, requestBody, new Uint8Array(bytes)).catch((error: Error) => {
      throw new Error(`body ${number} of seed ${seed}: ${error.stack}`)
    })
  }
  expect(names()).toEqual(before)
  expect((Object.prototype as { polluted?: unknown }).polluted).toBeUndefined()
  const summary = session.live.summary()
  expect(summary.heard).toBeGreaterThan(COUNT / 2)
  expect(JSON.stringify(summary).length).toBeLessThan(1 << 20)

  const details = JSON.stringify({ factoryQueryType: 'eventsDetails', eventId: GOLDEN_ALERT.id, indexName: 'x' })
  const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
  await hear('/internal/search/timelineSearchStrategy', details, encode(shapes.flyoutDetails(GOLDEN_ALERT)))
  const all = JSON.stringify({ params: { index: 'logs-*', fields: [{ field: '*' }] } })
  await hear('/internal/search/ese', all, encode(shapes.raw(shapes.documents(EVENTS))))
  const found = (await session.live.alert(GOLDEN_ALERT.id))!
  expect(found.thresholds.map(({ text }) => text)).toEqual(['1 of exactly 1 agent', '1 of fewer than 5'])
  await session.refreshLive()
  const events = await session.query(found.cutQuery!, { progress: () => undefined })
  expect(events.values).toHaveLength(1)
})
