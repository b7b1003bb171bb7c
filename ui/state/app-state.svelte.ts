/** AppState: the parts of the app's state put together, and the intents that touch several of them. */
import { createContext } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { EngineApi, RuleOutcome } from '../../engine/worker/api.ts'
import { looksLikeCase } from '../format/case-format.ts'
import { looksLikeRules } from '../format/file-kind.ts'
import type { HostPorts, NamedBlob } from '../ports.ts'
import { counted, text } from '../text/text.ts'
import { Analysis } from './analysis.svelte.ts'
import { Beside } from './beside.svelte.ts'
import { CaseFile } from './case-file.svelte.ts'
import { applyContent, contentOf } from './case-content.svelte.ts'
import { CaseKeeper } from './case-keeper.svelte.ts'
import { browserMemory, type CaseMemory } from './case-memory.ts'
import { CaseMarks, findingKey, type MarkTarget } from './case-marks.svelte.ts'
import { FindingList } from './finding-list.svelte.ts'
import { InputHashes } from './input-hashes.svelte.ts'
import { Lookups } from './lookups.svelte.ts'
import { Navigation } from './navigation.svelte.ts'
import { NearMisses } from './near-misses.svelte.ts'
import { Proof } from './proof.svelte.ts'
import { QueryDesk } from './query-desk.svelte.ts'
import { ReportDesk } from './report-desk.svelte.ts'
import { RuleDesk } from './rule-desk.svelte.ts'
import { ScanQueue } from './scan-queue.ts'
import { TimeRange } from './time-range.svelte.ts'
import { Undo } from './undo.svelte.ts'

export const [getApp, setApp] = createContext<AppState>()

export class AppState {
  readonly scans = new ScanQueue()
  readonly navigation = new Navigation()
  readonly analysis: Analysis
  readonly list: FindingList
  /** SHA-256 of the opened files, counted behind everything else. */
  readonly hashes: InputHashes
  readonly lookups: Lookups
  readonly nearMisses: NearMisses
  readonly desk: QueryDesk
  readonly ruleDesk: RuleDesk
  readonly timeRange: TimeRange
  readonly reports: ReportDesk
  readonly proof: Proof
  /** The page beside the panel; null where there is none. */
  readonly beside: Beside | null
  readonly #cases = new SvelteMap<string, CaseFile>()
  /** What the analyst said about findings, events and steps, whatever the run. */
  readonly marks = new CaseMarks()
  readonly undo = new Undo()
  readonly keeper: CaseKeeper

  constructor(
    readonly engine: EngineApi,
    readonly host: HostPorts,
    memory: CaseMemory = browserMemory()
  ) {
    this.analysis = new Analysis(engine, this.scans)
    this.list = new FindingList(this.analysis, (finding) => this.marks.of(this.markTarget(finding.id)))
    this.hashes = new InputHashes(engine, this.scans)
    this.lookups = new Lookups(engine)
    this.nearMisses = new NearMisses(engine, this.scans)
    this.desk = new QueryDesk(engine, this.scans)
    this.ruleDesk = new RuleDesk(engine, this.scans, this.analysis)
    this.timeRange = new TimeRange(engine, this.scans)
    this.proof = new Proof(() => host.startProofWorker())
    this.beside = host.feed ? new Beside(host.feed, engine, this.analysis, this.marks) : null
    this.reports = new ReportDesk(this)
    this.keeper = new CaseKeeper(this, memory)
    if (this.beside) this.navigation.view = 'alert'
  }

  /** The file of the selected finding, once the run has an answer. */
  get caseFile(): CaseFile | null {
    const { result } = this.analysis
    const finding = this.list.selected
    return result && finding ? (this.#cases.get(caseKey(result.runKey, finding.id)) ?? null) : null
  }

  /** Makes sure the selected finding has been opened. Called from an effect, so that reading stays free of writes. */
  openSelected(): void {
    const { result } = this.analysis
    const finding = this.list.selected
    if (!result || !finding) return
    const key = caseKey(result.runKey, finding.id)
    if (this.#cases.has(key)) return
    const file = new CaseFile(
      finding,
      result.runKey,
      this.engine,
      this.scans,
      this.marks.stepsOf(this.markTarget(finding.id).key),
      () => this.beside?.saveLater()
    )
    this.#cases.set(key, file)
    file.open()
    void this.timeRange.need()
  }

  /** Where the marks of a finding of the rule on screen stand. */
  markTarget(findingId: string): MarkTarget {
    return { kind: 'finding', key: findingKey(this.analysis.rule?.name ?? '', findingId) }
  }

  /** Files of any kind: cases are taken in, rules are added, everything else becomes an input. */
  async open(files: NamedBlob[]): Promise<void> {
    const data: NamedBlob[] = []
    const rules: NamedBlob[] = []
    for (const file of files) {
      if (await isCase(file)) await this.keeper.take(file)
      else ((await looksLikeRules(file)) ? rules : data).push(file)
    }
    if (rules.length > 0) await this.#openRules(rules)
    if (data.length > 0) await this.#openData(data)
  }

  async #openData(data: NamedBlob[], known: readonly string[] = []): Promise<void> {
    const { view } = this.navigation
    this.#forgetAnswers()
    this.navigation.reset()
    // Who is looking at rules has loaded the events for them.
    if (view === 'rules') this.navigation.view = view
    this.lookups.remember(data)
    const tables = await this.keeper.opening(data, known)
    for (const { name, blob } of data) if (tables.has(blob)) await this.lookups.add(name)
    await this.analysis.addInputs(data.filter(({ blob }) => !tables.has(blob)))
    this.hashes.want()
  }

  /** One rule is chosen and run; several are a pack, and are looked at together. */
  async #openRules(files: NamedBlob[]): Promise<void> {
    const pack = await this.analysis.addRulePack(files)
    if (!pack) return
    this.ruleDesk.pack = pack
    if (pack.rules.length + pack.otherLanguages.length > 1) this.navigation.show('rules')
  }

  /** Shows what a rule found when all were run; runs it alone where its findings were not kept. */
  async openRule(outcome: RuleOutcome, findingId: string | null = null): Promise<void> {
    this.list.selectedId = null
    this.nearMisses.reset()
    // What another rule found is not shown under this one's name: the view changes when its findings are there.
    if (outcome.runKey === null) void this.rerun({ ruleKey: outcome.ruleKey })
    else await this.analysis.show(outcome.runKey)
    this.navigation.reset()
    this.navigation.show('findings')
    if (findingId !== null) this.select(findingId)
  }

  /** A dropped file becomes a table for LOOKUP JOIN and ENRICH; its rows are events no longer. */
  async useAsTable(file: string): Promise<void> {
    if (await this.lookups.add(file)) await this.#openEvents()
  }

  /** A table becomes a file of events again. */
  async useAsEvents(table: string): Promise<void> {
    const file = this.lookups.tables.find(({ name }) => name === table)?.file
    await this.lookups.remove(table)
    await this.#openEvents()
    this.undo.offer(text('undo.lookup', { name: table }), file === undefined ? undefined : () => this.useAsTable(file))
  }

  async #openEvents(): Promise<void> {
    this.#forgetAnswers()
    this.navigation.reset()
    await this.analysis.clear()
    this.hashes.reset()
    await this.analysis.addInputs(this.lookups.events())
    this.hashes.want()
  }

  /** Runs again after the rule or the mode was changed. */
  async rerun(change: { ruleKey?: string; mode?: 'whole' | 'replay' }): Promise<void> {
    if (change.ruleKey !== undefined) this.analysis.ruleKey = change.ruleKey
    if (change.mode !== undefined) this.analysis.mode = change.mode
    this.nearMisses.reset()
    await this.analysis.run()
  }

  /** Closes everything; the files are held until the next thing is done, so that it can be taken back. */
  async startOver(): Promise<void> {
    const files = [...this.lookups.files]
    const content = contentOf(this)
    await this.clear()
    if (files.length === 0) return
    this.undo.offer(text('undo.clear', { inputs: counted('inputs', files.length) }), async () => {
      // Put back first: where nothing is kept this is all there is.
      await applyContent(this, content, true)
      await this.#openData(files, content.settings.tables)
    })
  }

  /** Forgets everything heard from the page beside the panel; it can be taken back. */
  async forgetHeard(): Promise<void> {
    const back = await this.beside?.forget()
    if (back) this.undo.offer(text('undo.forget'), back)
  }

  /** Forgets the history of queries; it can be taken back. */
  clearHistory(): void {
    const { history } = this.desk
    this.desk.history = []
    this.undo.offer(text('undo.history'), () => void (this.desk.history = history))
  }

  async clear(): Promise<void> {
    await this.keeper.closed()
    this.#forgetAnswers()
    this.navigation.reset()
    await this.lookups.clear()
    this.hashes.reset()
    await this.analysis.clear()
  }

  /** Goes to a finding. */
  select(id: string, go = true): void {
    this.list.selectedId = id
    if (go) this.navigation.go('finding')
  }

  /** What is known of findings of the run on screen, by their ids. */
  get caseFiles(): ReadonlyMap<string, CaseFile> {
    const runKey = this.analysis.result?.runKey
    return new Map([...this.#cases.values()].filter((file) => file.runKey === runKey).map((file) => [file.finding.id, file]))
  }

  #forgetAnswers(): void {
    this.list.selectedId = null
    this.nearMisses.reset()
    this.desk.reset()
    this.desk.help.forget()
    this.ruleDesk.forget()
    this.timeRange.range.reset()
  }
}

const isCase = async ({ blob }: NamedBlob) =>
  looksLikeCase(
    await blob
      .slice(0, 200)
      .text()
      .catch(() => '')
  )

function caseKey(runKey: string, findingId: string): string {
  return `${runKey}\n${findingId}`
}
