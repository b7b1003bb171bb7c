/**
 * CaseFile: what is known about one finding: its events, why it matched, its steps with their answers, the analyst's
 * marks. Loaded when first opened, kept in memory while the run is on screen.
 *
 * Each part is a Loadable, so that every pane can show waiting, answer and failure on its own.
 */
import { SvelteMap } from 'svelte/reactivity'
import type { EngineApi, EventText, Finding, InvestigationStep, MatchExplanation, QueryResult } from '../../engine/worker/api.ts'
import { Loadable } from './loadable.svelte.ts'
import type { ScanQueue } from './scan-queue.ts'

/** Events are read again from the file in portions: the bound of references may be in the thousands. */
export const EVENTS_A_PORTION = 20

export interface StepMark {
  done: boolean
  note: string
}

export class CaseFile {
  readonly explanation = new Loadable<MatchExplanation>()
  readonly steps = new Loadable<InvestigationStep[]>()
  readonly events = new Loadable<EventText[]>()
  readonly answers = new SvelteMap<string, Loadable<QueryResult>>()
  readonly queries = new SvelteMap<string, string>()

  constructor(
    readonly finding: Finding,
    readonly runKey: string,
    readonly engine: EngineApi,
    readonly scans: ScanQueue,
    /** The analyst's marks by step; they outlive this run, for the same finding comes again. */
    readonly marks: SvelteMap<string, StepMark> = new SvelteMap(),
    private readonly marked: () => void = () => undefined
  ) {}

  /** Asks for everything the detail shows at once. */
  open(): void {
    const first = this.finding.sources[0]
    if (first) void this.explanation.load(() => this.engine.explain(this.runKey, first))
    void this.steps.load(() => this.engine.steps(this.runKey, this.finding.id))
    void this.moreEvents()
  }

  /** Reads the next portion of source events. */
  async moreEvents(): Promise<void> {
    const have = this.events.value ?? []
    const next = this.finding.sources.slice(have.length, have.length + EVENTS_A_PORTION)
    await this.events.load(async () => (next.length > 0 ? [...have, ...(await this.engine.readEvents(next))] : have))
  }

  /** The query of a step as it stands, edited or not. */
  queryOf(step: InvestigationStep): string {
    return this.queries.get(step.id) ?? step.query ?? ''
  }

  /** Runs a step's query over the loaded data. */
  async runStep(step: InvestigationStep): Promise<void> {
    const answer = this.answers.get(step.id) ?? new Loadable<QueryResult>()
    this.answers.set(step.id, answer)
    await answer.load(() => this.scans.add(() => this.engine.query(this.queryOf(step), { progress: () => undefined })))
  }

  mark(step: InvestigationStep): StepMark {
    return this.marks.get(step.id) ?? { done: false, note: '' }
  }

  setMark(step: InvestigationStep, change: Partial<StepMark>): void {
    this.marks.set(step.id, { ...this.mark(step), ...change })
    this.marked()
  }
}
