/**
 * Redacts a report: every text in it that may come from the data is handed out, and put back redacted in the same order.
 *
 * Holds: names of columns and fields, times, versions and digests stay; ids of findings are numbers then, because a digest of
 * the keys could be guessed back.
 */
import type { ReportModel } from './model.ts'

/** Paths (indexes left out) of what is ours or a structure's: never redacted. */
const VERBATIM =
  /^(?:createdAt|redacted|tool|timeRange|rule\.(?:id|severity|from|interval|techniques)|run\.(?:mode|fromTime|toTime|runs)|inputs\.sha256|columns|findings\.(?:id|firstSeen|lastSeen|runs|keys\.name|thresholds\.(?:column|operator)|events\.(?:time|fields\.name)|steps\.answer\.columns)|nearMisses\.events\.(?:time|values\.name))(?:\.|$)/

type Visit = (text: string) => string

/** All texts of a report that redaction looks at. */
export function reportTexts(model: ReportModel): string[] {
  const texts: string[] = []
  walk(model, '', (text) => {
    texts.push(text)
    return text
  })
  return texts
}

/** The report with `texts` in the places of those of `reportTexts`. */
export function withTexts(model: ReportModel, texts: readonly string[], redacted: ReportModel['redacted']): ReportModel {
  let at = 0
  const changed = walk(model, '', () => texts[at++]!) as ReportModel
  return {
    ...changed,
    redacted,
    findings: changed.findings.map((finding, index) => ({
      ...finding,
      id: `finding-${index + 1}`,
      rarity: finding.rarity && { ...finding.rarity, findingId: `finding-${index + 1}` }
    }))
  }
}

function walk(value: unknown, path: string, visit: Visit): unknown {
  if (VERBATIM.test(path)) return value
  if (typeof value === 'string') return visit(value)
  if (Array.isArray(value)) return value.map((item) => walk(item, path, visit))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, walk(item, path === '' ? key : `${path}.${key}`, visit)])
  )
}
