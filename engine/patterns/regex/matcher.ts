/**
 * RegexMatcher: runs a program over a text, as a backtracking engine would, in its order of preference.
 *
 * Nothing is called recursively: what is still to be tried lies on a stack of three numbers an entry. After a while of
 * trying, (row, position) pairs from which no match is possible are remembered (see `memo.ts`) and not tried again, which
 * bounds the work by program times text: a failure depends on nothing but instruction and position, since captures are
 * never asked (a pattern with back references has no memo, and the number of steps alone bounds it). Inside an atomic group
 * or a look-around a pair is known by what it means there: the entries of its way are turned over when the part is left.
 *
 * Steps are counted over all searches in a value; past the limit the result is 'stopped', which is neither match nor none.
 */
import type { CodePointSet } from './code-point-set.ts'
import { assertionHolds, endOfReference } from './assertions.ts'
import { FAILED, LEAVES, LEAVES_OUTER, Memo, UNKNOWN } from './memo.ts'
import { type Branch, type Program, WIDTH } from './program.ts'
import { RunCache } from './run-cache.ts'

export type SearchResult = 'found' | 'none' | 'stopped'

/** Steps a value of any length may cost; longer ones so many a unit. */
const LEAST_STEPS = 2_000_000
const STEPS_PER_UNIT = 61
/** Steps a unit before the memo is kept: ordinary matches never need it. */
const STEPS_BEFORE_MEMO = 8
const MAX_STACK = 3 << 24

// Kinds of stack entries: kind in the low three bits of the first number.
const CHOICE = 0
const UNDO = 1
const GREEDY = 2
const LAZY = 3
const TRAIL = 4
const COMMIT = 5
const NEGATIVE = 6
const BEHIND = 7
/** In the third number of a loop's entry: the place in it has not been tried yet. */
const FRESH = 1

export class RegexMatcher {
  /** Offsets: 2n and 2n + 1 are start and end of group n, -1 when it took no part. Valid after 'found'. */
  readonly slots: Int32Array
  private readonly memo: Memo
  private readonly runs: RunCache
  private stack = new Int32Array(768)
  private text = ''
  private hasAstral = false
  private steps = 0
  private limit = 0
  private checkpoint = 0
  private memoOn = false
  private searchStart = 0
  /** What `nextGreedy` and `nextLazy` say besides the place: what is known of it, and how many they looked at. */
  private known = UNKNOWN
  private looked = 0

  constructor(readonly program: Program) {
    this.slots = new Int32Array(program.slotCount)
    this.memo = new Memo(program.rowContexts.length)
    this.runs = new RunCache(program.loopCount)
  }

  /** Begins with a text: whatever was known of the one before is forgotten. */
  reset(text: string): void {
    this.text = text
    this.hasAstral = /[\ud800-\udfff]/.test(text)
    this.steps = 0
    this.limit = Math.max(LEAST_STEPS, text.length * STEPS_PER_UNIT)
    this.checkpoint = Math.min(this.limit, 1000 + text.length * STEPS_BEFORE_MEMO)
    this.memoOn = false
    this.memo.reset(text.length)
    this.runs.reset()
  }

  /** Finds the first match that begins at `from` or behind it. */
  find(from: number, searchStart = from): SearchResult {
    const { program, text } = this
    if (program.required !== '' && text.indexOf(program.required, from) < 0) return 'none'
    if (program.usesSearchStart) {
      this.memo.reset(text.length)
      this.runs.reset()
    }
    this.searchStart = searchStart
    if (program.anchored) return from === 0 ? this.run(0) : 'none'
    for (let start = this.candidate(from); start >= 0; start = this.candidate(start + this.widthAt(start))) {
      const result = this.run(start)
      if (result !== 'none') return result
    }
    return 'none'
  }

  private widthAt(position: number): number {
    return this.hasAstral && (this.text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1
  }

  /** The next place at which a match could begin, -1 when there is none. */
  private candidate(from: number): number {
    const { program, text } = this
    if (from > text.length) return -1
    if (program.prefix !== '') return text.indexOf(program.prefix, from)
    const { first } = program
    if (first === null) return from
    const low = first.viewLow()
    for (let at = from; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit < 256) {
        if (low[unit] === 1) return at
      } else {
        const code = (unit & 0xfc00) === 0xd800 ? text.codePointAt(at)! : unit
        if (first.has(code)) return at
        if (code > 0xffff) at++
      }
    }
    return -1
  }

  /** The ways of a branch for a code point beyond the first 256. */
  private waysAt(branch: Branch, position: number): number[] {
    return branch.targets.filter((_, i) => branch.firsts[i] === null || this.memberAt(branch.firsts[i]!, position))
  }

  private memberAt(set: CodePointSet, position: number): boolean {
    const unit = this.text.charCodeAt(position)
    if (unit < 256) return set.viewLow()[unit] === 1
    // NaN behind the end is no member.
    return unit === unit && set.has((unit & 0xfc00) === 0xd800 ? this.text.codePointAt(position)! : unit)
  }

  /** `count` code points on, but not past `end`; -1 when there are fewer. */
  private forward(position: number, count: number, end: number): number {
    if (!this.hasAstral) return position + count <= end ? position + count : -1
    let at = position
    for (let i = 0; i < count; i++) {
      if (at >= end) return -1
      at += this.widthAt(at)
    }
    return at
  }

  private back(position: number): number {
    const at = position - 1
    return this.hasAstral && at > 0 && (this.text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at
  }

  /** Time to look up: begins the memo, or says that the limit is reached. */
  private goesOn(steps: number): boolean {
    this.steps = steps
    if (steps >= this.limit) return false
    if (this.program.memoizable) this.memoOn = true
    this.checkpoint = this.limit
    return true
  }

  private grow(): Int32Array<ArrayBuffer> | null {
    if (this.stack.length * 2 > MAX_STACK) return null
    const grown = new Int32Array(this.stack.length * 2)
    grown.set(this.stack)
    return (this.stack = grown)
  }

  /** Tries to match at one place. */
  private run(start: number): SearchResult {
    const { program, text, slots, memo, runs } = this
    const { code, sets, contexts, loops } = program
    const end = text.length
    let { stack, steps, memoOn } = this
    let sp = 0
    let pc = 0
    let position = start
    slots.fill(-1)
    slots[0] = start

    for (;;) {
      if (++steps > this.checkpoint) {
        if (!this.goesOn(steps)) return 'stopped'
        memoOn = this.memoOn
      }
      if (sp + 12 > stack.length) {
        const grown = this.grow()
        if (grown === null) return 'stopped'
        stack = grown
      }
      const at = pc * WIDTH
      let ok = false
      // The context to leave when a remembered pair says how it goes on from here.
      let leave = -1
      const op = code[at]
      // Numbers, not names: a switch over names is no table of jumps in V8 and costs three times as much (a test keeps them right).
      switch (op) {
        case 1 /* CHAR */:
          if (position < end && text.charCodeAt(position) === code[at + 1]) {
            position++
            pc++
            ok = true
          }
          break
        case 2 /* TEXT */: {
          const literal = program.texts[code[at + 1]!]!
          if (text.startsWith(literal, position)) {
            position += literal.length
            pc++
            ok = true
          }
          break
        }
        case 3 /* SET */:
          if (this.memberAt(sets[code[at + 1]!]!, position)) {
            position += this.widthAt(position)
            pc++
            ok = true
          }
          break
        case 4 /* SPLIT */: {
          const a = code[at + 4]!
          const b = code[at + 5]!
          const tryA = a < 0 || this.memberAt(sets[a]!, position)
          const tryB = b < 0 || this.memberAt(sets[b]!, position)
          if (!tryA && !tryB) break
          const row = code[at + 3]!
          // Also where there is no choice: many starts may run into the same loop.
          if (memoOn && row >= 0) {
            const known = memo.get(row, position)
            if (known === FAILED) break
            if (known >= LEAVES) {
              leave = contextOf(program, row, known)
              if (leave >= 0) break
            }
            stack[sp] = (row << 3) | TRAIL
            stack[sp + 1] = position
            sp += 3
          }
          if (tryA && tryB) {
            stack[sp] = (code[at + 2]! << 3) | CHOICE
            stack[sp + 1] = position
            sp += 3
          }
          pc = tryA ? code[at + 1]! : code[at + 2]!
          ok = true
          break
        }
        case 24 /* BRANCH */: {
          const branch = program.branches[code[at + 1]!]!
          const row = code[at + 2]!
          if (memoOn && row >= 0) {
            const known = memo.get(row, position)
            if (known === FAILED) break
            if (known >= LEAVES) {
              leave = contextOf(program, row, known)
              if (leave >= 0) break
            }
            stack[sp] = (row << 3) | TRAIL
            stack[sp + 1] = position
            sp += 3
          }
          const unit = position < end ? text.charCodeAt(position) : -1
          const targets = unit < 256 ? branch.byUnit[unit < 0 ? 256 : unit]! : this.waysAt(branch, position)
          const last = targets.length - 1
          if (last < 0) break
          for (let i = last; i > 0; i--) {
            if (sp + 12 > stack.length) {
              const grown = this.grow()
              if (grown === null) return 'stopped'
              stack = grown
            }
            stack[sp] = (targets[i]! << 3) | CHOICE
            stack[sp + 1] = position
            sp += 3
          }
          pc = targets[0]!
          ok = true
          break
        }
        case 5 /* JUMP */:
          pc = code[at + 1]!
          ok = true
          break
        case 6 /* SAVE */:
        case 22 /* COPY */: {
          const slot = code[at + 1]!
          if (sp > 0) {
            stack[sp] = (slot << 3) | UNDO
            stack[sp + 1] = slots[slot]!
            sp += 3
          }
          slots[slot] = op === 6 /* SAVE */ ? position : slots[code[at + 2]!]!
          pc++
          ok = true
          break
        }
        case 9 /* LOOP_POSSESSIVE */: {
          const set = sets[code[at + 1]!]!
          const most = code[at + 3]!
          const runEnd = runs.end(loops[pc]!, set, text, position)
          steps += runs.walked >> 4
          const low = this.forward(position, code[at + 2]!, runEnd)
          if (low < 0) break
          const high = most < 0 ? -1 : this.forward(position, most, runEnd)
          position = high < 0 ? runEnd : high
          pc++
          ok = true
          break
        }
        case 7 /* LOOP_GREEDY */: {
          const most = code[at + 3]!
          const runEnd = runs.end(loops[pc]!, sets[code[at + 1]!]!, text, position)
          steps += runs.walked >> 4
          const low = this.forward(position, code[at + 2]!, runEnd)
          if (low < 0) break
          let high = most < 0 ? -1 : this.forward(position, most, runEnd)
          if (high < 0) high = runEnd
          if (most < 0 && memoOn && code[at + 4]! >= 0 && runs.failedFrom(loops[pc]!) <= high) {
            if (runs.failedFrom(loops[pc]!) <= low) break
            high = this.back(runs.failedFrom(loops[pc]!))
          }
          stack[sp] = (pc << 3) | GREEDY
          stack[sp + 1] = low
          stack[sp + 2] = (high << 1) | FRESH
          sp += 3
          // Failing here takes the entry up again.
          break
        }
        case 8 /* LOOP_LAZY */: {
          const most = code[at + 3]!
          const runEnd = runs.end(loops[pc]!, sets[code[at + 1]!]!, text, position)
          steps += runs.walked >> 4
          const low = this.forward(position, code[at + 2]!, runEnd)
          if (low < 0) break
          const high = most < 0 ? -1 : this.forward(position, most, runEnd)
          stack[sp] = (pc << 3) | LAZY
          stack[sp + 1] = most < 0 ? low : high < 0 ? runEnd : high
          stack[sp + 2] = (low << 1) | FRESH
          sp += 3
          break
        }
        case 10 /* ASSERT */:
          if (assertionHolds(program.assertions[code[at + 1]!]!, text, position, this.searchStart)) {
            pc++
            ok = true
          }
          break
        case 11 /* ATOMIC_ENTER */: {
          const { slot } = contexts[code[at + 1]!]!
          stack[sp] = (slot << 3) | UNDO
          stack[sp + 1] = slots[slot]!
          sp += 3
          slots[slot] = sp
          pc++
          ok = true
          break
        }
        case 12 /* ATOMIC_EXIT */:
          sp = this.leaveAtomic(code[at + 1]!, sp, memoOn)
          pc++
          ok = true
          break
        case 13 /* LOOK_ENTER */:
        case 15 /* BEHIND_ENTER */: {
          const { slot, negative } = contexts[code[at + 1]!]!
          stack[sp] = (slot << 3) | UNDO
          stack[sp + 1] = slots[slot]!
          stack[sp + 3] = ((slot + 1) << 3) | UNDO
          stack[sp + 4] = slots[slot + 1]!
          sp += 6
          if (negative) {
            stack[sp] = (code[at + 2]! << 3) | NEGATIVE
            stack[sp + 1] = position
            sp += 3
          }
          slots[slot] = sp
          slots[slot + 1] = position
          if (op === 13 /* LOOK_ENTER */) {
            pc++
            ok = true
            break
          }
          stack[sp] = (pc << 3) | BEHIND
          stack[sp + 1] = position
          stack[sp + 2] = -1
          sp += 3
          break
        }
        case 16 /* BEHIND_EXIT */:
        case 14 /* LOOK_EXIT */: {
          const { slot, negative } = contexts[code[at + 1]!]!
          if (op === 16 /* BEHIND_EXIT */ && position !== slots[slot + 1]) break
          position = slots[slot + 1]!
          sp = this.leaveLook(code[at + 1]!, sp, memoOn)
          if (negative) break
          pc = code[at + 2]!
          ok = true
          break
        }
        case 17 /* BACKREFERENCE */: {
          const behind = endOfReference(program.references[code[at + 1]!]!, slots, text, position)
          if (behind < 0) break
          steps += (behind - position) >> 2
          position = behind
          pc++
          ok = true
          break
        }
        case 18 /* IF_EMPTY */:
          pc = position === slots[code[at + 1]!] ? code[at + 2]! : pc + 1
          ok = true
          break
        case 19 /* COUNT_ZERO */:
        case 21 /* COUNT_ONE */: {
          const slot = code[at + 1]!
          stack[sp] = (slot << 3) | UNDO
          stack[sp + 1] = slots[slot]!
          sp += 3
          slots[slot] = op === 19 /* COUNT_ZERO */ ? 0 : slots[slot]! + 1
          pc++
          ok = true
          break
        }
        case 20 /* COUNT_LOOP */: {
          const count = slots[code[at + 1]!]!
          const most = code[at + 3]!
          const behind = code[at + 4]!
          const lazy = code[at + 5] === 1
          ok = true
          if (most >= 0 && count >= most) pc = behind
          else if (count < code[at + 2]!) pc++
          else {
            stack[sp] = ((lazy ? pc + 1 : behind) << 3) | CHOICE
            stack[sp + 1] = position
            sp += 3
            pc = lazy ? behind : pc + 1
          }
          break
        }
        case 0 /* MATCH */:
          slots[1] = position
          this.steps = steps
          return 'found'
      }
      if (ok) continue

      if (leave >= 0) {
        const context = contexts[leave]!
        if (context.kind === 'look') {
          pc = context.exit
          continue
        }
        sp = this.cutAtomic(leave, sp)
      }

      // Back to the last entry that offers another way.
      for (;;) {
        if (sp === 0) {
          this.steps = steps
          return 'none'
        }
        sp -= 3
        steps++
        const head = stack[sp]!
        const index = head >> 3
        const kind = head & 7
        if (kind === CHOICE) {
          position = stack[sp + 1]!
          pc = index
          break
        }
        if (kind === UNDO) {
          slots[index] = stack[sp + 1]!
          continue
        }
        if (kind === TRAIL) {
          memo.set(index, stack[sp + 1]!, FAILED)
          continue
        }
        if (kind === COMMIT) {
          memo.set(index, stack[sp + 1]!, stack[sp + 2]!)
          continue
        }
        if (kind === NEGATIVE) {
          position = stack[sp + 1]!
          pc = index
          break
        }
        if (kind === BEHIND) {
          const base = index * WIDTH
          const from = this.nextBehind(stack[sp + 1]!, stack[sp + 2]!, code[base + 3]!, code[base + 4]!)
          if (from < 0) continue
          stack[sp + 2] = stack[sp + 2]! < 0 ? code[base + 3]! : stack[sp + 2]! + 1
          stack[sp + 1] = from
          sp += 3
          position = from
          pc = index + 1
          break
        }
        const found = kind === GREEDY ? this.nextGreedy(index, sp, memoOn) : this.nextLazy(index, sp, memoOn)
        steps += this.looked >> 2
        if (found < 0) continue
        if (this.known >= LEAVES) {
          leave = contextOf(program, code[index * WIDTH + 4]!, this.known)
          if (contexts[leave]!.kind === 'atomic') {
            sp = this.cutAtomic(leave, sp)
            continue
          }
          pc = contexts[leave]!.exit
          break
        }
        stack[sp + 2] = found << 1
        sp += 3
        position = found
        pc = index + 1
        break
      }
    }
  }

  /** The next start of a look-behind: first `least` code points back, then one further each time, up to `most`; -1 for none. */
  private nextBehind(from: number, tried: number, least: number, most: number): number {
    if (tried >= most || (tried >= 0 && from === 0)) return -1
    let at = from
    for (let i = tried < 0 ? least : 1; i > 0; i--) {
      if (at === 0) return -1
      at = this.back(at)
    }
    return at
  }

  /** The next place to go on from a greedy loop whose entry lies at `sp`, nearer to its beginning; -1 for none. */
  private nextGreedy(pc: number, sp: number, memoOn: boolean): number {
    const { program, memo, stack } = this
    const { code } = program
    const base = pc * WIDTH
    const row = memoOn ? code[base + 4]! : -1
    const follow = code[base + 5]!
    const low = stack[sp + 1]!
    let next = stack[sp + 2]! >> 1
    this.known = UNKNOWN
    this.looked = 4
    if ((stack[sp + 2]! & FRESH) === 0) {
      if (row >= 0) memo.set(row, next, FAILED)
      next = next > low ? this.back(next) : -1
    }
    while (next >= low) {
      this.looked++
      if (row >= 0) {
        const known = memo.get(row, next)
        if (known === FAILED) {
          next = this.back(memo.blockFailed(row, next) ? next & ~15 : next)
          continue
        }
        if (known >= LEAVES && contextOf(program, row, known) >= 0) {
          this.known = known
          return next
        }
      }
      if (follow < 0 || this.memberAt(program.sets[follow]!, next)) return next
      if (row >= 0) memo.set(row, next, FAILED)
      if (next === 0) break
      next = this.back(next)
    }
    if (code[base + 3]! < 0 && code[base + 4]! >= 0) this.runs.noteFailed(program.loops[pc]!, low)
    return -1
  }

  /** The same for a lazy loop, further from its beginning. */
  private nextLazy(pc: number, sp: number, memoOn: boolean): number {
    const { program, memo, stack } = this
    const { code } = program
    const base = pc * WIDTH
    const row = memoOn ? code[base + 4]! : -1
    const follow = code[base + 5]!
    const endless = code[base + 3]! < 0
    const loop = program.loops[pc]!
    let next = stack[sp + 2]! >> 1
    let high = stack[sp + 1]!
    if (endless) {
      high = this.runs.end(loop, program.sets[code[base + 1]!]!, this.text, next)
      if (row >= 0) high = Math.min(high, this.runs.failedFrom(loop) - 1)
    }
    this.known = UNKNOWN
    this.looked = 4
    if ((stack[sp + 2]! & FRESH) === 0) {
      if (row >= 0) memo.set(row, next, FAILED)
      next += this.widthAt(next)
    }
    while (next <= high) {
      this.looked++
      if (row >= 0) {
        const known = memo.get(row, next)
        if (known === FAILED) {
          next = memo.blockFailed(row, next) ? (next | 15) + 1 : next + this.widthAt(next)
          continue
        }
        if (known >= LEAVES && contextOf(program, row, known) >= 0) {
          this.known = known
          return next
        }
      }
      if (follow < 0 || this.memberAt(program.sets[follow]!, next)) return next
      if (row >= 0) memo.set(row, next, FAILED)
      next += this.widthAt(next)
    }
    if (endless && code[base + 4]! >= 0) this.runs.noteFailed(loop, stack[sp + 1]!)
    return -1
  }

  /** Leaves an atomic group for good: what it could still try is dropped, what undoes its captures stays. */
  private leaveAtomic(index: number, sp: number, memoOn: boolean): number {
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
  private leaveLook(index: number, sp: number, memoOn: boolean): number {
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
  private cutAtomic(index: number, sp: number): number {
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
  private levelIn(index: number, entry: number): number {
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

  private positionOf(entry: number): number {
    const kind = this.stack[entry]! & 7
    return kind === GREEDY || kind === LAZY ? this.stack[entry + 2]! >> 1 : this.stack[entry + 1]!
  }
}

/** The row an entry speaks of. */
function rowOf(program: Program, head: number): number {
  const kind = head & 7
  return kind === GREEDY || kind === LAZY ? program.code[(head >> 3) * WIDTH + 4]! : head >> 3
}

/** The context that is left when a pair is known to leave one; -1 when that cannot be used. */
function contextOf(program: Program, row: number, known: number): number {
  const own = program.rowContexts[row]!
  const context = known === LEAVES_OUTER ? program.contexts[own]!.parent : own
  return context >= 0 && (program.contexts[context]!.kind === 'atomic' || program.contexts[context]!.repeatable) ? context : -1
}
