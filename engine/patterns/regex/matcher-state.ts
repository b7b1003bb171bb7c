/**
 * MatcherState: the text, the stack and what leaving an atomic group or a look-around does to it.
 *
 * A stack entry is three numbers; the low three bits of the first are its kind, the rest is an index (an instruction, a
 * slot, a row). Where a context is left, entries that offer another way are dropped, those that undo captures stay, and those
 * that remember a pair on the way through become what is known of that pair.
 */
import type { CodePointSet } from './code-point-set.ts'
import { LEAVES, LEAVES_OUTER, Memo, UNKNOWN } from './memo.ts'
import { type Program, WIDTH } from './program.ts'

/** Kinds of stack entries. Taken apart where they are used: as names of a module's own they cost nothing there. */
export const KIND = { CHOICE: 0, UNDO: 1, GREEDY: 2, LAZY: 3, TRAIL: 4, COMMIT: 5, NEGATIVE: 6, BEHIND: 7 } as const
const { UNDO, GREEDY, LAZY, TRAIL, COMMIT } = KIND
/** In the third number of a loop's entry: the place in it has not been tried yet. */
export const FRESH = 1

export abstract class MatcherState {
  /** Offsets: 2n and 2n + 1 are start and end of group n, -1 when it took no part. Valid after 'found'. */
  readonly slots: Int32Array
  protected readonly memo: Memo
  protected stack = new Int32Array(768)
  protected text = ''
  protected hasAstral = false

  constructor(readonly program: Program) {
    this.slots = new Int32Array(program.slotCount)
    this.memo = new Memo(program.rowContexts.length)
  }

  protected widthAt(position: number): number {
    return this.hasAstral && (this.text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1
  }

  protected memberAt(set: CodePointSet, position: number): boolean {
    const unit = this.text.charCodeAt(position)
    if (unit < 256) return set.viewLow()[unit] === 1
    // NaN behind the end is no member.
    return unit === unit && set.has((unit & 0xfc00) === 0xd800 ? this.text.codePointAt(position)! : unit)
  }

  /** `count` code points on, but not past `end`; -1 when there are fewer. */
  protected forward(position: number, count: number, end: number): number {
    if (!this.hasAstral) return position + count <= end ? position + count : -1
    let at = position
    for (let i = 0; i < count; i++) {
      if (at >= end) return -1
      at += this.widthAt(at)
    }
    return at
  }

  protected back(position: number): number {
    const at = position - 1
    return this.hasAstral && at > 0 && (this.text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at
  }

  /** Leaves an atomic group for good: what it could still try is dropped, what undoes its captures stays. */
  protected leaveAtomic(index: number, sp: number, memoOn: boolean): number {
    const { stack, program } = this
    let kept = this.slots[program.contexts[index]!.slot]!
    for (let i = kept; i < sp; i += 3) {
      const kind = stack[i]! & 7
      if (kind === UNDO) {
        stack[kept] = stack[i]!
        stack[kept + 1] = stack[i + 1]!
        kept += 3
        continue
      }
      const level = memoOn ? this.levelIn(index, i) : UNKNOWN
      if (level === UNKNOWN) continue
      const row = rowOf(program, stack[i]!)
      const position = this.positionOf(i)
      stack[kept] = (row << 3) | COMMIT
      stack[kept + 1] = position
      stack[kept + 2] = level
      kept += 3
    }
    return kept
  }

  /** Leaves a look-around that holds, or, when it must not hold, puts everything back as it was before it. */
  protected leaveLook(index: number, sp: number, memoOn: boolean): number {
    const { stack, program, slots, memo } = this
    const { slot, negative, repeatable } = program.contexts[index]!
    const height = slots[slot]!
    let kept = height
    for (let i = height; i < sp; i += 3) {
      if ((stack[i]! & 7) === UNDO) {
        if (negative) continue
        stack[kept] = stack[i]!
        stack[kept + 1] = stack[i + 1]!
        kept += 3
        continue
      }
      const level = memoOn && repeatable ? this.levelIn(index, i) : UNKNOWN
      if (level !== UNKNOWN) memo.set(rowOf(program, stack[i]!), this.positionOf(i), level)
    }
    if (!negative) return kept
    for (let i = sp - 3; i >= height; i -= 3) {
      if ((stack[i]! & 7) === UNDO) slots[stack[i]! >> 3] = stack[i + 1]!
    }
    // The entry for its not holding lies right below.
    return height - 3
  }

  /** An atomic group is known to end where nothing goes on: all of it is undone. */
  protected cutAtomic(index: number, sp: number): number {
    const { stack, program, slots, memo } = this
    const height = slots[program.contexts[index]!.slot]!
    for (let i = sp - 3; i >= height; i -= 3) {
      if ((stack[i]! & 7) === UNDO) {
        slots[stack[i]! >> 3] = stack[i + 1]!
        continue
      }
      const level = this.levelIn(index, i)
      if (level !== UNKNOWN) memo.set(rowOf(program, stack[i]!), this.positionOf(i), level)
    }
    return height
  }

  /** What leaving context `index` says of the pair of an entry: its own context, the one inside it, or nothing. */
  protected levelIn(index: number, entry: number): number {
    const { stack, program } = this
    const kind = stack[entry]! & 7
    if (kind !== TRAIL && kind !== COMMIT && kind !== GREEDY && kind !== LAZY) return UNKNOWN
    const row = rowOf(program, stack[entry]!)
    if (row < 0) return UNKNOWN
    const context = program.rowContexts[row]!
    if (kind !== COMMIT && context === index) return LEAVES
    const isOuter = context >= 0 && program.contexts[context]!.parent === index
    return kind === COMMIT && isOuter && stack[entry + 2] === LEAVES ? LEAVES_OUTER : UNKNOWN
  }

  protected positionOf(entry: number): number {
    const kind = this.stack[entry]! & 7
    return kind === GREEDY || kind === LAZY ? this.stack[entry + 2]! >> 1 : this.stack[entry + 1]!
  }
}

/** The row an entry speaks of. */
export function rowOf(program: Program, head: number): number {
  const kind = head & 7
  return kind === GREEDY || kind === LAZY ? program.code[(head >> 3) * WIDTH + 4]! : head >> 3
}

/** The context that is left when a pair is known to leave one; -1 when that cannot be used. */
export function contextOf(program: Program, row: number, known: number): number {
  const own = program.rowContexts[row]!
  const context = known === LEAVES_OUTER ? program.contexts[own]!.parent : own
  return context >= 0 && (program.contexts[context]!.kind === 'atomic' || program.contexts[context]!.repeatable) ? context : -1
}
