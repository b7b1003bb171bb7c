/** Counts which strings were seen whole in which place of the product, and names those that were not. */
export class PlaceLedger {
  readonly #seen = new Map<string, number>()
  readonly lost: string[] = []

  /**
   * Looks for every string among what a place shows. `as`: how the place writes it (`sh -c x`, cut after so many characters);
   * several forms are tried in turn.
   */
  look(
    place: string,
    wanted: readonly string[],
    shown: Iterable<string>,
    as: (text: string) => string | readonly string[] = (text) => text
  ): void {
    const there = new Set(shown)
    const lost = wanted.filter((text) => ![as(text)].flat().some((form) => there.has(form)))
    this.#seen.set(place, (this.#seen.get(place) ?? 0) + wanted.length - lost.length)
    this.lost.push(...lost.slice(0, 5).map((text) => `${place}: ${JSON.stringify(text.slice(0, 80))}`))
    if (lost.length > 5) this.lost.push(`${place}: ${lost.length} in all`)
  }

  get places(): number {
    return this.#seen.size
  }
  get looks(): number {
    return [...this.#seen.values()].reduce((sum, n) => sum + n, 0)
  }
  /** One line a place. */
  lines(): string {
    return [...this.#seen].map(([place, n]) => `  ${String(n).padStart(5)}  ${place}`).join('\n')
  }
}

/** What a row shows of a longer text: its beginning, and that it goes on. */
export const cutAfter =
  (most: number, form: (text: string) => string = (text) => text) =>
  (text: string): string =>
    form(text).length > most ? `${form(text).slice(0, most)}…` : form(text)
