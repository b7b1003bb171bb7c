/**
 * The contract between a host and the engine's worker. Everything here survives structured clone; callbacks are comlink
 * proxies made by client.ts. One session a worker: inputs and rules stay until they are cleared.
 */
import type {
  AlertCase,
  BatchInfo,
  Candidates,
  CellValue,
  DataDescription,
  EventText,
  Field,
  FieldKnowledge,
  Finding,
  HeardHead,
  HeldRequest,
  HeldResult,
  InputHash,
  InputInfo,
  InvestigationStep,
  LookupTableInfo,
  LintCheckInfo,
  LintFinding,
  LintSubject,
  LanguageDescription,
  LiveSnapshot,
  LiveSummary,
  MatchExplanation,
  MissingKnowledge,
  NearMissGroup,
  QueryProblem,
  QueryResult,
  Rarity,
  RedactionChoice,
  RedactionPreview,
  RedactionRequest,
  ReducedData,
  ResultPage,
  RowSources,
  RuleInfo,
  RulePackReport,
  RulesRequest,
  RulesResult,
  RunHandlers,
  RunProgress,
  RunRequest,
  RunResult,
  SourceRef,
  TopValues
} from '../session/types.ts'

export type * from '../session/types.ts'

export interface EngineApi {
  /** Adds files (File or Blob with a name); archives unfold, the kind is read from the content. */
  addInputs(files: { name: string; blob: Blob }[]): Promise<InputInfo[]>
  clearInputs(): Promise<void>
  /**
   * SHA-256 of the files as they are on disk, one entry a file; what was heard beside a page has none. `pauseHashing` makes it
   * answer at once with what it has, and the next call goes on from there. `cancel` does not touch it.
   */
  hashInputs(handlers: { progress(progress: RunProgress): void }): Promise<InputHash[]>
  pauseHashing(): Promise<void>

  /**
   * Makes a file a table that LOOKUP JOIN and ENRICH know by `name`; one of that name is replaced. `matchField` is what ENRICH
   * compares, by default the first column.
   */
  addLookup(name: string, file: { name: string; blob: Blob }, matchField?: string): Promise<LookupTableInfo>
  removeLookup(name: string): Promise<void>

  /** The built-in rule first, then those added. */
  listRules(): Promise<RuleInfo[]>
  /** Reads a rule file (TOML, rule export NDJSON, .esql, JSON); one file may hold several rules. */
  addRules(fileName: string, text: string): Promise<RuleInfo[]>
  /** Reads the files of a rule pack; a rule whose id is known takes the place of the one before. */
  addRulePack(files: { name: string; text: string }[]): Promise<RulePackReport>

  run(request: RunRequest, handlers: RunHandlers): Promise<RunResult>
  /** Runs many rules over one scan: an outcome for each, none left out. */
  runRules(request: RulesRequest, handlers: { progress(progress: RunProgress): void }): Promise<RulesResult>
  /** The result of a run that is kept: one of `run`, or named by an outcome of the latest `runRules`. */
  result(runKey: string): Promise<RunResult>
  /** Free ES|QL over the loaded inputs; LIMIT 1000 when the query has none. */
  query(text: string, handlers: { progress(progress: RunProgress): void }): Promise<QueryResult>
  /** What a query, or the query of a rule, asks of fields that no loaded event has. */
  missing(query: { text: string } | { ruleKey: string }): Promise<MissingKnowledge>
  /** Free ES|QL whose rows stay in the worker, as long as no newer one is held. */
  holdQuery(text: string, request: HeldRequest, handlers: { progress(progress: RunProgress): void }): Promise<HeldResult>
  /** Rows `from .. to - 1` of a held result, at most 1,000. */
  resultRows(resultKey: string, from: number, to: number): Promise<ResultPage>
  resultCell(resultKey: string, row: number, column: number): Promise<CellValue>
  resultSources(resultKey: string, row: number): Promise<RowSources>
  /** Orders a held result by a column, nulls last; null: as the query gave it. */
  sortResult(resultKey: string, by: { column: number; descending: boolean } | null): Promise<void>

  // ---- beside a Kibana page ----

  /** Takes one answer in that the page received. Nothing a page sends makes it throw. */
  hear(head: HeardHead, bytes: Uint8Array): Promise<BatchInfo[]>
  liveSummary(): Promise<LiveSummary>
  /** An alert that was heard, with what can be said of it; null when it was not. */
  alertCase(id: string): Promise<AlertCase | null>
  /** Events that may stand behind an alert: loaded without a field that its rule reads. */
  candidates(id: string): Promise<Candidates>
  /** Makes what was heard the last input, in place of its earlier state; answers all inputs and whether anything changed. */
  refreshLive(): Promise<{ changed: boolean; inputs: InputInfo[] }>
  /** Of the fields a query reads: those that some events were loaded without. */
  notLoaded(query: { text: string } | { ruleKey: string }): Promise<FieldKnowledge[]>
  /** Everything heard, to be kept over the end of the panel. */
  liveSnapshot(): Promise<LiveSnapshot>
  restoreLive(snapshot: LiveSnapshot): Promise<void>

  // ---- help with writing a query ----

  describeLanguage(): Promise<LanguageDescription>
  describeData(): Promise<DataDescription>
  /** What is wrong with a query, as it stands. */
  checkQuery(text: string): Promise<QueryProblem[]>
  /** Columns behind the beginning of a query; null when it cannot be read so far. */
  columnsBehind(text: string): Promise<Field[] | null>
  /** The commonest values of a field among the events that can be read in a moment. */
  topValues(field: string): Promise<TopValues>

  /** Cancels what is running; the pending call rejects with kind `cancelled` or answers with `cancelled: true`. */
  cancel(): Promise<void>

  readEvents(sources: SourceRef[]): Promise<EventText[]>
  explain(runKey: string, source: SourceRef): Promise<MatchExplanation>
  rarity(runKey: string, handlers: { progress(progress: RunProgress): void }): Promise<Rarity[]>
  nearMisses(runKey: string, handlers: { progress(progress: RunProgress): void }): Promise<NearMissGroup[]>
  steps(runKey: string, findingId: string): Promise<InvestigationStep[]>

  // ---- handing over ----

  /** Learns what identifies in the events of findings and in further texts; `key` names the redaction for the calls below. */
  redactionPreview(request: RedactionRequest, handlers: { progress(progress: RunProgress): void }): Promise<RedactionPreview>
  /** The texts with pseudonyms, in their order. */
  redactTexts(texts: string[], choice: RedactionChoice): Promise<string[]>
  /** Only the events of findings, redacted or as they are, and whether the rule finds the same in them. */
  reducedData(
    request: { runKey: string; findingIds: string[]; choice: RedactionChoice | null },
    handlers: { progress(progress: RunProgress): void }
  ): Promise<ReducedData>

  /** What is wrong with a rule or a query though it may run; in the order of the text. Needs no input. */
  lint(subject: LintSubject): Promise<LintFinding[]>
  /** Everything the linter looks for. */
  lintChecks(): Promise<LintCheckInfo[]>
}

export type { Finding }
