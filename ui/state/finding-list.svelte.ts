/**
 * FindingList: the findings in the chosen order, filtered, with one of them selected.
 *
 * Holds: rarity is counted behind the run and arrives late. Once a finding is selected somebody is reading, so rows keep
 * their places; `stale` offers to order them again.
 */
import type { Finding, Rarity } from '../../engine/worker/api.ts'
import { cellText } from '../format/cell.ts'
import type { Analysis } from './analysis.svelte.ts'
import { type Mark, NO_MARK } from './case-marks.svelte.ts'

export type SortKey = 'rarity' | 'count' | 'time'
/** Only findings that the analyst marked so; null for all. */
export type OnlyMarked = { by: 'star' } | { by: 'note' } | { by: 'tag'; tag: string } | null

export class FindingList {
  sort = $state<SortKey>('rarity')
  filter = $state('')
  only = $state.raw<OnlyMarked>(null)
  selectedId = $state<string | null>(null)

  readonly #analysis: Analysis
  /** The rarity that rows are ordered by; behind the analysis' own while rows are held. */
  #ranked = $state.raw<ReadonlyMap<string, Rarity>>(new Map())
  stale = $derived.by(() => this.sort === 'rarity' && this.#ranked !== this.#analysis.rarity && this.#analysis.rarity.size > 0)

  shown = $derived.by(() => {
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean)
    const found = this.#analysis.findings.filter((finding) => this.#marked(finding) && matches(finding, words))
    return found.toSorted(this.#order())
  })
  selected = $derived.by(() => this.#analysis.findings.find((finding) => finding.id === this.selectedId) ?? null)
  selectedIndex = $derived.by(() => this.shown.findIndex((finding) => finding.id === this.selectedId))

  constructor(
    analysis: Analysis,
    private readonly markOf: (finding: Finding) => Mark = () => NO_MARK
  ) {
    this.#analysis = analysis
  }

  #marked(finding: Finding): boolean {
    const { only } = this
    if (only === null) return true
    const { star, tags, note } = this.markOf(finding)
    return only.by === 'star' ? star : only.by === 'note' ? note !== '' : tags.includes(only.tag)
  }

  /** Takes over newly counted rarity unless that would move rows under a reader. */
  rankUnlessRead(): void {
    if (this.selectedId === null || this.#analysis.rarity.size === 0) this.rank()
  }

  /** Orders by what is known now. */
  rank(): void {
    this.#ranked = this.#analysis.rarity
  }

  /** Moves the selection; without one it starts at the first. */
  move(step: number): void {
    const last = this.shown.length - 1
    if (last < 0) return
    const from = this.selectedIndex < 0 ? (step > 0 ? -1 : 0) : this.selectedIndex
    this.selectedId = this.shown[Math.min(last, Math.max(0, from + step))]!.id
  }

  #order(): (a: Finding, b: Finding) => number {
    const ranked = this.#ranked
    const bits = (finding: Finding) => ranked.get(finding.id)?.bits ?? -1
    const time = (finding: Finding) => finding.firstSeen ?? ''
    const byTime = (a: Finding, b: Finding) => time(a).localeCompare(time(b))
    const orders: Record<SortKey, (a: Finding, b: Finding) => number> = {
      rarity: (a, b) => bits(b) - bits(a) || a.eventCount - b.eventCount || byTime(a, b),
      count: (a, b) => a.eventCount - b.eventCount || byTime(a, b),
      time: byTime
    }
    return orders[this.sort]
  }
}

/** Every word must occur somewhere in the row, its hosts or its users. */
function matches(finding: Finding, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = [...finding.row.map(cellText), ...finding.hosts, ...finding.users].join('\n').toLowerCase()
  return words.every((word) => text.includes(word))
}
