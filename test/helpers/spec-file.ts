/**
 * Scenario files (`*.spec.md`): a heading, data, a query and what comes of it, all in fenced blocks that a forge renders.
 *
 * Blocks: `ndjson NAME` (an input; before the first `##` heading it serves the whole file), `esql`, and the outcome: `result`,
 * `error`, `warnings`, `notes`, `lineage`, `plan`, `analyzed`, `lint` (what the linter says), `rewritten` (the result when its
 * rewrites are applied). A word behind the name is an option: `ndjson NAME verbatim`
 * (only these bytes, no other encoding), `ndjson NAME lookup` (a lookup table, no input), `esql now=ISO`, `esql implicit-limit`, `esql source-order`, `esql index-limits`;
 * for the linter `esql check=ID` and, to be linted as a rule, `esql from=now-60m interval=10m name=Word`.
 *
 * Rewriting touches the text inside outcome blocks only, so that a diff shows what changed and nothing else.
 */

export const OUTCOMES = ['result', 'error', 'warnings', 'notes', 'lineage', 'plan', 'analyzed', 'lint', 'rewritten'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface Block {
  kind: string
  words: string[]
  text: string
  /** Lines of the content in the file, half-open, 0-based. */
  startLine: number
  endLine: number
}

export interface Scenario {
  title: string
  /** 1-based line of the heading. */
  line: number
  data: Block[]
  query: Block
  outcomes: Map<Outcome, Block>
}

/** Reads the scenarios of a file; throws with the line for a block that cannot be meant. */
export function parseSpecFile(text: string): Scenario[] {
  const sections = splitSections(text)
  const shared = sections[0]!.blocks.filter(({ kind }) => kind === 'ndjson')
  return sections.slice(1).flatMap((section) => toScenario(section, shared))
}

interface Section {
  title: string
  line: number
  blocks: Block[]
}

function splitSections(text: string): Section[] {
  const sections: Section[] = [{ title: '', line: 1, blocks: [] }]
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    const heading = /^#{2,4} (.+)$/.exec(line)
    if (heading) sections.push({ title: heading[1]!.trim(), line: at + 1, blocks: [] })
    const fence = /^```(\S+)(.*)$/.exec(line)
    if (!fence) continue
    const end = lines.indexOf('```', at + 1)
    if (end < 0) throw new Error(`line ${at + 1}: the block is not closed`)
    sections.at(-1)!.blocks.push({
      kind: fence[1]!,
      words: fence[2]!.trim().split(/\s+/).filter(Boolean),
      text: lines.slice(at + 1, end).join('\n'),
      startLine: at + 1,
      endLine: end
    })
    at = end
  }
  return sections
}

function toScenario(section: Section, shared: Block[]): Scenario[] {
  const query = section.blocks.find(({ kind }) => kind === 'esql')
  if (!query) return []
  const outcomes = new Map<Outcome, Block>()
  for (const block of section.blocks) {
    if (block.kind === 'ndjson' || block.kind === 'esql') continue
    const outcome = OUTCOMES.find((kind) => kind === block.kind)
    if (!outcome || outcomes.has(outcome))
      throw new Error(`line ${block.startLine}: [${block.kind}] is no outcome, or one too many`)
    outcomes.set(outcome, block)
  }
  const own = section.blocks.filter(({ kind }) => kind === 'ndjson')
  return [{ title: section.title, line: section.line, data: own.length > 0 ? own : shared, query, outcomes }]
}

/** The file with these texts inside the blocks. */
export function rewriteBlocks(text: string, changes: ReadonlyMap<Block, string>): string {
  const lines = text.split('\n')
  for (const [block, content] of [...changes].toSorted(([a], [b]) => b.startLine - a.startLine))
    lines.splice(block.startLine, block.endLine - block.startLine, ...(content === '' ? [] : content.split('\n')))
  return lines.join('\n')
}
