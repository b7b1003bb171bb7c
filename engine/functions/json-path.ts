/**
 * JSON_EXTRACT's search: one value of a JSON text by a path, without building a tree.
 *
 * Path: keys separated by dots, `['key']` or `["key"]` for keys with dots, `[0]` for array places, `$` optional in front.
 * The text is read up to the value found, so what stands behind it is not looked at. Of a key that occurs twice the first
 * counts. Objects, arrays and numbers come back as written, strings unescaped.
 */
export type PathStep = string | number

/** Steps of a path; throws an Error that says what is wrong with it. */
export function parseJsonPath(path: string): PathStep[] {
  const steps: PathStep[] = []
  let i = path.startsWith('$') ? 1 : 0
  if (i === 1 && path[1] === '.') i = 2
  while (i < path.length) {
    if (path[i] === '[') {
      const step = readBracket(path, i)
      steps.push(step.value)
      i = step.end
    } else {
      const end = i + path.slice(i).search(/[.[]|$/)
      if (end === i) throw new Error(`Invalid JSON path [${path}]: empty key`)
      steps.push(path.slice(i, end))
      i = end
    }
    if (path[i] === '.') {
      i++
      if (i === path.length || path[i] === '.') throw new Error(`Invalid JSON path [${path}]: empty key`)
    } else if (i < path.length && path[i] !== '[') throw new Error(`Invalid JSON path [${path}]: expected [.] or [[] at ${i}`)
  }
  return steps
}

function readBracket(path: string, start: number): { value: PathStep; end: number } {
  const rest = path.slice(start)
  const place = /^\[\s*([0-9]{1,9})\s*\]/.exec(rest)
  if (place) return { value: Number(place[1]), end: start + place[0].length }
  const key = /^\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*\]/s.exec(rest)
  if (!key) throw new Error(`Invalid JSON path [${path}]: unreadable bracket at ${start}`)
  return { value: (key[1] ?? key[2]!).replace(/\\(.)/gs, '$1'), end: start + key[0].length }
}

/** What a search found. `text` null: JSON null. */
export type JsonFound = { text: string | null } | { missing: 'path' | 'index' } | { invalid: true }

/** Finds the value at `steps` of a JSON text. */
export function findJson(json: string, steps: readonly PathStep[]): JsonFound {
  try {
    const reader = new JsonReader(json)
    for (const step of steps) {
      const missing = typeof step === 'number' ? reader.enterElement(step) : reader.enterMember(step)
      if (missing) return { missing }
    }
    return { text: reader.readValue() }
  } catch (failure) {
    if (failure instanceof JsonDamage) return { invalid: true }
    throw failure
  }
}

class JsonDamage extends Error {}

const SCALAR = /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)(?![A-Za-z0-9_.+-])/y
// Written as text: the class of characters that a string may hold as they are begins above the control characters.
const PLAIN = '[^"\\\\\\u0000-\\u001f]*'
const STRING = new RegExp(`"${PLAIN}(?:\\\\(?:["\\\\/bfnrt]|u[0-9A-Fa-f]{4})${PLAIN})*"`, 'y')
const WHITE = /[ \t\n\r]*/y

class JsonReader {
  private at = 0
  constructor(private readonly json: string) {
    if (json.charCodeAt(0) === 0xfeff) this.at = 1
  }

  /** Goes to the value of the first member called `key`; says what is missing. */
  enterMember(key: string): 'path' | null {
    this.skipWhite()
    const head = this.peek()
    if (head !== '{') {
      this.skipValue()
      return 'path'
    }
    this.at++
    if (this.takeIf('}')) return 'path'
    do {
      this.skipWhite()
      const name = unquote(this.match(STRING))
      this.take(':')
      if (name === key) return null
      this.skipValue()
    } while (this.takeIf(','))
    this.take('}')
    return 'path'
  }

  /** Goes to the element number `index`; says what is missing. */
  enterElement(index: number): 'path' | 'index' | null {
    this.skipWhite()
    if (this.peek() !== '[') {
      this.skipValue()
      return 'path'
    }
    this.at++
    if (this.takeIf(']')) return 'index'
    for (let i = 0; ; i++) {
      if (i === index) return null
      this.skipValue()
      if (!this.takeIf(',')) break
    }
    this.take(']')
    return 'index'
  }

  /** The value here: as written, strings unescaped, null as null. */
  readValue(): string | null {
    this.skipWhite()
    const start = this.at
    const isString = this.peek() === '"'
    this.skipValue()
    const text = this.json.slice(start, this.at)
    return isString ? unquote(text) : text === 'null' ? null : text
  }

  /** Reads over one value of any depth, with a stack of closing brackets instead of recursion. */
  private skipValue(): void {
    const closers: string[] = []
    do {
      this.skipWhite()
      const head = this.peek()
      if (head === '{' || head === '[') {
        this.at++
        const closer = head === '{' ? '}' : ']'
        if (!this.takeIf(closer)) {
          closers.push(closer)
          if (closer === '}') this.readKey()
          continue
        }
      } else this.match(head === '"' ? STRING : SCALAR)
      this.closeValues(closers)
    } while (closers.length > 0)
  }

  /** Behind a value: closes what ends here, or goes to the next value of the innermost container. */
  private closeValues(closers: string[]): void {
    while (closers.length > 0) {
      const closer = closers.at(-1)!
      if (this.takeIf(',')) {
        if (closer === '}') this.readKey()
        return
      }
      this.take(closer)
      closers.pop()
    }
  }

  private readKey(): void {
    this.skipWhite()
    this.match(STRING)
    this.take(':')
  }

  private peek(): string | undefined {
    return this.json[this.at]
  }

  private skipWhite(): void {
    WHITE.lastIndex = this.at
    WHITE.test(this.json)
    this.at = WHITE.lastIndex
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.json)
    if (!match) throw new JsonDamage()
    this.at = pattern.lastIndex
    return match[0]
  }

  private takeIf(character: string): boolean {
    this.skipWhite()
    if (this.json[this.at] !== character) return false
    this.at++
    return true
  }

  private take(character: string): void {
    if (!this.takeIf(character)) throw new JsonDamage()
  }
}

function unquote(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1)
}
