/**
 * Compiled patterns by their text: the analyzer compiles a pattern to say what is wrong with it, every operator and every
 * use compiles it again, and a program never changes.
 */
import { compileTree } from './compile.ts'
import type { Program } from './program.ts'
import type { PatternTree } from './tree.ts'

export interface CompiledPattern {
  program: Program
  groups: number
  names: PatternTree['names']
}

const KEPT = 256

/** A cache for the patterns of one dialect; what throws is not kept. */
export function programCache(parse: (pattern: string) => PatternTree): (pattern: string) => CompiledPattern {
  const known = new Map<string, CompiledPattern>()
  return (pattern) => {
    let compiled = known.get(pattern)
    if (!compiled) {
      const tree = parse(pattern)
      compiled = { program: compileTree(tree, pattern), groups: tree.groups, names: tree.names }
      if (known.size >= KEPT) known.clear()
      known.set(pattern, compiled)
    }
    return compiled
  }
}
