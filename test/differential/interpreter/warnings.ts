/** Warnings of one query: for each expression that failed, the texts of its failures. */
export interface Site {
  head: string
  texts: Set<string>
}

export class Warnings {
  readonly sites = new Map<string, Site>()

  constructor(private readonly query: string) {}

  add(span: { start: number; end: number }, text: string, outcome: 'null' | 'false' = 'null'): void {
    const expression = this.query.slice(span.start, span.end)
    const place = `Line 1:${span.start + 1}: `
    const head = `${place}evaluation of [${expression}] failed, treating result as ${outcome}. Only first 20 failures recorded.`
    let site = this.sites.get(head)
    if (!site) this.sites.set(head, (site = { head, texts: new Set() }))
    site.texts.add(place + text)
  }
}
