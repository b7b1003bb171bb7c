/**
 * HandOver: what leaves the analyst's desk: texts with pseudonyms, and the events of findings as a file of their own.
 *
 * In:   findings of a run that is kept, texts of the report. Out: a preview of every replacement, redacted texts, NDJSON.
 * Holds: one redaction has one Redactor, so the same thing has the same pseudonym in report, exports and data. The reduced
 *        data is checked by running the rule over it.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { redactJson, jsonStrings } from '../redaction/redact-json.ts'
import { Redactor, type Tally } from '../redaction/redactor.ts'
import { bytesOf } from '../source/hosts/memory-bytes.ts'
import { type OpenedInput, openInputs } from '../source/open-input.ts'
import { pauseClock } from '../source/pause-clock.ts'
import type { ScanProgress } from '../source/scan-request.ts'
import { eventsOf, type FindingEvent, readFindingEvents } from './finding-events.ts'
import { InputScanner, type ScanOptions } from './input-scanner.ts'
import { CancelledError } from './cancelled.ts'
import { QueryError } from './prepare.ts'
import { needsBounds, runRule } from './rule-run.ts'
import { type FoundRun, foundRun } from './run-result.ts'
import { timeBounds } from './time-bounds.ts'
import type * as api from './types.ts'

export interface HandOverHost {
  inputs(): readonly OpenedInput[]
  run(runKey: string): FoundRun & { options: ScanOptions; request: api.RunRequest }
  job<Answer>(work: (signal: { readonly aborted: boolean }) => Promise<Answer>): Promise<Answer>
  createKernels(): Kernels
}

type OnProgress = (progress: ScanProgress) => void
type Signal = { readonly aborted: boolean }

/** Redactions in use: the open dialog's, and a few before it. */
const KEPT_REDACTIONS = 4
/** Columns that name a place in the input, which the reduced data has others of. */
const PLACE_COLUMNS = new Set(['_id', '_index', '_version', '_source', '_ignored'])

export class HandOver {
  private readonly redactors = new Map<string, Redactor>()

  constructor(private readonly host: HandOverHost) {}

  /** Learns what identifies in the events of findings and in further texts, and lists every replacement. */
  preview(request: api.RedactionRequest, onProgress: OnProgress): Promise<api.RedactionPreview> {
    return this.host.job(async (signal) => {
      const redactor = new Redactor(request.key)
      const texts = new CountedTexts()
      for (const text of request.harmless) redactor.learnHarmless(text)
      let events = 0
      for await (const { fields, json } of this.events(request, signal, onProgress)) {
        events++
        for (const { name, value } of fields) redactor.learnField(name, stringsOf(value))
        for (const joined of joinedArguments(fields)) redactor.learnText(joined)
        if (json !== null) for (const text of jsonStrings(json)) texts.add(text)
      }
      for (const text of request.texts) texts.add(text)
      await eachInTurns(texts.counts.keys(), signal, (text) => redactor.learnText(text))
      redactor.settle()
      const tally: Tally = new Map()
      await eachInTurns(texts.counts, signal, ([text, times]) => addTimes(tally, redactor, text, times))
      this.keep(request.key, redactor)
      return { key: request.key, replacements: redactor.replacements(tally), events }
    })
  }

  /** Texts with the pseudonyms of a redaction that was previewed. */
  redactTexts(texts: readonly string[], choice: api.RedactionChoice): string[] {
    const redact = this.redacting(choice)
    return texts.map(redact)
  }

  /** Only the events of findings, one document a line, and whether the rule finds the same in them. */
  reducedData(
    request: { runKey: string; findingIds: readonly string[]; choice: api.RedactionChoice | null },
    onProgress: OnProgress
  ): Promise<api.ReducedData> {
    return this.host.job(async (signal) => {
      const redact = request.choice === null ? (text: string) => text : this.redacting(request.choice)
      const lines: string[] = []
      for await (const { json } of this.events(request, signal, onProgress)) {
        if (json !== null) lines.push(`${redactJson(json, redact)}\n`)
      }
      const bytes = new TextEncoder().encode(lines.join(''))
      const wanted = this.findings(request)
      const check = await this.check(request.runKey, wanted, bytes, redact, signal)
      return { bytes, events: lines.length, check, incomplete: wanted.filter(({ truncated }) => truncated).length }
    })
  }

  private redacting(choice: api.RedactionChoice): (text: string) => string {
    const redactor = this.redactors.get(choice.key)
    if (!redactor) throw new QueryError(['There is no such redaction in this session'])
    const known = new Map<string, string>()
    return (text) => {
      let redacted = known.get(text)
      if (redacted === undefined) known.set(text, (redacted = redactor.redact(text, choice)))
      return redacted
    }
  }

  private keep(key: string, redactor: Redactor): void {
    this.redactors.delete(key)
    this.redactors.set(key, redactor)
    for (const old of [...this.redactors.keys()].slice(0, -KEPT_REDACTIONS)) this.redactors.delete(old)
  }

  private findings({ runKey, findingIds }: { runKey: string; findingIds: readonly string[] }): api.Finding[] {
    const wanted = new Set(findingIds)
    return this.host.run(runKey).result.findings.filter(({ id }) => wanted.has(id))
  }

  /** The events of the findings asked for, with progress; throws when cancelled. */
  private async *events(
    request: { runKey: string; findingIds: readonly string[] },
    signal: Signal,
    onProgress: OnProgress
  ): AsyncGenerator<FindingEvent> {
    const sources = eventsOf(this.findings(request))
    const bytesTotal = sources.reduce((sum, { length }) => sum + length, 0)
    const clock = pauseClock()
    let at = 0
    let bytesRead = 0
    try {
      for await (const event of readFindingEvents(this.host.inputs(), sources)) {
        bytesRead += sources[at++]!.length
        yield event
        if (clock.progressDue()) onProgress({ bytesRead, bytesTotal, events: at, rows: at })
        if (clock.pauseDue()) await clock.pause()
        if (signal.aborted) throw new CancelledError()
      }
    } finally {
      clock.close()
    }
  }

  /** Runs the rule over the reduced data as it ran over all of it, and compares. */
  private async check(
    runKey: string,
    wanted: readonly api.Finding[],
    bytes: Uint8Array,
    redact: (text: string) => string,
    signal: Signal
  ): Promise<api.ReducedData['check']> {
    const { rule, prepared, options, request, result } = this.host.run(runKey)
    const again = { ...request, ...(await this.sameNow(prepared, request, options, signal)) }
    const scanner = new InputScanner(await openInputs([bytesOf('reduced.ndjson', bytes)]), signal)
    const run = await runRule(rule, prepared, again, options, scanner, this.host.createKernels, { progress: () => undefined })
    if (run.cancelled) throw new CancelledError()
    const found = foundRun(rule, prepared, run, { ...result, runKey: 'reduced' }).result.findings
    const columns = result.columns.map(({ name }) => name)
    const left = new Map<string, number>()
    for (const finding of found) {
      const text = likeness(finding, columns, (value) => value)
      left.set(text, (left.get(text) ?? 0) + 1)
    }
    const same = wanted.filter((finding) => {
      const text = likeness(finding, columns, redact)
      const count = left.get(text) ?? 0
      left.set(text, count - 1)
      return count > 0
    }).length
    return { wanted: wanted.length, found: found.length, same }
  }

  /** NOW() of the first run, which fewer events would tell differently. */
  private async sameNow(
    prepared: FoundRun['prepared'],
    request: api.RunRequest,
    options: ScanOptions,
    signal: Signal
  ): Promise<{ now?: string }> {
    if (request.mode === 'replay' || !needsBounds(prepared.plan, request)) return {}
    const scanner = new InputScanner(this.host.inputs(), signal)
    const { newestMillis, cancelled } = await timeBounds(scanner, this.host.createKernels(), options, () => undefined)
    if (cancelled) throw new CancelledError()
    return { now: new Date(newestMillis ?? 0).toISOString() }
  }
}

/** Distinct texts with how often each occurs: most values of a log repeat. */
class CountedTexts {
  readonly counts = new Map<string, number>()

  add(text: string): void {
    this.counts.set(text, (this.counts.get(text) ?? 0) + 1)
  }
}

async function eachInTurns<Item>(items: Iterable<Item>, signal: Signal, work: (item: Item) => void): Promise<void> {
  const clock = pauseClock()
  try {
    for (const item of items) {
      work(item)
      if (clock.pauseDue()) await clock.pause()
      if (signal.aborted) throw new CancelledError()
    }
  } finally {
    clock.close()
  }
}

function addTimes(tally: Tally, redactor: Redactor, text: string, times: number): void {
  const once: Tally = new Map()
  redactor.redact(text, Redactor.everything, once)
  for (const [id, { class: cls, entry, count }] of once) {
    const line = tally.get(id)
    if (line) line.count += count * times
    else tally.set(id, { class: cls, entry, count: count * times })
  }
}

function stringsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string')
}

/** Arguments stand apart in the data; a password is told by the word before it. */
function joinedArguments(fields: FindingEvent['fields']): string[] {
  return fields.filter(({ name }) => /(?:^|\.)args$/.test(name)).map(({ value }) => stringsOf(value).join(' '))
}

/** What two findings have alike when one is the other under pseudonyms. */
function likeness(finding: api.Finding, columns: readonly string[], redact: (text: string) => string): string {
  const shown = (value: unknown) => (typeof value === 'string' ? redact(value) : typeof value === 'bigint' ? `${value}n` : value)
  const cells = finding.row.map((cell, at) => {
    if (PLACE_COLUMNS.has(columns[at] ?? '')) return null
    // Keyword values are sorted, and pseudonyms sort in another way.
    return Array.isArray(cell) ? cell.map((item) => String(shown(item))).sort() : shown(cell)
  })
  return JSON.stringify([cells, finding.eventCount])
}
