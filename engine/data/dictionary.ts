/**
 * Dictionary: distinct strings of one column, a code standing for each.
 *
 * Codes are dense from 0. A dictionary filled by the scan lives for an epoch (many batches of one scan) and may grow
 * between batches, never change; one made by an operator or a function belongs to its batch. Entries need not be unique
 * across kinds (the number 33 and the text "33" are two scan entries), so equality is by text, not by code.
 */
export interface Dictionary {
  /** Number of entries so far. */
  readonly size: number
  /** Text of an entry; decoded at first use and kept. */
  text(code: number): string
}

/** A dictionary of strings made in TypeScript. */
export class TextDictionary implements Dictionary {
  private readonly codes = new Map<string, number>()
  private readonly texts: string[] = []

  get size(): number {
    return this.texts.length
  }

  text(code: number): string {
    return this.texts[code]!
  }

  /** Code of `text`, added when new. */
  intern(text: string): number {
    let code = this.codes.get(text)
    if (code === undefined) {
      code = this.texts.length
      this.codes.set(text, code)
      this.texts.push(text)
    }
    return code
  }

  /** Code of `text`, or -1 when it was never interned. */
  find(text: string): number {
    return this.codes.get(text) ?? -1
  }
}
