/**
 * ResultPages: the rows of a held result that are near what is on screen. The rest stays in the worker.
 *
 * Holds: at most KEPT_PAGES pages; only the newest question waits when the worker is slow, so that a dragged scroll bar
 * does not queue up pages nobody looks at any more.
 */
import type { CellValue, EngineApi, HeldResult, ResultPage } from '../../engine/worker/api.ts'

export const PAGE_ROWS = 200
const KEPT_PAGES = 40
const ASKED_AT_ONCE = 2

export interface SortBy {
  column: number
  descending: boolean
}

export class ResultPages {
  sort = $state.raw<SortBy | null>(null)
  sorting = $state(false)
  /** Raised when pages arrive, for what is drawn from them. */
  arrived = $state(0)
  #pages = new Map<number, ResultPage>()
  #asked = new Set<number>()
  #wanted: number[] = []
  /** The rows that were asked for last. */
  #sight = { first: 0, end: 0 }
  /** Answers of an older order are dropped. */
  #order = 0
  #asking: { column: number; descending: boolean } | null = null

  constructor(
    readonly engine: EngineApi,
    readonly result: HeldResult
  ) {}

  /** The cells of a row, or null when they are still on their way. */
  row(at: number): readonly CellValue[] | null {
    void this.arrived
    const page = this.#pages.get(Math.floor(at / PAGE_ROWS))
    return page?.rows[at % PAGE_ROWS] ?? null
  }

  /** Whether a cell is only the beginning of its value. */
  isShortened(at: number, column: number): boolean {
    const page = this.#pages.get(Math.floor(at / PAGE_ROWS))
    return page?.shortened.includes((at % PAGE_ROWS) * this.result.columns.length + column) ?? false
  }

  /** The whole value of a cell. */
  async cell(at: number, column: number): Promise<CellValue> {
    const known = this.row(at)
    if (known && !this.isShortened(at, column)) return known[column] ?? null
    return this.engine.resultCell(this.result.resultKey, at, column)
  }

  /** Makes sure rows `first .. end - 1` are there or on their way. */
  need(first: number, end: number): void {
    this.#sight = { first, end }
    const from = Math.floor(first / PAGE_ROWS)
    const to = Math.floor(Math.max(first, end - 1) / PAGE_ROWS)
    this.#wanted = []
    for (let page = from; page <= to && page * PAGE_ROWS < this.result.rowCount; page++) {
      const known = this.#pages.get(page)
      // Read again last, dropped last.
      if (known) {
        this.#pages.delete(page)
        this.#pages.set(page, known)
      } else this.#wanted.push(page)
    }
    this.#ask()
  }

  /** Orders the rows: by a column rising, then falling, then as the query gave them. */
  async toggleSort(column: number): Promise<void> {
    // What was asked for last, which may still be on its way: two quick presses are two steps.
    const sort = this.#asking
    const next = sort?.column !== column ? { column, descending: false } : sort.descending ? null : { column, descending: true }
    this.#asking = next
    const order = ++this.#order
    this.sorting = true
    try {
      await this.engine.sortResult(this.result.resultKey, next)
      if (order === this.#order) this.sort = next
    } catch (error) {
      if (order === this.#order) this.#asking = this.sort
      throw error
    } finally {
      if (order === this.#order) this.#arrange()
    }
  }

  /** Rows stand in another order now: what is in sight is asked for again. */
  #arrange(): void {
    this.#pages.clear()
    this.#asked.clear()
    this.sorting = false
    this.arrived++
    this.need(this.#sight.first, this.#sight.end)
  }

  #ask(): void {
    for (const page of this.#wanted) {
      if (this.#asked.size >= ASKED_AT_ONCE) return
      if (!this.#asked.has(page)) void this.#load(page)
    }
  }

  async #load(page: number): Promise<void> {
    const order = this.#order
    this.#asked.add(page)
    try {
      const answer = await this.engine.resultRows(this.result.resultKey, page * PAGE_ROWS, (page + 1) * PAGE_ROWS)
      if (order !== this.#order) return
      this.#pages.set(page, answer)
      for (const old of [...this.#pages.keys()].slice(0, -KEPT_PAGES)) this.#pages.delete(old)
      this.#wanted = this.#wanted.filter((wanted) => wanted !== page)
      this.arrived++
    } catch {
      // The result was let go: a newer query runs, and its answer brings its own pages.
      this.#wanted = []
    } finally {
      if (order === this.#order) this.#asked.delete(page)
      this.#ask()
    }
  }
}
