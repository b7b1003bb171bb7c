/**
 * The fake cluster's ES|QL: Rarebit's own terminal program over the scenario's documents. Good enough to answer what the panel
 * asks; whether the engine is right is tested elsewhere, against Elasticsearch's own cases.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ALERTS, EVENTS } from './scenario.ts'
import { esqlBody, type Json, sourceOf } from './shapes.ts'

const PROGRAM = 'dist-terminal/rarebit.js'

/** Answers `query` over the documents that a range filter on a time field leaves; throws with the program's message. */
export async function answerEsql(query: string, filter: unknown): Promise<Json> {
  if (!existsSync(PROGRAM)) throw new Error('the terminal program is not built: npm run build:terminal')
  const folder = await mkdtemp(join(tmpdir(), 'fake-kibana-'))
  try {
    const file = join(folder, 'events.ndjson')
    const docs = [...EVENTS, ...ALERTS].filter((doc) => inRange(doc.fields, filter))
    await writeFile(
      file,
      docs.map((doc) => JSON.stringify({ _index: doc.index, _id: doc.id, _version: 1, ...sourceOf(doc) })).join('\n')
    )
    const answer = JSON.parse(await run([PROGRAM, 'query', query, file, '--format', 'json'])) as {
      columns: Json[]
      values: unknown[][]
    }
    return esqlBody(answer.columns, answer.values)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const run = (args: string[]) =>
  new Promise<string>((done, failed) =>
    execFile(process.execPath, args, { maxBuffer: 64 << 20 }, (error, out, err) =>
      error ? failed(new Error(err.trim())) : done(out)
    )
  )

/** Whether every `range` in the DSL filter holds. */
function inRange(fields: Record<string, unknown>, filter: unknown): boolean {
  if (Array.isArray(filter)) return filter.every((one) => inRange(fields, one))
  if (filter === null || typeof filter !== 'object') return true
  return Object.entries(filter).every(([key, value]) => {
    if (key !== 'range') return inRange(fields, value)
    return Object.entries(value as Record<string, { gte?: string; lte?: string }>).every(([field, { gte, lte }]) => {
      const at = Date.parse(String(fields[field]))
      return !(gte && at < Date.parse(gte)) && !(lte && at > Date.parse(lte))
    })
  })
}
