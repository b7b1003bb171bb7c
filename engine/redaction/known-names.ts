/**
 * KnownNames: the names to be found again anywhere: inside commands, paths, URLs, in any case, composed or decomposed.
 *
 * A name of one or two characters counts only as a whole value. A longer one must not stand inside a word; of five characters
 * on, a digit or a capital may follow it (`anna2`, `annaLaptop`), because such words are made of names.
 */
export interface KnownPlace<Entry> {
  start: number
  end: number
  entry: Entry
}

interface Variant<Entry> {
  lower: string
  entry: Entry
}

const SHORTEST_INSIDE = 3
const LONG_NAME = 5
/** From here on no boundary is asked for: no word contains it by chance. */
const UNMISTAKABLE = 16

export class KnownNames<Entry> {
  private readonly byHead = new Map<string, Variant<Entry>[]>()
  private readonly whole = new Map<string, Entry>()

  /** Adds a name with its forms; the first entry of a name stays. */
  add(name: string, entry: Entry): void {
    for (const form of new Set([name, name.normalize('NFC'), name.normalize('NFD')])) {
      const lower = sameLengthLower(form)
      if (lower.length === 0 || this.whole.has(lower)) continue
      this.whole.set(lower, entry)
      if (lower.length < SHORTEST_INSIDE) continue
      const head = lower.slice(0, SHORTEST_INSIDE)
      const variants = this.byHead.get(head) ?? []
      variants.push({ lower, entry })
      variants.sort((a, b) => b.lower.length - a.lower.length)
      this.byHead.set(head, variants)
    }
  }

  get(name: string): Entry | undefined {
    return this.whole.get(sameLengthLower(name))
  }

  /** Every place of a known name; at each position the longest. */
  find(text: string): KnownPlace<Entry>[] {
    if (this.whole.size === 0) return []
    const lower = sameLengthLower(text)
    const whole = this.whole.get(lower)
    if (whole) return [{ start: 0, end: text.length, entry: whole }]
    const places: KnownPlace<Entry>[] = []
    for (let at = 0; at + SHORTEST_INSIDE <= lower.length; at++) {
      const variants = this.byHead.get(lower.slice(at, at + SHORTEST_INSIDE))
      const found = variants?.find(
        (variant) => lower.startsWith(variant.lower, at) && standsAlone(text, at, variant.lower.length)
      )
      if (found) places.push({ start: at, end: at + found.lower.length, entry: found.entry })
    }
    return places
  }

  /** Places in bytes that are no text: only names long enough not to be there by chance. */
  findInBytes(letters: string): boolean {
    const lower = sameLengthLower(letters)
    for (let at = 0; at + LONG_NAME <= lower.length; at++) {
      const variants = this.byHead.get(lower.slice(at, at + SHORTEST_INSIDE))
      if (variants?.some((variant) => variant.lower.length >= LONG_NAME && lower.startsWith(variant.lower, at))) return true
    }
    return false
  }
}

/** Lower case that keeps every index: characters whose lower form has another length stay. */
function sameLengthLower(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return Array.from(text, (character) => {
    const one = character.toLowerCase()
    return one.length === character.length ? one : character
  }).join('')
}

function standsAlone(text: string, start: number, length: number): boolean {
  if (length >= UNMISTAKABLE) return true
  const loose = length >= LONG_NAME
  return (
    isEdge(text, start - 1, start, loose, beginsBehindEscape(text, start)) &&
    isEdge(text, start + length - 1, start + length, loose, false)
  )
}

const LETTER = /\p{L}|\p{M}/u
const DIGIT = /\p{N}/u

/** Whether a name may begin or end between two neighbours. */
function isEdge(text: string, before: number, after: number, loose: boolean, escaped: boolean): boolean {
  const [left, right] = [text[before], text[after]]
  if (left === undefined || right === undefined || escaped) return true
  const [l, r] = [kindOf(left), kindOf(right)]
  if (l === 'other' || r === 'other') return true
  if (!loose) return false
  return l !== r || (isLower(left) && !isLower(right))
}

function kindOf(character: string): 'letter' | 'digit' | 'other' {
  return LETTER.test(character) ? 'letter' : DIGIT.test(character) ? 'digit' : 'other'
}

function isLower(character: string): boolean {
  return character === character.toLowerCase() && character !== character.toUpperCase()
}

/** What stands right behind `%2F`, `\n`, `\x2f` or `\u002f` begins a word. */
function beginsBehindEscape(text: string, start: number): boolean {
  return /(?:%[0-9a-fA-F]{2}|\\[nrtfv0]|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|&#?\w{1,8};)$/.test(
    text.slice(Math.max(0, start - 10), start)
  )
}
