/**
 * Redactor: learns what identifies from the fields and texts of a case, then replaces it wherever it stands, in disguise too.
 *
 * In: fields and texts. Out: texts with pseudonyms, and a tally of what was replaced. Order: learn everything, settle(), redact.
 * Holds: the same thing has the same pseudonym in all texts of one redactor; a text that nothing identifies comes back as it is.
 */
import { decodeCommand } from '../rules/decode-command.ts'
import { findAccounts } from './accounts.ts'
import { findAddresses, addressVariants } from './addresses.ts'
import { findDomains } from './domains.ts'
import { encodedSegments, type EncodedSegment } from './encoded.ts'
import { fieldMeaning, isRandomByNature } from './known-fields.ts'
import { KnownNames } from './known-names.ts'
import { isDutyLabel, isLocalHost } from './not-identifying.ts'
import { resolvePlaces } from './places.ts'
import { type Identified, Pseudonyms } from './pseudonyms.ts'
import {
  PRIORITY,
  REDACTION_CLASSES,
  type RedactionChoice,
  type RedactionClass,
  type Replacement,
  type Span
} from './redaction.ts'
import { findRandom, findSecrets } from './secrets.ts'

/** A span with the thing it names; `text` stands in for a segment that was decoded, changed and encoded again. */
interface Finding extends Span {
  entry: Identified | null
  text?: string
  inner?: Tally
}

/** How often each thing was replaced, by the id of its line in the preview. */
export type Tally = Map<string, { class: RedactionClass; entry: Identified; count: number }>

/** Texts in texts: a disguise deeper than this is replaced whole. */
const MAX_DEPTH = 4
const ALL: Pick<RedactionChoice, 'classes' | 'kept'> = { classes: [...REDACTION_CLASSES], kept: [] }

export class Redactor {
  private readonly names = new KnownNames<Identified>()
  private readonly pseudonyms: Pseudonyms
  private readonly fieldNames = new Set<string>()
  private readonly harmless = new Set<string>()

  constructor(readonly key: string) {
    this.pseudonyms = new Pseudonyms(key)
  }

  // ---- learning ----

  /** A name of the data's own, such as a field: no domain, whatever it looks like. */
  learnName(name: string): void {
    this.fieldNames.add(name)
  }

  /** A text that looks random and is no secret, such as the digest of an input. */
  learnHarmless(text: string): void {
    this.harmless.add(text)
  }

  /** What a field of an event names. */
  learnField(name: string, values: readonly string[]): void {
    this.fieldNames.add(name)
    if (isRandomByNature(name)) for (const value of values) this.harmless.add(value)
    const meaning = fieldMeaning(name)
    for (const value of meaning ? values : []) {
      const text = value.trim()
      if (text === '' || meaning!.except(text) || findAddresses(text).some((span) => span.end - span.start === text.length))
        continue
      if (meaning!.kind === 'host') this.host(text)
      // A number is no name, and one person's account may be an address.
      else if (!(meaning!.kind === 'user' && text.includes('@'))) this.identify(meaning!.kind, meaning!.class, text)
    }
  }

  /** What a text names by its form, in disguise too. */
  learnText(text: string, depth = 0): void {
    const segments = depth < MAX_DEPTH ? readableSegments(text) : []
    for (const { class: cls, kind, original } of this.patterns(text, segments)) this.named(kind, cls, original)
    for (const segment of segments) this.learnText(segment.text, depth + 1)
  }

  /** Everything has been learned: numbers are given. */
  settle(): void {
    this.pseudonyms.settle()
  }

  private named(kind: Span['kind'], cls: RedactionClass, original: string): Identified {
    return kind === 'domain' && this.names.get(original)?.kind === 'fqdn'
      ? this.names.get(original)!
      : this.identify(kind, cls, original)
  }

  private identify(kind: Span['kind'], cls: RedactionClass, original: string): Identified {
    const entry = this.pseudonyms.entry(kind, cls, original)
    if (kind !== 'secret' || original.length >= 4) this.names.add(original, entry)
    if (kind === 'ip-private' || kind === 'ip-public')
      for (const variant of addressVariants(original)) this.names.add(variant, entry)
    return entry
  }

  /** A machine; of a full name also its first label and its domain. */
  private host(name: string): void {
    const dot = name.indexOf('.')
    if (dot <= 0 || dot === name.length - 1) {
      this.identify('host', 'host', name)
      return
    }
    const label = name.slice(0, dot)
    const domain = name.slice(dot + 1)
    const host = this.pseudonyms.entry('host', 'host', label)
    const parts = { host, domain: this.pseudonyms.entry('domain', 'domain', domain) }
    this.names.add(name, this.pseudonyms.entry('fqdn', 'host', name, parts))
    if (!isDutyLabel(label)) this.names.add(label, host)
    if (domain.includes('.') && !isLocalHost(name)) this.names.add(domain, parts.domain)
  }

  // ---- finding ----

  private readonly isName = (text: string) => this.fieldNames.has(text)

  /** What identifies by its form. A long text in disguise is looked into instead of being taken for a secret. */
  private patterns(written: string, segments: readonly EncodedSegment[], checking = false): Span[] {
    const text = checking ? withoutPseudonyms(written) : written
    const isHarmless = ({ start, end, original }: Span) =>
      this.harmless.has(original) || segments.some((segment) => segment.encode && segment.start <= start && segment.end >= end)
    return [
      ...findSecrets(text),
      ...findAddresses(text).filter(({ original }) => !(checking && this.pseudonyms.isIssued(original))),
      ...findDomains(text, this.isName),
      ...findAccounts(text),
      ...findRandom(text).filter((span) => !isHarmless(span))
    ]
  }

  /** All that identifies in a text, of the chosen classes. */
  private find(text: string, choice: Choice, depth: number): Finding[] {
    const segments = depth > MAX_DEPTH ? [] : encodedSegments(text)
    const readable = segments.filter(({ binary }) => !binary)
    const spans = this.patterns(text, readable, choice.checking).map((span): Finding => ({
      ...span,
      entry: this.named(span.kind, span.class, span.original)
    }))
    const names = this.names.find(choice.checking ? withoutPseudonyms(text) : text).map(({ start, end, entry }): Finding => {
      const { class: cls, kind, original } = entry
      return { start, end, class: cls, kind, original, entry, priority: kind === 'secret' ? PRIORITY.pattern : PRIORITY.name }
    })
    const active = [...spans, ...names].filter(({ class: cls, entry }) => choice.active(cls, entry!))
    return [...active, ...segments.flatMap((segment) => this.disguised(segment, choice, depth))]
  }

  /** A segment whose text names something: written anew in the same disguise, or as a secret where that cannot be done. */
  private disguised(segment: EncodedSegment, choice: Choice, depth: number): Finding[] {
    const place = {
      start: segment.start,
      end: segment.end,
      priority: PRIORITY.encoded,
      class: 'secret' as const,
      kind: 'secret' as const
    }
    const whole = (): Finding => ({
      ...place,
      original: segment.text,
      entry: this.pseudonyms.entry('secret', 'secret', segment.text)
    })
    if (segment.places) return inSegment(segment, segment.places, this.find(segment.text, choice, depth + 1))
    if (segment.binary) return this.names.findInBytes(segment.text.replaceAll('\0', '')) ? [whole()] : []
    const inner: Tally = new Map()
    const text = this.rewrite(segment.text, choice, inner, depth + 1)
    if (text === segment.text) return []
    return segment.encode && depth < MAX_DEPTH
      ? [{ ...place, original: '', entry: null, text: segment.encode(text), inner }]
      : [whole()]
  }

  // ---- replacing ----

  /** The text with pseudonyms; `tally` counts what was replaced. */
  redact(text: string, chosen: Pick<RedactionChoice, 'classes' | 'kept'>, tally: Tally = new Map()): string {
    const choice = new Choice(chosen)
    if (text === '' || choice.isEmpty) return text
    return this.unmasked(this.rewrite(text, choice, tally, 0), choice, tally)
  }

  private rewrite(text: string, choice: Choice, tally: Tally, depth: number): string {
    if (depth > MAX_DEPTH) return text
    const places = resolvePlaces(text.length, this.find(text, choice, depth))
    if (places.length === 0) return text
    let out = ''
    let end = 0
    for (const { start, end: stop, span } of places) {
      const { entry } = span
      // A piece that is left of a span beside another one that covers its rest says the same thing once more.
      out +=
        text.slice(end, start) + (entry ? this.pseudonyms.of(entry, shownIn(text, span)) : start === span.start ? span.text! : '')
      end = stop
      if (entry) count(tally, span.class, entry, 1)
      for (const { class: cls, entry: inside, count: n } of span.inner?.values() ?? []) count(tally, cls, inside, n)
    }
    return out + text.slice(end)
  }

  /**
   * Names that only appear when a shell has read the command (`an''na`): the command is written as the shell reads it, with
   * pseudonyms; what cannot be written so is replaced whole.
   */
  private unmasked(text: string, choice: Choice, tally: Tally): string {
    let shown = text
    const again = choice.again()
    for (let round = 0; round < MAX_DEPTH && /['"\\{}$[]/.test(shown); round++) {
      const leak = decodeCommand(shown).layers.find((layer) => this.find(layer.text, again, 1).length > 0)
      if (!leak) return shown
      if (leak.from !== shown) {
        const entry = this.pseudonyms.entry('secret', 'secret', leak.from)
        const at = shown.indexOf(leak.from)
        count(tally, 'secret', entry, 1)
        const mask = this.pseudonyms.of(entry, leak.from)
        shown = at < 0 ? mask : shown.replaceAll(leak.from, mask)
      } else shown = this.rewrite(leak.text, again, tally, 0)
    }
    return shown
  }

  /** The lines of the preview for a tally of everything. */
  replacements(tally: Tally): Replacement[] {
    const order = (cls: RedactionClass) => REDACTION_CLASSES.indexOf(cls)
    return Array.from(tally, ([id, { class: cls, entry, count: n }]) => ({
      id,
      class: cls,
      original: entry.original,
      pseudonym: this.pseudonyms.of(entry, entry.original),
      count: n
    })).sort((a, b) => order(a.class) - order(b.class) || a.pseudonym.localeCompare(b.pseudonym, 'en', { numeric: true }))
  }

  /** All classes, nothing kept: what the preview counts. */
  static readonly everything = ALL
}

function readableSegments(text: string): EncodedSegment[] {
  return encodedSegments(text).filter(({ binary, text: inner }) => !binary && inner.length >= 3)
}

/** Places in the text of a segment as places in the text around it. */
function inSegment(segment: EncodedSegment, places: readonly number[], found: readonly Finding[]): Finding[] {
  return found.map((span) => ({
    ...span,
    start: segment.start + places[span.start]!,
    end: segment.start + places[span.end]!
  }))
}

const OURS =
  /\b(?:host-id|host|user|realm|secret)-\d+\b|\bdomain-\d+\.example\b|\bmail-\d+@mail\.example\b|\bS-1-5-21-0-0-0-\d+\b/gi

/** The text with every pseudonym masked, at the same places. */
function withoutPseudonyms(text: string): string {
  return text.replace(OURS, (found) => '*'.repeat(found.length))
}

function shownIn(text: string, span: Span): string {
  return text.slice(span.start, span.end)
}

class Choice {
  private readonly classes: ReadonlySet<RedactionClass>
  private readonly kept: ReadonlySet<string>

  constructor(
    private readonly chosen: Pick<RedactionChoice, 'classes' | 'kept'>,
    /** The text holds pseudonyms already. */
    readonly checking = false
  ) {
    const { classes, kept } = chosen
    this.classes = new Set(classes)
    this.kept = new Set(kept)
  }

  get isEmpty(): boolean {
    return this.classes.size === 0
  }

  again(): Choice {
    return new Choice(this.chosen, true)
  }

  active(cls: RedactionClass, entry: Identified): boolean {
    return this.classes.has(cls) && !this.kept.has(lineId(cls, entry))
  }
}

function lineId(cls: RedactionClass, entry: Identified): string {
  return `${cls}:${entry.id}`
}

function count(tally: Tally, cls: RedactionClass, entry: Identified, n: number): void {
  const id = lineId(cls, entry)
  const line = tally.get(id)
  if (line) line.count += n
  else tally.set(id, { class: cls, entry, count: n })
}
