/**
 * Sets named by Unicode: general categories, scripts and properties, as the host's own tables have them; and the closure of
 * a set under case. Each is worked out once and kept.
 */
import { ANY, CodePointSet, type CodePointRange, MAX_CODE_POINT } from './code-point-set.ts'

const known = new Map<string, CodePointSet | null>()

/** The set of `\p{name}` in JavaScript's spelling (`L`, `Lu`, `Script=Greek`, `Alphabetic`), or null when there is none. */
export function unicodeSet(name: string): CodePointSet | null {
  let set = known.get(name)
  if (set === undefined) known.set(name, (set = scan(name)))
  return set
}

/** The same for a name that is known to exist. */
export function unicodeClass(name: string): CodePointSet {
  return unicodeSet(name)!
}

let everything = ''

/** All code points in order as one text, surrogates left out: they cannot stand alone in the text a pattern sees. */
function allCodePoints(): string {
  if (everything === '') {
    const parts: string[] = []
    for (let from = 0; from <= MAX_CODE_POINT; from += 0x800) {
      if (from === 0xd800) continue
      parts.push(String.fromCodePoint(...Array.from({ length: 0x800 }, (_, i) => from + i)))
    }
    everything = parts.join('')
  }
  return everything
}

function scan(name: string): CodePointSet | null {
  if (!/^[A-Za-z0-9_]+(=[A-Za-z0-9_]+)?$/.test(name)) return null
  let pattern: RegExp
  try {
    pattern = new RegExp(`\\p{${name}}+`, 'gu')
  } catch {
    return null
  }
  const ranges = Array.from(allCodePoints().matchAll(pattern), ([run]): CodePointRange[] => runRanges(run))
  return CodePointSet.of(...ranges.flat())
}

/** A run is contiguous but for the gap of the surrogates. */
function runRanges(run: string): CodePointRange[] {
  const first = run.codePointAt(0)!
  const lastUnit = run.charCodeAt(run.length - 1)
  const last = lastUnit >= 0xdc00 && lastUnit <= 0xdfff ? run.codePointAt(run.length - 2)! : lastUnit
  return first < 0xd800 && last > 0xdfff
    ? [
        [first, 0xd7ff],
        [0xe000, last]
      ]
    : [[first, last]]
}

// ---- case ----

let folds: Map<number, number[]> | null = null

/** Code points that differ only in case, by simple folding: each of a group to the whole group. */
function foldGroups(): Map<number, number[]> {
  if (folds) return folds
  const groups = new Map<number, number[]>()
  for (const [first, last] of unicodeClass('Changes_When_Casemapped').ranges) {
    for (let code = first; code <= last; code++) {
      const key = simpleFold(code)
      const group = groups.get(key)
      if (group) group.push(code)
      else groups.set(key, [code])
    }
  }
  folds = new Map()
  for (const [key, group] of groups) {
    if (!group.includes(key)) group.push(key)
    if (group.length > 1) for (const code of group) folds.set(code, group)
  }
  return folds
}

function simpleFold(code: number): number {
  const text = String.fromCodePoint(code)
  const upper = single(text.toUpperCase()) ?? code
  return single(String.fromCodePoint(upper).toLowerCase()) ?? upper
}

function single(text: string): number | null {
  const code = text.codePointAt(0)!
  return text.length === (code > 0xffff ? 2 : 1) ? code : null
}

/** The set with everything that differs from a member only in case. */
export function closeOverCase(set: CodePointSet): CodePointSet {
  if (set === ANY) return set
  if ((set.ranges.at(-1)?.[1] ?? 0) < 128) return closeAsciiOverCase(set)
  const groups = foldGroups()
  const extra: CodePointRange[] = []
  for (const [code, group] of groups) if (set.has(code)) for (const other of group) extra.push([other, other])
  return CodePointSet.of(...set.ranges, ...extra)
}

/** The closure of ASCII characters, without the tables: two letters have partners elsewhere, the Kelvin sign and the long s. */
function closeAsciiOverCase(set: CodePointSet): CodePointSet {
  const closed = closeOverAsciiCase(set)
  const extra: CodePointRange[] = []
  if (closed.has(0x6b)) extra.push([0x212a, 0x212a])
  if (closed.has(0x73)) extra.push([0x17f, 0x17f])
  return CodePointSet.of(...closed.ranges, ...extra)
}

/** The same for the letters A to Z only. */
export function closeOverAsciiCase(set: CodePointSet): CodePointSet {
  const extra: CodePointRange[] = []
  for (let upper = 0x41; upper <= 0x5a; upper++) {
    if (set.has(upper) || set.has(upper + 32)) extra.push([upper, upper], [upper + 32, upper + 32])
  }
  return CodePointSet.of(...set.ranges, ...extra)
}

/** Folds one code point for the comparison of a back reference. */
export function foldCodePoint(code: number, ascii: boolean): number {
  if (code < 128 || ascii) return code >= 0x41 && code <= 0x5a ? code + 32 : code
  return foldGroups().get(code)?.[0] ?? code
}
