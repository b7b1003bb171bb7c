/** A terminal host in memory, and an engine that answers with given rows. */
import { SourceError } from '../../../engine/source/bytes.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import type { InputInfo, InputReport, MissingKnowledge } from '../../../engine/session/types.ts'
import type {
  EnginePort,
  EsqlRequest,
  HuntAnswer,
  HuntReport,
  HuntRequest,
  QueryOptions,
  TableReport
} from '../../../ui/terminal/engine-port.ts'
import type { TerminalHost } from '../../../ui/terminal/terminal-host.ts'

export interface Asked {
  hunts: HuntRequest[]
  queries: { text: string; options: QueryOptions }[]
  esql: EsqlRequest[]
  lookups: { name: string; file: string; matchField: string | null }[]
}

export interface FakeAnswers {
  hunt?(request: HuntRequest): Partial<HuntReport>
  query?: Partial<TableReport>
  esql?(request: EsqlRequest): Partial<TableReport>
  unreadable?: readonly string[]
  /** Of rules of a pack that found nothing. */
  reason?: string
  missing?: MissingKnowledge
}

export class QueryFailure extends Error {
  constructor(readonly diagnostics: string[]) {
    super(diagnostics.join('\n'))
  }
}

export function inputReport(name: string, change: Partial<InputReport> = {}): InputReport {
  return { name, bytes: 100, events: 10, skipped: [], skippedTotal: 0, notes: [], ...change }
}

export function fakeHost(files: Record<string, string>, answers: FakeAnswers = {}, stdin: readonly string[] = []) {
  const asked: Asked = { hunts: [], queries: [], esql: [], lookups: [] }
  const out: string[] = []
  const told: string[] = []
  let inputs: InputInfo[] = []
  const table = (change: Partial<TableReport> = {}): TableReport => ({
    columns: [],
    values: [],
    warnings: [],
    notes: [],
    ...change
  })
  const hunt = (request: HuntRequest): HuntReport => {
    asked.hunts.push(request)
    const reports = inputs.map(({ name }) => inputReport(name))
    return { columns: [], runs: [], runCount: 1, inputs: reports, warnings: [], notes: [], ...answers.hunt?.(request) }
  }
  const engine: EnginePort = {
    addInputs: async (added) => {
      inputs = added.map((file, index): InputInfo => {
        const readable = !answers.unreadable?.includes(file.name)
        return { index, name: file.name, byteLength: file.size, description: '', readable, problem: readable ? null : 'not text' }
      })
      return inputs
    },
    addLookup: async (name, file, matchField) => {
      asked.lookups.push({ name, file: file.name, matchField })
      return { name, file: file.name, matchField: matchField ?? 'a', columns: [], notes: [] }
    },
    hunt: async (request) => hunt(request),
    huntAll: async ({ rules, ...options }) => {
      const told = rules.map((rule): HuntAnswer => {
        try {
          const report = hunt({ rule, ...options })
          const found = report.runs.some((run) => run.values.length > 0)
          return {
            status: 'ran',
            reason: found ? null : (answers.reason ?? 'no-match'),
            report,
            missing: answers.missing ?? null
          }
        } catch (error) {
          if (!(error instanceof QueryFailure)) throw error
          return { status: 'refused', reason: error.diagnostics.join('\n'), report: null, missing: null }
        }
      })
      return { answers: told, inputs: inputs.map(({ name }) => inputReport(name)) }
    },
    query: async (text, options) => {
      asked.queries.push({ text, options })
      return table(answers.query)
    },
    esql: async (request) => {
      asked.esql.push(request)
      return table(answers.esql?.(request))
    }
  }
  const host: TerminalHost = {
    write: async (text) => void out.push(text),
    tell: (message) => void told.push(message),
    progress: null,
    columns: null,
    openFile: (path) => {
      if (files[path] === undefined) throw new SourceError(`${path} cannot be read: there is no such file`)
      return bytesOf(path, new TextEncoder().encode(files[path]))
    },
    readStandardInput: async () => new TextEncoder().encode(stdin.join('\n')),
    standardInputLines: async function* () {
      yield* stdin
    },
    readText: (path) => files[path] ?? null,
    listRuleFiles: (path) => {
      const inside = Object.keys(files).filter((name) => name.startsWith(`${path}/`))
      return inside.length > 0 ? inside.toSorted() : null
    },
    relativePath: (path) => path.replace(/^\.\//, ''),
    sha256: async (path) => `hash of ${path}`,
    engine: async () => engine,
    nowMillis: () => Date.UTC(2026, 0, 1)
  }
  return { host, asked, told, output: () => out.join('') }
}
