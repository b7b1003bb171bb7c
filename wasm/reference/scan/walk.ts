/** Twin of the walk: recursive descent over a record whose structure is sound, so it ends where brackets and quotes say. */
import * as layout from '../../assembly/scan-layout.ts'
import { byteKey, type PlanNode } from './plan.ts'
import type { RecordStructure } from './structure.ts'

export interface FoundValue {
  field: number
  kind: number
  text: Uint8Array
}

/** Ends a walk: a reason to skip the record, or RECORD_ABANDONED. */
export class WalkEnd extends Error {
  constructor(readonly verdict: number) {
    super(`verdict ${verdict}`)
  }
}

const ESCAPES = new Map(Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }))
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/
const LITERALS: [string, number | null][] = [
  ['true', layout.KIND_TRUE],
  ['false', layout.KIND_FALSE],
  ['null', null]
]
const NO_NODE: PlanNode = { field: -1, keys: new Map() }

export class Walk {
  private at: number

  constructor(
    private readonly bytes: Uint8Array,
    start: number,
    private readonly structure: RecordStructure,
    private readonly note: (value: FoundValue) => void
  ) {
    this.at = start
  }

  /** Reads the object that begins here. */
  object(node: PlanNode): void {
    this.at++
    if (this.peek() === '}') return this.pass()
    for (;;) {
      if (this.peek() !== '"') throw new WalkEnd(layout.SKIP_NAME)
      const name = byteKey(this.string())
      if (this.peek() !== ':') throw new WalkEnd(layout.SKIP_COLON)
      this.at++
      this.value(node.keys.get(name) ?? NO_NODE)
      if (this.peek() === '}') return this.pass()
      if (this.peek() !== ',') throw new WalkEnd(layout.SKIP_OBJECT_COMMA)
      this.at++
    }
  }

  private array(node: PlanNode): void {
    this.at++
    if (this.peek() === ']') return this.pass()
    for (;;) {
      this.value(node)
      if (this.peek() === ']') return this.pass()
      if (this.peek() !== ',') throw new WalkEnd(layout.SKIP_ARRAY_COMMA)
      this.at++
    }
  }

  private value(node: PlanNode): void {
    const first = this.peek()
    if (first === '{') node.keys.size > 0 ? this.object(node) : this.passBracket()
    else if (first === '[') node === NO_NODE ? this.passBracket() : this.array(node)
    else if (first === '"') node.field < 0 ? this.passString() : this.found(node, layout.KIND_STRING, this.string())
    else this.scalar(node, first)
  }

  private scalar(node: PlanNode, first: string): void {
    const word = byteKey(this.bytes.subarray(this.at, this.wordEnd()))
    const literal = LITERALS.find(([text]) => word.startsWith(text))
    const text = literal?.[0] ?? NUMBER.exec(word)?.[0]
    if (text === undefined || (!literal && isUnfinished(text, word[text.length])))
      throw new WalkEnd(/[-0-9]/.test(first) ? layout.SKIP_NUMBER : layout.SKIP_VALUE)
    const start = this.at
    this.at += text.length
    const kind = literal ? literal[1] : layout.KIND_NUMBER
    if (node.field >= 0 && kind !== null) this.found(node, kind, this.bytes.slice(start, this.at))
  }

  private wordEnd(): number {
    let end = this.at
    while (/[-+.0-9A-Za-z]/.test(String.fromCharCode(this.bytes[end]!))) end++
    return end
  }

  private found(node: PlanNode, kind: number, text: Uint8Array): void {
    this.note({ field: node.field, kind, text })
  }

  /** The next byte behind blanks, as a character. */
  private peek(): string {
    while ([32, 10, 13, 9].includes(this.bytes[this.at]!)) this.at++
    return String.fromCharCode(this.bytes[this.at]!)
  }

  private pass(): void {
    this.at++
  }

  private passBracket(): void {
    this.at = this.structure.closerOf.get(this.at)! + 1
  }

  /** Passes a string and answers its inside as written. */
  private passString(): Uint8Array {
    const start = ++this.at
    while (this.bytes[this.at] !== 34) this.at += this.bytes[this.at] === 92 ? 2 : 1
    return this.bytes.slice(start, this.at++)
  }

  private string(): Uint8Array {
    const raw = this.passString()
    return raw.includes(92)
      ? new TextEncoder().encode(decodeEscapes(new TextDecoder('utf-8', { ignoreBOM: true }).decode(raw)))
      : raw
  }
}

/** True when a fraction or an exponent begins behind the number and has no digits. (012 is a number, 0, and fails at the comma.) */
function isUnfinished(number: string, next: string | undefined): boolean {
  if (next === '.') return !/[.eE]/.test(number)
  return (next === 'e' || next === 'E') && !/[eE]/.test(number)
}

/** JSON escapes decoded; the encoder makes U+FFFD of a surrogate without its partner. */
function decodeEscapes(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[^u]|u|$)/g, (_, escape: string) => {
    if (escape.length === 5) return String.fromCharCode(parseInt(escape.slice(1), 16))
    const plain = ESCAPES.get(escape)
    if (plain === undefined) throw new WalkEnd(layout.SKIP_ESCAPE)
    return plain
  })
}
