/**
 * Session: what a host talks to. It owns the inputs, the rules and the results of runs, and answers the questions of
 * EngineApi. In the page it lives in the worker; in the terminal in the process itself.
 *
 * Holds: each pass over the data has kernels of its own, so passes may run beside each other and their memory goes with
 * them. `cancel` ends every pass that is running.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { BUILT_IN_RULE } from '../rules/built-in-rule.ts'
import { LINT_CHECKS } from '../lint/registry.ts'
import { lintQuery, lintRule } from '../lint/lint-query.ts'
import { resultSchema } from '../plan/logical-plan.ts'
import type { Rule } from '../rules/rule.ts'
import { readPack } from '../rules/pack-files.ts'
import { readRules } from '../rules/rule-pack.ts'
import type { RandomAccessBytes } from '../source/bytes.ts'
import { type OpenedInput, openInputs } from '../source/open-input.ts'
import { bytesOf } from '../source/hosts/memory-bytes.ts'
import { openRecordReader } from '../source/readers/open-record-reader.ts'
import { fieldPresence, sampleInputs, type SchemaSample } from '../source/schema-sample.ts'
import { DataCatalog } from './catalogs.ts'
import { CancelledError } from './cancelled.ts'
import { cellRows } from './cells.ts'
import { readEventTexts } from './event-texts.ts'
import { executePlan } from './execute.ts'
import { explainMatch } from './explain-match.ts'
import { collectFindings, findingShape, sourcesOf } from './findings.ts'
import { firstWhere } from './first-where.ts'
import { presenceOf, whyNever } from './missing-fields.ts'
import { decompressedTotal, DEFAULT_SCAN, InputScanner, type ScanOptions } from './input-scanner.ts'
import { HELD_LIMITS, type HeldLimits, HeldRows } from '../execution/held-rows.ts'
import { HandOver } from './hand-over.ts'
import { HeldResults } from './held-results.ts'
import { InputHashes } from './input-hashes.ts'
import { markPartial, markUnknownValues } from './live/known-fields.ts'
import { LIVE_INPUT, LiveFeed } from './live/live-feed.ts'
import { LookupTables } from './lookups.ts'
import { findNearMisses } from './near-miss-run.ts'
import { prepareQuery, type PreparedQuery, QueryError } from './prepare.ts'
import { QueryHelp } from './query-help.ts'
import { countRarity } from './rarity-run.ts'
import { ruleInfo } from './rule-info.ts'
import { ruleOutcome } from './rule-outcome.ts'
import { type RuleRun, runRule, scanOptions, timeOption } from './rule-run.ts'
import { type RulesRun, runRules } from './rules-run.ts'
import { type FoundRun, foundRun } from './run-result.ts'
import { type KnownPresence, stepContext } from './step-context.ts'
import { investigationSteps } from '../rules/investigation-guide.ts'
import type * as api from './types.ts'

/** LIMIT of free queries that have none, as in Elasticsearch. */
export const IMPLICIT_LIMIT = 1000

/** Data up to this size is counted whole before steps are made for it. */
const COUNTED_AT_ONCE = 8 * 1024 * 1024

export interface SessionHost {
  /** Fresh kernels with a memory of their own. */
  createKernels(): Kernels
  /** What a result of the query view may take; default HELD_LIMITS. */
  heldLimits?: HeldLimits
}

/** A finished run with what later questions about it need. */
interface KeptRun extends FoundRun {
  options: ScanOptions
  request: api.RunRequest
}

export class Session {
  private inputs: OpenedInput[] = []
  private sampling: Promise<SchemaSample> | null = null
  private counting: Promise<KnownPresence> | null = null
  private counted: KnownPresence | null = null
  private readonly rules = new Map<string, Rule>([['built-in', BUILT_IN_RULE]])
  private readonly ruleInfos = new WeakMap<Rule, api.RuleInfo>()
  private readonly runs = new Map<string, KeptRun>()
  private readonly jobs = new Set<{ aborted: boolean }>()
  private readonly rulesRuns: string[][] = []
  private runCount = 0
  /** Rows of the query view. */
  readonly results = new HeldResults()
  /** SHA-256 of the files behind the inputs. */
  readonly hashes = new InputHashes(() => this.inputs)
  /** Completion and checks while a query is written. */
  private readonly lookups = new LookupTables()
  readonly help = new QueryHelp({
    lookups: this.lookups,
    sample: () => this.sample(),
    known: () => this.knownFields(),
    briefly: (text, millis) => this.queryBriefly(text, millis)
  })

  /** What the page beside the panel has loaded. */
  readonly live = new LiveFeed({
    ruleKey: (rule) =>
      [...this.rules].find(([, known]) => known.query === rule.query && known.name === rule.name)?.[0] ?? this.addRule(rule),
    shape: async (rule) => {
      const prepared = await this.prepare(rule.query, null)
      return { columns: resultSchema(prepared.plan).map(({ name }) => name), fields: sourceFields(prepared) }
    }
  })
  /** Redaction, and the events of findings as a file of their own. */
  readonly handOver = new HandOver({
    inputs: () => this.inputs,
    run: (runKey) => this.keptRun(runKey),
    job: (work) => this.job(work),
    createKernels: () => this.host.createKernels()
  })
  private liveInput: OpenedInput | null = null
  private liveVersion = 0

  constructor(private readonly host: SessionHost) {}

  // ---- inputs ----

  /** Opens files; archives unfold into one input a member. */
  async addInputs(files: readonly RandomAccessBytes[]): Promise<api.InputInfo[]> {
    const first = this.inputs.length
    const opened = await this.hashes.open(files)
    this.inputs = [...this.inputs, ...opened]
    this.forgetData()
    return opened.map((input, i) => inputInfo(input, first + i))
  }

  /**
   * Makes the heard events the last input, in place of what was heard before; answers all inputs and whether anything changed.
   * References to their places hold until the next call.
   */
  async refreshLive(): Promise<{ changed: boolean; inputs: api.InputInfo[] }> {
    const changed = this.liveVersion !== this.live.store.version
    if (changed) await this.replaceLive()
    return { changed, inputs: this.inputs.map(inputInfo) }
  }

  private async replaceLive(): Promise<void> {
    this.liveVersion = this.live.store.version
    const [opened] = await openInputs([bytesOf(LIVE_INPUT, this.live.store.eventBytes())])
    this.inputs = [...this.inputs.filter((input) => input !== this.liveInput), opened!]
    this.liveInput = opened!
    this.forgetData()
  }

  /** Of the fields a query reads: those that some heard events were loaded without. */
  async notLoaded(query: { text: string } | { ruleKey: string }): Promise<api.FieldKnowledge[]> {
    const prepared = await this.prepare('text' in query ? query.text : this.rule(query.ruleKey).query, null)
    return this.live.notLoaded(sourceFields(prepared))
  }

  /** Forgets inputs and everything found in them; rules stay. */
  clearInputs(): void {
    this.cancel()
    this.hashes.clear()
    this.inputs = []
    this.liveInput = null
    this.live.store.clear()
    this.liveVersion = this.live.store.version
    this.runs.clear()
    this.results.clear()
    this.forgetData()
  }

  // ---- lookup tables ----

  /**
   * Makes a file a table that LOOKUP JOIN and ENRICH know by `name`; a table of that name is replaced. `matchField` is what
   * ENRICH compares, by default the first column.
   */
  addLookup(name: string, file: RandomAccessBytes, matchField: string | null = null): Promise<api.LookupTableInfo> {
    return this.lookups.add(name, file, matchField)
  }

  removeLookup(name: string): void {
    this.lookups.remove(name)
  }

  private forgetData(): void {
    this.sampling = null
    this.counting = null
    this.counted = null
  }

  /** Types and presence of fields in the head of the data; read once. */
  private sample(): Promise<SchemaSample> {
    this.sampling ??= sampleInputs(this.inputs, { openRecordReader, signal: { aborted: false } })
    return this.sampling
  }

  /**
   * Which fields the data has. Small data is counted whole at once; larger data in the background, and until that is done
   * the sample answers for the fields it saw.
   */
  private async presence(): Promise<KnownPresence> {
    this.counting ??= this.countPresence()
    if ((decompressedTotal(this.inputs) ?? Infinity) > COUNTED_AT_ONCE)
      return this.counted ?? { fields: await this.sample(), complete: false }
    return this.counting
  }

  /** What is known of the fields without a pass over large data. */
  private async knownFields(): Promise<KnownPresence> {
    const small = (decompressedTotal(this.inputs) ?? Infinity) <= COUNTED_AT_ONCE
    return small ? this.presence() : (this.counted ?? { fields: await this.sample(), complete: false })
  }

  private async countPresence(): Promise<KnownPresence> {
    const { inputs } = this
    return this.job(async (signal) => {
      const fields = await fieldPresence(inputs, { openRecordReader, signal })
      const known = { fields, complete: !signal.aborted }
      if (inputs === this.inputs && known.complete) this.counted = known
      // A count that was cancelled is begun anew when somebody asks again.
      else if (inputs === this.inputs) this.counting = null
      return known
    })
  }

  // ---- rules ----

  listRules(): api.RuleInfo[] {
    return [...this.rules].map(([key, rule]) => this.infoOf(key, rule))
  }

  /** Described once: whether a rule can run takes parsing it. */
  private infoOf(key: string, rule: Rule): api.RuleInfo {
    let info = this.ruleInfos.get(rule)
    if (!info) this.ruleInfos.set(rule, (info = ruleInfo(key, rule, rule === BUILT_IN_RULE)))
    return info
  }

  /** Adds the rules of many files; a rule whose id is known takes its place. Nothing is lost in silence. */
  addRulePack(files: readonly { name: string; text: string }[]): api.RulePackReport {
    const { rules, otherLanguages, problems } = readPack(files)
    const keys = new Map([...this.rules].map(([key, { id }]) => [id, key]))
    keys.delete(null)
    keys.delete(BUILT_IN_RULE.id)
    const added = rules.map((rule) => {
      const known = keys.get(rule.id)
      if (known !== undefined) this.rules.set(known, rule)
      const key = known ?? this.addRule(rule)
      if (rule.id !== null) keys.set(rule.id, key)
      return [key, rule] as const
    })
    return { rules: added.map(([key, rule]) => this.infoOf(key, rule)), otherLanguages, problems }
  }

  /** Adds the rules of a file; throws QueryError with places when it holds none that can be read. */
  addRules(fileName: string, text: string): api.RuleInfo[] {
    const { rules, problems } = readRules(fileName, text)
    if (rules.length === 0) throw new QueryError(problems.map(({ message, place }) => `${fileName}, ${place}: ${message}`))
    return rules.map((rule) => this.infoOf(this.addRule(rule), rule))
  }

  /** Adds one rule and gives its key. */
  addRule(rule: Rule): string {
    const key = `rule-${this.rules.size}`
    this.rules.set(key, rule)
    return key
  }

  rule(key: string): Rule {
    const rule = this.rules.get(key)
    if (!rule) throw new QueryError([`There is no rule [${key}] in this session`])
    return rule
  }

  // ---- linter ----

  /** What is wrong with a rule, schedule included, or with a query text. */
  lint(subject: api.LintSubject): api.LintFinding[] {
    return 'ruleKey' in subject ? lintRule(this.rule(subject.ruleKey)) : lintQuery(subject.query, null)
  }

  /** Everything the linter looks for, in the order of the registry. */
  lintChecks(): api.LintCheckInfo[] {
    return LINT_CHECKS.map(({ id, title, severity, explanation, example }) => ({
      id,
      title,
      severity,
      explanation,
      example: example.query
    }))
  }

  // ---- queries ----

  /** Prepares a query; the data is sampled only when the query asks for more than the field table knows. */
  async prepare(text: string, implicitLimit: number | null): Promise<PreparedQuery> {
    const catalog = new DataCatalog(null)
    let prepared: PreparedQuery | null = null
    try {
      prepared = prepareQuery(text, catalog, implicitLimit, this.lookups)
    } catch (error) {
      if (!(error instanceof QueryError) || !catalog.sampleWanted) throw error
    }
    if (prepared && !catalog.sampleWanted) return prepared
    return prepareQuery(text, new DataCatalog(await this.sample()), implicitLimit, this.lookups)
  }

  /** What a query or the query of a rule asks of fields that the loaded data does not have. */
  async missing(query: { text: string } | { ruleKey: string }): Promise<api.MissingKnowledge> {
    const text = 'text' in query ? query.text : this.rule(query.ruleKey).query
    return this.missingOf(await this.prepare(text, null))
  }

  /** The same, where the answer does not take a second pass over much data; null otherwise. */
  async missingAtOnce(query: { text: string } | { ruleKey: string }): Promise<api.MissingKnowledge | null> {
    if (this.counted === null && (decompressedTotal(this.inputs) ?? Infinity) > COUNTED_AT_ONCE) return null
    return this.missing(query)
  }

  /** Of a prepared query; `complete` tells whether all events were looked at. */
  async missingOf(prepared: PreparedQuery): Promise<api.MissingKnowledge> {
    const { fields, complete } = await this.presence()
    return whyNever(prepared, presenceOf(fields, complete))
  }

  /** Runs free ES|QL over all inputs. */
  async query(
    text: string,
    handlers: { progress(progress: api.RunProgress): void },
    request: Omit<api.RunRequest, 'ruleKey' | 'mode'> = {}
  ): Promise<api.QueryResult> {
    const started = Date.now()
    const prepared = await this.prepare(text, IMPLICIT_LIMIT)
    const nowMillis = BigInt(request.now === undefined ? started : timeOption('now', request.now))
    const options = scanOptions(request)
    return this.job(async (signal) => {
      const executed = await executePlan(
        { text, plan: prepared.plan, lookups: prepared.lookups, nowMillis, schedule: null, options },
        new InputScanner(this.inputs, signal),
        this.host.createKernels(),
        { progress: (at) => handlers.progress({ ...at, stage: 'reading', elapsedMillis: Date.now() - started }) }
      )
      if (executed.cancelled) throw new CancelledError()
      const { rows } = executed.runs[0]!
      return {
        columns: [...executed.schema],
        values: cellRows(rows),
        sources: Array.from({ length: rows.rowCount }, (_, row) => sourcesOf(rows.lineage, row)),
        warnings: [...prepared.warnings, ...executed.warnings],
        notes: [...prepared.notes, ...executed.inputs.flatMap(({ notes }) => notes)],
        ...(prepared.notRun && { notRun: prepared.notRun }),
        inputs: executed.inputs,
        elapsedMillis: Date.now() - started
      }
    })
  }

  /** Runs free ES|QL and keeps its rows here, for the query view. An earlier result is let go first. */
  async hold(
    text: string,
    { limited, ...request }: api.HeldRequest,
    handlers: { progress(progress: api.RunProgress): void }
  ): Promise<api.HeldResult> {
    const started = Date.now()
    const prepared = await this.prepare(text, limited ? IMPLICIT_LIMIT : null)
    const nowMillis = BigInt(request.now === undefined ? started : timeOption('now', request.now))
    const rows = new HeldRows(resultSchema(prepared.plan), this.host.heldLimits)
    this.results.clear()
    return this.job(async (signal) => {
      const executed = await executePlan(
        {
          text,
          plan: prepared.plan,
          lookups: prepared.lookups,
          nowMillis,
          schedule: null,
          options: scanOptions(request),
          sink: () => rows
        },
        new InputScanner(this.inputs, signal),
        this.host.createKernels(),
        { progress: (at) => handlers.progress({ ...at, stage: 'reading', elapsedMillis: Date.now() - started }) }
      )
      if (executed.cancelled) throw new CancelledError()
      const limits = this.host.heldLimits ?? HELD_LIMITS
      return {
        resultKey: this.results.add(rows),
        columns: executed.schema.map((field, i) => ({ ...field, multi: rows.isMulti(i) })),
        rowCount: rows.rowCount,
        heldBytes: rows.byteLength,
        cut: rows.cut && { by: rows.cut, limit: limits[rows.cut] },
        warnings: [...prepared.warnings, ...executed.warnings],
        notes: [...prepared.notes, ...executed.inputs.flatMap(({ notes }) => notes)],
        inputs: executed.inputs,
        stages: executed.stages,
        ...(prepared.notRun && { notRun: prepared.notRun }),
        elapsedMillis: Date.now() - started
      }
    })
  }

  /** A query that ends after some time with what it has by then. */
  private async queryBriefly(text: string, millis: number) {
    const { plan } = await this.prepare(text, null)
    return this.job(async (signal) => {
      const until = Date.now() + millis
      const brief = {
        get aborted() {
          return signal.aborted || Date.now() > until
        }
      }
      const { runs, inputs, cancelled } = await executePlan(
        { text, plan, nowMillis: 0n, schedule: null, options: DEFAULT_SCAN },
        new InputScanner(this.inputs, brief),
        this.host.createKernels(),
        { progress: () => undefined }
      )
      const events = inputs.reduce((sum, input) => sum + input.events, 0)
      return { values: cellRows(runs[0]!.rows), events, complete: !cancelled }
    })
  }

  // ---- runs ----

  /** Runs a rule and keeps what later questions about the run need. */
  async run(request: api.RunRequest, handlers: api.RunHandlers): Promise<api.RunResult> {
    const started = Date.now()
    const rule = this.rule(request.ruleKey)
    const { prepared, options, run } = await this.runRows(request, {
      progress: (at) => handlers.progress({ ...at, elapsedMillis: Date.now() - started }),
      ...(handlers.partial && {
        partial: (rows, schema, query) =>
          handlers.partial!(collectFindings(findingShape(query, schema), [{ rows }], rule.maxSignals))
      })
    })
    const head = { ...request, runKey: `run-${++this.runCount}`, elapsedMillis: Date.now() - started }
    const found = foundRun(rule, prepared, run, head)
    this.runs.set(head.runKey, { options, request, ...found })
    return found.result
  }

  /** Runs many rules over one scan; an outcome for each. Runs with findings are kept as `run` keeps its one. */
  async runRules(request: api.RulesRequest, handlers: Pick<api.RunHandlers, 'progress'>): Promise<api.RulesResult> {
    const started = Date.now()
    const options = scanOptions(request)
    const run = await this.runRulesRows(
      request.ruleKeys.map((key) => this.rule(key)),
      request,
      (at) => handlers.progress({ ...at, elapsedMillis: Date.now() - started })
    )
    const elapsedMillis = Date.now() - started
    const outcomes: api.RuleOutcome[] = []
    const keys: string[] = []
    for (const [at, answer] of run.answers.entries()) {
      const ruleKey = request.ruleKeys[at]!
      const runKey = `run-${this.runCount + 1}`
      const { outcome, kept } = ruleOutcome(answer, { ruleKey, mode: request.mode, runKey, elapsedMillis })
      outcomes.push(outcome)
      if (!kept) continue
      this.runCount++
      this.runs.set(runKey, { options, request: { ...request, ruleKey }, ...kept })
      keys.push(runKey)
    }
    this.forgetOlderRules(keys)
    const { inputs, events, cancelled } = run
    return { mode: request.mode, outcomes, inputs, events, elapsedMillis, cancelled }
  }

  /** The rows of many rules, before they are made findings of: what the terminal prints. */
  runRulesRows(
    rules: readonly Rule[],
    request: Omit<api.RulesRequest, 'ruleKeys'>,
    onProgress: (progress: api.ScanProgress & { stage: string }) => void
  ): Promise<RulesRun> {
    return this.job((signal) =>
      runRules(rules, request, scanOptions(request), {
        prepare: (text) => this.prepare(text, null),
        scanner: new InputScanner(this.inputs, signal),
        createKernels: this.host.createKernels,
        progress: onProgress
      })
    )
  }

  /** Two runs of all rules are remembered: the one on screen and the one before it, which somebody may still be reading. */
  private forgetOlderRules(keys: string[]): void {
    this.rulesRuns.push(keys)
    if (this.rulesRuns.length > 2) for (const key of this.rulesRuns.shift()!) this.runs.delete(key)
  }

  /** The result of a run that was kept. */
  result(runKey: string): api.RunResult {
    return this.keptRun(runKey).result
  }

  /** The rows of a rule's runs, before they are made findings of: what the terminal prints. */
  async runRows(
    request: api.RunRequest,
    handlers: {
      progress(progress: api.ScanProgress & { stage: string }): void
      partial?(rows: RuleRun['runs'][number]['rows'], schema: RuleRun['schema'], query: PreparedQuery['query']): void
    }
  ): Promise<{ rule: Rule; prepared: PreparedQuery; options: ScanOptions; run: RuleRun }> {
    const rule = this.rule(request.ruleKey)
    const prepared = await this.prepare(rule.query, null)
    const options = scanOptions(request)
    const run = await this.job((signal) =>
      runRule(rule, prepared, request, options, new InputScanner(this.inputs, signal), this.host.createKernels, {
        progress: handlers.progress,
        ...(handlers.partial && { partial: (rows, schema) => handlers.partial!(rows, schema, prepared.query) })
      })
    )
    return { rule, prepared, options, run }
  }

  // ---- questions about a run ----

  /** The records behind references, read again. */
  async readEvents(sources: readonly api.SourceRef[]): Promise<api.EventText[]> {
    return markPartial(await readEventTexts(this.inputs, sources), this.live.store, this.liveFile)
  }

  /** Index of what was heard among the inputs; -1 when nothing was. */
  private get liveFile(): number {
    return this.liveInput ? this.inputs.indexOf(this.liveInput) : -1
  }

  /** Why one event passed the first WHERE of a run's rule. */
  explain(runKey: string, source: api.SourceRef): Promise<api.MatchExplanation> {
    return explainMatch(this.keptRun(runKey).prepared, this.inputs, source, this.host.createKernels())
  }

  /** Rarity of every finding of a run. */
  rarity(runKey: string, onProgress: (progress: api.ScanProgress) => void): Promise<api.Rarity[]> {
    const { prepared, options, result } = this.keptRun(runKey)
    return this.job(async (signal) => {
      const { rarities, cancelled } = await countRarity(
        prepared,
        result.findings,
        options,
        new InputScanner(this.inputs, signal),
        this.host.createKernels(),
        onProgress
      )
      if (cancelled) throw new CancelledError()
      return rarities
    })
  }

  /** Events that fail exactly one top-level condition of the rule's first WHERE. */
  nearMisses(runKey: string, onProgress: (progress: api.ScanProgress) => void): Promise<api.NearMissGroup[]> {
    const { prepared, options } = this.keptRun(runKey)
    const where = firstWhere(prepared.analyzed)
    if (!where) return Promise.resolve([])
    return this.job(async (signal) => {
      const scanner = new InputScanner(this.inputs, signal)
      const { groups, cancelled } = await findNearMisses(where, prepared, options, scanner, this.host.createKernels(), onProgress)
      if (cancelled) throw new CancelledError()
      return markUnknownValues(groups, this.live.store, this.liveFile)
    })
  }

  /** The investigation steps of a finding, bound to its values. */
  async steps(runKey: string, findingId: string): Promise<api.InvestigationStep[]> {
    const { result } = this.keptRun(runKey)
    const finding = result.findings.find(({ id }) => id === findingId)
    if (!finding) throw new QueryError([`There is no finding [${findingId}] in this run`])
    const first = finding.sources[0]
    const events = first ? await this.readEvents(finding.sources.slice(0, 20)) : []
    const match = first ? await this.explain(runKey, first) : null
    return investigationSteps(stepContext(finding, result.columns, events, match, await this.presence()))
  }

  private keptRun(runKey: string): KeptRun {
    const run = this.runs.get(runKey)
    if (!run) throw new QueryError([`There is no run [${runKey}] in this session`])
    return run
  }

  // ---- cancelling ----

  /** Ends every pass that is running. */
  cancel(): void {
    for (const signal of this.jobs) signal.aborted = true
  }

  private async job<Answer>(work: (signal: { readonly aborted: boolean }) => Promise<Answer>): Promise<Answer> {
    const signal = { aborted: false }
    this.jobs.add(signal)
    try {
      return await work(signal)
    } finally {
      this.jobs.delete(signal)
    }
  }
}

function inputInfo(input: OpenedInput, index: number): api.InputInfo {
  const { name, byteLength, description, detection, problem } = input
  return { index, name, byteLength, description, readable: detection !== null, problem }
}

/** Fields of events that a query reads; metadata and helpers of the plan are none. */
function sourceFields({ analyzed }: PreparedQuery): string[] {
  const from = analyzed.nodes.find((node) => node.type === 'from')
  const names = from?.type === 'from' ? from.schema.map(({ name }) => name) : []
  return names.filter((name) => !name.startsWith('_') && !name.startsWith('$$'))
}
