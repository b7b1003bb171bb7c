/** Wildcards in KEEP and DROP, and KEEP's order of columns. */
import type { Schema } from '../data/schema.ts'
import type { NamePattern } from '../language/ast.ts'

const compiled = new WeakMap<NamePattern, RegExp>()

/** Whether a pattern covers a column name; `*` outside backticks stands for any run of characters. */
export function matchesPattern(pattern: NamePattern, name: string): boolean {
  if (!pattern.wildcard) return pattern.text === name
  let regex = compiled.get(pattern)
  if (!regex) {
    const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const parts = pattern.parts.map((part) => (part.quoted ? escape(part.text) : part.text.split('*').map(escape).join('.*')))
    regex = new RegExp(`^${parts.join('\\.')}$`, 's')
    compiled.set(pattern, regex)
  }
  return regex.test(name)
}

/**
 * Columns in the order KEEP gives them. A column matched several times goes with the most precise match (a name before
 * `prefix*` before `*`), among equals with the rightmost.
 */
export function keptColumns(patterns: readonly NamePattern[], available: Schema): Schema {
  const precision = (pattern: NamePattern) => (pattern.wildcard ? (pattern.text === '*' ? 0 : 1) : 2)
  const owner = new Map<string, NamePattern>()
  for (const pattern of patterns) {
    for (const { name } of available) {
      if (!matchesPattern(pattern, name)) continue
      const previous = owner.get(name)
      if (!previous || precision(pattern) >= precision(previous)) owner.set(name, pattern)
    }
  }
  const kept = new Map<string, Schema[number]>()
  for (const pattern of patterns) {
    for (const field of available) if (owner.get(field.name) === pattern && !kept.has(field.name)) kept.set(field.name, field)
  }
  return [...kept.values()]
}
