/**
 * CaseMarks: what the analyst said about findings, events and steps: star, tags, note, done.
 *
 * Keys outlive a run: a finding is named by its rule and its group keys, an event by its place (print of its file, first byte).
 * Holds: a mark that says nothing is no mark. Bounds keep what is stored small: a note is a note, not a file.
 */
import { SvelteMap } from 'svelte/reactivity'
import type { EventPlace } from '../format/case-format.ts'
import type { StepMark } from './case-file.svelte.ts'

export interface Mark {
  star: boolean
  tags: readonly string[]
  note: string
}

export const NO_MARK: Mark = { star: false, tags: [], note: '' }
export const MAX_NOTE = 20_000
export const MAX_TAG = 60
export const MAX_TAGS = 20

/** What a mark stands on. */
export interface MarkTarget {
  kind: 'finding' | 'event'
  key: string
}

/** A tag as it is kept: one line, no blanks around it. */
export function tagOf(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_TAG).trimEnd()
}

export const findingKey = (ruleName: string, findingId: string) => `${ruleName}\n${findingId}`
export const eventKey = ({ print, member, byte }: EventPlace) => `${print}\n${byte}\n${member}`

/** The place a key was made of. */
export function eventPlace(key: string): EventPlace {
  const [print = '', byte = '', ...member] = key.split('\n')
  return { print, byte: Number(byte), member: member.join('\n') }
}

export class CaseMarks {
  readonly findings = new SvelteMap<string, Mark>()
  readonly events = new SvelteMap<string, Mark>()
  /** By finding key, then by step. */
  readonly steps = new SvelteMap<string, SvelteMap<string, StepMark>>()

  /** Every tag in use, most used first, with how many findings have it. */
  readonly tags = $derived.by(() => {
    const counts = new Map<string, number>()
    for (const { tags } of [...this.findings.values(), ...this.events.values()])
      for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    return [...counts].map(([tag, n]) => ({ tag, n })).toSorted((a, b) => b.n - a.n || a.tag.localeCompare(b.tag))
  })
  readonly empty = $derived.by(
    () => this.findings.size === 0 && this.events.size === 0 && [...this.steps.values()].every((marks) => marks.size === 0)
  )

  of({ kind, key }: MarkTarget): Mark {
    return this.#map(kind).get(key) ?? NO_MARK
  }

  /** Changes a mark and answers what it was before. */
  change(target: MarkTarget, change: Partial<Mark>): Mark {
    const before = this.of(target)
    const mark = { ...before, ...change, ...(change.note !== undefined && { note: change.note.slice(0, MAX_NOTE) }) }
    if (!mark.star && mark.tags.length === 0 && mark.note === '') this.#map(target.kind).delete(target.key)
    else this.#map(target.kind).set(target.key, mark)
    return before
  }

  toggleStar(target: MarkTarget): void {
    this.change(target, { star: !this.of(target).star })
  }

  /** Adds a tag; one that is there, says nothing or is one too many changes nothing. */
  addTag(target: MarkTarget, text: string): void {
    const tag = tagOf(text)
    const { tags } = this.of(target)
    if (tag !== '' && !tags.includes(tag) && tags.length < MAX_TAGS) this.change(target, { tags: [...tags, tag] })
  }

  removeTag(target: MarkTarget, tag: string): Mark {
    return this.change(target, { tags: this.of(target).tags.filter((known) => known !== tag) })
  }

  /** The marks of a finding's steps, made when first asked for. */
  stepsOf(key: string): SvelteMap<string, StepMark> {
    const marks = this.steps.get(key) ?? new SvelteMap<string, StepMark>()
    this.steps.set(key, marks)
    return marks
  }

  clear(): void {
    this.findings.clear()
    this.events.clear()
    this.steps.clear()
  }

  #map(kind: MarkTarget['kind']): SvelteMap<string, Mark> {
    return kind === 'finding' ? this.findings : this.events
  }
}
