/**
 * Replacement text as java.util.regex.Matcher reads it: `$1`, `${name}`, a backslash before a character taken as it is.
 *
 * Java reads it at every match, so what is wrong with it shows only when something matches; the same holds here.
 */
import type { JavaRegex } from './java-regex.ts'

type Part = { text: string } | { group: number } | { error: string }

const ILLEGAL = 'java.lang.IllegalArgumentException: '
/** Elasticsearch makes no longer strings. */
const MAX_LENGTH = 1024 * 1024

export type Replaced = { text: string } | { stopped: true } | { error: string }

export class JavaReplacement {
  private readonly parts: readonly Part[]

  constructor(
    private readonly regex: JavaRegex,
    replacement: string
  ) {
    this.parts = parse(regex, replacement)
  }

  /** Replaces every match in a text; or says why not, in Java's words. */
  replaceAll(text: string): Replaced {
    const { regex } = this
    let out = ''
    let copied = 0
    regex.reset(text)
    for (;;) {
      const result = regex.find()
      if (result === 'stopped') return { stopped: true }
      if (result === 'none') return { text: copied === 0 && out === '' ? text : out + text.slice(copied) }
      out += text.slice(copied, regex.start(0))
      copied = regex.end(0)
      for (const part of this.parts) {
        if ('error' in part) return part
        if ('text' in part) out += part.text
        else if (regex.start(part.group) >= 0) out += text.slice(regex.start(part.group), regex.end(part.group))
      }
      if (out.length > MAX_LENGTH)
        return { error: `${ILLEGAL}Creating strings with more than [${MAX_LENGTH}] bytes is not supported` }
    }
  }
}

/** Parts up to the first that is wrong, which then is the last. */
function parse(regex: JavaRegex, replacement: string): Part[] {
  const parts: Part[] = []
  let at = 0
  let text = ''
  const flush = () => {
    if (text !== '') parts.push({ text })
    text = ''
  }
  const fail = (error: string): Part[] => [...parts, { error }]
  while (at < replacement.length) {
    const char = replacement[at]!
    if (char === '\\') {
      if (at + 1 === replacement.length) return fail(`${ILLEGAL}character to be escaped is missing`)
      text += replacement[at + 1]!
      at += 2
    } else if (char === '$') {
      flush()
      const reference = readReference(regex, replacement, at + 1)
      if ('error' in reference) return fail(reference.error)
      parts.push({ group: reference.group })
      at = reference.end
    } else {
      text += char
      at++
    }
  }
  flush()
  return parts
}

type Reference = { group: number; end: number } | { error: string }

function readReference(regex: JavaRegex, replacement: string, at: number): Reference {
  if (at === replacement.length) return { error: `${ILLEGAL}Illegal group reference: group index is missing` }
  if (replacement[at] === '{') return readNamed(regex, replacement, at + 1)
  let end = at
  let group = 0
  // The first digit always counts; each further one as long as there is such a group.
  while (/[0-9]/.test(replacement[end] ?? '')) {
    const longer = group * 10 + Number(replacement[end])
    if (end > at && longer > regex.groups) break
    group = longer
    end++
  }
  if (end === at) return { error: `${ILLEGAL}Illegal group reference` }
  return group > regex.groups ? { error: `java.lang.IndexOutOfBoundsException: No group ${group}` } : { group, end }
}

function readNamed(regex: JavaRegex, replacement: string, at: number): Reference {
  const name = /[A-Za-z0-9]*/y
  name.lastIndex = at
  const text = name.exec(replacement)![0]
  const end = at + text.length
  if (text === '' || replacement[end] !== '}') return { error: `${ILLEGAL}named capturing group is missing trailing '}'` }
  if (/^[0-9]/.test(text)) return { error: `${ILLEGAL}capturing group name {${text}} starts with digit character` }
  const groups = regex.names.get(text)
  return groups ? { group: groups[0]!, end: end + 1 } : { error: `${ILLEGAL}No group with name {${text}}` }
}
