/**
 * DISSECT patterns: literal text between keys, `%{clientip} - %{user}`.
 *
 * In: a pattern and the separator of appended values. Out: an extractor whose fields are the names in order of first
 * appearance. All or nothing: a text either fills every key or does not match. A key takes what stands before the first
 * occurrence of the delimiter behind it, the last one without delimiter takes the rest; delimiters that follow each other
 * directly leave empty values. Time is bounded by text times longest delimiter.
 */
import type { Field } from '../data/schema.ts'
import { DissectPatternError, DissectReferenceError } from './dissect-errors.ts'
import { type DissectKey, parseDissectKey } from './dissect-key.ts'
import type { TextExtractor } from './text-extractor.ts'

export { DissectPatternError, DissectReferenceError } from './dissect-errors.ts'

interface Part {
  key: DissectKey
  /** Text behind the key; empty behind a last key that takes the rest. */
  delimiter: string
}

interface DissectPattern {
  /** Text the input must begin with. */
  lead: string
  parts: Part[]
}

/** Compiles a pattern. Throws DissectPatternError or DissectReferenceError. */
export function compileDissect(text: string, appendSeparator: string): TextExtractor {
  const { lead, parts } = parseDissect(text)
  const names = [...new Set(parts.filter(({ key }) => key.kind !== 'skip').map(({ key }) => key.name))]
  return {
    fields: names.map((name): Field => ({ name, type: 'keyword' })),
    match: (input) => {
      const values = matchParts(lead, parts, input)
      return values && resultsOf(names, parts, values, appendSeparator)
    }
  }
}

function parseDissect(text: string): DissectPattern {
  // What stands before the first key only counts when it is one line, as in Elasticsearch.
  const lead = /^(.*?)%\{/.exec(text)?.[1] ?? ''
  const parts: Part[] = []
  // The text up to the next `%{` is a key's delimiter, but at least one character: of two keys side by side the second
  // is the first one's delimiter.
  for (const [, key, delimiter] of text.slice(lead.length).matchAll(/%\{([^}]*)\}(.+?(?=%\{)|.*$)/gs)) {
    parts.push({ key: parseDissectKey(key!), delimiter: delimiter! })
  }
  if (parts.every(({ key }) => key.kind === 'skip')) throw new DissectPatternError()
  refuseReferences(parts)
  const appended = new Set(parts.filter(({ key }) => key.kind === 'append').map(({ key }) => key.name))
  for (const { key } of parts) if (key.kind === 'plain' && appended.has(key.name)) key.kind = 'append'
  return { lead, parts }
}

/** References are an error either way; unpaired ones make the pattern itself invalid. */
function refuseReferences(parts: readonly Part[]): void {
  const uses = new Map<string, number>()
  for (const { key } of parts) if (key.kind === 'reference') uses.set(key.name, (uses.get(key.name) ?? 0) + 1)
  for (const count of uses.values()) if (count !== 2) throw new DissectPatternError()
  for (const name of uses.keys()) throw new DissectReferenceError(name)
}

/** The text of each key, or null. */
function matchParts(lead: string, parts: readonly Part[], input: string): string[] | null {
  // An input that is no longer than the lead never matches, not even with empty values.
  if (input.length <= lead.length || !input.startsWith(lead)) return null
  const values: string[] = []
  let at = lead.length
  while (values.length < parts.length) {
    const { delimiter } = parts[values.length]!
    if (delimiter === '') {
      values.push(input.slice(at))
      break
    }
    const found = input.indexOf(delimiter, at)
    if (found < 0) return null
    values.push(input.slice(at, found))
    at = found + delimiter.length
    while (input.startsWith(delimiter, at)) {
      at += delimiter.length
      if (parts[values.length - 1]!.key.skipsPadding) continue
      // Each further delimiter of this kind is an empty value for the next key, whatever delimiter that one has.
      if (values.length === parts.length) break
      values.push('')
    }
  }
  return values.length === parts.length ? values : null
}

/** Values by field: the last of a repeated key, appended ones joined. */
function resultsOf(names: readonly string[], parts: readonly Part[], values: readonly string[], separator: string): string[] {
  const plain = new Map<string, string>()
  const appended = new Map<string, { value: string; order: number }[]>()
  parts.forEach(({ key }, i) => {
    const value = values[i]!
    if (key.kind === 'plain') plain.set(key.name, value)
    if (key.kind !== 'append') return
    if (!appended.has(key.name)) appended.set(key.name, [])
    appended.get(key.name)!.push({ value, order: key.order ?? -1 })
  })
  return names.map((name) => {
    const list = appended.get(name)
    if (!list) return plain.get(name)!
    return list
      .sort((a, b) => a.order - b.order)
      .map(({ value }) => value)
      .join(separator)
  })
}
