/**
 * Beside: the page beside the panel: whether it is heard, what it has loaded, and the alert in view with the events behind it.
 *
 * What is heard goes to the worker as bytes; nothing of it is looked at here. Whenever something came or the address changed,
 * the alert in view is told anew, and its rule runs over what is loaded, in the window of the alert's own run.
 */
import { SvelteMap } from 'svelte/reactivity'
import type { AlertCase, EngineApi, EventText, Finding, LiveSummary, SourceRef } from '../../engine/worker/api.ts'
import { type KibanaPlace, readKibanaUrl } from '../format/kibana-url.ts'
import type { EventFeed, FeedStatus, HeardBody, MissedBody, PageFacts, Question } from '../ports.ts'
import type { Analysis } from './analysis.svelte.ts'
import type { CaseMarks } from './case-marks.svelte.ts'
import { ClusterQuestion } from './cluster-question.svelte.ts'
import { forgetPanel, keepPanel, panelKey, recallPanel } from './live-memory.ts'
import { Loadable } from './loadable.svelte.ts'

/** Changes within this time are told once. */
const SETTLE_MILLIS = 40
const SAVE_MILLIS = 800
/** Contributing events read for the eye. */
const SHOWN_EVENTS = 50

export interface BehindAlert {
  /** `conditions`: events that pass the rule; `keys`: those of which that cannot be told, by the keys that were loaded. */
  by: 'conditions' | 'keys' | 'none'
  events: EventText[]
  total: number
  /** Keys by which candidates were compared. */
  keys: string[]
}

export class Beside {
  status = $state.raw<FeedStatus | null>(null)
  page = $state.raw<PageFacts | null>(null)
  url = $state('')
  summary = $state.raw<LiveSummary | null>(null)
  missed = $state.raw<MissedBody[]>([])
  /** Chosen in the panel when the page shows no alert of its own. */
  chosenId = $state<string | null>(null)
  fromLoad = $state(false)
  mayAsk = $state(false)
  /** False once the browser refused to keep what was heard. */
  kept = $state(true)
  questions = $state.raw<ClusterQuestion[]>([])
  readonly alert = new Loadable<AlertCase | null>()
  readonly behind = new Loadable<BehindAlert>()
  readonly place: KibanaPlace = $derived(readKibanaUrl(this.url))
  /** The alert that is shown: the page's own, else the one chosen here. */
  readonly alertId = $derived(this.place.documentId ?? this.chosenId)
  readonly listening = $derived(this.status?.state === 'listening')

  #settling = false
  #saving = false
  #recalled = ''
  #told = ''
  #telling: Promise<void> = Promise.resolve()

  constructor(
    readonly feed: EventFeed,
    readonly engine: EngineApi,
    readonly analysis: Analysis,
    private readonly marks: CaseMarks
  ) {}

  /** The finding of the run that has the alert's keys. */
  readonly finding = $derived.by<Finding | null>(() => {
    const keys = this.alert.value?.row.filter(({ key }) => key) ?? []
    const result = this.analysis.result
    if (keys.length === 0 || !result || result.ruleKey !== this.alert.value?.ruleKey) return null
    const wanted = new Map(keys.map(({ name, value }) => [name, textOf(value)]))
    return result.findings.find((finding) => finding.keys.every(({ name, value }) => wanted.get(name) === textOf(value))) ?? null
  })

  start(): void {
    this.feed.start({
      status: (status) => this.#status(status),
      location: (url) => {
        this.url = url
        this.#later()
      },
      heard: (body) => void this.#hear(body),
      missed: (body) => (this.missed = [...this.missed, body].slice(-50))
    })
  }

  choose(id: string): void {
    this.chosenId = id
    this.#later()
  }

  grant(): Promise<boolean> {
    return this.feed.grant()
  }

  async setFromLoad(on: boolean): Promise<void> {
    await this.feed.setFromLoad(on)
    this.fromLoad = on
  }

  async setMayAsk(on: boolean): Promise<void> {
    await this.feed.setMayAsk(on)
    this.mayAsk = on
  }

  /** Shows a question; it goes out only when it is sent from there. */
  prepare(title: string, query: string, time: { from: string; to: string }): ClusterQuestion {
    const question = new ClusterQuestion(title, query, time, this.feed, (asked, body) => this.#hearAnswer(asked, body))
    this.questions = [question, ...this.questions].slice(0, 10)
    return question
  }

  /** Forgets everything heard from this page; answers the way back. */
  async forget(): Promise<() => Promise<void>> {
    const snapshot = await this.engine.liveSnapshot()
    const { missed, questions } = this
    await this.analysis.clear()
    if (this.feed.origin) await forgetPanel(panelKey(this.feed.origin, this.feed.tabId))
    this.missed = []
    this.questions = []
    this.#later()
    return async () => {
      await this.engine.restoreLive(snapshot)
      this.missed = [...missed, ...this.missed]
      this.questions = [...this.questions, ...questions]
      this.#later()
      this.saveLater()
    }
  }

  #status(status: FeedStatus): void {
    this.status = status
    if (status.state === 'listening') this.page = status.page
    if ('origin' in status && status.origin && status.origin !== this.#recalled) void this.#recall(status.origin)
  }

  async #recall(origin: string): Promise<void> {
    this.#recalled = origin
    this.fromLoad = await this.feed.fromLoad()
    this.mayAsk = await this.feed.mayAsk()
    const record = await recallPanel(panelKey(origin, this.feed.tabId))
    if (!record) return
    await this.engine.restoreLive(record.snapshot)
    for (const [finding, marks] of record.marks) this.marks.steps.set(finding, new SvelteMap(marks))
    for (const [finding, mark] of record.findingMarks ?? []) this.marks.findings.set(finding, mark)
    this.#later()
  }

  async #hear({ head, bytes }: HeardBody): Promise<void> {
    await this.engine.hear(head, bytes)
    this.#later()
    this.saveLater()
  }

  /** An answer of the cluster is heard as if the page had loaded it, but marked. */
  async #hearAnswer(question: Question, body: string): Promise<void> {
    const url = `${this.feed.origin ?? ''}${this.page?.basePath ?? ''}${question.path}`
    const head = {
      method: question.method,
      url,
      requestBody: question.body,
      context: null,
      status: 200,
      contentType: '',
      at: Date.now()
    }
    await this.engine.hear({ ...head, fromCluster: true }, new TextEncoder().encode(body))
    this.#later()
    this.saveLater()
  }

  /** Tells the alert in view anew, soon; what comes while that is done is told behind it. */
  #later(): void {
    if (this.#settling) return
    this.#settling = true
    setTimeout(() => {
      this.#telling = this.#telling.then(() => {
        this.#settling = false
        // A failure of one telling must not silence those that follow; the engine's own are shown by their Loadable.
        return this.#tell().catch((error: unknown) => void this.alert.load(() => Promise.reject(error)))
      })
    }, SETTLE_MILLIS)
  }

  /** Tells the alert in view anew, and runs its rule when the events or the alert changed. */
  async #tell(): Promise<void> {
    const id = this.alertId
    this.summary = await this.engine.liveSummary()
    const { changed, inputs } = await this.engine.refreshLive()
    // Once the events changed the rule has to run again, whenever an alert is next in view.
    if (changed) this.#told = ''
    if (id === null) return this.alert.reset()
    await this.alert.load(() => this.engine.alertCase(id))
    const found = this.alert.value
    const told = `${id} ${found?.alert.whole}`
    if (!found || told === this.#told) return
    await this.behind.load(() => this.#behind(found))
    this.#told = told
    if (found.ruleKey && (this.summary?.events ?? 0) > 0) void this.analysis.runLive(inputs, found.ruleKey, found.window)
  }

  async #behind({ alert, cutQuery }: AlertCase): Promise<BehindAlert> {
    const none: BehindAlert = { by: 'none', events: [], total: 0, keys: [] }
    if (cutQuery === null || (this.summary?.events ?? 0) === 0) return none
    const shown = async (by: 'conditions' | 'keys', sources: SourceRef[], keys: string[]): Promise<BehindAlert> => {
      if (sources.length === 0) return none
      return { by, events: await this.engine.readEvents(sources.slice(0, SHOWN_EVENTS)), total: sources.length, keys }
    }
    const answer = await this.analysis.scans.add(() => this.engine.query(cutQuery, { progress: () => undefined }))
    const passing = answer.sources.flatMap((row) => row.slice(0, 1))
    if (passing.length > 0) return shown('conditions', passing, [])
    const { sources, keys } = await this.analysis.scans.add(() => this.engine.candidates(alert.id))
    return shown('keys', sources, keys)
  }

  /** Keeps what was heard and marked, soon. */
  saveLater(): void {
    if (this.#saving) return
    this.#saving = true
    setTimeout(() => {
      this.#saving = false
      void this.keep()
    }, SAVE_MILLIS)
  }

  /** Keeps what was heard and marked, for this tab's next panel. */
  async keep(): Promise<void> {
    const { origin, tabId } = this.feed
    if (origin === null) return
    const snapshot = await this.engine.liveSnapshot()
    this.kept = await keepPanel({
      key: panelKey(origin, tabId),
      savedAt: Date.now(),
      snapshot,
      marks: [...this.marks.steps].filter(([, marks]) => marks.size > 0).map(([finding, marks]) => [finding, [...marks]]),
      findingMarks: [...this.marks.findings]
    })
  }
}

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}` : inner))
