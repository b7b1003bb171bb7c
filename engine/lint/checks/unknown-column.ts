/** Columns that are not there, and fields whose name is nearly one of ECS. */
import { editDistance, nearestName } from '../../base/edit-distance.ts'
import { fieldType, knownFieldNames } from '../../source/field-types.ts'
import type { Draft, LintCheck } from '../check.ts'
import type { LintContext } from '../context.ts'

/** Names no command before has left, and names one slip away from a field. */
export const UNKNOWN_COLUMN: LintCheck = {
  id: 'unknown-column',
  title: 'Unknown column or misspelt field',
  severity: 'error',
  explanation:
    'Behind STATS only its own columns exist, behind KEEP those it kept. A field that no index maps is an error in ' +
    'Elasticsearch; here, on dropped files, it is null, and every condition on it is null.',
  example: { query: 'FROM logs-*\n| STATS n = COUNT(*) BY user.name\n| WHERE host.name == "web-1"' },
  find: (context) => [...absent(context), ...misspelt(context)]
}

function absent(context: LintContext): Draft[] {
  // Behind a command that could not be read nobody knows the columns.
  if (!context.query) return []
  const inExpressions = context.nodes.flatMap(({ expression, site }) =>
    expression.type === 'column' ? [{ name: expression.name, span: expression.span, scope: site.scope }] : []
  )
  const inNames = context.commands.flatMap(({ command, scope }) =>
    command.type === 'keep' || command.type === 'drop'
      ? command.names.flatMap(({ wildcard, text, span }) => (wildcard ? [] : [{ name: text, span, scope }]))
      : command.type === 'mv-expand'
        ? [{ name: command.field.name, span: command.field.span, scope }]
        : []
  )
  return [...inExpressions, ...inNames].flatMap(({ name, span, scope }): Draft[] => {
    if (scope.lookup(name) !== null) return []
    const names = scope.entries().map(([known]) => known)
    const near = nearestName(name, names)
    return [
      {
        span,
        message: `Unknown column [${name}]${near === null ? '' : `, did you mean [${near}]?`}`,
        example: { data: '{}', outcome: 'Elasticsearch refuses the query' },
        // A column of the same spelling in another case is the one that was meant.
        rewrite:
          near !== null && near.toLowerCase() === name.toLowerCase()
            ? { span, replacement: near, effect: 'the column that is there' }
            : null
      }
    ]
  })
}

function misspelt(context: LintContext): Draft[] {
  const seen = new Set<string>()
  return context.nodes.flatMap(({ expression, site }): Draft[] => {
    if (expression.type !== 'column' || seen.has(expression.name)) return []
    const column = site.scope.lookup(expression.name)
    if (column?.kind !== 'source' || fieldType(column.field) !== null) return []
    seen.add(column.field)
    const near = nearField(column.field)
    if (near === null) return []
    return [
      {
        span: expression.span,
        severity: 'warning',
        field: column.field,
        message: `[${column.field}] is no field of ECS, did you mean [${near}]?`,
        example: { data: JSON.stringify({ [near]: 'x' }), outcome: `${column.field} is null, the condition is null` },
        rewrite: { span: expression.span, replacement: near, effect: 'the field of ECS' }
      }
    ]
  })
}

/** Fields by their name with one segment left out: `process.*`, `*.name`. */
let byHole: Map<string, string[]> | null = null

function nearField(name: string): string | null {
  byHole ??= fieldsByHole()
  const segments = name.split('.')
  if (segments.length < 2 || segments.length > 8) return null
  for (const [i, segment] of segments.entries()) {
    for (const candidate of byHole.get(withHole(segments, i)) ?? []) {
      const other = candidate.split('.')[i]!
      // One slip in a word of some length; short words are near to too many others.
      if (segment.length >= 4 && other.length >= 4 && editDistance(segment, other) === 1 && !isOtherNumber(segment, other))
        return candidate
    }
  }
  return null
}

/** `ssdeep1`, `ssdeep2`, and singular beside plural, are names of their own. */
function isOtherNumber(segment: string, other: string): boolean {
  const isPlural = (one: string, many: string) => `${one}s` === many && !many.endsWith('ss')
  return segment.replace(/\d+$/, '') === other.replace(/\d+$/, '') || isPlural(segment, other) || isPlural(other, segment)
}

function withHole(segments: readonly string[], at: number): string {
  return segments.map((segment, i) => (i === at ? '*' : segment)).join('.')
}

function fieldsByHole(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const name of knownFieldNames()) {
    const segments = name.split('.')
    for (let i = 0; i < segments.length; i++) {
      const key = withHole(segments, i)
      const names = found.get(key)
      if (names) names.push(name)
      else found.set(key, [name])
    }
  }
  return found
}
