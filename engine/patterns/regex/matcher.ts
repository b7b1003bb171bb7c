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
import { assertionHolds, endOfReference } from './assertions.ts'
import { contextOf, FRESH, KIND, MatcherState } from './matcher-state.ts'
import { FAILED, LEAVES, UNKNOWN } from './memo.ts'
import { type Branch, type Program, WIDTH } from './program.ts'
import { RunCache } from './run-cache.ts'

export type SearchResult = 'found' | 'none' | 'stopped'

/**
 * Steps a value of any length may cost; longer ones so many a unit. A step takes 8 to 23 ns, so a value of 32,766 units stays
 * under 25 ms; the worst of Elastic's own patterns takes 636,000 on a value made for it.
 */
const LEAST_STEPS = 1_100_000
const STEPS_PER_UNIT = 34
/** Steps a unit before the memo is kept: ordinary matches never need it. */
const STEPS_BEFORE_MEMO = 8
const MAX_STACK = 3 << 24

const { CHOICE, UNDO, GREEDY, LAZY, TRAIL, COMMIT, NEGATIVE, BEHIND } = KIND

/** Finds matches of one program in one text after another. */
export class RegexMatcher extends MatcherState {
  private readonly runs: RunCache
  private steps = 0
  private limit = 0
  private checkpoint = 0
  private memoOn = false
  private searchStart = 0
  /** What `nextGreedy` and `nextLazy` say besides the place: what is known of it, and how many they looked at. */
  private known = UNKNOWN
  private looked = 0

  constructor(program: Program) {
    super(program)
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

  /** The ways of a branch worth trying at a position. */
  private waysAt(branch: Branch, position: number): readonly number[] {
    const ways = branch.targets.filter((_, i) => branch.firsts[i] === null || this.memberAt(branch.firsts[i]!, position))
    const unit = position < this.text.length ? this.text.charCodeAt(position) : 256
    // At the end of the text no first code point is there, so only ways without one are left.
    if (position >= this.text.length || unit < 256) branch.byUnit[unit] = ways
    return ways
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
          const targets = (unit < 256 ? branch.byUnit[unit < 0 ? 256 : unit] : null) ?? this.waysAt(branch, position)
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
}
