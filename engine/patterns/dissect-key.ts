/**
 * The key between `%{` and `}` of a DISSECT pattern: its name and modifiers.
 *
 * `name`, `?name` and the empty key (skipped), `+name` and `+name/n` (appended, in order of n), `*name` and `&name`
 * (references, which ES|QL refuses), and `->` at the end: further delimiters of the same kind are skipped.
 */
import { DissectPatternError } from './dissect-errors.ts'

export interface DissectKey {
  name: string
  kind: 'plain' | 'skip' | 'append' | 'reference'
  /** Place of an ordered append; null: as it comes, before all ordered ones. */
  order: number | null
  skipsPadding: boolean
}

const KINDS: Readonly<Record<string, DissectKey['kind']>> = { '?': 'skip', '+': 'append', '*': 'reference', '&': 'reference' }
/** Elasticsearch keeps the place in 16 bits. */
const LARGEST_ORDER = 32_767

/** Reads a key. Throws DissectPatternError for a missing name or modifiers that exclude each other. */
export function parseDissectKey(text: string): DissectKey {
  const modifiers = text.match(/[/+*&?]/g) ?? []
  const modifier = modifiers.join('')
  const name = modifiers.at(0)
  if (name === undefined) {
    const [, plain, padding] = /^(.*?)(->)?$/s.exec(text)!
    return key(plain!, plain === '' ? 'skip' : 'plain', null, padding)
  }
  if (modifier === '+/') {
    const ordered = /[+](.*?)\/([0-9]+)(->)?$/s.exec(text)
    if (!ordered || Number(ordered[2]) > LARGEST_ORDER) throw new DissectPatternError()
    return key(ordered[1]!, 'append', Number(ordered[2]), ordered[3])
  }
  const kind = KINDS[modifier]
  if (kind === undefined) throw new DissectPatternError()
  const [, marked, padding] = /[+*&?](.*?)(->)?$/s.exec(text)!
  return key(marked!, kind, null, padding)
}

function key(name: string, kind: DissectKey['kind'], order: number | null, padding: string | undefined): DissectKey {
  if (name === '' && kind !== 'skip') throw new DissectPatternError()
  return { name, kind, order, skipsPadding: padding !== undefined }
}
