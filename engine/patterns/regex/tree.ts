/**
 * The tree a pattern is parsed to, whatever its dialect: flags, classes and escapes are resolved to sets and assertions by
 * the parser, so that what follows knows no dialect.
 */
import type { CodePointSet } from './code-point-set.ts'

export type PatternNode =
  | { type: 'empty' }
  /** One code point of a set. An empty set never matches. */
  | { type: 'set'; set: CodePointSet }
  | { type: 'sequence'; items: PatternNode[] }
  /** The first that leads to a match wins. */
  | { type: 'choice'; items: PatternNode[] }
  | { type: 'repeat'; item: PatternNode; min: number; max: number; kind: RepeatKind }
  /** Group numbers count from 1. */
  | { type: 'capture'; group: number; item: PatternNode }
  /** Matched once; no way back into it. */
  | { type: 'atomic'; item: PatternNode }
  | { type: 'look'; behind: boolean; negative: boolean; item: PatternNode }
  /** The text of the first of these groups that took part. */
  | { type: 'backreference'; groups: number[]; ignoreCase: 'no' | 'ascii' | 'unicode' }
  | { type: 'assertion'; assertion: Assertion }
  /** What was matched so far is not part of the match. */
  | { type: 'keep' }

export type RepeatKind = 'greedy' | 'lazy' | 'possessive'

export type Assertion =
  | { type: 'text-start' }
  | { type: 'text-end' }
  /** At the end or before one last terminator. */
  | { type: 'last-line-end'; lines: LineKind }
  /** `alone`: also where the start of the text is its end. Never behind a terminator that ends the text. */
  | { type: 'line-start'; lines: LineKind; alone: boolean }
  | { type: 'line-end'; lines: LineKind }
  /** Where the search began. */
  | { type: 'search-start' }
  | { type: 'word-boundary'; word: Pick<CodePointSet, 'has'>; negative: boolean }

/** lf: LF only. unicode: LF, CR, CRLF as one, U+0085, U+2028, U+2029. */
export type LineKind = 'lf' | 'unicode'

export interface PatternTree {
  root: PatternNode
  /** Number of capturing groups. */
  groups: number
  /** Names to groups; a name may stand for several in Ruby. */
  names: ReadonlyMap<string, readonly number[]>
}

export const EMPTY: PatternNode = { type: 'empty' }

/** A sequence without nesting: none is empty, one is itself. */
export function sequence(items: readonly PatternNode[]): PatternNode {
  const flat = items.flatMap((item) => (item.type === 'sequence' ? item.items : item.type === 'empty' ? [] : [item]))
  return flat.length === 0 ? EMPTY : flat.length === 1 ? flat[0]! : { type: 'sequence', items: flat }
}

/** A choice of one is that one. */
export function choice(items: readonly PatternNode[]): PatternNode {
  return items.length === 1 ? items[0]! : { type: 'choice', items: [...items] }
}

/** A pattern that does not compile, in the words of the engine it is written for. */
export class PatternSyntaxError extends Error {
  constructor(
    message: string,
    readonly pattern: string,
    /** Offset in the pattern; -1 when it has no place. */
    readonly offset: number
  ) {
    super(message)
  }
}

/** Nesting beyond this is refused: parser and compiler call themselves once a level. */
export const MAX_DEPTH = 250
