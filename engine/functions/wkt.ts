/**
 * Well-known text of geometries: `POINT (12.5 55.6)`, `POLYGON ((...), (...))`.
 *
 * In: text in any case and spacing. Out: one canonical form, numbers as Java prints doubles, which is how columns of points
 * and shapes carry their values; or null for what is no geometry. Nesting is as deep as the kind needs, never deeper.
 */
import { formatJavaDouble } from './java-number.ts'

/** Depth of parentheses around the coordinates of each kind. */
const DEPTHS: ReadonlyMap<string, number> = new Map([
  ['POINT', 1],
  ['LINESTRING', 1],
  ['MULTIPOINT', 1],
  ['POLYGON', 2],
  ['MULTILINESTRING', 2],
  ['MULTIPOLYGON', 3],
  ['BBOX', 1]
])

const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y

/** The canonical text of a geometry, or null. */
export function canonicalWkt(text: string): string | null {
  const head = /^\s*([A-Za-z]+)\s*/.exec(text)
  const kind = head?.[1]!.toUpperCase()
  const depth = kind === undefined ? undefined : DEPTHS.get(kind)
  if (!head || depth === undefined) return null
  const rest = text.slice(head[0].length)
  if (/^EMPTY\s*$/i.test(rest)) return `${kind} EMPTY`
  const reader = new Reader(rest)
  const body = reader.group(depth, kind === 'MULTIPOINT')
  return body !== null && reader.ended() ? `${kind} ${body}` : null
}

/** The coordinates of a point, or null for any other text. */
export function pointOf(text: string): { x: number; y: number } | null {
  const match = /^\s*POINT\s*\(\s*([^\s()]+)\s+([^\s()]+)(?:\s+[^\s()]+)?\s*\)\s*$/i.exec(text)
  if (!match) return null
  const [x, y] = [Number(match[1]), Number(match[2])]
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null
}

/** The canonical text of a point. */
export function pointText(x: number, y: number): string {
  return `POINT (${formatJavaDouble(x)} ${formatJavaDouble(y)})`
}

class Reader {
  private at = 0
  constructor(private readonly text: string) {}

  ended(): boolean {
    this.skip()
    return this.at === this.text.length
  }

  /** `( part, part ...)`: coordinates at depth 1, groups above; points of a MULTIPOINT may have parentheses of their own. */
  group(depth: number, mayWrap: boolean): string | null {
    if (!this.accept('(')) return null
    const parts: string[] = []
    do {
      const part = depth > 1 ? this.group(depth - 1, false) : this.coordinates(mayWrap)
      if (part === null) return null
      parts.push(part)
    } while (this.accept(','))
    return this.accept(')') ? `(${parts.join(', ')})` : null
  }

  private coordinates(mayWrap: boolean): string | null {
    const wrapped = mayWrap && this.accept('(')
    const numbers: string[] = []
    for (let number = this.number(); number !== null; number = this.number()) numbers.push(formatJavaDouble(number))
    if (numbers.length === 0 || numbers.length > 3 || (wrapped && !this.accept(')'))) return null
    return numbers.join(' ')
  }

  private number(): number | null {
    this.skip()
    NUMBER.lastIndex = this.at
    const match = NUMBER.exec(this.text)
    if (!match) return null
    this.at += match[0].length
    return Number(match[0])
  }

  private accept(character: string): boolean {
    this.skip()
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  private skip(): void {
    while (this.at < this.text.length && /\s/.test(this.text[this.at]!)) this.at++
  }
}
