/**
 * LintContext: a query taken apart for the checks.
 *
 * In: query text and what is known of the rule around it. Out: tokens, the commands that parse, every expression with the
 * columns it can see, and, of commands that do not parse, the conditions that can be read all the same.
 * Holds: an unparsable query has a context too; nothing here throws for what a user wrote.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import type { Span } from '../base/span.ts'
import type { Command, Expression, QueryNode } from '../language/ast.ts'
import { tokenize } from '../language/lexer.ts'
import { outputName } from '../language/output-name.ts'
import { parseQuery } from '../language/parser.ts'
import type { Token } from '../language/token.ts'
import { type Column, ColumnScope } from './columns.ts'
import { everyExpression } from './expressions.ts'
import { readFragments } from './fragments.ts'

/** What a rule adds to its query. */
export interface LintRule {
  name: string
  from: string
  interval: string
  maxSignals: number
  /** Alerts are grouped before they are shown: duplicates of overlapping windows are joined. */
  suppressed: boolean
  retired: { date: string; reason: string } | null
}

/** An expression where it stands. */
export interface Site {
  expression: Expression
  scope: ColumnScope
  command: Command['type']
  /** Position of the command in the pipe. */
  index: number
  role: 'where' | 'eval' | 'aggregate' | 'filter' | 'grouping' | 'other'
}

export interface LintContext {
  text: string
  tokens: readonly Token[]
  /** Null when the query does not parse. */
  query: QueryNode | null
  /** Commands that parse, with the columns before them; all of them when the query parses. */
  commands: readonly { command: Command; scope: ColumnScope; index: number }[]
  sites: readonly Site[]
  /** Every expression in the sites, outside before inside. */
  nodes: readonly { expression: Expression; site: Site }[]
  /** Columns of the answer. */
  output: ColumnScope
  syntax: readonly Diagnostic[]
  rule: LintRule | null
  /** The first command: where findings about the whole rule stand. */
  start: Span
  /** The text of a node as written. */
  textOf(node: { span: Span }): string
}

/** Longest query of which more than tokens is looked at: longer ones are nobody's rule. */
const MAX_LENGTH = 200_000

/** Takes a query apart. */
export function createLintContext(text: string, rule: LintRule | null): LintContext {
  const tokens = tokenize(text).tokens
  const parsed = text.length > MAX_LENGTH ? null : parseQuery(text)
  const commands: LintContext['commands'][number][] = []
  const sites: Site[] = []
  let scope = ColumnScope.ofSource()
  for (const command of parsed?.commands ?? []) {
    const index = commands.length
    commands.push({ command, scope, index })
    scope = enter(command, scope, (expression, role, at) =>
      sites.push({ expression, scope: at, command: command.type, index, role })
    )
  }
  if (parsed && !parsed.query) {
    for (const expression of readFragments(text, tokens, parsed.commands))
      sites.push({ expression, scope: ColumnScope.ofSource(), command: 'other', index: -1, role: 'other' })
  }
  const first = tokens[0]!
  return {
    text,
    tokens,
    query: parsed?.query ?? null,
    commands,
    sites,
    nodes: sites.flatMap((site) => everyExpression(site.expression).map((expression) => ({ expression, site }))),
    output: scope,
    syntax: parsed?.query ? [] : (parsed?.diagnostics ?? []),
    rule,
    start: first.span,
    textOf: ({ span }) => text.slice(span.start, span.end)
  }
}

type AddSite = (expression: Expression, role: Site['role'], scope: ColumnScope) => void

/** The columns behind a command; its expressions are handed to `add`. */
function enter(command: Command, scope: ColumnScope, add: AddSite): ColumnScope {
  switch (command.type) {
    case 'where':
      add(command.condition, 'where', scope)
      return scope
    case 'row':
    case 'eval': {
      let inner = command.type === 'row' ? scope.closed([]) : scope
      for (const field of command.fields) {
        add(field.expression, 'eval', inner)
        inner = inner.with([[outputName(field), { kind: 'computed', expression: field.expression, scope: inner }]])
      }
      return inner
    }
    case 'stats':
      return enterStats(command, scope, add)
    case 'mv-expand': {
      const column = scope.lookup(command.field.name)
      return column ? scope.with([[command.field.name, { kind: 'expanded', of: column }]]) : scope
    }
    case 'keep':
      return scope.keeping(command.names)
    case 'drop':
      return scope.without(command.names)
    case 'rename': {
      const renamed = command.renames.flatMap(({ from, to }): [string, Column][] => {
        const column = scope.lookup(from.text)
        return column ? [[to.text, column]] : []
      })
      return scope.without(command.renames.map(({ from }) => from)).with(renamed)
    }
    case 'sort':
      for (const { expression } of command.keys) add(expression, 'other', scope)
      return scope
    case 'dissect':
      add(command.input, 'other', scope)
      return scope.with(dissectNames(command.pattern.value).map((name) => [name, { kind: 'extracted', by: 'dissect' }]))
    case 'grok':
      add(command.input, 'other', scope)
      return scope.with(
        command.patterns.flatMap(({ value }) =>
          grokNames(value).map((name) => [name, { kind: 'extracted', by: 'grok' }] as const)
        )
      )
    case 'enrich':
      return scope
        .opened()
        .with(command.with.map(({ name, field }) => [(name ?? field).text, { kind: 'extracted', by: 'enrich' }]))
    case 'lookup-join':
    case 'other':
      return scope.opened()
    case 'completion':
      add(command.prompt, 'other', scope)
      return scope.with([[command.target?.name ?? 'completion', { kind: 'extracted', by: 'completion' }]])
    case 'limit-by':
      for (const key of command.keys) add(key, 'other', scope)
      return scope
    case 'from':
    case 'limit':
      return scope
  }
}

function enterStats(command: Extract<Command, { type: 'stats' }>, scope: ColumnScope, add: AddSite): ColumnScope {
  const columns: [string, Column][] = []
  for (const { expression, filter, ...rest } of command.aggregates) {
    add(expression, 'aggregate', scope)
    if (filter) add(filter, 'filter', scope)
    columns.push([outputName({ expression, filter, ...rest }), { kind: 'aggregate', expression, scope }])
  }
  for (const grouping of command.groupings) {
    add(grouping.expression, 'grouping', scope)
    const { expression } = grouping
    const column = expression.type === 'column' ? scope.lookup(expression.name) : null
    columns.push([outputName(grouping), { kind: 'key', of: column ?? { kind: 'computed', expression, scope } }])
  }
  return command.inline ? scope.with(columns.filter(([, column]) => column.kind === 'aggregate')) : scope.closed(columns)
}

function dissectNames(pattern: string): string[] {
  return Array.from(pattern.matchAll(/%\{[+?&*]?([^}/>-][^}/>]*?)(?:->)?(?:\/\d+)?\}/g), (match) => match[1]!)
}

function grokNames(pattern: string): string[] {
  const captured = Array.from(pattern.matchAll(/%\{\w+:([^}:]+)(?::\w+)?\}/g), (match) => match[1]!)
  return [...captured, ...Array.from(pattern.matchAll(/\(\?<([^>=!]+)>/g), (match) => match[1]!)]
}
