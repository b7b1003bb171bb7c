/**
 * Compiler: pattern tree to program.
 *
 * Groups repeated a bounded number of times are written out, up to a size; beyond it they are counted, which costs the memo.
 * Every part knows what may follow it (`follow`), so that a way which the next code point forbids is not even tried, and a
 * loop that cannot give back anything useful becomes possessive.
 */
import { CodePointSet } from './code-point-set.ts'
import { beginsAtTextStart, firstOf, holds, prefixText, requiredText, widthOf } from './facts.ts'
import { type Branch, OP, type Program, type ProgramContext, WIDTH } from './program.ts'
import { type PatternNode, type PatternTree, PatternSyntaxError } from './tree.ts'

/** Instructions a repeated group may be written out to. */
const UNROLLED = 3000
const MAX_INSTRUCTIONS = 60_000

type Follow = CodePointSet | null

/** Compiles a tree; throws PatternSyntaxError when the program would be too large. */
export function compileTree(tree: PatternTree, pattern: string): Program {
  return new Compiler(tree, pattern).finish()
}

class Compiler {
  private readonly code: number[] = []
  private readonly sets: CodePointSet[] = []
  private readonly texts: string[] = []
  private readonly assertions: Program['assertions'][number][] = []
  private readonly references: Program['references'][number][] = []
  private readonly branches: Branch[] = []
  private readonly contexts: ProgramContext[] = []
  private readonly rowContexts: number[] = []
  private readonly loops: number[] = []
  private slots: number
  private context = -1
  private behind = 0
  private counted = false
  private readonly refers: boolean

  constructor(
    private readonly tree: PatternTree,
    private readonly pattern: string
  ) {
    this.slots = 2 * (tree.groups + 1)
    this.refers = holds(tree.root, (node) => node.type === 'backreference')
  }

  finish(): Program {
    const { root, groups } = this.tree
    this.node(root, null)
    this.emit(OP.MATCH)
    const size = this.code.length / WIDTH
    const loops = new Int32Array(size).fill(-1)
    this.loops.forEach((pc, index) => (loops[pc] = index))
    const isSearchStart = (node: PatternNode) => node.type === 'assertion' && node.assertion.type === 'search-start'
    return {
      code: Int32Array.from(this.code),
      sets: this.sets,
      texts: this.texts,
      assertions: this.assertions,
      references: this.references,
      branches: this.branches,
      contexts: this.contexts,
      rowContexts: Int32Array.from(this.rowContexts),
      loops,
      loopCount: this.loops.length,
      slotCount: this.slots,
      groups,
      memoizable: !this.counted && !this.refers,
      usesSearchStart: holds(root, isSearchStart),
      first: firstOf(root, null),
      prefix: prefixText(root),
      required: requiredText(root),
      anchored: beginsAtTextStart(root)
    }
  }

  private get here(): number {
    return this.code.length / WIDTH
  }

  private emit(op: number, a = 0, b = 0, c = 0, d = 0, e = 0): number {
    const pc = this.here
    if (pc >= MAX_INSTRUCTIONS) throw new PatternSyntaxError('pattern is too large', this.pattern, -1)
    this.code.push(op, a, b, c, d, e)
    return pc
  }

  private patch(pc: number, operand: number, value: number): void {
    this.code[pc * WIDTH + 1 + operand] = value
  }

  private set(set: Follow): number {
    if (set === null) return -1
    const found = this.sets.findIndex((known) => known === set || known.equals(set))
    return found >= 0 ? found : this.sets.push(set) - 1
  }

  /** A row of the memo; none inside a look-behind, where a result depends on where it must end. */
  private row(): number {
    return this.behind > 0 ? -1 : this.rowContexts.push(this.context) - 1
  }

  private node(node: PatternNode, follow: Follow): void {
    switch (node.type) {
      case 'empty':
        return
      case 'set':
        return this.sequence([node], follow)
      case 'sequence':
        return this.sequence(node.items, follow)
      case 'choice':
        return this.choice(node.items, follow)
      case 'repeat':
        return this.repeat(node, follow)
      case 'capture':
        return this.capture(node.group, node.item, follow)
      case 'atomic':
        return this.atomic(node.item, follow)
      case 'look':
        return this.look(node)
      case 'backreference':
        this.emit(OP.BACKREFERENCE, this.references.push({ groups: node.groups, ignoreCase: node.ignoreCase }) - 1)
        return
      case 'keep':
        this.emit(OP.SAVE, 0)
        return
      case 'assertion':
        this.emit(OP.ASSERT, this.assertions.push(node.assertion) - 1)
    }
  }

  /** Where groups are referred to, a group is what it was before until it ends: `(a|\\1b)*`. */
  private capture(group: number, item: PatternNode, follow: Follow): void {
    const start = this.refers ? this.slots++ : 2 * group
    this.emit(OP.SAVE, start)
    this.node(item, follow)
    if (this.refers) this.emit(OP.COPY, 2 * group, start)
    this.emit(OP.SAVE, 2 * group + 1)
  }

  private sequence(items: readonly PatternNode[], follow: Follow): void {
    const follows: Follow[] = new Array<Follow>(items.length)
    let next = follow
    for (let i = items.length - 1; i >= 0; i--) {
      follows[i] = next
      next = firstOf(items[i]!, next)
    }
    for (let i = 0; i < items.length; i++) {
      const text = literalAt(items, i)
      if (text.length > 1) {
        this.emit(OP.TEXT, this.texts.push(text) - 1)
        i += Array.from(text).length - 1
      } else if (items[i]!.type === 'set') this.one((items[i] as { set: CodePointSet }).set)
      else this.node(items[i]!, follows[i]!)
    }
  }

  private one(set: CodePointSet): void {
    const { single } = set
    if (set.isEmpty) this.emit(OP.FAIL)
    else if (single >= 0 && single <= 0xffff) this.emit(OP.CHAR, single)
    else this.emit(OP.SET, this.set(set))
  }

  private choice(items: readonly PatternNode[], follow: Follow): void {
    const firsts = items.map((item) => firstOf(item, follow))
    if (items.length > 2) return this.branch(items, firsts, follow)
    const split = this.emit(OP.SPLIT, this.here + 1, 0, this.row(), this.set(firsts[0]!), this.set(firsts[1]!))
    this.node(items[0]!, follow)
    const end = this.emit(OP.JUMP)
    this.patch(split, 1, this.here)
    this.node(items[1]!, follow)
    this.patch(end, 0, this.here)
  }

  private branch(items: readonly PatternNode[], firsts: readonly Follow[], follow: Follow): void {
    const pc = this.emit(OP.BRANCH, 0, this.row())
    const targets: number[] = []
    const ends: number[] = []
    for (const item of items) {
      targets.push(this.here)
      this.node(item, follow)
      ends.push(this.emit(OP.JUMP))
    }
    for (const end of ends) this.patch(end, 0, this.here)
    this.patch(pc, 0, this.branches.push({ targets, firsts, byUnit: new Array<null>(257).fill(null) }) - 1)
  }

  private repeat(node: PatternNode & { type: 'repeat' }, follow: Follow): void {
    const { item, min, max, kind } = node
    if (max === 0) return
    if (item.type === 'set') return this.setLoop(item.set, min, max, kind, follow)
    if (kind === 'possessive') return this.atomic({ ...node, kind: 'greedy' }, follow)
    if (min === 1 && max === 1) return this.node(item, follow)
    const copies = max === Infinity ? min : max
    if (copies > 1 && copies * sizeOf(item) > UNROLLED) return this.countedLoop(node)
    const first = firstOf(item, follow)
    const again = first === null || follow === null ? null : CodePointSet.union([first, follow])
    const written = max === Infinity ? Math.max(0, min - 1) : min
    for (let i = 0; i < written; i++) this.node(item, i === min - 1 && max === min ? follow : again)
    if (max === Infinity) this.endless(item, min > 0, kind === 'lazy', first, again, follow)
    else this.optional(item, max - min, kind === 'lazy', first, again, follow)
  }

  /** `x*`, or `x+` when it must happen once: the body, then the decision. */
  private endless(item: PatternNode, once: boolean, lazy: boolean, first: Follow, again: Follow, follow: Follow): void {
    const mayBeEmpty = widthOf(item).min === 0
    const decide = () => this.split(lazy, first, follow)
    const entry = once ? -1 : decide()
    const body = this.here
    const slot = mayBeEmpty ? this.slots++ : -1
    if (mayBeEmpty) this.emit(OP.SAVE, slot)
    this.node(item, again)
    const check = mayBeEmpty ? this.emit(OP.IF_EMPTY, slot) : -1
    if (once) {
      const end = decide()
      this.patch(end, lazy ? 1 : 0, body)
      this.patch(end, lazy ? 0 : 1, this.here)
    } else {
      this.emit(OP.JUMP, entry)
      this.patch(entry, lazy ? 0 : 1, this.here)
      this.patch(entry, lazy ? 1 : 0, body)
    }
    if (mayBeEmpty) this.patch(check, 1, this.here)
  }

  /** Up to `count` more: each stands inside the one before, so that one not taken ends them all. */
  private optional(item: PatternNode, count: number, lazy: boolean, first: Follow, again: Follow, follow: Follow): void {
    const exits: number[] = []
    const mayBeEmpty = widthOf(item).min === 0
    for (let i = 0; i < count; i++) {
      const entry = this.split(lazy, first, follow)
      exits.push(entry)
      this.patch(entry, lazy ? 1 : 0, this.here)
      const slot = mayBeEmpty && i < count - 1 ? this.slots++ : -1
      if (slot >= 0) this.emit(OP.SAVE, slot)
      this.node(item, i === count - 1 ? follow : again)
      if (slot >= 0) exits.push(-this.emit(OP.IF_EMPTY, slot) - 1)
    }
    for (const exit of exits) {
      if (exit < 0) this.patch(-exit - 1, 1, this.here)
      else this.patch(exit, lazy ? 0 : 1, this.here)
    }
  }

  private split(lazy: boolean, first: Follow, follow: Follow): number {
    const [a, b] = lazy ? [follow, first] : [first, follow]
    return this.emit(OP.SPLIT, 0, 0, this.row(), this.set(a), this.set(b))
  }

  private countedLoop({ item, min, max, kind }: PatternNode & { type: 'repeat' }): void {
    this.counted = true
    const slot = this.slots++
    const start = this.slots++
    this.emit(OP.COUNT_ZERO, slot)
    const loop = this.emit(OP.COUNT_LOOP, slot, min, max === Infinity ? -1 : max, 0, kind === 'lazy' ? 1 : 0)
    this.emit(OP.COUNT_ONE, slot)
    const mayBeEmpty = widthOf(item).min === 0
    if (mayBeEmpty) this.emit(OP.SAVE, start)
    this.node(item, null)
    const check = mayBeEmpty ? this.emit(OP.IF_EMPTY, start) : -1
    this.emit(OP.JUMP, loop)
    this.patch(loop, 3, this.here)
    if (mayBeEmpty) this.patch(check, 1, this.here)
  }

  private setLoop(set: CodePointSet, min: number, max: number, kind: string, follow: Follow): void {
    if (set.isEmpty) {
      if (min > 0) this.emit(OP.FAIL)
      return
    }
    if (min === max && max === 1) return this.one(set)
    // What may follow is not in the set: only the longest run can be right.
    const settled = kind === 'possessive' || min === max || (follow !== null && !follow.overlaps(set))
    const op = settled ? OP.LOOP_POSSESSIVE : kind === 'greedy' ? OP.LOOP_GREEDY : OP.LOOP_LAZY
    const row = settled ? -1 : this.row()
    this.loops.push(this.emit(op, this.set(set), min, max === Infinity ? -1 : max, row, this.set(follow)))
  }

  private enter(kind: ProgramContext['kind'], negative: boolean, item: PatternNode): number {
    const repeatable = !holds(item, (node) => node.type === 'capture')
    const index = this.contexts.push({ kind, negative, slot: this.slots, parent: this.context, exit: 0, repeatable }) - 1
    this.slots += 2
    this.context = index
    return index
  }

  private leave(index: number, exit: number): void {
    const context = this.contexts[index]!
    context.exit = exit
    this.context = context.parent
  }

  private atomic(item: PatternNode, follow: Follow): void {
    const index = this.enter('atomic', false, item)
    this.emit(OP.ATOMIC_ENTER, index)
    // What follows is no reason to give something back: inside, nothing is known to follow.
    void follow
    this.node(item, null)
    this.leave(index, this.emit(OP.ATOMIC_EXIT, index))
  }

  private look({ behind, negative, item }: PatternNode & { type: 'look' }): void {
    const index = this.enter('look', negative, item)
    const { min, max } = behind ? widthOf(item) : { min: 0, max: 0 }
    const entry = this.emit(behind ? OP.BEHIND_ENTER : OP.LOOK_ENTER, index, 0, min, max)
    if (behind) this.behind++
    this.node(item, null)
    if (behind) this.behind--
    const exit = this.emit(behind ? OP.BEHIND_EXIT : OP.LOOK_EXIT, index)
    this.patch(entry, 1, this.here)
    this.patch(exit, 1, this.here)
    this.leave(index, exit)
  }
}

/** The text of the single code points that stand together from `at` on. */
function literalAt(items: readonly PatternNode[], at: number): string {
  let text = ''
  for (let i = at; i < items.length; i++) {
    const item = items[i]!
    if (item.type !== 'set' || item.set.single < 0) break
    text += String.fromCodePoint(item.set.single)
  }
  return text
}

/** Roughly the instructions a node becomes. */
function sizeOf(node: PatternNode): number {
  if (node.type === 'repeat') {
    if (node.item.type === 'set') return 1
    const copies = node.max === Infinity ? Math.max(1, node.min) : node.max
    return Math.min(UNROLLED * 10, copies * (sizeOf(node.item) + 2))
  }
  if ('items' in node) return node.items.reduce((sum, item) => sum + sizeOf(item) + 1, 0)
  return 'item' in node ? sizeOf(node.item) + 2 : 1
}
