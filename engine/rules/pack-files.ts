/** A rule pack of many files: all rules in it, and what the rest was, each with its file. */
import type { Rule } from './rule.ts'
import { readRules } from './rule-pack.ts'

export interface PackFiles {
  rules: Rule[]
  /** What was replaced by a default, by rule. */
  notes: { file: string; rule: string; note: string }[]
  otherLanguages: { file: string; name: string; language: string }[]
  problems: { file: string; place: string; message: string }[]
}

/** Reads files in their order. */
export function readPack(files: readonly { name: string; text: string }[]): PackFiles {
  const pack: PackFiles = { rules: [], notes: [], otherLanguages: [], problems: [] }
  for (const { name: file, text } of files) {
    const { rules, problems } = readRules(file, text)
    pack.rules.push(...rules)
    for (const rule of rules) for (const note of rule.notes) pack.notes.push({ file, rule: rule.name, note })
    for (const { place, message, otherLanguage } of problems) {
      if (otherLanguage) pack.otherLanguages.push({ file, ...otherLanguage })
      else pack.problems.push({ file, place, message })
    }
  }
  return pack
}
