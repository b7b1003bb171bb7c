/**
 * Missing knowledge: which fields a query reads that no loaded event has, what that does to its conditions, and the
 * condition that keeps it from finding anything.
 *
 * In:   a prepared query and the presence of fields. Out: plain data for the page and the terminal.
 * Holds: "cannot fire" is said only when no row can pass, whatever the values of the fields that are there; presence counts
 *       all loaded events, whatever index FROM names.
 */
import {
  ANY_VALUE,
  CAN_BE_TRUE,
  missingField,
  negated,
  onlyCell,
  type PossibleColumns,
  possibleValues,
  type PossibleValues
} from '../analysis/possible-values.ts'
import type { Span } from '../base/span.ts'
import type { Schema } from '../data/schema.ts'
import { type BoundAggregate, type BoundExpression, childrenOf, conjunctsOf } from '../plan/expression.ts'
import { type AggregateNode, outputSchema, type PlanNode } from '../plan/logical-plan.ts'
import { fieldType } from '../source/field-types.ts'
import { compileIndexPatterns, noMatchNote } from '../source/index-pattern.ts'
import type { SchemaSample } from '../source/schema-sample.ts'
import type { PreparedQuery } from './prepare.ts'
import type { MissingKnowledge } from './types.ts'

/** What is known of the fields of the loaded events. */
export interface FieldPresence {
  events: number
  /** False when the events are only the head of the data: what they lack may come later. */
  complete: boolean
  /** Index names of the events; empty when they carry none. */
  indexNames: readonly string[]
  has(field: string): boolean
}

/** Presence from a count over the events (or a sample of them). */
export function presenceOf(fields: SchemaSample, complete: boolean): FieldPresence {
  const seen = (name: string) => (fields.fields.get(name)?.seen ?? 0) > 0
  return {
    events: fields.events,
    complete,
    indexNames: fields.indexNames,
    has(name) {
      const known = fieldType(name)
      const path = known?.parent ?? name
      return name.startsWith('_') || seen(path) || (known?.type === 'geo_point' && seen(`${path}.lat`))
    }
  }
}

/** The fields of a query that no event has, what that does to its conditions, and whether it can find anything at all. */
export function whyNever(prepared: Pick<PreparedQuery, 'analyzed'>, presence: FieldPresence): MissingKnowledge {
  const walk = new PipeWalk(presence)
  for (const node of prepared.analyzed.nodes) walk.node(node)
  const { events, complete } = presence
  const missing = [...walk.conditions].map(([field, conditions]) => ({
    field,
    conditions,
    message: fieldMessage(field, conditions.length, presence)
  }))
  const { blocked } = walk
  const fields = blocked ? [...blocked.missing] : []
  const cannotFire = blocked && {
    span: blocked.span,
    text: blocked.text,
    fields,
    message: `[${blocked.text}] can never hold${fields.length > 0 ? `: ${listed(fields)} ${fields.length === 1 ? 'is' : 'are'} in none of ${eventsText(presence)}` : ''}`
  }
  return { events, complete, fields: missing, cannotFire, absentSource: walk.absentSource }
}

function fieldMessage(field: string, conditions: number, presence: FieldPresence): string {
  const effect =
    conditions === 0 ? 'it is null everywhere' : `${conditions} ${conditions === 1 ? 'condition' : 'conditions'} can never hold`
  return `\`${field}\` is in none of ${eventsText(presence)}: ${effect}`
}

function eventsText({ events, complete }: FieldPresence): string {
  const count = events.toLocaleString('en')
  const noun = events === 1 ? 'event' : 'events'
  return complete ? `${count} ${noun}` : `the first ${count} ${noun}`
}

const listed = (fields: readonly string[]) => fields.map((field) => `\`${field}\``).join(', ')

interface Condition {
  span: Span
  text: string
}

/** Follows the pipe with what its columns can be. */
class PipeWalk {
  /** By missing field: the conditions that can never hold because of it. */
  readonly conditions = new Map<string, Condition[]>()
  blocked: (Condition & { missing: ReadonlySet<string> }) | null = null
  absentSource: string | null = null
  private columns: PossibleColumns = new Map()
  private schema: Schema = []

  constructor(private readonly presence: FieldPresence) {}

  node(node: PlanNode): void {
    const next = this.after(node)
    this.schema = outputSchema(node, this.schema)
    this.columns = next
  }

  private after(node: PlanNode): PossibleColumns {
    switch (node.type) {
      case 'from':
        this.absentSource = noMatchNote(compileIndexPatterns(node.patterns), this.presence.indexNames)
        return new Map(node.schema.map(({ name, type }) => [name, this.sourceField(name, type === 'null')]))
      case 'row':
      case 'eval': {
        const columns = new Map(this.columns)
        for (const { name, expression } of node.fields) columns.set(name, this.read(expression, columns))
        return columns
      }
      case 'filter':
        this.filter(node.condition)
        return this.columns
      case 'project':
        return new Map(node.columns.map(({ name, from }) => [name, this.columns.get(from) ?? ANY_VALUE]))
      case 'aggregate':
        return this.aggregate(node)
      case 'mv-expand':
      case 'limit':
        return this.columns
      case 'sort':
        for (const { expression } of node.keys) this.read(expression, this.columns)
        return this.columns
      default:
        // What a command of another kind makes of its columns is not known here.
        return new Map()
    }
  }

  /** Fields are listed only once the query reads them: FROM holds more when every field is asked for. */
  private sourceField(name: string, unknown: boolean): PossibleValues {
    if (name.startsWith('$$') || (!unknown && (this.presence.events === 0 || this.presence.has(name)))) return ANY_VALUE
    return this.presence.events === 0 ? ANY_VALUE : missingField(name)
  }

  private filter(condition: BoundExpression): void {
    this.read(condition, this.columns)
    for (const conjunct of conjunctsOf(condition)) {
      const { outcomes, missing } = possibleValues(conjunct, this.columns)
      if ((outcomes & CAN_BE_TRUE) === 0) this.blocked ??= { span: conjunct.span, text: conjunct.text, missing }
    }
  }

  private aggregate(node: AggregateNode): PossibleColumns {
    const results = node.aggregates.map(({ name, call }) => [name, this.aggregated(call)] as const)
    const keys = node.keys.map((name) => {
      const key = this.columns.get(name) ?? ANY_VALUE
      for (const field of key.missing) this.note(field)
      return [name, key] as const
    })
    return new Map([...results, ...keys])
  }

  /** Aggregates of nothing but nulls: a count is 0, the others are null. */
  private aggregated(call: BoundAggregate): PossibleValues {
    const args = call.args.map((arg) => this.read(arg, this.columns))
    if (call.filter) this.read(call.filter, this.columns)
    const [value] = args
    const counts = call.function.name === 'COUNT' || call.function.name === 'COUNT_DISTINCT'
    if (value?.constant !== null || call.args[0]!.type === 'literal') return ANY_VALUE
    return onlyCell(counts ? 0n : null, value.missing)
  }

  /** Notes the missing fields an expression reads and its conditions that cannot hold. */
  private read(expression: BoundExpression, columns: PossibleColumns): PossibleValues {
    const pending: { part: BoundExpression; negate: boolean }[] = [{ part: expression, negate: false }]
    while (pending.length > 0) {
      const { part, negate } = pending.pop()!
      if (part.type === 'column') for (const field of columns.get(part.name)?.missing ?? []) this.note(field)
      if (part.type === 'not') {
        pending.push({ part: part.operand, negate: !negate })
        continue
      }
      if (part.dataType === 'boolean' && part.type !== 'logical') this.condition(part, negate, columns)
      // What stands inside AND and OR is negated with it; an operand of anything else stands for itself.
      const inherited = part.type === 'logical' && negate
      for (const child of [...childrenOf(part)].reverse()) pending.push({ part: child, negate: inherited })
    }
    return possibleValues(expression, columns)
  }

  private condition(part: BoundExpression, negate: boolean, columns: PossibleColumns): void {
    const value = possibleValues(part, columns)
    const { outcomes, missing } = negate ? negated(value) : value
    if (outcomes & CAN_BE_TRUE) return
    const text = negate ? `NOT ${part.text}` : part.text
    for (const field of missing) this.note(field, { span: part.span, text })
  }

  private note(field: string, condition?: Condition): void {
    let conditions = this.conditions.get(field)
    if (!conditions) this.conditions.set(field, (conditions = []))
    if (condition && !conditions.some(({ span }) => span.start === condition.span.start && span.end === condition.span.end))
      conditions.push(condition)
  }
}
