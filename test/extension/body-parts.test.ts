/** Parts of a body at the panel's end: in order they make it; whatever comes in another way drops it, once, and is told. */
import { describe, expect, test } from 'vitest'
import { BodyParts } from '../../extension/sidepanel/body-parts.ts'
import { PART_BYTES } from '../../extension/messages.ts'

const head = (id: number) => ({
  id,
  method: 'POST',
  url: 'http://127.0.0.1/internal/search/ese',
  requestBody: null,
  context: null,
  status: 200,
  contentType: 'application/json',
  at: 1
})
const full = () => new ArrayBuffer(PART_BYTES)

function assemble(messages: readonly [id: number, part: unknown, parts: unknown, data?: unknown][]) {
  const heard: [number, number][] = []
  const missed: [number, string][] = []
  const parts = new BodyParts({
    heard: ({ head: { id }, bytes }) => void heard.push([id, bytes.length]),
    missed: ({ head: { id }, why }) => void missed.push([id, why])
  })
  for (const [id, part, count, data = full()] of messages) parts.add({ head: head(id), part, parts: count, data })
  return { heard, missed }
}

test('parts in order make the body, as bytes or as base64', () => {
  expect(assemble([[1, 0, 1, new ArrayBuffer(3)]])).toEqual({ heard: [[1, 3]], missed: [] })
  expect(assemble([[1, 0, 1, btoa('abcd')]])).toEqual({ heard: [[1, 4]], missed: [] })
  const two = assemble([
    [1, 0, 2],
    [1, 1, 2, btoa('ab')],
    [2, 0, 1, new ArrayBuffer(0)]
  ])
  expect(two.heard).toEqual([
    [1, PART_BYTES + 2],
    [2, 0]
  ])
})

describe('is dropped and told once', () => {
  test.for<[string, Parameters<typeof assemble>[0]]>([
    ['the first part never came', [[1, 1, 2]]],
    [
      'a part between never came',
      [
        [1, 0, 3],
        [1, 2, 3]
      ]
    ],
    [
      'a part came twice',
      [
        [1, 0, 3],
        [1, 0, 3],
        [1, 0, 3],
        [1, 2, 3]
      ]
    ],
    [
      'the count changed',
      [
        [1, 0, 2],
        [1, 1, 3]
      ]
    ],
    ['the count is huge', [[1, 0, 1e9]]],
    ['the count is nothing', [[1, 0, 0]]],
    ['the count is no number', [[1, 0, '2']]],
    ['the part is negative', [[1, -1, 2]]],
    ['the part is beyond its count', [[1, 2, 2]]],
    ['the part is half', [[1, 0.5, 2]]],
    ['the part is no number', [[1, { valueOf: 0 }, 2]]],
    ['a part is larger than a part', [[1, 0, 1, new ArrayBuffer(PART_BYTES + 1)]]],
    ['a part that is not the last is small', [[1, 0, 2, new ArrayBuffer(7)]]],
    ['no bytes', [[1, 0, 1, { byteLength: 5 }]]],
    ['no base64', [[1, 0, 1, '%%%']]]
  ])('%s', ([, messages]) => {
    expect(assemble(messages)).toEqual({ heard: [], missed: [[1, 'unreadable']] })
  })

  test('and the next body is whole', () => {
    const answer = assemble([
      [1, 0, 2],
      [2, 0, 1, new ArrayBuffer(4)],
      [1, 1, 2],
      [3, 0, 1, new ArrayBuffer(5)]
    ])
    expect(answer).toEqual({
      heard: [
        [2, 4],
        [3, 5]
      ],
      missed: [[1, 'unreadable']]
    })
  })
})

test('a head that is none drops what was begun; nothing of it is told', () => {
  const told: unknown[] = []
  const parts = new BodyParts({ heard: (body) => told.push(body), missed: (body) => told.push(body) })
  for (const bad of [null, 7, [], { ...head(1), id: -1 }, { ...head(1), url: {} }, { ...head(1), at: Infinity }, { id: 1 }])
    parts.add({ head: bad, part: 0, parts: 1, data: full() })
  expect(told).toEqual([])
})

test('a head says nothing beyond what a head says', () => {
  let heard: unknown
  const parts = new BodyParts({ heard: (body) => (heard = body.head), missed: () => undefined })
  parts.add({ head: { ...head(1), fromCluster: true, __proto__: { evil: 1 } }, part: 0, parts: 1, data: full() })
  expect(heard).toEqual(head(1))
})
