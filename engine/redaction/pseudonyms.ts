/**
 * Pseudonyms: a number for each thing that identifies, one sequence a kind, and the text that stands for it.
 *
 * Holds: numbers of what is known when settle() is called follow a keyed order that says nothing about time, name or count;
 * what is met later gets the next number. Nothing can be computed back without the list. A pseudonym is never a name that is
 * known from the data. Case tells values apart in a rule, so a name in capitals has a pseudonym in capitals.
 */
import { digest } from '../functions/digest.ts'
import { addressPseudonym } from './addresses.ts'
import type { PseudonymKind, RedactionClass } from './redaction.ts'

export interface Identified {
  /** Counts up in the order of first sight. */
  readonly id: number
  readonly kind: PseudonymKind
  readonly class: RedactionClass
  readonly original: string
  /** 0 until it is numbered. */
  number: number
  /** Of a full host name: its machine and its domain. */
  readonly parts: { host: Identified; domain: Identified } | null
}

const NAMED: Partial<Record<PseudonymKind, (n: number) => string>> = {
  host: (n) => `host-${n}`,
  'host-id': (n) => `host-id-${n}`,
  user: (n) => `user-${n}`,
  sid: (n) => `S-1-5-21-0-0-0-${1000 + n}`,
  realm: (n) => `realm-${n}`,
  domain: (n) => `domain-${n}.example`,
  mail: (n) => `mail-${n}@mail.example`,
  secret: (n) => `secret-${n}`
}

/** Kinds whose pseudonyms follow the case of what they stand for. */
const CASED: ReadonlySet<PseudonymKind> = new Set(['host', 'user', 'realm'])

export class Pseudonyms {
  private readonly known = new Map<string, Identified>()
  private readonly counters = new Map<PseudonymKind, number>()
  private readonly issued = new Set<string>()
  private readonly originals = new Set<string>()
  private settled = false

  constructor(private readonly key: string) {}

  /** The one entry of a thing, made when it is met first. */
  entry(kind: PseudonymKind, cls: RedactionClass, original: string, parts: Identified['parts'] = null): Identified {
    const name = `${kind}\n${kind === 'secret' ? original : original.toLowerCase()}`
    let entry = this.known.get(name)
    if (!entry) {
      entry = { id: this.known.size + 1, kind, class: cls, original, number: 0, parts }
      this.known.set(name, entry)
      this.originals.add(original.toLowerCase())
      if (this.settled) this.number(entry)
    }
    return entry
  }

  /** Numbers all that is known, in the order of the key. */
  settle(): void {
    const waiting = [...this.known.values()].filter(({ number }) => number === 0)
    const order = new Map(waiting.map((entry) => [entry, digest('sha256', `${this.key}\n${entry.kind}\n${entry.original}`)]))
    waiting.sort((a, b) => (order.get(a)! < order.get(b)! ? -1 : 1))
    for (const entry of waiting) this.number(entry)
    this.settled = true
  }

  private number(entry: Identified): void {
    if (entry.parts) return
    let n = this.counters.get(entry.kind) ?? 0
    do n++
    while (this.originals.has(plain(entry.kind, n).toLowerCase()))
    this.counters.set(entry.kind, n)
    entry.number = n
    this.issued.add(plain(entry.kind, n).toLowerCase())
  }

  /** What stands for an entry where it is written as `shown`. */
  of(entry: Identified, shown: string): string {
    if (entry.parts) {
      const dot = shown.indexOf('.')
      return `${this.of(entry.parts.host, shown.slice(0, dot))}.${this.of(entry.parts.domain, shown.slice(dot + 1))}`
    }
    const text = plain(entry.kind, entry.number)
    return CASED.has(entry.kind)
      ? inCaseOf(shown, text)
      : entry.kind === 'mac' && shown.includes('-')
        ? text.replaceAll(':', '-')
        : text
  }

  /** Whether a text is a pseudonym given out here. */
  isIssued(text: string): boolean {
    return this.issued.has(text.toLowerCase())
  }
}

function plain(kind: PseudonymKind, n: number): string {
  return NAMED[kind]?.(n) ?? addressPseudonym(kind, n)
}

function inCaseOf(shown: string, text: string): string {
  if (shown === shown.toLowerCase()) return text
  return shown === shown.toUpperCase() ? text.toUpperCase() : text[0]!.toUpperCase() + text.slice(1)
}
