/**
 * ReportDesk: what the analyst hands over: which findings, in which format, under which pseudonyms.
 *
 * Holds: a redaction is previewed before anything is written with it, for exactly the findings that are written; when the choice
 * of findings changes, the preview is made anew. What was cancelled saves nothing.
 */
import type {
  EngineFailure,
  EventText,
  InvestigationStep,
  MatchExplanation,
  RedactionChoice,
  RedactionClass,
  RedactionPreview,
  ReducedData,
  Replacement,
  RunProgress
} from '../../engine/worker/api.ts'
import { asFailure } from '../../engine/worker/client.ts'
import { buildReport, type ReportParts } from '../report/build.ts'
import { type ReportFormat, reportFileName, WRITERS } from '../report/formats.ts'
import { ANSWER_ROWS, REPORT_EVENTS, type ReportMark, type ReportModel, type ReportStep } from '../report/model.ts'
import { reportTexts, withTexts } from '../report/redact-model.ts'
import type { AppState } from './app-state.svelte.ts'
import type { CaseFile, StepMark } from './case-file.svelte.ts'
import type { Mark } from './case-marks.svelte.ts'

export const CLASSES: readonly RedactionClass[] = ['host', 'user', 'ip', 'domain', 'email', 'home', 'secret']

export type Which = 'all' | 'shown' | 'starred' | 'selected'
export type Stage = 'collecting' | 'hashing' | 'looking' | 'writing'
export type Outcome =
  | { kind: 'saved'; name: string }
  | { kind: 'reduced'; name: string; data: Omit<ReducedData, 'bytes'> }
  | { kind: 'cancelled' }
  | { kind: 'failed'; failure: EngineFailure }

const CANCELLED: EngineFailure = { kind: 'cancelled', message: '', diagnostics: [] }
/** Events of several findings are read in one go: a compressed file is read from its start each time. */
const EVENTS_AT_ONCE = 500

export class ReportDesk {
  which = $state<Which>('all')
  format = $state<ReportFormat>('html')
  raw = $state(false)
  near = $state(false)
  redact = $state(false)
  classes = $state.raw<ReadonlySet<RedactionClass>>(new Set(CLASSES))
  kept = $state.raw<ReadonlySet<string>>(new Set())
  preview = $state.raw<RedactionPreview | null>(null)
  stage = $state<Stage | null>(null)
  progress = $state.raw<RunProgress | null>(null)
  outcome = $state.raw<Outcome | null>(null)

  #job = 0
  #cancel: (reason: EngineFailure) => void = () => undefined
  /** The report as it is without redaction, and what it was made for. */
  #made: { of: string; model: ReportModel } | null = null
  #previewOf = ''

  ids = $derived.by(() => this.idsOf(this.which))
  /** Replacements of the chosen classes. */
  lines = $derived.by(() => this.preview?.replacements.filter((line) => this.classes.has(line.class)) ?? [])

  constructor(private readonly app: AppState) {}

  /** Ids of the findings a choice stands for, in the order of the list. */
  idsOf(which: Which): string[] {
    const { list, analysis } = this.app
    const ranked = list.shown.map(({ id }) => id)
    if (which === 'shown') return ranked
    if (which === 'selected') return list.selectedId === null ? [] : [list.selectedId]
    const all = [...ranked, ...analysis.findings.map(({ id }) => id).filter((id) => !ranked.includes(id))]
    return which === 'starred' ? all.filter((id) => this.#markOf(id)?.star) : all
  }

  /** Opens the dialog. */
  open(): void {
    this.outcome = null
    this.#made = null
    this.#forgetPreview()
    if (this.ids.length === 0) this.which = 'all'
    this.app.navigation.dialog = 'report'
    if (this.redact) void this.refreshPreview()
  }

  // ---- choices ----

  choose(which: Which): void {
    this.which = which
    this.outcome = null
    if (this.redact) void this.refreshPreview()
  }

  setRedact(on: boolean): void {
    this.redact = on
    this.outcome = null
    if (on) void this.refreshPreview()
    else if (this.stage === 'looking' || this.stage === 'collecting') this.cancel()
  }

  setClass(name: RedactionClass, on: boolean): void {
    this.classes = new Set(CLASSES.filter((one) => (one === name ? on : this.classes.has(one))))
  }

  keep({ id }: Replacement, on: boolean): void {
    const kept = new Set(this.kept)
    if (on) kept.add(id)
    else kept.delete(id)
    this.kept = kept
  }

  #forgetPreview(): void {
    this.preview = null
    this.#previewOf = ''
    this.kept = new Set()
  }

  // ---- work ----

  /** Looks for what identifies in the chosen findings, unless that is known. */
  async refreshPreview(): Promise<void> {
    await this.#work(() => this.#previewed())
  }

  /** Writes what is known already, at once and as it is. */
  saveKnown(format: ReportFormat): void {
    const parts = this.#parts()
    if (parts) this.#save(buildReport(parts), format)
  }

  async saveReport(): Promise<void> {
    await this.#work(async () => {
      const model = await this.#model()
      const written = this.redact ? await this.#redacted(model, await this.#previewed()) : model
      this.stage = 'writing'
      this.outcome = { kind: 'saved', name: this.#save(written, this.format) }
    })
  }

  async saveData(): Promise<void> {
    await this.#work(async (current) => {
      const { result, rule } = this.app.analysis
      if (!result || !rule) return
      const choice = this.redact ? this.#choice(await this.#previewed()) : null
      this.stage = 'writing'
      const { bytes, ...data } = await this.#scan((progress) =>
        this.app.engine.reducedData({ runKey: result.runKey, findingIds: this.ids, choice }, { progress })
      )
      if (!current()) return
      const [name] = choice ? await this.app.engine.redactTexts([rule.name], choice) : [rule.name]
      const file = reportFileName(`${name} data`, new Date(), 'ndjson')
      this.app.host.saveFile(file, new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/x-ndjson' }))
      this.outcome = { kind: 'reduced', name: file, data }
    })
  }

  /** Ends what runs. */
  cancel(): void {
    if (this.stage === null) return
    this.#job++
    this.stage = null
    this.progress = null
    this.outcome = { kind: 'cancelled' }
    this.#cancel(CANCELLED)
    void this.app.analysis.cancel()
  }

  /** Runs one thing at a time; a newer one takes the place of the older. */
  async #work(work: (current: () => boolean) => Promise<unknown>): Promise<void> {
    if (this.stage !== null) this.cancel()
    const job = ++this.#job
    const current = () => job === this.#job
    const cancelled = new Promise<never>((_, reject) => (this.#cancel = reject))
    this.outcome = null
    this.stage = 'collecting'
    try {
      await Promise.race([work(current), cancelled])
    } catch (error) {
      if (!current()) return
      const failure = asFailure(error)
      this.outcome = failure.kind === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', failure }
    } finally {
      if (current()) {
        this.stage = null
        this.progress = null
      }
    }
  }

  #scan<Answer>(ask: (progress: (at: RunProgress) => void) => Promise<Answer>): Promise<Answer> {
    const job = this.#job
    return this.app.scans.add(() => ask((at) => job === this.#job && (this.progress = at)))
  }

  async #previewed(): Promise<RedactionPreview> {
    const { result } = this.app.analysis
    const of = `${result?.runKey}\n${this.ids.join()}\n${this.near}`
    if (this.preview && this.#previewOf === of) return this.preview
    const job = this.#job
    this.#forgetPreview()
    const model = await this.#model()
    this.stage = 'looking'
    const preview = await this.#scan((progress) =>
      this.app.engine.redactionPreview(
        {
          key: randomKey(),
          runKey: result!.runKey,
          findingIds: this.ids,
          texts: reportTexts(model),
          harmless: model.inputs.flatMap(({ sha256 }) => sha256 ?? [])
        },
        { progress }
      )
    )
    if (job !== this.#job) throw CANCELLED
    this.preview = preview
    this.#previewOf = of
    return preview
  }

  #choice({ key }: RedactionPreview): RedactionChoice {
    return { key, classes: [...this.classes], kept: [...this.kept] }
  }

  async #redacted(model: ReportModel, preview: RedactionPreview): Promise<ReportModel> {
    const texts = await this.app.engine.redactTexts(reportTexts(model), this.#choice(preview))
    const replacements = this.lines.filter(({ id }) => !this.kept.has(id)).length
    return withTexts(model, texts, { classes: [...this.classes], replacements })
  }

  #save(model: ReportModel, format: ReportFormat): string {
    const { extension, mediaType, write } = WRITERS[format]
    const name = reportFileName(model.rule.name, new Date(), extension)
    this.app.host.saveFile(name, new Blob([write(model, { raw: this.raw })], { type: mediaType }))
    return name
  }

  // ---- what is known ----

  async #model(): Promise<ReportModel> {
    const { result } = this.app.analysis
    const of = `${result?.runKey}\n${this.ids.join()}\n${this.near}`
    if (this.#made?.of === of) return this.#made.model
    const job = this.#job
    const parts = this.#parts(this.ids)
    if (!parts || !result) throw { kind: 'fault', message: 'no run to report', diagnostics: [] } satisfies EngineFailure
    this.stage = 'collecting'
    const { nearMisses } = this.app
    if (this.near && nearMisses.groups.phase !== 'done') await nearMisses.look(result.runKey)
    await this.app.timeRange.need()
    const [why, events, steps] = [await this.#explained(job), await this.#events(job), await this.#steps(job)]
    this.stage = 'hashing'
    const hashes = await this.app.hashes.known()
    if (job !== this.#job) throw CANCELLED
    this.progress = null
    const model = buildReport({ ...parts, why, events, steps, hashes, eventMarks: this.#eventMarks(), ...this.#known() })
    this.#made = { of, model }
    return model
  }

  #parts(findingIds?: string[]): ReportParts | null {
    const { result, rule, rarity, window } = this.app.analysis
    if (!result || !rule) return null
    const files = this.app.caseFiles
    const { version, build } = this.app.host
    const tool = { version, build }
    const marks = new Map(result.findings.flatMap(({ id }) => entryOf(id, this.#markOf(id))))
    const steps = new Map([...files].map(([id, file]) => [id, stepsOf(file)]))
    const head = { rule, result, rarity, window, tool, marks, steps, hashes: this.app.hashes.files, ...this.#known() }
    return findingIds ? { ...head, findingIds } : head
  }

  #known(): Pick<ReportParts, 'timeRange' | 'nearMisses'> {
    const range = this.app.timeRange.range.value
    const iso = (millis: number) => new Date(millis).toISOString()
    return {
      timeRange: range && { start: iso(range.startMillis), end: iso(range.endMillis) },
      nearMisses: this.app.nearMisses.groups.value
    }
  }

  /** What the analyst put on a finding. */
  #markOf(findingId: string): ReportMark | null {
    return said(this.app.marks.of(this.app.markTarget(findingId)))
  }

  /** What the analyst put on the events that are written out, by `file:byte`. */
  #eventMarks(): ReadonlyMap<string, ReportMark> {
    const sources = this.#chosen().flatMap((finding) => finding.sources.slice(0, REPORT_EVENTS))
    return new Map(
      sources.flatMap((source) => {
        const target = this.app.keeper.eventTarget(source)
        return target ? entryOf(`${source.file}:${source.byte}`, said(this.app.marks.of(target))) : []
      })
    )
  }

  /** Steps of the chosen findings; those of a finding that was marked in an earlier sitting are asked for. */
  async #steps(job: number): Promise<ReadonlyMap<string, ReportStep[]>> {
    const { result } = this.app.analysis
    const steps = new Map<string, ReportStep[]>()
    for (const { id } of this.#chosen()) {
      const file = this.app.caseFiles.get(id)
      const marks = this.app.marks.steps.get(this.app.markTarget(id).key)
      if (file) steps.set(id, stepsOf(file))
      else if (marks && marks.size > 0) {
        const all = await this.app.engine.steps(result!.runKey, id)
        steps.set(id, markedSteps(all, marks))
      }
      if (job !== this.#job) throw CANCELLED
    }
    return steps
  }

  async #explained(job: number): Promise<ReadonlyMap<string, MatchExplanation>> {
    const { result } = this.app.analysis
    const files = this.app.caseFiles
    const why = new Map<string, MatchExplanation>()
    for (const [at, finding] of this.#chosen().entries()) {
      const first = finding.sources[0]
      const known = files.get(finding.id)?.explanation.value ?? null
      if (known) why.set(finding.id, known)
      else if (first && !result!.cancelled) why.set(finding.id, await this.app.engine.explain(result!.runKey, first))
      if (job !== this.#job) throw CANCELLED
      this.#collected(at + 1)
    }
    return why
  }

  async #events(job: number): Promise<ReadonlyMap<string, EventText[]>> {
    const wanted = this.#chosen().flatMap(({ id, sources }) => sources.slice(0, REPORT_EVENTS).map((source) => ({ id, source })))
    const events = new Map<string, EventText[]>()
    for (let at = 0; at < wanted.length; at += EVENTS_AT_ONCE) {
      const portion = wanted.slice(at, at + EVENTS_AT_ONCE)
      const read = await this.app.engine.readEvents(portion.map(({ source }) => source))
      if (job !== this.#job) throw CANCELLED
      for (const [index, { id }] of portion.entries()) events.set(id, [...(events.get(id) ?? []), read[index]!])
    }
    return events
  }

  #chosen() {
    const wanted = new Set(this.ids)
    return this.app.analysis.findings.filter(({ id }) => wanted.has(id))
  }

  #collected(done: number): void {
    const total = this.ids.length
    this.progress = { stage: '', bytesRead: done, bytesTotal: total, events: done, rows: done, elapsedMillis: 0 }
  }
}

/** Steps that were marked or run, with their answers. */
function stepsOf(file: CaseFile): ReportStep[] {
  const steps = file.steps.value ?? []
  const answered = steps.filter(({ id }) => file.answers.get(id)?.value)
  const marked = markedSteps(steps, file.marks)
  return [
    ...answered.map((step): ReportStep => {
      const { columns, values } = file.answers.get(step.id)!.value!
      const answer = { columns, rows: values.slice(0, ANSWER_ROWS), total: values.length }
      return { ...stepHead(step.title, file.marks.get(step.id)), query: file.queryOf(step) || null, answer }
    }),
    ...marked.filter(({ title }) => !answered.some((step) => step.title === title))
  ]
}

function markedSteps(steps: readonly InvestigationStep[], marks: ReadonlyMap<string, StepMark>): ReportStep[] {
  return [...marks]
    .filter(([, { done, note }]) => done || note !== '')
    .map(([id, mark]) => {
      const step = steps.find((one) => one.id === id)
      return { ...stepHead(step?.title ?? id, mark), query: step?.query ?? null, answer: null }
    })
}

function stepHead(title: string, mark: StepMark | undefined): Pick<ReportStep, 'title' | 'done' | 'note'> {
  return { title, done: mark?.done ?? false, note: mark?.note ?? '' }
}

/** A mark that says something. */
function said({ star, tags, note }: Mark): ReportMark | null {
  return star || tags.length > 0 || note !== '' ? { star, tags: [...tags], note } : null
}

function entryOf<Value>(key: string, value: Value | null): [string, Value][] {
  return value === null ? [] : [[key, value]]
}

/** 128 random bits in hexadecimal. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
