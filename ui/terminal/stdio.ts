/**
 * `rarebit esql --stdio`: a request a line in, an answer a line out, in that order.
 *
 * Requests come from a program and are checked all the same: a bad one costs its own answer only.
 */
import { jsonText } from '../format/cell.ts'
import { type EsqlIndex, type EsqlRequest, diagnosticsOf } from './engine-port.ts'
import { asJson } from './output/query-output.ts'
import { EXIT, type ExitStatus, type TerminalHost } from './terminal-host.ts'

/** Serves until standard input ends. */
export async function serveStdio(host: TerminalHost, nowMillis: number | null): Promise<ExitStatus> {
  for await (const line of host.standardInputLines()) {
    if (line.trim() !== '') await host.write(await answerTo(line, host, nowMillis))
  }
  return EXIT.ran
}

async function answerTo(line: string, host: TerminalHost, nowMillis: number | null): Promise<string> {
  let id: unknown = null
  try {
    const message = JSON.parse(line) as unknown
    id = own(message, 'id') ?? null
    const request = readRequest(message, host, nowMillis ?? host.nowMillis())
    const engine = await host.engine()
    const report = await engine.esql(request)
    return `{"id":${jsonText(id)},${[...asJson(report)].join('').slice(1)}`
  } catch (error) {
    const diagnostics = diagnosticsOf(error)
    const message = error instanceof Error ? error.message : String(error)
    return jsonText({ id, error: { message, ...(diagnostics.length > 0 ? { diagnostics } : {}) } }) + '\n'
  }
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

function readRequest(message: unknown, host: TerminalHost, nowMillis: number): EsqlRequest {
  const text = own(message, 'query')
  if (typeof text !== 'string') throw new Error('The request has no query')
  const indices = own(message, 'indices') ?? {}
  return {
    query: text,
    nowMillis,
    indices: new Map(entriesOf(indices, 'indices').map(([name, index]) => [name, readIndex(name, index, host)]))
  }
}

function readIndex(name: string, value: unknown, host: TerminalHost): EsqlIndex {
  const file = own(value, 'file')
  if (typeof file !== 'string') throw new Error(`Index [${name}] names no file`)
  const mapping = entriesOf(own(value, 'mapping') ?? {}, `mapping of [${name}]`).map(([field, type]) => {
    if (typeof type !== 'string') throw new Error(`The type of [${field}] in [${name}] is no text`)
    return [field, type] as const
  })
  return { mapping: new Map(mapping), file: host.openFile(file), mode: own(value, 'mode') === 'lookup' ? 'lookup' : 'standard' }
}

function entriesOf(value: unknown, what: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} is no object`)
  return Object.entries(value)
}
