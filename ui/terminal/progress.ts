/** The progress line on standard error: bytes, events, rate; ten times a second at most; wiped when the work is done. */
import type { RunProgress } from '../../engine/session/types.ts'
import type { TerminalHost } from './terminal-host.ts'

const INTERVAL_MILLIS = 100

export interface ProgressLine {
  show(progress: RunProgress): void
  /** Wipes the line; safe to call twice. */
  clear(): void
}

/** A line on the host's terminal; does nothing where there is none. */
export function openProgressLine(host: Pick<TerminalHost, 'progress' | 'nowMillis'>): ProgressLine {
  const target = host.progress
  if (target === null) return { show: () => undefined, clear: () => undefined }
  let shownAt = -INTERVAL_MILLIS
  let visible = false
  return {
    show: (progress) => {
      const now = host.nowMillis()
      if (now - shownAt < INTERVAL_MILLIS) return
      shownAt = now
      visible = true
      target.write(`\r\u001b[2K${progressText(progress).slice(0, Math.max(0, target.columns - 1))}`)
    },
    clear: () => {
      if (visible) target.write('\r\u001b[2K')
      visible = false
    }
  }
}

/** `reading  45 %  120.3 of 267.0 MB  1,234,567 events  2.1 M events/s  12 rows` */
export function progressText(progress: RunProgress): string {
  const { bytesRead, bytesTotal, events, rows, elapsedMillis } = progress
  const share = bytesTotal ? `  ${Math.min(100, Math.floor((100 * bytesRead) / bytesTotal))} %` : ''
  const size = bytesTotal ? `${megabytes(bytesRead)} of ${megabytes(bytesTotal)}` : megabytes(bytesRead)
  const rate = elapsedMillis > 0 ? `  ${compact((events * 1000) / elapsedMillis)} events/s` : ''
  return `${progress.stage}${share}  ${size} MB  ${grouped(events)} events${rate}  ${grouped(rows)} rows`
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}

function compact(value: number): string {
  return value >= 1e6 ? `${(value / 1e6).toFixed(1)} M` : value >= 1e3 ? `${(value / 1e3).toFixed(0)} k` : value.toFixed(0)
}

/** 1234567 as `1,234,567`. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US')
}
