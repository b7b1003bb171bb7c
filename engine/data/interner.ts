/**
 * TextInterner: one code space over the dictionaries of many batches.
 *
 * Codes of a Dictionary mean something only with that dictionary, and equality is by text. Whoever compares across batches
 * (grouping, distinct sets, minimum of a keyword) translates: once per dictionary entry, not once per row.
 * In: dictionary codes. Out: dense codes from 0 in order of first appearance.
 * Holds: a translation is kept as long as its dictionary lives (weakly), so a dictionary that grows between batches
 * is never translated twice, and one made for a single batch costs nothing after it.
 */
import { TextDictionary, type Dictionary } from './dictionary.ts'

const EMPTY = new Int32Array(0)

export class TextInterner extends TextDictionary {
  private readonly translations = new WeakMap<Dictionary, Int32Array>()

  /**
   * The table of a dictionary for hot loops: `table[code]` is our code, or -1 when `codeOf` must be asked (it fills the
   * table in place). Borrowed: take it anew for each batch, since the dictionary may have grown.
   */
  translate(dictionary: Dictionary): Int32Array {
    const known = this.translations.get(dictionary) ?? EMPTY
    if (known.length >= dictionary.size && known !== EMPTY) return known
    const larger = new Int32Array(Math.max(dictionary.size, known.length * 2, 16)).fill(-1)
    larger.set(known)
    this.translations.set(dictionary, larger)
    return larger
  }

  /** Our code for an entry of `dictionary`, remembered. */
  codeOf(dictionary: Dictionary, code: number): number {
    const table = this.translate(dictionary)
    let own = table[code]!
    if (own < 0) {
      own = this.intern(dictionary.text(code))
      table[code] = own
    }
    return own
  }
}
