/**
 * What fields the data has: types of those the field table does not know, decided on a sample; presence over all events.
 *
 * In:   records of JSON text (the first 8 MiB of the inputs, or all of them). Out: SchemaSample.
 * Holds: a field of the table keeps its type there. Else strings are keyword, whole numbers long, fractions double, booleans
 *       boolean; what is mixed (or beyond 64 bits) is keyword, with a note. Names from outside live in Maps only.
 */
import type { DataType } from '../data/data-type.ts'
import { SourceError } from './bytes.ts'
import { fieldType, type FieldTypes } from './field-types.ts'
import { decodeText, type PathNode, PathTree, type ScalarVisitor, walkRecord } from './flatten.ts'
import { dataStreamName } from './index-pattern.ts'
import { pauseClock } from './pause-clock.ts'
import { type DocumentShape, type OpenRecordReader, type RecordChunk, SkipLog } from './record-reader.ts'
import { ScalarKind } from './record-scanner.ts'
import type { ScanInput } from './scan-source.ts'
import { SeenIds } from './seen-ids.ts'

export interface SampledField {
  type: DataType
  /** Events that have a value for it. */
  seen: number
  /** Some event has several values. */
  array: boolean
}

export interface SchemaSample {
  /** By dotted name, in order of first appearance; metadata fields are not among them. */
  fields: Map<string, SampledField>
  events: number
  notes: string[]
  /** Index names met, as events carry them (`_index`, else the data stream). */
  indexNames: string[]
  /** Paths that are objects: `process` is no column. */
  objects: Set<string>
  /** Events with an `_id` met before. */
  repeatedIds: number
}

export interface SampleDeps {
  openRecordReader: OpenRecordReader
  signal: { readonly aborted: boolean }
  fieldTypes?: FieldTypes
  onProgress?(progress: { bytesRead: number; events: number }): void
}

const SAMPLE_BYTES = 8 * 1024 * 1024
/** Each input of many is sampled at least this far. */
const LEAST_SHARE = 64 * 1024
const MOST_SAMPLED = 4 * SAMPLE_BYTES
const KEPT_INDEX_NAMES = 1000
const MOST_PATHS = 50_000
const METADATA = new Set(['_id', '_index', '_version', '_source', '_ignored', '_score', '_index_mode', '_tier', '_size'])

/** Samples records at hand. */
export function sampleSchema(
  head: Pick<RecordChunk, 'bytes' | 'starts' | 'ends' | 'count'>,
  shape: DocumentShape,
  fieldTypes?: FieldTypes
): SchemaSample {
  const sampler = new SchemaSampler(fieldTypes)
  for (let i = 0; i < head.count; i++) sampler.add(head.bytes, head.starts[i]!, head.ends[i]!, shape)
  return sampler.finish()
}

/** Samples the inputs of a run: 8 MiB in all, shared out among them. */
export async function sampleInputs(inputs: readonly ScanInput[], deps: SampleDeps): Promise<SchemaSample> {
  const sampler = new SchemaSampler(deps.fieldTypes)
  const share = Math.max(SAMPLE_BYTES / Math.max(inputs.length, 1), LEAST_SHARE)
  let left = MOST_SAMPLED
  for (const input of inputs) {
    if (left <= 0 || deps.signal.aborted) break
    await readInto(sampler, input, Math.min(share, left), deps)
    left -= share
  }
  return sampler.finish()
}

/** Reads all events: exact presence of every field. Ends early, with what was counted, when it is cancelled. */
export async function fieldPresence(inputs: readonly ScanInput[], deps: SampleDeps): Promise<SchemaSample> {
  const sampler = new SchemaSampler(deps.fieldTypes)
  for (const input of inputs) if (!deps.signal.aborted) await readInto(sampler, input, Infinity, deps)
  return sampler.finish()
}

async function readInto(sampler: SchemaSampler, input: ScanInput, byteLimit: number, deps: SampleDeps): Promise<void> {
  const { detection } = input
  if (!detection) return
  const clock = pauseClock()
  let reader = null
  try {
    const stream = await input.openStream()
    reader = deps.openRecordReader(stream, detection, new SkipLog(), {
      isArrayField: (name) => (deps.fieldTypes ?? fieldType)(name)?.array ?? false,
      inputName: input.name
    })
    for (let chunk = await reader.next(); chunk; chunk = await reader.next()) {
      for (let i = 0; i < chunk.count; i++) {
        const bytesRead = chunk.originByte[i]!
        if (bytesRead >= byteLimit || deps.signal.aborted) return
        sampler.add(chunk.bytes, chunk.starts[i]!, chunk.ends[i]!, detection.shape)
        if ((i & 63) !== 0 || !clock.pauseDue()) continue
        if (clock.progressDue()) deps.onProgress?.({ bytesRead, events: sampler.events })
        await clock.pause()
      }
    }
  } catch (error) {
    // The scan itself says where an input breaks off; the sample is what stands before.
    if (!(error instanceof SourceError)) throw error
  } finally {
    reader?.close()
    clock.close()
  }
}

const Seen = { String: 1, Whole: 2, Fraction: 4, Boolean: 8, Huge: 16 } as const

/** What was met at one path. */
interface Tally {
  path: string
  kinds: number
  seen: number
  array: boolean
  /** The event, object and spelling it was met in last, to notice repetitions. */
  lastEvent: number
  lastValueEvent: number
  lastObject: number
  lastNode: PathNode | null
}

/** Collects a sample record by record. */
export class SchemaSampler implements ScalarVisitor {
  events = 0
  private readonly tallies = new Map<string, Tally>()
  private readonly trees = new Map<DocumentShape, { tree: PathTree; tallies: Map<PathNode, Tally | null> }>()
  private readonly indexNames = new Set<string>()
  private readonly seenIds = new SeenIds()
  private readonly repeated = new Map<string, number>()
  private repeatedEvents = 0
  private lastRepeatedEvent = 0
  private overflow = false
  private current!: { tree: PathTree; tallies: Map<PathNode, Tally | null> }
  private bytes: Uint8Array = new Uint8Array(0)
  /** Number of the record being read, broken ones counted. */
  private record = 0
  /** Metadata and data stream of the record being read. */
  private readonly names = new Map<string, string>()

  constructor(private readonly fieldTypes: FieldTypes = fieldType) {}

  /** Takes one record in; false when it is no event. */
  add(bytes: Uint8Array, start: number, end: number, shape: DocumentShape): boolean {
    this.current = this.treeOf(shape)
    this.bytes = bytes
    this.names.clear()
    this.record++
    // What a broken record showed before it broke stays in the tallies: a few sightings, no event.
    if (walkRecord(bytes, start, end, this.current.tree, this)) return false
    this.events++
    this.takeNames()
    return true
  }

  key(node: PathNode, object: number): void {
    const tally = this.tallyOf(node)
    if (!tally) return
    const again = tally.lastEvent === this.record && (tally.lastObject === object || tally.lastNode !== node)
    if (again) this.noteRepeated(tally)
    tally.lastEvent = this.record
    tally.lastObject = object
    tally.lastNode = node
  }

  scalar(node: PathNode, kind: ScalarKind | null, start: number, end: number, escaped: boolean): void {
    if (kind === null) return
    if (this.isName(node)) this.names.set(node.path, decodeText(this.bytes, start, end, escaped))
    const tally = this.tallyOf(node)
    if (!tally) return
    tally.kinds |= this.kindOf(kind, start, end)
    if (tally.lastValueEvent === this.record) tally.array = true
    else tally.seen++
    tally.lastValueEvent = this.record
  }

  finish(): SchemaSample {
    const fields = new Map<string, SampledField>()
    const mixed: string[] = []
    for (const [path, tally] of this.tallies) {
      if (tally.seen === 0) continue
      const known = this.fieldTypes(path)
      if (!known && isMixed(tally.kinds)) mixed.push(path)
      fields.set(path, { type: known?.type ?? typeOf(tally.kinds), seen: tally.seen, array: tally.array })
    }
    return {
      fields,
      events: this.events,
      notes: this.notes(mixed),
      indexNames: [...this.indexNames].sort(),
      objects: this.objects(),
      repeatedIds: this.seenIds.repeats
    }
  }

  private notes(mixed: string[]): string[] {
    const notes: string[] = []
    if (mixed.length > 0) notes.push(`Values of different kinds stand in [${listed(mixed)}]; read as keyword.`)
    if (this.repeated.size > 0) {
      const events = this.repeatedEvents === 1 ? '1 event repeats' : `${this.repeatedEvents.toLocaleString('en')} events repeat`
      notes.push(`${events} a field ([${listed([...this.repeated.keys()])}]); all its values are kept as one multi-value.`)
    }
    if (this.overflow)
      notes.push(`The data has more than ${MOST_PATHS.toLocaleString('en')} different fields; the rest is not listed.`)
    return notes
  }

  private treeOf(shape: DocumentShape) {
    let tree = this.trees.get(shape)
    if (!tree) this.trees.set(shape, (tree = { tree: new PathTree(shape, MOST_PATHS), tallies: new Map() }))
    return tree
  }

  /** The tally of a document's path; null for metadata and beyond the bound. */
  private tallyOf(node: PathNode): Tally | null {
    let tally = this.current.tallies.get(node)
    if (tally === undefined) {
      tally = node.isDocument || !node.inDocument || METADATA.has(node.path) ? null : this.tallyAt(node.path)
      if (this.current.tallies.size < 2 * MOST_PATHS) this.current.tallies.set(node, tally)
    }
    return tally
  }

  private tallyAt(path: string): Tally | null {
    let tally = this.tallies.get(path)
    if (!tally && this.tallies.size >= MOST_PATHS) {
      this.overflow = true
      return null
    }
    if (!tally) {
      tally = {
        path,
        kinds: 0,
        seen: 0,
        array: false,
        lastEvent: 0,
        lastValueEvent: 0,
        lastObject: 0,
        lastNode: null
      }
      this.tallies.set(path, tally)
    }
    return tally
  }

  private noteRepeated(tally: Tally): void {
    if (this.repeated.size < 100) this.repeated.set(tally.path, (this.repeated.get(tally.path) ?? 0) + 1)
    if (this.lastRepeatedEvent !== this.record) this.repeatedEvents++
    this.lastRepeatedEvent = this.record
  }

  private kindOf(kind: ScalarKind, start: number, end: number): number {
    if (kind === ScalarKind.String) return Seen.String
    if (kind !== ScalarKind.Number) return Seen.Boolean
    for (let i = start; i < end; i++) if (this.bytes[i]! > 0x39 || this.bytes[i] === 0x2e) return Seen.Fraction
    return end - start < 19 || fitsLong(decodeText(this.bytes, start, end, false)) ? Seen.Whole : Seen.Huge
  }

  /** Does the node say what the event is called or where it belongs? Beside a hit's document, or at the root of a plain one. */
  private isName(node: PathNode): boolean {
    if (node.inDocument && DATA_STREAM.has(node.path)) return true
    return (node.path === '_index' || node.path === '_id') && node.inDocument === this.current.tree.root.inDocument
  }

  private takeNames(): void {
    const { names } = this
    const part = (name: string) => names.get(`data_stream.${name}`) ?? null
    const index = names.get('_index') ?? dataStreamName(part('type'), part('dataset'), part('namespace'))
    if (index !== null && this.indexNames.size < KEPT_INDEX_NAMES) this.indexNames.add(index)
    const id = names.get('_id')
    if (id !== undefined) this.seenIds.add(names.get('_index') ?? '', id)
  }

  private objects(): Set<string> {
    const objects = new Set<string>()
    const open = [...this.trees.values()].map(({ tree }) => tree.root)
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.children.size > 0 && node.inDocument && !node.isDocument) objects.add(node.path)
      open.push(...node.children.values())
    }
    return objects
  }
}

const DATA_STREAM = new Set(['data_stream.type', 'data_stream.dataset', 'data_stream.namespace'])

function fitsLong(literal: string): boolean {
  const value = BigInt(literal)
  return value >= -(2n ** 63n) && value < 2n ** 63n
}

function isMixed(kinds: number): boolean {
  return ![Seen.String, Seen.Boolean, Seen.Whole, Seen.Fraction, Seen.Whole | Seen.Fraction].includes(kinds)
}

function typeOf(kinds: number): DataType {
  if (isMixed(kinds) || kinds === Seen.String) return 'keyword'
  if (kinds === Seen.Boolean) return 'boolean'
  return kinds === Seen.Whole ? 'long' : 'double'
}

function listed(names: string[]): string {
  return names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
}
