/**
 * What follows from a tree alone: shortest and longest match, first code points, whether it captures. The compiler uses it
 * to leave ways that cannot work untried, the search to skip places where nothing can begin.
 */
import { CodePointSet } from './code-point-set.ts'
import type { PatternNode } from './tree.ts'

/** Lengths of matches in code points; longest is Infinity where there is no bound. */
export function widthOf(node: PatternNode): { min: number; max: number } {
  switch (node.type) {
    case 'empty':
    case 'look':
    case 'assertion':
    case 'keep':
      return { min: 0, max: 0 }
    case 'set':
      return { min: 1, max: 1 }
    case 'backreference':
      return { min: 0, max: Infinity }
    case 'capture':
    case 'atomic':
      return widthOf(node.item)
    case 'sequence':
      return node.items.map(widthOf).reduce((a, b) => ({ min: a.min + b.min, max: a.max + b.max }))
    case 'choice':
      return node.items.map(widthOf).reduce((a, b) => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }))
    case 'repeat': {
      const { min, max } = widthOf(node.item)
      return { min: min * node.min, max: max === 0 || node.max === 0 ? 0 : max * node.max }
    }
  }
}

/**
 * Code points one of which stands at the place where the node followed by `follow` matches; null when the match may be
 * empty at the end of the text or nothing is known.
 */
export function firstOf(node: PatternNode, follow: CodePointSet | null): CodePointSet | null {
  switch (node.type) {
    case 'empty':
    case 'look':
    case 'assertion':
    case 'keep':
      return follow
    case 'set':
      return node.set
    case 'backreference':
      return null
    case 'capture':
    case 'atomic':
      return firstOf(node.item, follow)
    case 'sequence':
      return node.items.reduceRight((next, item) => firstOf(item, next), follow)
    case 'choice':
      return unionOf(node.items.map((item) => firstOf(item, follow)))
    case 'repeat': {
      if (node.max === 0) return follow
      const once = firstOf(node.item, follow)
      return node.min > 0 ? once : unionOf([once, follow])
    }
  }
}

function unionOf(sets: readonly (CodePointSet | null)[]): CodePointSet | null {
  return sets.some((set) => set === null) ? null : CodePointSet.union(sets as CodePointSet[])
}

/** True when the node holds a node for which `test` holds. */
export function holds(node: PatternNode, test: (node: PatternNode) => boolean): boolean {
  if (test(node)) return true
  if ('items' in node) return node.items.some((item) => holds(item, test))
  return 'item' in node && holds(node.item, test)
}

/** The longest text that every match contains, "" when none is known. */
export function requiredText(node: PatternNode): string {
  let best = ''
  const runs = (current: PatternNode): string | null => {
    // Returns the whole text when the node matches exactly that, null otherwise.
    switch (current.type) {
      case 'set': {
        const code = current.set.single
        return code < 0 ? null : String.fromCodePoint(code)
      }
      case 'empty':
      case 'assertion':
      case 'look':
      case 'keep':
        return ''
      case 'capture':
      case 'atomic':
        return runs(current.item)
      case 'sequence':
        return runsOfSequence(current.items)
      case 'repeat':
        if (current.min > 0) keep(runs(current.item))
        return null
      default:
        return null
    }
  }
  const keep = (text: string | null) => {
    if (text !== null && text.length > best.length) best = text
  }
  const runsOfSequence = (items: readonly PatternNode[]): string | null => {
    let run = ''
    let exact = true
    for (const item of items) {
      const text = runs(item)
      if (text === null) {
        keep(run)
        run = ''
        exact = false
      } else run += text
    }
    keep(run)
    return exact ? run : null
  }
  keep(runs(node))
  return best
}

/** The text every match begins with, "" when none is known. */
export function prefixText(node: PatternNode): string {
  switch (node.type) {
    case 'set':
      return node.set.single < 0 ? '' : String.fromCodePoint(node.set.single)
    case 'capture':
    case 'atomic':
      return prefixText(node.item)
    case 'sequence': {
      let text = ''
      for (const item of node.items) {
        text += prefixText(item)
        const goesOn = item.type === 'assertion' || (item.type === 'set' && item.set.single >= 0)
        if (!goesOn) break
      }
      return text
    }
    default:
      return ''
  }
}

/** True when a match can only begin at the start of the text. */
export function beginsAtTextStart(node: PatternNode): boolean {
  switch (node.type) {
    case 'assertion':
      return node.assertion.type === 'text-start'
    case 'capture':
    case 'atomic':
      return beginsAtTextStart(node.item)
    case 'sequence':
      return beginsAtTextStart(node.items[0]!)
    case 'choice':
      return node.items.every(beginsAtTextStart)
    default:
      return false
  }
}
