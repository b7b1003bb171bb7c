/**
 * QueryDesk: free ES|QL over the loaded inputs: the text, its runs, what they gave, and the row that is looked at.
 *
 * Holds: `history` is plain data and can be stored as it is. Rows stay in the worker; `pages` has those near the screen.
 * Edits made from a value apply to the text that was run, because the value is one of its answer.
 */
import type {
  CellValue,
  EngineApi,
  EventText,
  FieldKnowledge,
  HeldResult,
  MissingKnowledge,
  QueryProblem,
  RowSources,
  RunProgress
} from '../../engine/worker/api.ts'
import { conditionOf, hasLimit, type ResultColumn, withCondition, withStack } from '../format/query-edit.ts'
import { Loadable } from './loadable.svelte.ts'
import { QueryHelp } from './query-help.svelte.ts'
import { ResultPages } from './result-pages.svelte.ts'
import type { ScanQueue } from './scan-queue.ts'

const FIRST_QUERY = 'FROM *\n| STATS events = COUNT(*) BY host.name, process.name\n| SORT events DESC'
const HISTORY_KEPT = 100
export const EVENTS_A_PORTION = 20

export type RunOutcome = 'done' | 'cancelled' | 'refused' | 'failed'

export interface QueryRun {
  text: string
  limited: boolean
  /** Epoch milliseconds. */
  startedMillis: number
  elapsedMillis: number
  outcome: RunOutcome
  rows: number | null
}

/** A row that is looked at: its number, cells and events. */
export interface OpenRow {
  at: number
  cells: readonly CellValue[]
  sources: RowSources
}

export class QueryDesk {
  text = $state(FIRST_QUERY)
  limited = $state(true)
  progress = $state.raw<RunProgress | null>(null)
  problems = $state.raw<QueryProblem[]>([])
  history = $state.raw<readonly QueryRun[]>([])
  /** The text of the answer on screen. */
  ranText = $state('')
  pages = $state.raw<ResultPages | null>(null)
  missing = $state.raw<MissingKnowledge | null>(null)
  /** Fields of the query that the page beside the panel loaded some events without. */
  notLoaded = $state.raw<FieldKnowledge[]>([])
  openAt = $state<number | null>(null)
  readonly result = new Loadable<HeldResult>()
  readonly openRow = new Loadable<OpenRow>()
  readonly events = new Loadable<EventText[]>()
  readonly help: QueryHelp
  /** The chip has a meaning only for a query that says nothing of a limit itself. */
  readonly limitAsked = $derived(!hasLimit(this.text))
  /** Whether the text is the analyst's own. */
  readonly edited = $derived(this.text !== FIRST_QUERY)
  readonly running = $derived(this.result.phase === 'loading')

  constructor(
    readonly engine: EngineApi,
    readonly scans: ScanQueue
  ) {
    this.help = new QueryHelp(engine)
  }

  /** Runs the text as it stands. */
  async run(): Promise<void> {
    const { text, limited } = this
    const startedMillis = Date.now()
    this.reset()
    this.ranText = text
    await this.result.load(() =>
      this.scans.add(() => this.engine.holdQuery(text, { limited }, { progress: (progress) => (this.progress = progress) }))
    )
    const { value, failure } = this.result
    if (this.ranText !== text) return
    const outcome = outcomeOf(failure?.kind ?? null)
    const elapsedMillis = value?.elapsedMillis ?? Date.now() - startedMillis
    this.#remember({ text, limited, startedMillis, elapsedMillis, outcome, rows: value?.rowCount ?? null })
    if (!value) return
    this.pages = new ResultPages(this.engine, value)
    this.notLoaded = await this.engine.notLoaded({ text }).catch(() => [])
    this.missing = await this.engine.missing({ text }).catch(() => null)
  }

  async cancel(): Promise<void> {
    this.scans.dropWaiting()
    await this.engine.cancel()
  }

  /** Forgets the answer; the text and the history stay. */
  reset(): void {
    this.result.reset()
    this.closeRow()
    this.pages = null
    this.missing = null
    this.notLoaded = []
    this.progress = null
    this.ranText = ''
  }

  #remember(run: QueryRun): void {
    const others = this.history.filter(({ text, limited }) => text !== run.text || limited !== run.limited)
    this.history = [run, ...others].slice(0, HISTORY_KEPT)
  }

  /** Takes a text of the history back. */
  recall(run: QueryRun): void {
    this.text = run.text
    this.limited = run.limited
  }

  // ---- values ----

  /** Whether a value can be said in a query. */
  canFilter(column: ResultColumn, cell: CellValue): boolean {
    return conditionOf(column, cell, true) !== null
  }

  /** Runs the query again with only the rows that hold a value, or without them. */
  async filter(column: ResultColumn, cell: CellValue, keep: boolean): Promise<void> {
    const condition = conditionOf(column, cell, keep)
    await this.#runEdited(condition === null ? null : withCondition(this.ranText, condition))
  }

  /** Counts the rows by a column, rarest first. */
  async stack(column: ResultColumn): Promise<void> {
    await this.#runEdited(withStack(this.ranText, column.name))
  }

  async #runEdited(text: string | null): Promise<void> {
    if (text === null) return
    this.text = text
    await this.run()
  }

  // ---- one row ----

  /** Opens a row with the events behind it. */
  async openRowAt(at: number): Promise<void> {
    const { pages } = this
    if (!pages || at < 0 || at >= pages.result.rowCount) return
    const { resultKey, columns } = pages.result
    this.openAt = at
    this.events.reset()
    await this.openRow.load(async () => {
      const [sources, ...cells] = await Promise.all([
        this.engine.resultSources(resultKey, at),
        ...columns.map((_, column) => pages.cell(at, column))
      ])
      return { at, sources, cells }
    })
    if (this.openAt === at) await this.moreEvents()
  }

  /** Reads the next events of the open row. */
  async moreEvents(): Promise<void> {
    const row = this.openRow.value
    if (!row || row.sources.sources.length === 0) return
    const known = this.events.value ?? []
    const next = row.sources.sources.slice(known.length, known.length + EVENTS_A_PORTION)
    await this.events.load(async () => [...known, ...(await this.engine.readEvents(next))])
  }

  closeRow(): void {
    this.openAt = null
    this.openRow.reset()
    this.events.reset()
  }
}

function outcomeOf(failure: string | null): RunOutcome {
  if (failure === null) return 'done'
  if (failure === 'cancelled') return 'cancelled'
  return failure === 'query' ? 'refused' : 'failed'
}
