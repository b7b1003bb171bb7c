/**
 * A small engine for work on components: it reads NDJSON line by line and runs one fixed rule written in TypeScript.
 * It knows no ES|QL; queries are answered with the first events. Never part of a product build.
 */
import { lintQuery } from '../../../engine/lint/lint-query.ts'
import { LINT_CHECKS } from '../../../engine/lint/registry.ts'
import type {
  CellValue,
  DataDescription,
  EngineApi,
  EventText,
  Finding,
  HeldResult,
  InputHash,
  InputInfo,
  LintSubject,
  LookupTableInfo,
  MissingKnowledge,
  LanguageDescription,
  NearMissGroup,
  QueryProblem,
  QueryResult,
  Rarity,
  RedactionPreview,
  RedactionRequest,
  ReducedData,
  ResultPage,
  RowSources,
  RuleInfo,
  RuleOutcome,
  RulePackReport,
  RulesRequest,
  RulesResult,
  RunProgress,
  RunRequest,
  RunResult,
  SourceRef,
  TopValues
} from '../../../engine/worker/api.ts'

type Flat = Map<string, CellValue>
interface Event {
  flat: Flat
  text: string
  source: SourceRef
}

const RULE: RuleInfo = {
  key: 'built-in',
  id: null,
  name: 'Rare shell command of a web server',
  builtIn: true,
  description: 'Shells started by web servers or their users that occurred fewer than five times and on one host only.',
  query:
    'FROM logs-endpoint.events.process-*\n| WHERE event.type == "start" AND process.name IN ("sh", "bash", "dash")\n| STATS n = COUNT(*) BY process.command_line',
  severity: 'medium',
  version: 1,
  from: 'now-61m',
  interval: '1h',
  maxSignals: 100,
  techniques: ['T1505.003', 'T1059.004'],
  retired: {
    date: '2026-07-02',
    reason: 'Replaced by rules that look at the process tree.',
    successors: ['Suspicious Command Execution via Web Server', 'Web Server Child Shell']
  },
  problems: []
}
const KEYS = ['process.command_line', 'process.working_directory', 'process.parent.executable']
const CHUNK = 40

export class FakeEngine implements EngineApi {
  #files: { info: InputInfo; text: string }[] = []
  #events: Event[] = []
  #findings = new Map<string, Finding>()
  #held: CellValue[][] = []
  #cancelled = false
  #kept: RunResult | null = null
  delayMillis = 0

  async addLookup(name: string, file: { name: string; blob: Blob }, matchField = 'host.name'): Promise<LookupTableInfo> {
    return { name, file: file.name, matchField, columns: [{ name: matchField, type: 'keyword' }], notes: [] }
  }

  async removeLookup(): Promise<void> {}

  async addInputs(files: { name: string; blob: Blob }[]): Promise<InputInfo[]> {
    for (const { name, blob } of files) {
      const text = await blob.text()
      const readable = text.trim() !== ''
      this.delayMillis = blob.size > 5e6 ? 20 : 0
      this.#files.push({
        text,
        info: {
          index: this.#files.length,
          name,
          byteLength: blob.size,
          description: 'one JSON document a line',
          readable,
          problem: readable ? null : 'The file is empty.'
        }
      })
    }
    return this.#files.map((file) => file.info)
  }

  async clearInputs(): Promise<void> {
    this.#files = []
  }

  /** Names instead of digests: enough to tell files apart. */
  async hashInputs(): Promise<InputHash[]> {
    return this.#files.map(({ info }) => ({
      name: info.name,
      byteLength: info.byteLength,
      inputs: [info.index],
      sha256: Array.from(new TextEncoder().encode(info.name), (byte) => byte.toString(16))
        .join('')
        .padEnd(64, '0')
        .slice(0, 64),
      problem: null
    }))
  }

  async pauseHashing(): Promise<void> {}

  async listRules(): Promise<RuleInfo[]> {
    return [RULE]
  }

  async addRules(): Promise<RuleInfo[]> {
    return []
  }

  async addRulePack(): Promise<RulePackReport> {
    return { rules: [], otherLanguages: [], problems: [] }
  }

  async runRules(request: RulesRequest, handlers: { progress(progress: RunProgress): void }): Promise<RulesResult> {
    const result = await this.run({ ruleKey: RULE.key, mode: request.mode }, handlers)
    this.#kept = result
    const outcome: RuleOutcome = {
      ruleKey: RULE.key,
      status: 'ran',
      reason: result.findings.length > 0 ? null : 'no-match',
      findingCount: result.findings.length,
      top: result.findings.slice(0, 3),
      missing: null,
      warnings: [],
      notes: [],
      runKey: result.runKey
    }
    const { mode, inputs, elapsedMillis, cancelled } = result
    return { mode, outcomes: [outcome], inputs, events: this.#events.length, elapsedMillis, cancelled }
  }

  async result(): Promise<RunResult> {
    return this.#kept!
  }

  async missing(): Promise<MissingKnowledge> {
    return { events: this.#events.length, complete: true, fields: [], cannotFire: null, absentSource: null }
  }

  async cancel(): Promise<void> {
    this.#cancelled = true
  }

  async run(request: RunRequest, handlers: { progress(progress: RunProgress): void }): Promise<RunResult> {
    this.#cancelled = false
    const began = performance.now()
    const skipped = await this.#read(handlers)
    const passing = this.#events.filter((event) => passes(event.flat))
    const groups = Map.groupBy(passing, (event) => KEYS.map((key) => String(event.flat.get(key))).join('\n'))
    const findings = [...groups.values()].filter((group) => group.length < 5).map((group, index) => toFinding(group, index))
    this.#findings = new Map(findings.map((finding) => [finding.id, finding]))
    return {
      runKey: `run-${began}`,
      ruleKey: RULE.key,
      mode: request.mode,
      columns: [...KEYS, 'Esql.event_count'].map((name) => ({ name, type: name === 'Esql.event_count' ? 'long' : 'keyword' })),
      findings,
      runs: [{ run: null, from: null, to: null, rows: findings.length, droppedByKibana: null }],
      runCount: 1,
      inputs: this.#files.map(({ info }) => ({
        name: info.name,
        bytes: info.byteLength,
        events: this.#events.length,
        skipped,
        skippedTotal: skipped.length,
        notes: []
      })),
      warnings: [],
      notes: [],
      stages: [
        { label: 'FROM', rows: this.#events.length },
        { label: 'WHERE', rows: passing.length },
        { label: 'STATS', rows: groups.size },
        { label: 'WHERE', rows: findings.length }
      ],
      elapsedMillis: performance.now() - began,
      cancelled: this.#cancelled
    }
  }

  async #read(handlers: { progress(progress: RunProgress): void }) {
    const began = performance.now()
    const skipped: { line: number; byte: number; length: number; reason: string }[] = []
    this.#events = []
    const bytesTotal = this.#files.reduce((sum, file) => sum + file.text.length, 0)
    let bytesRead = 0
    for (const { text, info } of this.#files) {
      let byte = 0
      for (const [index, line] of text.split('\n').entries()) {
        const length = line.length
        if (line.trim()) {
          try {
            this.#events.push({
              flat: flatten(JSON.parse(line)),
              text: line,
              source: { file: info.index, line: index + 1, event: this.#events.length + 1, byte, length }
            })
          } catch (error) {
            skipped.push({ line: index + 1, byte, length, reason: String(error) })
          }
        }
        byte += length + 1
        if (index % CHUNK === 0) {
          handlers.progress({
            bytesRead: bytesRead + byte,
            bytesTotal,
            events: this.#events.length,
            rows: 0,
            stage: 'reading',
            elapsedMillis: performance.now() - began
          })
          await new Promise((resolve) => setTimeout(resolve, this.delayMillis))
          if (this.#cancelled) return skipped
        }
      }
      bytesRead += text.length
    }
    return skipped
  }

  async query(text: string): Promise<QueryResult> {
    if (text.includes('nosuch'))
      throw { kind: 'query', message: '', diagnostics: ['line 1:8: Unknown column [nosuch], did you mean [host.name]?'] }
    if (text.includes('MIN(@timestamp)')) {
      const times = this.#events.map((event) => String(event.flat.get('@timestamp'))).sort()
      return {
        ...EMPTY,
        columns: [
          { name: 'first', type: 'date' },
          { name: 'last', type: 'date' }
        ],
        values: [[times[0] ?? null, times.at(-1) ?? null]]
      }
    }
    const names = ['@timestamp', 'host.name', 'user.name', 'process.command_line']
    return {
      ...EMPTY,
      columns: names.map((name) => ({ name, type: 'keyword' })),
      values: this.#events.slice(0, 300).map((event) => names.map((name) => event.flat.get(name) ?? null))
    }
  }

  async holdQuery(text: string): Promise<HeldResult> {
    const { columns, values } = await this.query(text)
    this.#held = values
    return {
      resultKey: 'result',
      columns: columns.map((column) => ({ ...column, multi: false })),
      rowCount: values.length,
      heldBytes: 0,
      cut: null,
      warnings: [],
      notes: [],
      inputs: [],
      stages: [],
      elapsedMillis: 3
    }
  }

  async resultRows(_: string, from: number, to: number): Promise<ResultPage> {
    return { first: from, rows: this.#held.slice(from, to), shortened: [] }
  }

  async resultCell(_: string, row: number, column: number): Promise<CellValue> {
    return this.#held[row]?.[column] ?? null
  }

  async resultSources(_: string, row: number): Promise<RowSources> {
    const event = this.#events[row]
    return { sources: event ? [event.source] : [], eventCount: event ? 1 : 0, truncated: false }
  }

  async sortResult(): Promise<void> {}

  async describeLanguage(): Promise<LanguageDescription> {
    return { commands: [], functions: [] }
  }

  async describeData(): Promise<DataDescription> {
    return { fields: [], events: this.#events.length, complete: true, indexNames: [] }
  }

  async checkQuery(): Promise<QueryProblem[]> {
    return []
  }

  async columnsBehind(): Promise<null> {
    return null
  }

  async topValues(): Promise<TopValues> {
    return { values: [], events: 0, complete: true }
  }

  async readEvents(sources: SourceRef[]): Promise<EventText[]> {
    return sources.map((source) => {
      const event = this.#events.find(
        (candidate) => candidate.source.file === source.file && candidate.source.byte === source.byte
      )!
      return { source, text: event.text, fields: [...event.flat].map(([name, value]) => ({ name, value })) }
    })
  }

  async explain() {
    const condition = (text: string, held: boolean) => ({ text, held, alternatives: [] })
    return {
      summary: 'Matched by process.parent.name.',
      conditions: [
        condition('event.type == "start"', true),
        {
          text: '…',
          held: true,
          alternatives: [
            condition('process.parent.name LIKE "php-fpm*"', true),
            condition('user.id IN ("33", "48")', true),
            condition('process.parent.working_directory LIKE "/var/www/*"', false)
          ]
        },
        condition('process.command_line LIKE "* -c *"', true)
      ]
    }
  }

  async rarity(): Promise<Rarity[]> {
    return [...this.#findings.values()].map((finding, index) => ({
      findingId: finding.id,
      n: finding.eventCount,
      total: 40 << index,
      bits: Math.log2((40 << index) / finding.eventCount),
      basis: 'process starts under /usr/sbin/php-fpm8.2'
    }))
  }

  async nearMisses(): Promise<NearMissGroup[]> {
    const events = this.#events.slice(0, 3)
    return [
      {
        condition: 'process.command_line LIKE "* -c *"',
        reasons: { missing: 1, multiValue: 0, different: 2 },
        count: 3,
        events: events.map((event) => ({
          source: event.source,
          time: String(event.flat.get('@timestamp')),
          host: String(event.flat.get('host.name')),
          commandLine: String(event.flat.get('process.command_line') ?? ''),
          values: [{ name: 'process.command_line', value: event.flat.get('process.command_line') ?? null }]
        }))
      }
    ]
  }

  /** What is heard needs the engine; here there is never a page. */
  async hear() {
    return []
  }
  async liveSummary() {
    return { events: 0, alerts: [], batches: [], heard: 0, bytes: 0, forgotten: 0 }
  }
  async alertCase() {
    return null
  }
  async candidates() {
    return { sources: [], keys: [] }
  }
  async refreshLive() {
    return { changed: false, inputs: [] }
  }
  async notLoaded() {
    return []
  }
  async liveSnapshot() {
    return { batches: [], forgotten: 0, documents: [] }
  }
  async restoreLive() {}

  /** The real linter: it needs no kernels. */
  async lint(subject: LintSubject) {
    return lintQuery('query' in subject ? subject.query : RULE.query, null)
  }

  async redactionPreview({ key, findingIds }: RedactionRequest): Promise<RedactionPreview> {
    return { key, replacements: [], events: findingIds.length }
  }

  async redactTexts(texts: string[]): Promise<string[]> {
    return texts
  }

  async reducedData({ findingIds }: { findingIds: string[] }): Promise<ReducedData> {
    const bytes = new TextEncoder().encode(this.#events.map(({ text }) => `${text}\n`).join(''))
    const found = findingIds.length
    return { bytes, events: this.#events.length, check: { wanted: found, found, same: found }, incomplete: 0 }
  }

  async lintChecks() {
    return LINT_CHECKS.map(({ example, ...check }) => ({ ...check, example: example.query }))
  }

  async steps(_: string, findingId: string) {
    const finding = this.#findings.get(findingId)!
    const host = finding.hosts[0] ?? ''
    const step = { query: null, meaning: '', missing: null, hostCommand: null, facts: [] }
    return [
      {
        ...step,
        id: 'what',
        title: 'What is it?',
        text: 'Read the command in the form the shell ran it.',
        facts: [{ label: 'decoded', value: 'id; hostname; ls -la /home/deploy/.ssh' }],
        meaning: 'Names, addresses and paths in it are the values for the checks below.'
      },
      {
        ...step,
        id: 'around',
        title: 'What else did this user run around it?',
        text: `Commands of ${finding.users[0]} on ${host} within an hour.`,
        query: `FROM logs-endpoint.events.process-*\n| WHERE host.name == "${host}" AND event.action == "exec"\n| SORT @timestamp`,
        meaning: 'id, whoami and uname in a row are an operator’s hands.'
      },
      {
        ...step,
        id: 'files',
        title: 'Which files appeared before?',
        text: 'New scripts below the web root in the hour before.',
        query: null,
        missing: 'No file events are loaded.',
        hostCommand: `find /var/www -newermt '2026-03-02 13:00' -type f`,
        meaning: 'A script written minutes earlier is the web shell.'
      }
    ]
  }
}

const EMPTY: QueryResult = { columns: [], values: [], sources: [], warnings: [], notes: [], elapsedMillis: 3 }

function passes(flat: Flat): boolean {
  const has = (name: string, test: RegExp) => test.test(String(flat.get(name) ?? ''))
  return (
    has('event.action', /^exec$/) &&
    has('process.name', /^(ba|da)?sh$/) &&
    has('process.command_line', / -c /) &&
    !has('process.working_directory', /^\/$|^\/home\//) &&
    (has('process.parent.name', /^php-fpm|^nginx$/) || has('user.name', /^(www-data|tomcat)$/))
  )
}

function toFinding(group: Event[], index: number): Finding {
  const first = group[0]!
  const list = (name: string) => [...new Set(group.map((event) => String(event.flat.get(name))))]
  const times = group.map((event) => String(event.flat.get('@timestamp'))).sort()
  return {
    id: `f${index}`,
    row: [...KEYS.map((key) => first.flat.get(key) ?? null), BigInt(group.length)],
    keys: KEYS.map((name) => ({ name, value: first.flat.get(name) ?? null })),
    runs: [0],
    eventCount: group.length,
    firstSeen: times[0]!,
    lastSeen: times.at(-1)!,
    hosts: list('host.name'),
    users: list('user.name'),
    sources: group.map((event) => event.source),
    truncated: false,
    droppedByKibana: index === 3,
    thresholds: [
      { column: 'Esql.event_count', operator: '<', limit: 5, value: group.length, text: `${group.length} of fewer than 5` },
      { column: 'Esql.agent_id_count_distinct', operator: '==', limit: 1, value: 1, text: '1 of exactly 1 agent' }
    ]
  }
}

function flatten(value: object, path = '', into: Flat = new Map()): Flat {
  for (const [key, item] of Object.entries(value)) {
    const name = path ? `${path}.${key}` : key
    if (item !== null && typeof item === 'object' && !Array.isArray(item)) flatten(item as object, name, into)
    else into.set(name, Array.isArray(item) && item.length === 1 ? (item[0] as CellValue) : (item as CellValue))
  }
  return into
}
