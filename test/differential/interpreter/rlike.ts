/**
 * RLIKE by trying: Lucene's syntax read into a small tree, and every way to match a part followed to its end.
 * A part gives the places where it may end; `&` keeps those both sides give, `~` those the inner part does not.
 */
import { Refused } from './values.ts'

type Ends = ReadonlySet<number>
type Part = (characters: readonly string[], at: number) => Ends

const between = (from: number, to: number) => new Set(Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i))

/** Whether the whole text is of the pattern's language. */
export function rlike(text: string, pattern: string): boolean {
  const characters = Array.from(text)
  return new Reader(Array.from(pattern)).whole()(characters, 0).has(characters.length)
}

const CLASSES: Record<string, RegExp> = { d: /^[0-9]$/, w: /^[0-9A-Za-z_]$/, s: /^[ \t\n\r]$/ }

class Reader {
  private at = 0

  constructor(private readonly pattern: readonly string[]) {}

  whole(): Part {
    if (this.pattern.length === 0) return (_, at) => new Set([at])
    const part = this.union()
    if (this.at < this.pattern.length) throw new Refused('RLIKE')
    return part
  }

  private take(character: string): boolean {
    if (this.pattern[this.at] !== character) return false
    this.at++
    return true
  }

  private next(): string {
    const character = this.pattern[this.at++]
    if (character === undefined) throw new Refused('RLIKE')
    return character
  }

  private union(): Part {
    const left = this.intersection()
    if (!this.take('|')) return left
    const right = this.union()
    return (text, at) => new Set([...left(text, at), ...right(text, at)])
  }

  private intersection(): Part {
    const left = this.sequence()
    if (!this.take('&')) return left
    const right = this.intersection()
    return (text, at) => {
      const ends = right(text, at)
      return new Set([...left(text, at)].filter((end) => ends.has(end)))
    }
  }

  private sequence(): Part {
    const left = this.repeated()
    if (this.at === this.pattern.length || [')', '|', '&'].includes(this.pattern[this.at]!)) return left
    const right = this.sequence()
    return (text, at) => new Set([...left(text, at)].flatMap((end) => [...right(text, end)]))
  }

  private repeated(): Part {
    let part = this.complement()
    for (;;) {
      if (this.take('?')) part = repeat(part, 0, 1)
      else if (this.take('*')) part = repeat(part, 0, Infinity)
      else if (this.take('+')) part = repeat(part, 1, Infinity)
      else if (this.take('{')) {
        const least = this.number()
        const most = this.take(',') ? (this.pattern[this.at] === '}' ? Infinity : this.number()) : least
        if (!this.take('}')) throw new Refused('RLIKE')
        part = repeat(part, least, most)
      } else return part
    }
  }

  private number(): number {
    let digits = ''
    while (/^[0-9]$/.test(this.pattern[this.at] ?? '')) digits += this.next()
    if (digits === '') throw new Refused('RLIKE')
    return Number(digits)
  }

  private complement(): Part {
    if (!this.take('~')) return this.atom()
    const inner = this.complement()
    return (text, at) => {
      const ends = inner(text, at)
      return new Set([...between(at, text.length)].filter((end) => !ends.has(end)))
    }
  }

  private atom(): Part {
    const character = this.next()
    if (character === '(') return this.group()
    if (character === '[') return this.bracket()
    if (character === '.') return one(() => true)
    if (character === '@') return (text, at) => between(at, text.length)
    if (character === '#') return () => new Set()
    if (character === '"') return this.quoted()
    if (character === '<') throw new Refused('RLIKE interval')
    if (character === '\\') return one(this.escaped())
    return one((other) => other === character)
  }

  private group(): Part {
    if (this.take(')')) return (_, at) => new Set([at])
    const inner = this.union()
    if (!this.take(')')) throw new Refused('RLIKE')
    return inner
  }

  private quoted(): Part {
    let text = ''
    while (!this.take('"')) text += this.next()
    const wanted = Array.from(text)
    return (characters, at) =>
      new Set(wanted.every((character, i) => characters[at + i] === character) ? [at + wanted.length] : [])
  }

  private escaped(): (character: string) => boolean {
    const name = this.next()
    const known = CLASSES[name.toLowerCase()]
    if (known) return (character) => known.test(character) !== (name !== name.toLowerCase())
    if (/^[A-Za-z]$/.test(name)) throw new Refused('RLIKE escape')
    return (character) => character === name
  }

  private bracket(): Part {
    const negated = this.take('^')
    const members: ((character: string) => boolean)[] = []
    do {
      if (this.take('\\')) {
        members.push(this.escaped())
        continue
      }
      const from = this.next()
      const to = this.take('-') ? this.next() : from
      const [low, high] = [from.codePointAt(0)!, to.codePointAt(0)!]
      members.push((character) => character.codePointAt(0)! >= low && character.codePointAt(0)! <= high)
    } while (!this.take(']'))
    return one((character) => members.some((member) => member(character)) !== negated)
  }
}

const one =
  (holds: (character: string) => boolean): Part =>
  (text, at) =>
    new Set(at < text.length && holds(text[at]!) ? [at + 1] : [])

function repeat(part: Part, least: number, most: number): Part {
  return (text, at) => {
    const ends = new Set<number>()
    let reached: Ends = new Set([at])
    for (let count = 0; count <= most && reached.size > 0; count++) {
      if (count >= least) {
        const before = ends.size
        for (const end of reached) ends.add(end)
        if (count > least && ends.size === before) break
      }
      // Repeating more often than there are characters brings nothing new.
      if (count > text.length + least) break
      reached = new Set([...reached].flatMap((end) => [...part(text, end)]))
    }
    return ends
  }
}
