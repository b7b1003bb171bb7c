/**
 * Program: a pattern as a list of instructions with up to five numbers each, kept in parallel arrays so that the matcher
 * works on integers only.
 *
 * A row is a line of the memo (see `memo.ts`): one for every instruction where ways part. A context is an atomic group or
 * a look-around: a part that is matched to its end and then left for good.
 */
import type { CodePointSet } from './code-point-set.ts'
import type { Assertion } from './tree.ts'

/** Instructions and their operands a, b, c, d, e. */
export const OP = {
  MATCH: 0,
  /** a: unit of the text. */
  CHAR: 1,
  /** a: index in `texts`. */
  TEXT: 2,
  /** a: set. */
  SET: 3,
  /** a, b: targets, a is tried first; c: row; d, e: sets one of which must follow for a, for b; -1 for any. */
  SPLIT: 4,
  /** a: target. */
  JUMP: 5,
  /** a: slot that takes the position. */
  SAVE: 6,
  /** One set repeated. a: set; b: least; c: most, -1 without bound; d: row; e: set that must follow, -1 for any. */
  LOOP_GREEDY: 7,
  LOOP_LAZY: 8,
  /** The same without a way back. */
  LOOP_POSSESSIVE: 9,
  /** a: index in `assertions`. */
  ASSERT: 10,
  /** a: context. */
  ATOMIC_ENTER: 11,
  ATOMIC_EXIT: 12,
  /** a: context; b: target behind it. */
  LOOK_ENTER: 13,
  LOOK_EXIT: 14,
  /** a: context; b: target behind it; c, d: least and most code points back. */
  BEHIND_ENTER: 15,
  BEHIND_EXIT: 16,
  /** a: index in `references`. */
  BACKREFERENCE: 17,
  /** a: slot; b: target when the position has not moved since that slot was saved. */
  IF_EMPTY: 18,
  /** a: slot set to zero. */
  COUNT_ZERO: 19,
  /** a: slot; b: least; c: most, -1 without bound; d: target behind the loop; e: 1 when lazy. The next one counts. */
  COUNT_LOOP: 20,
  /** a: slot. */
  COUNT_ONE: 21,
  /** a: slot that takes what is in slot b. */
  COPY: 22,
  FAIL: 23,
  /** A choice of three and more. a: index in `branches`; b: row. */
  BRANCH: 24
} as const

export interface ProgramContext {
  kind: 'atomic' | 'look'
  negative: boolean
  /** Slot of the height of the stack at entry; the next one holds the position. */
  slot: number
  /** Index of the context around it, -1 for none. */
  parent: number
  /** The instruction that leaves it. */
  exit: number
  /** A success may be remembered, because nothing inside captures. */
  repeatable: boolean
}

/** Which ways of a choice are worth trying, by the code point that comes next. */
export interface Branch {
  /** In order of preference. */
  targets: readonly number[]
  firsts: readonly (CodePointSet | null)[]
  /** The targets for each of the first 256 code points, and for the end of the text (256); filled in when asked for. */
  byUnit: (readonly number[] | null)[]
}

export interface Program {
  /** Six numbers an instruction: the operation, then a to e. */
  code: Int32Array
  sets: readonly CodePointSet[]
  texts: readonly string[]
  assertions: readonly Assertion[]
  references: readonly { groups: number[]; ignoreCase: 'no' | 'ascii' | 'unicode' }[]
  branches: readonly Branch[]
  contexts: readonly ProgramContext[]
  /** Context of each row, -1 for none. */
  rowContexts: Int32Array
  /** Number of set loops; each has a place in the matcher's run cache. Index by instruction, -1 for others. */
  loops: Int32Array
  loopCount: number
  /** Slots: start and end of the match and of each group, then those the program itself needs. */
  slotCount: number
  groups: number
  /** False when what a way leads to depends on more than instruction and position. */
  memoizable: boolean
  usesSearchStart: boolean
  /** A match begins with one of these, with this text; null and "" when not known. */
  first: CodePointSet | null
  prefix: string
  /** Every match contains this text. */
  required: string
  anchored: boolean
}

export const WIDTH = 6
