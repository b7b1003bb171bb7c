/**
 * Answers of a page that has been taken over, or of a proxy between: forged, endless, huge or of another kind. The panel may show
 * none of it as evidence of anything but what it is, and must stay alive.
 */
import type { ServerResponse } from 'node:http'

export const HOSTILITIES = ['forged', 'huge', 'endless', 'login-page', 'no-content', 'broken-json', 'deep', 'aborted'] as const
export type Hostility = (typeof HOSTILITIES)[number]

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const SCRIPT = '<img src=x onerror=alert(1)><script>alert(2)</script>'

/** Fields and types that no Kibana sends: prototypes, markup, numbers beyond 64 bits, cycles of names, wrong kinds. */
const forged = JSON.stringify({
  id: 'Fm9uZQ==',
  is_running: false,
  __proto__: { polluted: true },
  constructor: { prototype: { polluted: true } },
  rawResponse: {
    hits: {
      total: 'many',
      hits: [
        null,
        7,
        [],
        { _id: {}, _index: 3, fields: 'none' },
        { _id: SCRIPT, _index: SCRIPT, fields: { [SCRIPT]: [SCRIPT], '__proto__.polluted': [true] } }
      ]
    }
  },
  response: { hits: { hits: { length: 1e9 } } },
  columns: [{ name: '__proto__', type: 'keyword' }, { name: SCRIPT, type: 'nothing' }, 5, null],
  values: [[SCRIPT], 'row', null, [1e400, 2, 3, 4, 5, 6]]
}).replace('"id"', '"__proto__":{"polluted":true},"id"')

const ANSWERS: Record<Hostility, (response: ServerResponse) => void> = {
  forged: (response) => response.writeHead(200, JSON_TYPE).end(forged),
  huge(response) {
    response.writeHead(200, JSON_TYPE)
    response.write('{"is_running":false,"response":{"hits":{"hits":[')
    const event = `${JSON.stringify({ _id: 'a', _index: 'b', fields: { message: ['x'.repeat(100_000)] } })},`
    for (let i = 0; i < 1000; i++) response.write(event)
    response.end('{}]}}}')
  },
  endless(response) {
    response.writeHead(200, JSON_TYPE)
    const timer = setInterval(() => response.write(' '.repeat(65_536)), 5)
    response.on('close', () => clearInterval(timer))
  },
  'login-page': (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title><form></form>'),
  'no-content': (response) => response.writeHead(204).end(),
  'broken-json': (response) =>
    response.writeHead(200, JSON_TYPE).end('{"response":{"hits":{"hits":[{"_id":"a","fields":{"a":["b"'),
  deep: (response) => response.writeHead(200, JSON_TYPE).end(`{"response":${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
  aborted(response) {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '100000' })
    response.write('{"response":{"hits":')
    setTimeout(() => response.destroy(), 20)
  }
}

/** Sends the answer of that kind. */
export function hostileAnswer(kind: Hostility, response: ServerResponse): void {
  ANSWERS[kind](response)
}
