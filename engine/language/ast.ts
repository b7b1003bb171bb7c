/**
 * AST of ES|QL: plain data, one union a category, discriminated by `type`. Every node carries the span of its text.
 * Parentheses leave no node: the printer adds those that precedence needs.
 */
import type { Span } from '../base/span.ts'

export interface QueryNode {
  type: 'query'
  commands: Command[]
  span: Span
}

// ---- commands ----

export type Command =
  | FromCommand
  | RowCommand
  | WhereCommand
  | EvalCommand
  | StatsCommand
  | KeepCommand
  | DropCommand
  | RenameCommand
  | SortCommand
  | LimitCommand
  | LimitByCommand
  | MvExpandCommand
  | DissectCommand
  | GrokCommand
  | EnrichCommand
  | LookupJoinCommand
  | CompletionCommand
  | OtherCommand

export interface FromCommand {
  type: 'from'
  /** Index patterns as written, quotes removed; `cluster:` prefixes and `-` exclusions stay in the text. */
  patterns: { text: string; span: Span }[]
  metadata: { name: string; span: Span }[]
  span: Span
}
export interface RowCommand {
  type: 'row'
  fields: Assignment[]
  span: Span
}
export interface WhereCommand {
  type: 'where'
  condition: Expression
  span: Span
}
export interface EvalCommand {
  type: 'eval'
  fields: Assignment[]
  span: Span
}
/** `name = expression` or a bare expression (name null: the column is called by the source text). */
export interface Assignment {
  type: 'assignment'
  name: ColumnExpression | null
  expression: Expression
  /** Source text of an unnamed expression as written, parentheses and white space kept; null when named. */
  text: string | null
  span: Span
}
export interface StatsCommand {
  type: 'stats'
  inline: boolean
  aggregates: AggregateAssignment[]
  groupings: Assignment[]
  span: Span
}
export interface AggregateAssignment {
  type: 'aggregate'
  name: ColumnExpression | null
  expression: Expression
  /** `agg WHERE condition` */
  filter: Expression | null
  /** Source text of an unnamed aggregate, its WHERE included: Elasticsearch names the column by it; null when named. */
  text: string | null
  span: Span
}
export interface KeepCommand {
  type: 'keep'
  names: NamePattern[]
  span: Span
}
export interface DropCommand {
  type: 'drop'
  names: NamePattern[]
  span: Span
}
/** A column name in KEEP, DROP or RENAME; `*` outside backticks is a wildcard. */
export interface NamePattern {
  type: 'name-pattern'
  /** Dotted text, backticks removed. */
  text: string
  parts: NamePart[]
  wildcard: boolean
  span: Span
}
export interface NamePart {
  text: string
  quoted: boolean
}
export interface RenameCommand {
  type: 'rename'
  /** `old AS new` (style as) or `new = old` (style assign). */
  renames: { from: NamePattern; to: NamePattern; style: 'as' | 'assign'; span: Span }[]
  span: Span
}
export interface SortCommand {
  type: 'sort'
  keys: SortKey[]
  span: Span
}
export interface SortKey {
  expression: Expression
  direction: 'asc' | 'desc' | null
  nulls: 'first' | 'last' | null
  span: Span
}
export interface LimitCommand {
  type: 'limit'
  count: Expression
  span: Span
}
/** `LIMIT n BY keys`: another command than LIMIT. */
export interface LimitByCommand {
  type: 'limit-by'
  count: Expression
  keys: Expression[]
  span: Span
}
export interface MvExpandCommand {
  type: 'mv-expand'
  field: ColumnExpression
  span: Span
}
export interface DissectCommand {
  type: 'dissect'
  input: Expression
  pattern: StringLiteral
  options: { name: string; value: Expression; span: Span }[]
  span: Span
}
export interface GrokCommand {
  type: 'grok'
  input: Expression
  patterns: StringLiteral[]
  span: Span
}
export interface EnrichCommand {
  type: 'enrich'
  policy: string
  on: NamePattern | null
  with: { name: NamePattern | null; field: NamePattern }[]
  span: Span
}
export interface LookupJoinCommand {
  type: 'lookup-join'
  index: string
  alias: string | null
  on: Expression[]
  span: Span
}
export interface CompletionCommand {
  type: 'completion'
  target: ColumnExpression | null
  prompt: Expression
  options: MapExpression | null
  span: Span
}
/** A command of the language that parses but has no node of its own here (FORK, SAMPLE, SHOW, TS, SET ...). */
export interface OtherCommand {
  type: 'other'
  /** Upper case: `FORK`. */
  keyword: string
  /** The text behind the first word, as written. */
  body: string
  span: Span
}

// ---- expressions ----

export type Expression =
  | StringLiteral
  | NumberLiteral
  | BooleanLiteral
  | NullLiteral
  | TimeSpanLiteral
  | ListLiteral
  | ParameterExpression
  | ColumnExpression
  | CallExpression
  | UnaryExpression
  | ArithmeticExpression
  | ComparisonExpression
  | LogicalExpression
  | NotExpression
  | InExpression
  | PatternExpression
  | IsNullExpression
  | MatchExpression
  | CastExpression
  | MapExpression

export interface StringLiteral {
  type: 'string'
  value: string
  /** Written with three quotes. */
  raw: boolean
  span: Span
}
export interface NumberLiteral {
  type: 'number'
  kind: 'integer' | 'decimal'
  /** As written, without sign: exactness is kept. */
  text: string
  span: Span
}
export interface BooleanLiteral {
  type: 'boolean'
  value: boolean
  span: Span
}
export interface NullLiteral {
  type: 'null'
  span: Span
}
export interface TimeSpanLiteral {
  type: 'time-span'
  /** The integer as written, without sign. */
  amount: string
  /** The unit as written. */
  unit: string
  span: Span
}
/** `[1, 2, 3]` of constants. */
export interface ListLiteral {
  type: 'list'
  items: Expression[]
  span: Span
}
/** `?`, `?1`, `?name`; of `??name` the name is `?name`. */
export interface ParameterExpression {
  type: 'parameter'
  name: string
  span: Span
}
export interface ColumnExpression {
  type: 'column'
  /** Dotted text, backticks removed. */
  name: string
  parts: NamePart[]
  span: Span
}
export interface CallExpression {
  type: 'call'
  /** As written. */
  name: string
  args: Expression[]
  /** `COUNT(*)` */
  star: boolean
  /** Trailing `{ "k": v }`. */
  options: MapExpression | null
  span: Span
}
export interface UnaryExpression {
  type: 'unary'
  operator: '-' | '+'
  operand: Expression
  span: Span
}
export interface ArithmeticExpression {
  type: 'arithmetic'
  operator: '+' | '-' | '*' | '/' | '%'
  left: Expression
  right: Expression
  span: Span
}
export interface ComparisonExpression {
  type: 'comparison'
  operator: '==' | '!=' | '<' | '<=' | '>' | '>=' | '=~'
  left: Expression
  right: Expression
  span: Span
}
export interface LogicalExpression {
  type: 'logical'
  operator: 'and' | 'or'
  left: Expression
  right: Expression
  span: Span
}
export interface NotExpression {
  type: 'not'
  operand: Expression
  span: Span
}
export interface InExpression {
  type: 'in'
  value: Expression
  items: Expression[]
  negated: boolean
  span: Span
}
export interface PatternExpression {
  type: 'pattern'
  operator: 'like' | 'rlike'
  value: Expression
  patterns: Expression[]
  /** Written as a list `LIKE ("a", "b")`. */
  list: boolean
  negated: boolean
  span: Span
}
export interface IsNullExpression {
  type: 'is-null'
  value: Expression
  negated: boolean
  span: Span
}
/** `field : "words"` */
export interface MatchExpression {
  type: 'match'
  field: Expression
  query: Expression
  span: Span
}
export interface CastExpression {
  type: 'cast'
  value: Expression
  /** As written, e.g. `STRING`, `long`. */
  target: string
  span: Span
}
export interface MapExpression {
  type: 'map'
  entries: { key: string; value: Expression }[]
  span: Span
}
