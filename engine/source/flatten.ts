/**
 * Flatten: from the JSON bytes of one record to its fields, each a dotted path with scalars.
 *
 * In:   UTF-8 bytes of one record (trailing white space allowed). Out: one visit per scalar, in document order.
 * Holds: no recursion, so depth costs memory only up to MAX_DEPTH; paths live in Maps, so a key such as `__proto__` is a
 *       name like any other; `a.b` and `{"a":{"b":..}}` are the same field. The whole JSON grammar is checked.
 * The schema sample, the event view and the reference scanner stand on it; the scan kernel has its own walk.
 */
import { ScalarKind, MAX_DEPTH } from './record-scanner.ts'
import type { DocumentShape } from './record-reader.ts'

/** Why a record is not read as an event, and the offset in `bytes` where it shows. */
export interface RecordProblem {
  reason: string
  at: number
}

/** The reasons a record is skipped for, as the analyst reads them. */
export const SkipReason = {
  Utf8: 'invalid UTF-8',
  NotObject: 'not a JSON object',
  Malformed: 'malformed JSON',
  Incomplete: 'incomplete JSON',
  TooDeep: 'nested deeper than 1,000 levels',
  TooLong: 'longer than 16 MiB'
} as const

/** A place in documents: all keys on the way joined by dots, arrays passed through. */
export interface PathNode {
  /** Dense; shared by all ways to write the same path. */
  readonly id: number
  readonly path: string
  /** False for what stands beside `_source` in a hit. */
  readonly inDocument: boolean
  readonly isDocument: boolean
  readonly children: Map<string, PathNode>
}

/** The paths met so far. One tree serves many records of one shape; beyond `capacity` paths nodes are not kept. */
export class PathTree {
  readonly root: PathNode
  private readonly ids = new Map<string, number>()
  private readonly documentKey: string | null

  constructor(
    shape: DocumentShape,
    private readonly capacity = 200_000
  ) {
    this.documentKey = shape === 'plain' ? null : shape === 'hit-source' ? '_source' : 'fields'
    const plain = shape === 'plain'
    this.root = { id: -1, path: '', inDocument: plain, isDocument: plain, children: new Map() }
  }

  /** The node of `key` below `parent`. */
  child(parent: PathNode, key: string): PathNode {
    const known = parent.children.get(key)
    if (known) return known
    const node = this.make(parent, key)
    if (this.ids.size < this.capacity) parent.children.set(key, node)
    return node
  }

  private make(parent: PathNode, key: string): PathNode {
    if (parent === this.root && key === this.documentKey) {
      return { id: -1, path: '', inDocument: true, isDocument: true, children: new Map() }
    }
    const path = parent === this.root || parent.isDocument ? key : `${parent.path}.${key}`
    return { id: this.idOf(path, parent.inDocument), path, inDocument: parent.inDocument, isDocument: false, children: new Map() }
  }

  private idOf(path: string, inDocument: boolean): number {
    const key = (inDocument ? 'd' : 'r') + path
    let id = this.ids.get(key)
    if (id === undefined) {
      id = this.ids.size
      if (id < this.capacity) this.ids.set(key, id)
    }
    return id
  }
}

/** A scalar in the bytes: the text between the quotes of a string, or the literal; `kind` null is JSON's null. */
export interface ScalarVisitor {
  scalar(node: PathNode, kind: ScalarKind | null, start: number, end: number, escaped: boolean): void
  /** Called for each key; `object` numbers the object it stands in (unique within a walk). */
  key?(node: PathNode, object: number): void
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/** Walks one record and visits its scalars; a problem may show after some visits were made. */
export function walkRecord(
  bytes: Uint8Array,
  start: number,
  end: number,
  tree: PathTree,
  visitor: ScalarVisitor
): RecordProblem | null {
  const bad = invalidUtf8At(bytes, start, end)
  if (bad >= 0) return { reason: SkipReason.Utf8, at: bad }
  return new RecordWalk(bytes, end, tree, visitor).run(start)
}

class RecordWalk {
  private at = 0
  private escaped = false
  private objects = 0
  /** Open containers: the node of each and the number of the object (-1 for arrays). */
  private readonly nodes: PathNode[] = []
  private readonly numbers: number[] = []

  constructor(
    private readonly bytes: Uint8Array,
    private readonly end: number,
    private readonly tree: PathTree,
    private readonly visitor: ScalarVisitor
  ) {}

  run(start: number): RecordProblem | null {
    this.at = start
    this.skipSpace()
    if (this.peek() !== OPEN_OBJECT) return { reason: SkipReason.NotObject, at: this.at }
    let node: PathNode | null = this.tree.root
    do {
      node = this.value(node)
      while (node === null) {
        if (this.nodes.length === 0) return this.afterRecord()
        node = this.afterValue()
        if (node === FAILED) return this.problem()
      }
    } while (node !== FAILED)
    return this.problem()
  }

  /** Reads a scalar, or opens a container: the node of the value to read next, null when a value is complete. */
  private value(node: PathNode): PathNode | null {
    this.skipSpace()
    const first = this.peek()
    if (first === OPEN_OBJECT) return this.open(node, ++this.objects)
    if (first === OPEN_ARRAY) return this.open(node, -1)
    const start = this.at
    if (first === QUOTE) {
      if (!this.string()) return FAILED
      this.visitor.scalar(node, ScalarKind.String, start + 1, this.at - 1, this.escaped)
      return null
    }
    const kind = this.literal(first)
    if (kind === undefined) return FAILED
    this.visitor.scalar(node, kind, start, this.at, false)
    return null
  }

  private open(node: PathNode, number: number): PathNode | null {
    if (this.nodes.length === MAX_DEPTH) return this.fail(SkipReason.TooDeep)
    this.at++
    this.skipSpace()
    if (this.peek() === (number < 0 ? CLOSE_ARRAY : CLOSE_OBJECT)) {
      this.at++
      return null
    }
    this.nodes.push(node)
    this.numbers.push(number)
    return number < 0 ? node : this.key(node, number)
  }

  /** After a value within a container: the node of the next value, or null when the container is complete. */
  private afterValue(): PathNode | null {
    const last = this.nodes.length - 1
    const number = this.numbers[last]!
    this.skipSpace()
    const next = this.peek()
    if (next === COMMA) {
      this.at++
      return number < 0 ? this.nodes[last]! : this.key(this.nodes[last]!, number)
    }
    if (next !== (number < 0 ? CLOSE_ARRAY : CLOSE_OBJECT)) return FAILED
    this.at++
    this.nodes.pop()
    this.numbers.pop()
    return null
  }

  private key(parent: PathNode, object: number): PathNode {
    this.skipSpace()
    const start = this.at
    if (this.peek() !== QUOTE || !this.string()) return FAILED
    const node = this.tree.child(parent, decodeText(this.bytes, start + 1, this.at - 1, this.escaped))
    this.skipSpace()
    if (this.peek() !== COLON) return FAILED
    this.at++
    this.visitor.key?.(node, object)
    return node
  }

  private afterRecord(): RecordProblem | null {
    this.skipSpace()
    return this.at === this.end ? null : { reason: SkipReason.Malformed, at: this.at }
  }

  private string(): boolean {
    const { bytes, end } = this
    this.escaped = false
    for (let i = this.at + 1; i < end; i++) {
      const byte = bytes[i]!
      if (byte === QUOTE) {
        this.at = i + 1
        return true
      }
      if (byte === BACKSLASH) {
        this.escaped = true
        const length = escapeLength(bytes, i, end)
        if (length === 0) return this.stopAt(i)
        i += length - 1
      } else if (byte < 0x20) return this.stopAt(i)
    }
    return this.stopAt(end)
  }

  private stopAt(at: number): false {
    this.at = at
    return false
  }

  /** Reads a number, true, false or null; undefined when there is none. */
  private literal(first: number): ScalarKind | null | undefined {
    if (first === 0x74) return this.word('true') ? ScalarKind.True : undefined
    if (first === 0x66) return this.word('false') ? ScalarKind.False : undefined
    if (first === 0x6e) return this.word('null') ? null : undefined
    return this.number() ? ScalarKind.Number : undefined
  }

  private word(text: string): boolean {
    for (let i = 0; i < text.length; i++, this.at++) if (this.peek() !== text.charCodeAt(i)) return false
    return true
  }

  private number(): boolean {
    if (this.peek() === 0x2d) this.at++
    if (this.peek() === 0x30) this.at++
    else if (!this.digits()) return false
    if (this.peek() === 0x2e) {
      this.at++
      if (!this.digits()) return false
    }
    if ((this.peek() | 0x20) === 0x65) {
      this.at++
      if (this.peek() === 0x2b || this.peek() === 0x2d) this.at++
      if (!this.digits()) return false
    }
    return true
  }

  private digits(): boolean {
    const start = this.at
    while (this.peek() >= 0x30 && this.peek() <= 0x39) this.at++
    return this.at > start
  }

  private peek(): number {
    return this.at < this.end ? this.bytes[this.at]! : -1
  }

  private skipSpace(): void {
    while (this.at < this.end && isJsonSpace(this.bytes[this.at]!)) this.at++
  }

  private reason: string | null = null

  private fail(reason: string): PathNode {
    this.reason = reason
    return FAILED
  }

  private problem(): RecordProblem {
    return { reason: this.reason ?? (this.at >= this.end ? SkipReason.Incomplete : SkipReason.Malformed), at: this.at }
  }
}

/** Stands for "stop" where a walk answers with a node. */
const FAILED: PathNode = { id: -2, path: '', inDocument: false, isDocument: false, children: new Map() }

/** Space, tab, line feed, carriage return. */
export function isJsonSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/**
 * The range of a record's document: the record itself, or the object at `_source` (`fields`) of a hit; null without one.
 * The record must be well-formed.
 */
export function documentRange(
  bytes: Uint8Array,
  start: number,
  end: number,
  shape: DocumentShape
): { start: number; end: number } | null {
  while (start < end && isJsonSpace(bytes[start]!)) start++
  while (end > start && isJsonSpace(bytes[end - 1]!)) end--
  if (shape === 'plain') return { start, end }
  const wanted = shape === 'hit-source' ? '_source' : 'fields'
  let depth = 0
  let key = ''
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    if (byte === QUOTE) {
      const close = closingQuote(bytes, i, end)
      if (depth === 1) key = decodeText(bytes, i + 1, close, true)
      i = close
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (depth === 1 && byte === OPEN_OBJECT && key === wanted) return { start: i, end: closingBracket(bytes, i, end) + 1 }
      depth++
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--
  }
  return null
}

/** Index of the quote that ends the string beginning at `open`. */
function closingQuote(bytes: Uint8Array, open: number, end: number): number {
  let i = open + 1
  while (i < end && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1
  return i
}

/** Index of the bracket that closes the one at `open`. */
function closingBracket(bytes: Uint8Array, open: number, end: number): number {
  let depth = 0
  for (let i = open; i < end; i++) {
    const byte = bytes[i]!
    if (byte === QUOTE) i = closingQuote(bytes, i, end)
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --depth === 0) return i
  }
  return end - 1
}

/** Length of the escape at `at`, 0 when it is none of JSON's. */
function escapeLength(bytes: Uint8Array, at: number, end: number): number {
  const kind = at + 1 < end ? String.fromCharCode(bytes[at + 1]!) : ''
  if (kind !== 'u') return kind !== '' && '"\\/bfnrt'.includes(kind) ? 2 : 0
  for (let i = at + 2; i < at + 6; i++) if (i >= end || !/[0-9a-fA-F]/.test(String.fromCharCode(bytes[i]!))) return 0
  return 6
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Text of a string's inner bytes; an escaped lone surrogate becomes U+FFFD, as in every UTF-8 store. */
export function decodeText(bytes: Uint8Array, start: number, end: number, escaped: boolean): string {
  if (!escaped && end - start <= 24) {
    let text = ''
    let i = start
    while (i < end && bytes[i]! < 0x80) text += String.fromCharCode(bytes[i++]!)
    if (i === end) return text
  }
  const raw = UTF8.decode(bytes.subarray(start, end))
  return escaped ? wellFormed(JSON.parse(`"${raw}"`) as string) : raw
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd')
}

/** Offset of the first byte that is not UTF-8 (overlong forms and surrogates included), or -1. */
export function invalidUtf8At(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end;) {
    const length = sequenceLength(bytes, i, end)
    if (length === 0) return i
    i += length
  }
  return -1
}

function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!
  if (lead < 0x80) return 1
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  if (length === 0 || at + length > end) return 0
  for (let i = 1; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0
  const second = bytes[at + 1]!
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0
  return length
}
