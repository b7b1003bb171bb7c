/**
 * The standard analyzer: words after Unicode's rules (UAX #29), in lower case, of 255 characters at most.
 *
 * Letters, digits and `_` run together; `.` `'` `:` join letters, `.` `,` `;` join digits, anything else parts words. Ideographs
 * and hiragana stand alone, Thai and its like are one run (they need a dictionary), an emoji is a word.
 * Own tables rather than Intl.Segmenter: its answers differ between ICU versions (`a:b`), and it knows dictionaries.
 */

/** How a character takes part in words. */
type CharacterClass =
  | 'letter'
  | 'digit'
  | 'katakana'
  | 'underscore'
  | 'ideograph'
  | 'complex'
  | 'emoji'
  | 'extend'
  | 'joins-letters'
  | 'joins-digits'
  | 'joins-both'
  | 'other'

const LONGEST_TOKEN = 255

const CLASSES: readonly (readonly [CharacterClass, RegExp])[] = [
  ['joins-both', /^[.'‘’․﹒＇．]$/u],
  ['joins-letters', /^[:··՟״‧︓﹕：]$/u],
  ['joins-digits', /^[,;;։،؍٬߸⁄︐︔﹐﹔，；]$/u],
  ['extend', /^[\p{M}\p{Cf}ﾞﾟ]$/u],
  ['ideograph', /^[\p{Ideographic}\p{Script=Hiragana}]$/u],
  ['katakana', /^[\p{Script=Katakana}ー゛゜〱-〵゠ｰ]$/u],
  ['complex', /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}]$/u],
  ['digit', /^\p{Nd}$/u],
  ['letter', /^[\p{Alphabetic}\u05f3]$/u],
  ['underscore', /^[\p{Pc}\u202f]$/u],
  ['emoji', /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator})$/u]
]

/** Classes of ASCII characters, which are nearly all there are. */
const ASCII = Array.from({ length: 128 }, (_, code) => classify(String.fromCharCode(code)))

function classify(character: string): CharacterClass {
  return CLASSES.find(([, members]) => members.test(character))?.[0] ?? 'other'
}

const RUNS_ON: Partial<Record<CharacterClass, readonly CharacterClass[]>> = {
  letter: ['letter', 'digit', 'underscore'],
  digit: ['letter', 'digit', 'underscore'],
  katakana: ['katakana', 'underscore'],
  underscore: ['letter', 'digit', 'katakana', 'underscore'],
  complex: ['complex']
}

const JOINS: Partial<Record<CharacterClass, readonly CharacterClass[]>> = {
  'joins-both': ['letter', 'digit'],
  'joins-letters': ['letter'],
  'joins-digits': ['digit']
}

/** The words of a text, in order. */
export function standardTokens(text: string): string[] {
  const tokens: string[] = []
  let at = 0
  while (at < text.length) {
    const first = classAt(text, at)
    if (first === 'other' || first === 'extend' || first in JOINS) {
      at += widthAt(text, at)
      continue
    }
    const end = wordEnd(text, at, first)
    if (first !== 'underscore' || holdsWord(text, at, end)) pushToken(tokens, text.slice(at, end))
    at = end
  }
  return tokens
}

/** End of the word that begins at `start`. */
function wordEnd(text: string, start: number, first: CharacterClass): number {
  let last = first
  let end = start + widthAt(text, start)
  while (end < text.length) {
    const next = classAt(text, end)
    if (next === 'extend') {
      const joiner = text[end] === '\u200d'
      end += widthAt(text, end)
      if (joiner && last === 'emoji' && classAt(text, end) === 'emoji') end += widthAt(text, end)
      continue
    }
    if (RUNS_ON[last]?.includes(next)) {
      last = next
      end += widthAt(text, end)
      continue
    }
    const behind = JOINS[next]?.includes(last) ? skipExtends(text, end + 1) : -1
    if (behind < 0 || classAt(text, behind) !== last) return end
    end = behind
  }
  return end
}

function skipExtends(text: string, from: number): number {
  let at = from
  while (at < text.length && classAt(text, at) === 'extend') at += widthAt(text, at)
  return at < text.length ? at : -1
}

/** A run of underscores alone is no word. */
function holdsWord(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += widthAt(text, at)) {
    const one = classAt(text, at)
    if (one !== 'underscore' && one !== 'extend') return true
  }
  return false
}

function pushToken(tokens: string[], word: string): void {
  for (let at = 0; at < word.length; at += LONGEST_TOKEN) tokens.push(word.slice(at, at + LONGEST_TOKEN).toLowerCase())
}

function classAt(text: string, at: number): CharacterClass {
  const unit = text.charCodeAt(at)
  if (unit < 128) return ASCII[unit]!
  return at < text.length ? classify(String.fromCodePoint(text.codePointAt(at)!)) : 'other'
}

function widthAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1
}
