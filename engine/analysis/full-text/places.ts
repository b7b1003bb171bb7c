/** Where full-text conditions may stand, and Elasticsearch's texts where they may not. */
import type { Span } from '../../base/span.ts'
import type { Command } from '../../language/ast.ts'
import type { SourceFields } from '../scope.ts'
import { type BoundExpression, childrenOf } from '../../plan/expression.ts'

/** What a condition knows of its place: the WHERE it stands in and the commands before it. */
export interface FullTextPlace {
  /** Of the WHERE; errors about commands point at it. */
  span: Span
  before: readonly Command[]
}

/** Where an expression stands, for the full-text conditions in it. */
export interface FullTextPosition {
  /** Fields of FROM; null behind ROW. */
  source: SourceFields | null
  place: FullTextPlace
}

export type FullTextName = 'KQL' | 'QSTR' | 'MATCH' | ':' | 'MATCH_PHRASE' | 'MULTI_MATCH'

/** Functions by their names as written in upper case; errors call MATCH_PHRASE and MULTI_MATCH by their class names. */
export const FULL_TEXT_FUNCTIONS: ReadonlyMap<string, FullTextName> = new Map([
  ['KQL', 'KQL'],
  ['QSTR', 'QSTR'],
  ['MATCH', 'MATCH'],
  ['MATCH_PHRASE', 'MATCH_PHRASE'],
  ['MULTI_MATCH', 'MULTI_MATCH']
])

const SHOWN: Partial<Record<FullTextName, string>> = {
  ':': '[:] operator',
  MATCH_PHRASE: '[MatchPhrase] function',
  MULTI_MATCH: '[MultiMatch] function'
}

/** `[MATCH] function`, `[:] operator`. */
export const shownName = (name: FullTextName): string => SHOWN[name] ?? `[${name}] function`

/** The problem of a condition behind these commands, or null. */
export function placeProblem(name: FullTextName, place: FullTextPlace): string | null {
  const barrier = place.before.find((command) => !mayPrecede(name, command))
  return barrier ? `${shownName(name)} cannot be used after ${firstWord(barrier)}` : null
}

function mayPrecede(name: FullTextName, command: Command): boolean {
  if (name === 'KQL' || name === 'QSTR') return ['from', 'where', 'sort'].includes(command.type)
  return command.type !== 'limit' && command.type !== 'limit-by' && !(command.type === 'stats' && !command.inline)
}

function firstWord(command: Command): string {
  if (command.type === 'other') return command.keyword.split(' ')[0]!
  if (command.type === 'stats') return command.inline ? 'INLINE' : 'STATS'
  if (command.type === 'lookup-join') return 'LOOKUP'
  return command.type === 'mv-expand' ? 'MV_EXPAND' : command.type.toUpperCase()
}

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>='])

/** A full-text condition inside of a function that cannot take one: both by their names; null when there is none. */
export function wrongParent(condition: BoundExpression): { inside: string; parent: string } | null {
  const pending = [condition]
  while (pending.length > 0) {
    const parent = pending.pop()!
    const allowed =
      parent.type === 'logical' || parent.type === 'not' || (parent.type === 'call' && COMPARISONS.has(parent.function.name))
    for (const child of childrenOf(parent)) {
      if (child.type === 'full-text' && !allowed) return { inside: child.shown, parent: parentName(parent) }
      pending.push(child)
    }
  }
  return null
}

function parentName(parent: BoundExpression): string {
  if (parent.type === 'call') return parent.function.name
  if (parent.type === 'is-null') return parent.negated ? 'ISNOTNULL' : 'ISNULL'
  return parent.type.toUpperCase().replace('-', '')
}
