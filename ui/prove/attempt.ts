/**
 * One attempt and its verdict. An attempt ends when the browser has let it succeed or fail; the verdict asks first whether the
 * browser reported that the policy stopped it, because a blocked request and an unreachable host fail alike.
 */
import type { Verdict } from './channels.ts'

/** Tries one channel; resolves when it reached something, rejects when it did not, throws when the call itself is refused. */
export type Attempt = (url: string) => Promise<unknown>

/** Thrown by an attempt that has nothing to try with. */
export class Absent extends Error {}

/** A report comes with the failure or in a task soon after it. */
const REPORT_MILLIS = 250
const LONGEST_MILLIS = 2_500

/** Tries one channel in this place; `target` is where the place's violation reports arrive. */
export async function tryChannel(attempt: Attempt, url: string, target: EventTarget): Promise<Verdict> {
  const ended = new AbortController()
  const report = new Promise<Verdict>((resolve) => {
    const heard = (event: Event) => {
      const verdict = reportedOf(event as SecurityPolicyViolationEvent, url)
      if (verdict) resolve(verdict)
    }
    target.addEventListener('securitypolicyviolation', heard, { signal: ended.signal })
  })
  try {
    const first = await Promise.race([report, outcomeOf(attempt, url), later(LONGEST_MILLIS, { kind: 'silent' })])
    if (first.kind === 'policy' || first.kind === 'absent') return first
    return await Promise.race([report, later(REPORT_MILLIS, first)])
  } finally {
    ended.abort()
  }
}

async function outcomeOf(attempt: Attempt, url: string): Promise<Verdict> {
  let attempted: Promise<unknown>
  try {
    attempted = attempt(url)
  } catch (error) {
    if (error instanceof Absent) return { kind: 'absent' }
    return isAboutTypes(error) ? { kind: 'types' } : { kind: 'refused', words: wordsOf(error) }
  }
  return attempted.then(
    () => ({ kind: 'reached' }) as const,
    (error: unknown) => ({ kind: 'failed', words: wordsOf(error) }) as const
  )
}

/** What a report says of this attempt; null when it speaks of another one. Frames are reported by their origin alone. */
function reportedOf({ blockedURI, effectiveDirective: rule }: SecurityPolicyViolationEvent, url: string): Verdict | null {
  if (/trusted-types/.test(rule)) return { kind: 'types' }
  const { pathname } = new URL(url)
  const isFrame = /\/(iframe|form)$/.test(pathname) && /^(frame-src|form-action)$/.test(rule)
  return blockedURI.endsWith(pathname) || isFrame ? { kind: 'policy', rule } : null
}

/** Whether Trusted Types refused an address, which they do before anything is sent. */
export function isAboutTypes(error: unknown): boolean {
  return error instanceof TypeError && /trusted/i.test(error.message)
}

function later(millis: number, verdict: Verdict): Promise<Verdict> {
  return new Promise((resolve) => setTimeout(() => resolve(verdict), millis))
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
