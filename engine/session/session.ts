/**
 * Session: what a host talks to. It owns the inputs, the rules and the results of runs, and answers the questions of
 * EngineApi. In the page it lives in the worker; in the terminal in the process itself.
 *
 * Holds: each pass over the data has kernels of its own, so passes may run beside each other and their memory goes with
 * them. `cancel` ends every pass that is running.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { resultSchema } from '../plan/logical-plan.ts'
import type { Rule } from '../rules/rule.ts'
import type { RandomAccessBytes } from '../source/bytes.ts'
import { type OpenedInput, openInputs } from '../source/open-input.ts'
import { bytesOf } from '../source/hosts/memory-bytes.ts'
import { DataCatalog } from './catalogs.ts'
import { CancelledError } from './cancelled.ts'
import { readEventTexts } from './event-texts.ts'
import { explainMatch } from './explain-match.ts'
import { FieldSurvey } from './field-survey.ts'
import { collectFindings, findingShape } from './findings.ts'
import { firstWhere } from './first-where.ts'
import { presenceOf, whyNever } from './missing-fields.ts'
import { FreeQueries, type ProgressHandler, type QueryRequest } from './free-queries.ts'
import { InputScanner, type ScanOptions } from './input-scanner.ts'
import type { HeldLimits } from '../execution/held-rows.ts'
import { HandOver } from './hand-over.ts'
import { HeldResults } from './held-results.ts'
import { InputHashes } from './input-hashes.ts'
import { Jobs } from './jobs.ts'
import { KeptRuns } from './kept-runs.ts'
import { candidatesAmong } from './live/candidates.ts'
import { markPartial, markUnknownValues } from './live/known-fields.ts'
import { LIVE_INPUT, LiveFeed } from './live/live-feed.ts'
import { LookupTables } from './lookups.ts'
import { findNearMisses } from './near-miss-run.ts'
import { prepareQuery, type PreparedQuery, QueryError } from './prepare.ts'
import { QueryHelp } from './query-help.ts'
import { countRarity } from './rarity-run.ts'
import { RuleBook } from './rule-book.ts'
import { ruleOutcome } from './rule-outcome.ts'
import { type RuleRun, runRule, scanOptions } from './rule-run.ts'
import { type RulesRun, runRules } from './rules-run.ts'
import { foundRun } from './run-result.ts'
import { stepContext } from './step-context.ts'
import { investigationSteps } from '../rules/investigation-guide.ts'
import type * as api from './types.ts'

export interface SessionHost {
  /** Fresh kernels with a memory of their own. */
  createKernels(): Kernels
  /** What a result of the query view may take; default HELD_LIMITS. */
  heldLimits?: HeldLimits
}

export class Session {
  private inputs: OpenedInput[] = []
  private readonly jobs = new Jobs()
  private readonly survey = new FieldSurvey(() => this.inputs, this.jobs)
  private readonly runs = new KeptRuns()
  readonly rules = new RuleBook()
  /** Tables of LOOKUP JOIN and ENRICH. */
  readonly lookups = new LookupTables()
  /** Rows of the query view. */
  readonly results = new HeldResults()
  /** SHA-256 of the files behind the inputs. */
  readonly hashes = new InputHashes(() => this.inputs)
  private readonly queries: FreeQueries
  /** Completion and checks while a query is written. */
  readonly help = new QueryHelp({
    lookups: this.lookups,
    sample: () => this.survey.sample(),
    known: () => this.survey.known(),
    briefly: (text, millis) => this.queries.briefly(text, millis)
  })

  /** What the page beside the panel has loaded. */
  readonly live = new LiveFeed({
    ruleKey: (rule) => this.rules.keyOf(rule),
    shape: async (rule) => {
      const prepared = await this.prepare(rule.query, null)
      return { columns: resultSchema(prepared.plan).map(({ name }) => name), fields: sourceFields(prepared) }
    }
  })
  /** Redaction, and the events of findings as a file of their own. */
  readonly handOver = new HandOver({
    inputs: () => this.inputs,
    run: (runKey) => this.runs.get(runKey),
    job: (work) => this.jobs.run(work),
    createKernels: () => this.host.createKernels()
  })
  private liveInput: OpenedInput | null = null
  private liveVersion = 0

  constructor(private readonly host: SessionHost) {
    this.queries = new FreeQueries({
      inputs: () => this.inputs,
      prepare: (text, implicitLimit) => this.prepare(text, implicitLimit),
      createKernels: () => host.createKernels(),
      jobs: this.jobs,
      results: this.results,
      heldLimits: host.heldLimits
    })
  }

  // ---- inputs ----

  /** Opens files; archives unfold into one input a member. */
  async addInputs(files: readonly RandomAccessBytes[]): Promise<api.InputInfo[]> {
    const first = this.inputs.length
    const opened = await this.hashes.open(files)
    this.inputs = [...this.inputs, ...opened]
    this.survey.forget()
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
    this.survey.forget()
  }

  /** Of the fields a query reads: those that some heard events were loaded without. */
  async notLoaded(query: { text: string } | { ruleKey: string }): Promise<api.FieldKnowledge[]> {
    const prepared = await this.prepare(this.rules.textOf(query), null)
    return this.live.notLoaded(sourceFields(prepared))
  }

  /** Events that may stand behind an alert, as far as they were loaded when the heard events were last made an input. */
  async candidates(id: string): Promise<api.Candidates> {
    const found = await this.live.alert(id)
    if (!found?.candidateQuery || found.notLoaded.length === 0) return { sources: [], keys: [] }
    const answer = await this.query(found.candidateQuery, { progress: () => undefined })
    return candidatesAmong(found, answer, this.live.store, this.liveFile)
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
    this.survey.forget()
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
    return prepareQuery(text, new DataCatalog(await this.survey.sample()), implicitLimit, this.lookups)
  }

  /** What a query or the query of a rule asks of fields that the loaded data does not have. */
  async missing(query: { text: string } | { ruleKey: string }): Promise<api.MissingKnowledge> {
    return this.missingOf(await this.prepare(this.rules.textOf(query), null))
  }

  /** The same, where the answer does not take a second pass over much data; null otherwise. */
  async missingAtOnce(query: { text: string } | { ruleKey: string }): Promise<api.MissingKnowledge | null> {
    return this.survey.answersAtOnce ? this.missing(query) : null
  }

  /** Of a prepared query; `complete` tells whether all events were looked at. */
  async missingOf(prepared: PreparedQuery): Promise<api.MissingKnowledge> {
    const { fields, complete } = await this.survey.presence()
    return whyNever(prepared, presenceOf(fields, complete))
  }

  /** Runs free ES|QL over all inputs. */
  query(text: string, handlers: ProgressHandler, request: QueryRequest = {}): Promise<api.QueryResult> {
    return this.queries.run(text, handlers, request)
  }

  /** Runs free ES|QL and keeps its rows here, for the query view. An earlier result is let go first. */
  hold(text: string, request: api.HeldRequest, handlers: ProgressHandler): Promise<api.HeldResult> {
    return this.queries.hold(text, request, handlers)
  }

  // ---- runs ----

  /** Runs a rule and keeps what later questions about the run need. */
  async run(request: api.RunRequest, handlers: api.RunHandlers): Promise<api.RunResult> {
    const started = Date.now()
    const rule = this.rules.get(request.ruleKey)
    const { prepared, options, run } = await this.runRows(request, {
      progress: (at) => handlers.progress({ ...at, elapsedMillis: Date.now() - started }),
      ...(handlers.partial && {
        partial: (rows, schema, query) =>
          handlers.partial!(collectFindings(findingShape(query, schema), [{ rows }], rule.maxSignals))
      })
    })
    const head = { ...request, runKey: this.runs.nextKey, elapsedMillis: Date.now() - started }
    const found = foundRun(rule, prepared, run, head)
    this.runs.add({ options, request, ...found })
    return found.result
  }

  /** Runs many rules over one scan; an outcome for each. Runs with findings are kept as `run` keeps its one. */
  async runRules(request: api.RulesRequest, handlers: Pick<api.RunHandlers, 'progress'>): Promise<api.RulesResult> {
    const started = Date.now()
    const options = scanOptions(request)
    const run = await this.runRulesRows(
      request.ruleKeys.map((key) => this.rules.get(key)),
      request,
      (at) => handlers.progress({ ...at, elapsedMillis: Date.now() - started })
    )
    const elapsedMillis = Date.now() - started
    const outcomes: api.RuleOutcome[] = []
    const keys: string[] = []
    for (const [at, answer] of run.answers.entries()) {
      const ruleKey = request.ruleKeys[at]!
      const { nextKey: runKey } = this.runs
      const { outcome, kept } = ruleOutcome(answer, { ruleKey, mode: request.mode, runKey, elapsedMillis })
      outcomes.push(outcome)
      if (kept) keys.push(this.runs.add({ options, request: { ...request, ruleKey }, ...kept }))
    }
    this.runs.replaceRules(keys)
    const { inputs, events, cancelled } = run
    return { mode: request.mode, outcomes, inputs, events, elapsedMillis, cancelled }
  }

  /** The rows of many rules, before they are made findings of: what the terminal prints. */
  runRulesRows(
    rules: readonly Rule[],
    request: Omit<api.RulesRequest, 'ruleKeys'>,
    onProgress: (progress: api.ScanProgress & { stage: string }) => void
  ): Promise<RulesRun> {
    return this.jobs.run((signal) =>
      runRules(rules, request, scanOptions(request), {
        prepare: (text) => this.prepare(text, null),
        scanner: new InputScanner(this.inputs, signal),
        createKernels: this.host.createKernels,
        progress: onProgress
      })
    )
  }

  /** The result of a run that was kept. */
  result(runKey: string): api.RunResult {
    return this.runs.get(runKey).result
  }

  /** The rows of a rule's runs, before they are made findings of: what the terminal prints. */
  async runRows(
    request: api.RunRequest,
    handlers: {
      progress(progress: api.ScanProgress & { stage: string }): void
      partial?(rows: RuleRun['runs'][number]['rows'], schema: RuleRun['schema'], query: PreparedQuery['query']): void
    }
  ): Promise<{ rule: Rule; prepared: PreparedQuery; options: ScanOptions; run: RuleRun }> {
    const rule = this.rules.get(request.ruleKey)
    const prepared = await this.prepare(rule.query, null)
    const options = scanOptions(request)
    const run = await this.jobs.run((signal) =>
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
    return explainMatch(this.runs.get(runKey).prepared, this.inputs, source, this.host.createKernels())
  }

  /** Rarity of every finding of a run. */
  rarity(runKey: string, onProgress: (progress: api.ScanProgress) => void): Promise<api.Rarity[]> {
    const { prepared, options, result } = this.runs.get(runKey)
    return this.jobs.run(async (signal) => {
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
    const { prepared, options } = this.runs.get(runKey)
    const where = firstWhere(prepared.analyzed)
    if (!where) return Promise.resolve([])
    return this.jobs.run(async (signal) => {
      const scanner = new InputScanner(this.inputs, signal)
      const { groups, cancelled } = await findNearMisses(where, prepared, options, scanner, this.host.createKernels(), onProgress)
      if (cancelled) throw new CancelledError()
      return markUnknownValues(groups, this.live.store, this.liveFile)
    })
  }

  /** The investigation steps of a finding, bound to its values. */
  async steps(runKey: string, findingId: string): Promise<api.InvestigationStep[]> {
    const { result } = this.runs.get(runKey)
    const finding = result.findings.find(({ id }) => id === findingId)
    if (!finding) throw new QueryError([`There is no finding [${findingId}] in this run`])
    const first = finding.sources[0]
    const events = first ? await this.readEvents(finding.sources.slice(0, 20)) : []
    const match = first ? await this.explain(runKey, first) : null
    return investigationSteps(stepContext(finding, result.columns, events, match, await this.survey.presence()))
  }

  // ---- cancelling ----

  /** Ends every pass that is running. */
  cancel(): void {
    this.jobs.cancel()
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
