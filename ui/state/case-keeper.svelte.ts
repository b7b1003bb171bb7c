/**
 * CaseKeeper: keeps the analyst's work in the browser on every step, bound to the files it speaks of, and brings it back when
 * the same files are opened again.
 *
 * Holds: a change is written at most WRITE_WITHIN_MILLIS after it was made; one write at a time, each whole. What cannot be
 * written stays here and is told. A case is found by the print of its files before they are read; their full hashes confirm it.
 */
import { untrack } from 'svelte'
import type { SourceRef } from '../../engine/worker/api.ts'
import { caseText, type CaseData, type CaseInput, hasWork, MAX_CASE_BYTES, readCaseText } from '../format/case-format.ts'
import { filePrints } from '../format/file-print.ts'
import { inputPlaces } from '../format/input-places.ts'
import type { NamedBlob } from '../ports.ts'
import { text } from '../text/text.ts'
import { dayOf } from '../format/time.ts'
import type { AppState } from './app-state.svelte.ts'
import { applyContent, contentOf, forgetContent } from './case-content.svelte.ts'
import { eventKey, type MarkTarget } from './case-marks.svelte.ts'
import { bindingOf, type CaseHead, type CaseMemory, headOf, type Refusal } from './case-memory.ts'

/** Changes in quick succession are one write, but none waits longer than the second. */
const SETTLE_MILLIS = 150
const WRITE_WITHIN_MILLIS = 600
const KEEP_NOTHING = 'rarebit.keep-nothing'

interface OpenFile extends CaseInput {
  blob: Blob
}

export class CaseKeeper {
  /** Kept cases, newest first. */
  heads = $state.raw<CaseHead[]>([])
  /** Why the latest change was not kept; null while all is well. */
  problem = $state<Refusal | null>(null)
  keepNothing = $state(readSwitch())
  savedAt = $state(0)
  /** A case whose files were asked for. */
  awaited = $state.raw<CaseHead | null>(null)
  #files = $state.raw<readonly OpenFile[]>([])
  #id = newId()
  #createdAt = Date.now()
  #revision = 0
  #rulesWritten: unknown = null
  #lastText = ''
  #timer: ReturnType<typeof setTimeout> | null = null
  #changedAt = 0
  #writing: Promise<void> = Promise.resolve()
  /** Imported where nothing can be stored: they live as long as the page. */
  #held: CaseData[] = []

  readonly #places = $derived.by(() => {
    const names = this.app.lookups.events().map(({ name }) => name)
    return inputPlaces(
      names,
      this.app.analysis.inputs.map(({ name }) => name)
    )
  })

  constructor(
    private readonly app: AppState,
    private readonly memory: CaseMemory
  ) {}

  /** Begins to watch; call once, in the page. */
  start(): void {
    void this.refresh()
    void this.memory.available().then((available) => {
      if (!available) this.problem = 'absent'
    })
    $effect.root(() => {
      $effect(() => {
        const content = contentOf(this.app)
        void [this.#files, this.app.hashes.files, this.keepNothing]
        untrack(() => {
          this.#confirm()
          const files = this.#files.map(({ print, sha256 }) => [print, sha256])
          this.#changed(JSON.stringify({ ...content, rules: content.rules.map(({ name }) => name), files }))
        })
      })
    })
    addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.flush())
    addEventListener('pagehide', () => this.flush())
  }

  async refresh(): Promise<void> {
    const known = await this.memory.list()
    const ids = new Set(known.map(({ id }) => id))
    this.heads = [...this.#held.filter(({ id }) => !ids.has(id)).map((data) => headOf(data, 0)), ...known]
  }

  // ---- what is open ----

  /** Where the marks of an event stand; null where its file is not one that was opened (heard beside a page). */
  eventTarget(source: Pick<SourceRef, 'file' | 'byte'>): MarkTarget | null {
    const place = this.#places[source.file]
    const blob = place ? this.app.lookups.events()[place.file]?.blob : undefined
    const print = this.#files.find((file) => file.blob === blob)?.print
    return place && print !== undefined
      ? { kind: 'event', key: eventKey({ print, member: place.member, byte: source.byte }) }
      : null
  }

  tablePrints(): string[] {
    const tables = new Set(this.app.lookups.tables.map(({ file }) => file))
    return this.#files.filter(({ name }) => tables.has(name)).map(({ print }) => print)
  }

  get fileNames(): string[] {
    return this.#files.map(({ name }) => name)
  }

  /**
   * Files are about to be opened: brings back the case that belongs to them and those already open. Answers which of the new
   * ones are tables in it, or by the prints in `tables`.
   */
  async opening(files: readonly NamedBlob[], tables: readonly string[] = []): Promise<ReadonlySet<Blob>> {
    const prints = await filePrints(files.map(({ blob }) => blob))
    const added = files.map(({ name, blob }, at) => ({ name, blob, byteLength: blob.size, print: prints[at]!, sha256: null }))
    const before = this.#files.length > 0 ? this.#data() : null
    const worked = before !== null && hasWork(before)
    this.#files = [...this.#files, ...added]
    // More files are another case: the one of the files before stays as it is.
    if (this.#revision > 0) this.#begin(null)
    const found = await this.#find()
    const { awaited } = this
    this.awaited = null
    if (!found) {
      if (awaited) this.app.undo.offer(text('case.otherFiles', { files: namesOf(awaited.inputs) }))
    } else await this.#restore(found, worked)
    const known = new Set(found ? found.data.settings.tables : tables)
    return new Set(added.filter(({ print }) => known.has(print)).map(({ blob }) => blob))
  }

  async #find(): Promise<{ data: CaseData; revision: number } | null> {
    const prints = this.#files.map(({ print }) => print)
    const binding = bindingOf(prints)
    if (this.awaited && this.awaited.binding === binding) {
      const chosen = await this.memory.open(this.awaited.id)
      if (chosen) return chosen
    }
    const held = this.#held.find((data) => bindingOf(data.inputs.map(({ print }) => print)) === binding)
    return held ? { data: held, revision: 0 } : this.memory.find(prints)
  }

  async #restore({ data, revision }: { data: CaseData; revision: number }, worked: boolean): Promise<void> {
    await applyContent(this.app, data, !worked)
    if (!worked) this.#begin({ data, revision })
    const hashes = new Map(data.inputs.map(({ print, sha256 }) => [print, sha256]))
    this.#files = this.#files.map((file) => ({ ...file, sha256: hashes.get(file.print) ?? null }))
    if (!hasWork(data)) return
    this.app.undo.offer(text('case.back', { day: dayOf(data.savedAt) }), async () => {
      forgetContent(this.app)
      this.#begin(null)
      await this.app.rerun({ ruleKey: this.app.analysis.rules[0]?.key ?? '', mode: 'whole' })
    })
  }

  /** Goes on with a kept case, or as a new one. */
  #begin(kept: { data: CaseData; revision: number } | null): void {
    this.#id = kept?.data.id ?? newId()
    this.#createdAt = kept?.data.createdAt ?? Date.now()
    this.#revision = kept?.revision ?? 0
    this.#rulesWritten = null
  }

  /** The full hashes are there: a case that was made of other bytes is put away again. */
  #confirm(): void {
    const counted = this.app.hashes.files
    if (counted.length === 0) return
    const of = (file: OpenFile) =>
      counted.find(({ name, byteLength }) => name === file.name && byteLength === file.byteLength)?.sha256 ?? null
    const known = this.#files.map((file) => ({ file, now: of(file) }))
    if (known.some(({ file, now }) => now !== null && file.sha256 !== null && file.sha256 !== now)) {
      forgetContent(this.app)
      this.#begin(null)
      this.#files = known.map(({ file, now }) => ({ ...file, sha256: now }))
      this.app.undo.offer(text('case.differs'))
    } else if (known.some(({ file, now }) => now !== null && file.sha256 === null)) {
      this.#files = known.map(({ file, now }) => ({ ...file, sha256: now ?? file.sha256 }))
    }
  }

  /** The files are closed; what was said about them is written first. */
  async closed(): Promise<void> {
    await this.flush()
    this.#files = []
    forgetContent(this.app)
    this.#begin(null)
    this.#lastText = ''
    await this.refresh()
  }

  // ---- writing ----

  #data(): CaseData {
    const inputs = this.#files.map(({ name, byteLength, print, sha256 }) => ({ name, byteLength, print, sha256 }))
    return { id: this.#id, createdAt: this.#createdAt, savedAt: Date.now(), inputs, ...contentOf(this.app) }
  }

  #changed(now: string): void {
    if (now === this.#lastText) return
    const first = this.#lastText === ''
    this.#lastText = now
    if (this.app.beside && !first) this.app.beside.saveLater()
    if (this.keepNothing || this.#files.length === 0) return
    this.#changedAt ||= performance.now()
    if (this.#timer !== null) clearTimeout(this.#timer)
    const left = this.#changedAt + WRITE_WITHIN_MILLIS - performance.now()
    this.#timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(SETTLE_MILLIS, left)))
  }

  /** Writes what has not been written yet. */
  flush(): Promise<void> {
    if (this.#timer === null) return this.#writing
    clearTimeout(this.#timer)
    this.#timer = null
    this.#changedAt = 0
    const data = this.#data()
    return (this.#writing = this.#writing.then(() => this.#write(data)))
  }

  async #write(data: CaseData): Promise<void> {
    if (this.keepNothing || (this.#revision === 0 && !hasWork(data))) return
    // Begun anew meanwhile: what was noted belongs to the case it was noted in.
    const revision = data.id === this.#id ? this.#revision : ((await this.memory.open(data.id))?.revision ?? 0)
    const { ruleFiles } = this.app.analysis
    const kept = await this.memory.keep(data, revision, this.#rulesWritten !== ruleFiles)
    if ('refused' in kept) {
      this.problem = kept.refused
      if (kept.refused !== 'changed' || data.id !== this.#id) return
      // Another window goes on with the same case: this one becomes a case of its own, and nothing is written over.
      this.#begin(null)
      return this.#write({ ...data, id: this.#id })
    }
    this.problem = null
    this.savedAt = data.savedAt
    if (data.id !== this.#id) return
    this.#revision = kept.revision
    this.#rulesWritten = ruleFiles
  }

  /** Tries once more what was refused. */
  async again(): Promise<void> {
    this.#timer ??= setTimeout(() => undefined)
    await this.flush()
  }

  /** Chooses whether cases are kept; it can be taken back. */
  setKeepNothing(on: boolean): void {
    this.#setKeepNothing(on)
    this.app.undo.offer(text(on ? 'case.notKeeping' : 'case.keeping'), () => this.#setKeepNothing(!on))
  }

  #setKeepNothing(on: boolean): void {
    this.keepNothing = on
    try {
      if (on) localStorage.setItem(KEEP_NOTHING, '1')
      else localStorage.removeItem(KEEP_NOTHING)
    } catch {
      // No storage at all: then nothing is kept anyway.
    }
  }

  // ---- kept cases ----

  /** Removes a kept case; it can be taken back. */
  async remove(head: CaseHead): Promise<void> {
    const kept = await this.memory.open(head.id)
    this.#held = this.#held.filter(({ id }) => id !== head.id)
    if (!(await this.memory.remove(head.id))) this.problem = 'failed'
    if (head.id === this.#id) this.#revision = 0
    await this.refresh()
    if (this.problem === 'full') await this.again()
    const back = async () => {
      if (kept) await this.memory.keep(kept.data, 0, true)
      await this.refresh()
    }
    this.app.undo.offer(text('case.removed', { files: namesOf(head.inputs) }), kept ? back : undefined)
  }

  /** Saves a case as one file: the kept one, or that on screen. */
  async save(head: CaseHead | null): Promise<void> {
    const held = this.#held.find(({ id }) => id === head?.id)
    const data = head === null ? this.#data() : (held ?? (await this.memory.open(head.id))?.data)
    if (!data) return
    const stem = (data.inputs[0]?.name ?? 'case')
      .split('/')
      .at(-1)!
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .slice(0, 80)
    this.app.host.saveFile(`${stem}.rarebit.json`, new Blob([caseText(data)], { type: 'application/json' }))
  }

  /** Takes in a case file: applied at once where its files are open, else kept until they are. */
  async take(file: NamedBlob): Promise<void> {
    const { undo } = this.app
    if (file.blob.size > MAX_CASE_BYTES) return undo.offer(text('case.tooLarge', { file: file.name }))
    const answer = readCaseText(await file.blob.text())
    if ('refused' in answer)
      return undo.offer(text(answer.refused === 'newer' ? 'case.newer' : 'case.foreign', { file: file.name }))
    const taken = { ...answer.read, id: newId() }
    const files = namesOf(taken.inputs)
    const open =
      this.#files.length > 0 &&
      bindingOf(this.#files.map(({ print }) => print)) === bindingOf(taken.inputs.map(({ print }) => print))
    if (open) {
      const before = this.#data()
      await applyContent(this.app, taken, true)
      await this.app.rerun({})
      return undo.offer(text('case.merged', { file: file.name }), async () => {
        forgetContent(this.app)
        await applyContent(this.app, before, true)
      })
    }
    const kept = this.keepNothing ? { refused: 'absent' as const } : await this.memory.keep(taken, 0, true)
    if ('refused' in kept) this.#held = [taken, ...this.#held]
    await this.refresh()
    const head = this.heads.find(({ id }) => id === taken.id)
    undo.offer(text('case.taken', { file: file.name, files }), head ? () => this.remove(head) : undefined)
  }
}

const newId = (): string => crypto.randomUUID()

/** The first names, for a sentence. */
export function namesOf(inputs: readonly CaseInput[]): string {
  const first = inputs.slice(0, 3).map(({ name }) => name)
  return inputs.length > 3 ? text('case.andMore', { first: first.join(', '), n: inputs.length - 3 }) : first.join(', ')
}

function readSwitch(): boolean {
  try {
    return localStorage.getItem(KEEP_NOTHING) === '1'
  } catch {
    return false
  }
}
