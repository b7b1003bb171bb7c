/** What of two answers must agree: columns, rows in their order, warnings. Gives a sentence for the first difference. */
import type { Answer } from './interpreter/interpreter.ts'
import { type Cell, dateText, nanosText, OutOfScope, type Type, type Value } from './interpreter/values.ts'
import type { EngineAnswer } from './run-engine.ts'

/** Share by which doubles may differ: sums of squares are added up in different orders. */
const CLOSE = 1e-9

/** The first difference, or null. */
export function difference(engine: EngineAnswer, own: Answer): string | null {
  try {
    return firstDifference(engine, own)
  } catch (failure) {
    if (failure instanceof OutOfScope) return null
    throw failure
  }
}

function firstDifference(engine: EngineAnswer, own: Answer): string | null {
  const columns = (list: readonly { name: string; type: string }[]) => list.map(({ name, type }) => `${name}:${type}`).join(' ')
  if (columns(engine.columns) !== columns(own.columns)) {
    return `columns: engine ${columns(engine.columns)}, interpreter ${columns(own.columns)}`
  }
  if (engine.values.length !== own.rows.length) return `rows: engine ${engine.values.length}, interpreter ${own.rows.length}`
  for (const [i, row] of own.rows.entries()) {
    for (const [j, { name, type }] of own.columns.entries()) {
      const cell = asList(engine.values[i]![j]!)
      if (!sameCell(cell, row[j]!, type)) return `row ${i}, ${name}: engine ${show(cell)}, interpreter ${show(row[j]!)}`
    }
  }
  return warningDifference(engine.warnings, own)
}

const asList = (cell: unknown): readonly unknown[] => (cell === null ? [] : Array.isArray(cell) ? cell : [cell])
const show = (cell: readonly unknown[]) =>
  `[${cell.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value))).join()}]`

function sameCell(engine: readonly unknown[], own: Cell, type: Type): boolean {
  return engine.length === own.length && own.every((value, i) => sameValue(engine[i], value, type))
}

function sameValue(engine: unknown, own: Value, type: Type): boolean {
  if (type === 'date') return engine === dateText(own as bigint)
  if (type === 'date_nanos') return engine === nanosText(own as bigint)
  if (type !== 'double' || engine === own) return engine === own
  const [a, b] = [engine as number, own as number]
  return (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= CLOSE * Math.max(Math.abs(a), Math.abs(b))
}

/** `*` in the interpreter's text stands for words it does not know. */
const ANY_WORDS = /: \*$/

function warningDifference(engine: readonly string[], { may, must }: Answer): string | null {
  const reported = sites(engine)
  for (const [head, texts] of reported) {
    const site = may.sites.get(head)
    if (!site) return `warning of the engine alone: ${head}`
    if ([...site.texts].some(isOpen)) continue
    for (const text of texts) if (!site.texts.has(text)) return `warning of the engine alone: ${text}`
  }
  for (const { head, texts } of must.sites.values()) {
    const site = reported.get(head)
    if (!site) return `warning of the interpreter alone: ${head}`
    for (const text of texts) if (!isOpen(text) && !site.has(text)) return `warning of the interpreter alone: ${text}`
  }
  return null
}

const isOpen = (text: string) => ANY_WORDS.test(text)

function sites(warnings: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  let texts = new Set<string>()
  for (const warning of warnings) {
    if (warning.includes('Only first 20 failures recorded.')) found.set(warning, (texts = new Set()))
    else texts.add(warning)
  }
  return found
}
