/**
 * RunCache: for each set loop of a program the run of members of the set that was looked at last, so that walking it again
 * from another start costs nothing, and from where on giving back is known to lead nowhere.
 */
import type { CodePointSet } from './code-point-set.ts'

export class RunCache {
  private readonly starts: Int32Array
  private readonly ends: Int32Array
  private readonly failed: Int32Array
  /** How many units the last call of `end` had to look at. */
  walked = 0

  constructor(loops: number) {
    this.starts = new Int32Array(loops)
    this.ends = new Int32Array(loops)
    this.failed = new Int32Array(loops)
    this.reset()
  }

  reset(): void {
    this.starts.fill(0)
    this.ends.fill(-1)
  }

  /** Where the run of members of `set` that begins at or before `position` ends: the offset of the first that is none. */
  end(loop: number, set: CodePointSet, text: string, position: number): number {
    const start = this.starts[loop]!
    const end = this.ends[loop]!
    this.walked = 0
    if (position >= start && position <= end) return end
    const reached = walk(set, text, position, position < start && end >= 0 ? start : -1)
    this.walked = reached - position
    this.starts[loop] = position
    if (reached === start && position < start && end >= 0) return end
    this.ends[loop] = reached
    this.failed[loop] = reached + 1
    return reached
  }

  /** From this offset on to the run's end every way onward has failed. Speaks of the run `end` answered last. */
  failedFrom(loop: number): number {
    return this.failed[loop]!
  }

  /** Notes that from `position` to the end of its run every way onward fails. */
  noteFailed(loop: number, position: number): void {
    if (position >= this.starts[loop]! && position < this.failed[loop]! && position <= this.ends[loop]!) {
      this.failed[loop] = position
    }
  }
}

function walk(set: CodePointSet, text: string, from: number, stop: number): number {
  const low = set.viewLow()
  const { length } = text
  let at = from
  while (at < length && at !== stop) {
    const unit = text.charCodeAt(at)
    if (unit < 256) {
      if (low[unit] === 0) return at
      at++
    } else {
      const code = (unit & 0xfc00) === 0xd800 ? text.codePointAt(at)! : unit
      if (!set.has(code)) return at
      at += code > 0xffff ? 2 : 1
    }
  }
  return at
}
