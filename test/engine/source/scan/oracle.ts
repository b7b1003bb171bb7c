/**
 * What a scan must find, by JSON.parse and a small parser of its own: the second one only because JSON.parse forgets
 * duplicate keys and the digits of numbers. Knows neither lines in pieces nor dictionaries.
 */
import type { ScanPlan } from '../../../../engine/source/record-scanner.ts'
import { matchText } from '../../../../engine/data/automaton.ts'

type Tree = { kind: 'object'; members: [string, Tree][] } | { kind: 'array'; items: Tree[] } | { kind: 'scalar'; text: string }

/** A surrogate without its partner has no place in UTF-8. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

export interface ExpectedRecord {
  isObject: boolean
  /** The row's values as "kind:text" per field, null when the plan drops it. */
  row: string[][] | null
}

/** What `plan` makes of one record's text, which is valid Unicode. */
export function expectRecord(plan: ScanPlan, text: string): ExpectedRecord {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { isObject: false, row: null }
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { isObject: false, row: null }
  const tree = parseTree(text)
  const found: [string | null, string][] = []
  flatten(tree, null, found)
  const values = plan.fields.map(({ path }) => found.filter(([at]) => at === path).map(([, value]) => value))
  return { isObject: true, row: plan.required.every((conjunct) => holds(conjunct, values[conjunct.field]!)) ? values : null }
}

function holds({ automaton, quantifier }: ScanPlan['required'][number], values: string[]): boolean {
  const texts = [...new Set(values.map((value) => value.slice(2)))]
  const accepted = texts.filter((text) => matchText(automaton, text))
  return quantifier === 'any' ? accepted.length > 0 : texts.length === 1 && accepted.length === 1
}

function flatten(tree: Tree, path: string | null, found: [string | null, string][]): void {
  if (tree.kind === 'object')
    for (const [key, value] of tree.members) flatten(value, path === null ? key : `${path}.${key}`, found)
  else if (tree.kind === 'array') for (const item of tree.items) flatten(item, path, found)
  else if (tree.text !== 'null') found.push([path, scalarText(tree.text)])
}

function scalarText(token: string): string {
  if (token[0] === '"') return `0:${(JSON.parse(token) as string).replace(LONE_SURROGATE, '\ufffd')}`
  return `${token === 'true' ? 2 : token === 'false' ? 3 : 1}:${token}`
}

/** Parses text that JSON.parse has accepted. */
function parseTree(text: string): Tree {
  const tokens = text.match(/"(?:[^"\\]|\\[^])*"|[{}[\],:]|[^\s{}[\],:"]+/g)!
  let next = 0
  const parse = (): Tree => {
    const token = tokens[next++]!
    if (token === '[') {
      const items: Tree[] = []
      for (; tokens[next] !== ']'; tokens[next] === ',' && next++) items.push(parse())
      next++
      return { kind: 'array', items }
    }
    if (token !== '{') return { kind: 'scalar', text: token }
    const members: [string, Tree][] = []
    for (; tokens[next] !== '}'; tokens[next] === ',' && next++) {
      const key = (JSON.parse(tokens[next]!) as string).replace(LONE_SURROGATE, '\ufffd')
      next += 2
      members.push([key, parse()])
    }
    next++
    return { kind: 'object', members }
  }
  return parse()
}
