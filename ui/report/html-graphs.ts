/** The two pictures of a report as inline SVG without styles of their own: how rare, and when. */
import type { Rarity } from '../../engine/worker/api.ts'
import { count } from '../format/number.ts'
import { timeBars } from '../format/time-bars.ts'
import { text } from '../text/text.ts'
import { html, type Markup } from './markup.ts'

const SCALE_BITS = 20
const TICK = 4
const BAR_HEIGHT = 12

/** A bar of bits on one fixed scale, 0 to 20; one tick is one bit. */
export function rarityBar(rarity: Rarity): Markup {
  const bits = Math.min(SCALE_BITS, Math.max(0, rarity.bits))
  const label = text('rarity.label', { bits: rarity.bits.toFixed(1), n: count(rarity.n), total: count(rarity.total) })
  const ticks = Array.from({ length: SCALE_BITS }, (_, tick) => {
    const full = Math.min(1, Math.max(0, bits - tick)) * (TICK - 1)
    return html`<rect class="rest" x="${tick * TICK}" y="0" width="${TICK - 1}" height="${BAR_HEIGHT}" />${
        full > 0 ? html`<rect class="full" x="${tick * TICK}" y="0" width="${fixed(full)}" height="${BAR_HEIGHT}" />` : null
      }`
  })
  return html`<svg
    class="bits"
    viewBox="0 0 ${SCALE_BITS * TICK} ${BAR_HEIGHT}"
    width="${SCALE_BITS * TICK}"
    height="${BAR_HEIGHT}"
    role="img"
    aria-label="${label}"
  >
    ${ticks}
  </svg>`
}

const BARS = 120
const PLOT_HEIGHT = 40

/** Bars of events over the time of the loaded data. */
export function timePlot(times: readonly string[], range: { start: string; end: string }): Markup {
  const [start, end] = [Date.parse(range.start), Date.parse(range.end)]
  const bars = timeBars(times.map(Date.parse), start, end, BARS)
  const rects = bars.counts.flatMap((n, bar) => {
    if (n === 0) return []
    const height = Math.max(6, (n / bars.peak) * (PLOT_HEIGHT - 2))
    return [
      html`<rect x="${bar * TICK}" y="${fixed(PLOT_HEIGHT - height)}" width="${TICK - 1}" height="${fixed(height)}"
        ><title>${count(n)}</title></rect
      >`
    ]
  })
  return html`<svg class="times" viewBox="0 0 ${BARS * TICK} ${PLOT_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
    <line x1="0" y1="${PLOT_HEIGHT - 0.5}" x2="${BARS * TICK}" y2="${PLOT_HEIGHT - 0.5}" />
    ${rects}
  </svg>`
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100)
}
