/** A query with the safe rewrites of its findings applied. */
import type { LintFinding } from './finding.ts'

/** Applies what does not overlap, the first in the text winning; the others need another look at the new text. */
export function applyRewrites(text: string, findings: readonly LintFinding[]): string {
  const edits = findings.flatMap(({ rewrite }) => (rewrite ? [rewrite] : [])).toSorted((a, b) => a.span.start - b.span.start)
  let result = ''
  let at = 0
  for (const { span, replacement } of edits) {
    if (span.start < at) continue
    result += text.slice(at, span.start) + replacement
    at = span.end
  }
  return result + text.slice(at)
}
