/**
 * GridView: what a grid over many rows shows, where its scroll bar stands, and which cell is the active one.
 *
 * The bar is scaled beyond what a browser can scroll (format/scaled-scroll.ts): `top` is the place among the rows, in pixels of
 * the virtual page, and the element follows it or leads it.
 */
import type { CellValue } from '../../engine/worker/api.ts'
import { columnsInSight, filledWidths, GUESS_ROWS, guessWidths, LEAST_WIDTH } from '../format/grid-columns.ts'
import { count } from '../format/number.ts'
import { clampTop, isScaled, physicalTop, rowsInSight, scrolledTo, scrollPlan, topShowing } from '../format/scaled-scroll.ts'
import type { ResultPages } from './result-pages.svelte.ts'

export const ROW_PIXELS = 28
export const HEAD_PIXELS = 32
/** Rows drawn before and behind those in sight. */
const AROUND = 6
const SETTLE_MILLIS = 140
/** Of a digit of a row's number, and what stands around the number. */
const DIGIT_PIXELS = 7.3
const NUMBER_PADDING = 22
const LEAST_NUMBER = 44

const sum = (widths: readonly number[]) => widths.reduce((all, width) => all + width, 0)
const range = (first: number, end: number) => Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at)

export class GridView {
  element = $state<HTMLElement>()
  height = $state(0)
  width = $state(0)
  /** The active cell; column -1 is the row's number. */
  activeRow = $state(0)
  activeColumn = $state(-1)
  onHead = $state(false)
  #left = $state(0)
  #top = $state(0)
  #resized = $state.raw<ReadonlyMap<number, number>>(new Map())
  #guessed = $state.raw<number[] | null>(null)
  #bar = 0
  #settling: ReturnType<typeof setTimeout> | undefined

  constructor(readonly pages: ResultPages) {}

  // ---- what is in sight ----

  get columns() {
    return this.pages.result.columns
  }
  get rowCount() {
    return this.pages.result.rowCount
  }
  readonly numberWidth = $derived.by(() =>
    Math.max(LEAST_NUMBER, Math.ceil(count(this.rowCount).length * DIGIT_PIXELS + NUMBER_PADDING))
  )
  readonly widths = $derived.by(() => {
    const base = this.#guessed ?? guessWidths(this.columns, [])
    return filledWidths(
      base.map((width, at) => this.#resized.get(at) ?? width),
      this.width - this.numberWidth
    )
  })
  readonly totalWidth = $derived(this.numberWidth + sum(this.widths))
  readonly plan = $derived.by(() => scrollPlan(this.rowCount, ROW_PIXELS, Math.max(ROW_PIXELS, this.height - HEAD_PIXELS)))
  readonly #place = $derived(clampTop(this.plan, this.#top))
  readonly rows = $derived.by(() => rowsInSight(this.plan, this.rowCount, ROW_PIXELS, this.#place, AROUND))
  readonly shown = $derived(columnsInSight(this.widths, this.#left, Math.max(1, this.width - this.numberWidth)))
  readonly drawnRows = $derived(range(this.rows.first, this.rows.end))
  readonly drawnColumns = $derived(range(this.shown.first, this.shown.end))

  // ---- columns ----

  /** Guesses the widths from the first rows, once: they stay, so that nothing jumps while scrolling. */
  guess(): void {
    if (this.#guessed || this.rowCount === 0 || !this.pages.row(0)) return
    this.#guessed = guessWidths(this.columns, this.#firstRows())
  }

  resize(column: number, width: number): void {
    this.#resized = new Map([...this.#resized, [column, Math.max(LEAST_WIDTH, Math.round(width))]])
  }

  /** Gives a column the width that its values need. */
  fit(column: number): void {
    const values = this.#firstRows().map((row) => [row[column] ?? null])
    this.resize(column, guessWidths([this.columns[column]!], values)[0]!)
  }

  #firstRows(): (readonly CellValue[])[] {
    return range(0, Math.min(GUESS_ROWS, this.rowCount)).flatMap((at) => {
      const row = this.pages.row(at)
      return row ? [row] : []
    })
  }

  // ---- scrolling ----

  /** The element was scrolled. */
  scrolled(): void {
    if (!this.element) return
    this.#left = this.element.scrollLeft
    const now = this.element.scrollTop
    if (now === this.#bar) return
    this.#top = scrolledTo(this.plan, this.#place, this.#bar, now)
    this.#bar = now
    // Small steps leave a scaled bar where they moved it; once it rests it goes to where the rows are.
    this.rest()
    if (isScaled(this.plan)) this.#settling = setTimeout(() => this.#setBar(), SETTLE_MILLIS)
  }

  /** A wheel on a scaled bar moves rows, not the bar. */
  wheel(event: WheelEvent): void {
    if (!isScaled(this.plan) || event.ctrlKey || event.shiftKey || event.deltaY === 0) return
    const unit = event.deltaMode === 1 ? ROW_PIXELS : event.deltaMode === 2 ? this.plan.view : 1
    const next = clampTop(this.plan, this.#place + event.deltaY * unit)
    if (next === this.#place) return
    event.preventDefault()
    this.#goTo(next)
  }

  /** Nothing moves by itself any more. */
  rest(): void {
    clearTimeout(this.#settling)
  }

  #goTo(next: number): void {
    this.#top = clampTop(this.plan, next)
    this.#setBar()
  }

  #setBar(): void {
    if (!this.element) return
    this.element.scrollTop = physicalTop(this.plan, clampTop(this.plan, this.#top))
    this.#bar = this.element.scrollTop
  }

  // ---- the active cell ----

  /** Row of the active cell; -1 is the head. */
  get here(): number {
    return this.onHead ? -1 : this.activeRow
  }
  get activeIsDrawn(): boolean {
    const { rows, shown, activeRow: row, activeColumn: column } = this
    return (this.onHead || (row >= rows.first && row < rows.end)) && (column < 0 || (column >= shown.first && column < shown.end))
  }
  isActive(row: number, column: number): boolean {
    return this.here === row && this.activeColumn === column
  }

  /** Makes a cell the active one, -1 being the head and the row's number, and brings it into sight. */
  activate(row: number, column: number): void {
    this.onHead = row < 0
    this.activeRow = Math.max(0, Math.min(this.rowCount - 1, row))
    this.activeColumn = Math.max(-1, Math.min(this.columns.length - 1, column))
    if (!this.onHead) this.#goTo(topShowing(this.plan, ROW_PIXELS, this.#place, this.activeRow))
    if (this.element && this.activeColumn >= 0) this.#showColumn(this.element)
  }

  #showColumn(element: HTMLElement): void {
    const left = sum(this.widths.slice(0, this.activeColumn))
    const width = this.widths[this.activeColumn]!
    const room = this.width - this.numberWidth
    if (left < element.scrollLeft || width > room) element.scrollLeft = left
    else if (left + width > element.scrollLeft + room) element.scrollLeft = left + width - room
  }
}
