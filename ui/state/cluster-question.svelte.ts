/**
 * ClusterQuestion: one search that the analyst lets the cluster run. It is shown as it will be sent, sent once allowed, polled
 * while it runs, and ended when the analyst cancels.
 */
import { endQuestion, esqlQuestion, pollQuestion, withLimit } from '../format/kibana-question.ts'
import type { EventFeed, Question } from '../ports.ts'

export type AskPhase = 'shown' | 'running' | 'done' | 'failed' | 'cancelled'
export interface ClusterAnswer {
  columns: { name: string; type: string }[]
  values: unknown[][]
}

/** Polls after which a search that never ends is given up: each holds for up to 30 s. */
const MAX_POLLS = 20

export class ClusterQuestion {
  phase = $state<AskPhase>('shown')
  answer = $state.raw<ClusterAnswer | null>(null)
  problem = $state('')
  /** Every request that went out, in order. */
  sent = $state.raw<readonly Question[]>([])
  readonly question: Question
  readonly query: string
  #controller: AbortController | null = null

  constructor(
    readonly title: string,
    query: string,
    readonly time: { from: string; to: string },
    private readonly feed: EventFeed,
    /** Called with the bytes of the final answer, to be heard like one that the page loaded. */
    private readonly heard: (question: Question, body: string) => Promise<void>
  ) {
    this.query = withLimit(query)
    this.question = esqlQuestion(this.query, time)
  }

  async send(): Promise<void> {
    const controller = (this.#controller = new AbortController())
    this.phase = 'running'
    this.problem = ''
    let searchId: string | null = null
    try {
      let body = await this.#ask(this.question, controller.signal)
      for (let polls = 0; running(body) && polls < MAX_POLLS; polls++) {
        searchId = String(member(body, 'id'))
        body = await this.#ask(pollQuestion(searchId), controller.signal)
      }
      if (running(body)) throw new Error('the search did not end in time')
      const answer = tableOf(body)
      await this.heard(this.question, JSON.stringify(body))
      this.answer = answer
      this.phase = 'done'
    } catch (error) {
      if (controller.signal.aborted) {
        this.phase = 'cancelled'
        if (searchId) void this.#send(endQuestion(searchId), new AbortController().signal).catch(() => undefined)
        return
      }
      this.phase = 'failed'
      this.problem = error instanceof Error ? error.message : String(error)
    }
  }

  cancel(): void {
    this.#controller?.abort()
  }

  #send(question: Question, signal: AbortSignal): Promise<{ status: number; body: string }> {
    this.sent = [...this.sent, question]
    return this.feed.ask(question, signal)
  }

  async #ask(question: Question, signal: AbortSignal): Promise<unknown> {
    const { status, body } = await this.#send(question, signal)
    const parsed: unknown = JSON.parse(body)
    if (status >= 400) throw new Error(reasonOf(parsed) ?? `Kibana answered with status ${status}`)
    const reason = reasonOf(parsed)
    if (reason !== null) throw new Error(reason)
    return parsed
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined

const running = (body: unknown): boolean =>
  member(body, 'is_running') === true ||
  member(body, 'isRunning') === true ||
  member(member(body, 'rawResponse'), 'is_running') === true

function reasonOf(body: unknown): string | null {
  const error = member(body, 'error')
  if (error === undefined) return null
  const reason = member(error, 'reason') ?? member(body, 'message') ?? error
  return typeof reason === 'string' ? reason : JSON.stringify(reason)
}

function tableOf(body: unknown): ClusterAnswer {
  const inner = member(body, 'rawResponse') ?? body
  const columns = member(inner, 'columns')
  const values = member(inner, 'values')
  if (!Array.isArray(columns) || !Array.isArray(values)) throw new Error('the answer holds no columns')
  return {
    columns: columns.map((column) => ({ name: String(member(column, 'name')), type: String(member(column, 'type')) })),
    values: values.filter((row): row is unknown[] => Array.isArray(row))
  }
}
