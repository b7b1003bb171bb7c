/** Which commands and functions were met, and how often. */
import type { QueryNode } from '../../engine/language/ast.ts'

export class Coverage {
  readonly commands = new Map<string, number>()
  readonly functions = new Map<string, number>()
  cases = 0
  refused = 0
  /** Cases the interpreter could not judge. */
  beyond = 0

  /** Counts a query: each command and each function in it once a use. */
  add(query: QueryNode, refused: boolean): void {
    this.cases++
    if (refused) this.refused++
    for (const command of query.commands)
      count(this.commands, command.type === 'stats' && command.inline ? 'inline stats' : command.type)
    const open: unknown[] = [query.commands]
    while (open.length > 0) {
      const node = open.pop()
      if (typeof node !== 'object' || node === null) continue
      const { type, name, operator } = node as { type?: string; name?: unknown; operator?: unknown }
      if (type === 'call') count(this.functions, String(name).toUpperCase())
      else if (type && LANGUAGE.has(type)) count(this.functions, typeof operator === 'string' ? operator : type)
      open.push(...Object.values(node))
    }
  }

  /** One line for commands, one for functions and operators, rarest first. */
  text(): string {
    const line = (counts: ReadonlyMap<string, number>) =>
      [...counts]
        .sort(([, a], [, b]) => a - b)
        .map(([name, times]) => `${name} ${times}`)
        .join(', ')
    return `${this.cases} cases, ${this.refused} refused by both, ${this.beyond} beyond the interpreter; commands: ${line(this.commands)}; functions: ${line(this.functions)}`
  }
}

const LANGUAGE = new Set(['unary', 'arithmetic', 'comparison', 'logical', 'not', 'in', 'pattern', 'is-null', 'cast'])

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
