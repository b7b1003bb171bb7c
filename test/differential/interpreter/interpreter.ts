/**
 * The interpreter: a query over rows, command by command, each a plain function from table to table.
 *
 * In:   the parser's tree, the columns and rows of the data. Out: the table, and warnings: those that may be reported (every
 *       failure of every row that some order of evaluation could meet) and those that must be (of commands behind which
 *       nothing takes away rows or columns).
 */
import type {
  AggregateAssignment,
  Assignment,
  Command,
  Expression,
  NamePattern,
  QueryNode
} from '../../../engine/language/ast.ts'
import { aggregateFor, AGGREGATES } from './aggregates.ts'
import { type Compiled, Expressions } from './expressions.ts'
import { type Cell, type Column, compare, Failure, Refused, type Type } from './values.ts'
import { Warnings } from './warnings.ts'

export interface Table {
  columns: Column[]
  rows: Cell[][]
}

export interface Answer extends Table {
  may: Warnings
  must: Warnings
}

/** Runs a query; throws Refused when the language refuses it. */
export function interpret(text: string, query: QueryNode, data: Table, now: bigint): Answer {
  const may = new Warnings(text)
  const must = new Warnings(text)
  const table = run(query.commands, data, now, may, must, true)
  // Conditions may pass each other and what stands between them: any row may meet any of them.
  if (query.commands.some(({ type }) => type === 'where' || type === 'limit')) run(query.commands, data, now, may, null, false)
  return { ...table, may, must }
}

function run(
  commands: readonly Command[],
  data: Table,
  now: bigint,
  may: Warnings,
  must: Warnings | null,
  removes: boolean
): Table {
  const needed = must ? firstNeeded(commands) : Infinity
  let table = data
  for (const [i, command] of commands.entries()) {
    const after = new Step(table, now, must && i >= needed ? [may, must] : [may]).run(command)
    if (removes || (command.type !== 'where' && command.type !== 'limit')) table = after
  }
  return table
}

/** From which command on nothing behind takes rows or columns away. */
function firstNeeded(commands: readonly Command[]): number {
  const names = new Set<string>()
  for (let i = commands.length - 1; i >= 0; i--) {
    const command = commands[i]!
    if (command.type === 'eval' && command.fields.every(({ name }) => name && !names.has(name.name))) {
      for (const { name } of command.fields) {
        if (names.has(name!.name)) return i + 1
        names.add(name!.name)
      }
    } else if (command.type === 'stats')
      return i + (hasDoubles([...command.aggregates, ...command.groupings]) || names.size > 0 ? 1 : 0)
    else if (command.type !== 'sort' && command.type !== 'row') return i + 1
  }
  return 0
}

const hasDoubles = (fields: readonly Parameters<typeof nameOf>[0][]) => new Set(fields.map(nameOf)).size < fields.length

class Step {
  constructor(
    private readonly table: Table,
    private readonly now: bigint,
    private readonly warnings: readonly Warnings[]
  ) {}

  run(command: Command): Table {
    switch (command.type) {
      case 'from':
        return this.table
      case 'row':
        return this.evaluate(command.fields, { columns: [], rows: [[]] })
      case 'where':
        return this.where(command.condition)
      case 'eval':
        return this.evaluate(command.fields, this.table)
      case 'keep':
        return this.keep(command.names)
      case 'drop':
        return this.project(this.table.columns.filter(({ name }) => !command.names.some((pattern) => matches(pattern, name))))
      case 'rename':
        return this.rename(command.renames)
      case 'sort':
        return this.sort(command.keys)
      case 'limit':
        return { ...this.table, rows: this.table.rows.slice(0, Number((command.count as { text?: string }).text)) }
      case 'mv-expand':
        return this.expand(command.field.name)
      case 'stats':
        return command.inline
          ? this.inlineStats(command.aggregates, command.groupings)
          : this.stats(command.aggregates, command.groupings)
      default:
        throw new Refused(command.type)
    }
  }

  private expressions(table: Table, aggregate?: (node: Expression) => Compiled | null): Expressions {
    const all = this.warnings
    const sink = {
      add: (span: Expression['span'], text: string, outcome: 'null' | 'false' = 'null') => {
        for (const warnings of all) warnings.add(span, text, outcome)
      },
      addMaybe: (span: Expression['span'], text: string, outcome: 'null' | 'false' = 'null') => all[0]!.add(span, text, outcome)
    }
    return new Expressions(table.columns, sink, this.now, aggregate)
  }

  private where(condition: Expression): Table {
    const expressions = this.expressions(this.table)
    const holds = expressions.compile(condition)
    if (holds.type !== 'boolean' && holds.type !== 'null') throw new Refused('condition')
    const rows = this.table.rows.filter((row) => expressions.oneTruth(condition, holds.run(row)) === true)
    return { ...this.table, rows }
  }

  /** EVAL: each field sees those before it; a name that is there goes, and comes back at the end. */
  private evaluate(fields: readonly Assignment[], input: Table): Table {
    let table = input
    for (const field of fields) {
      const value = this.expressions(table).compile(field.expression)
      const name = nameOf(field)
      const rows = table.rows.map((row) => [...row, value.run(row)])
      table = withoutEarlier({ columns: [...table.columns, { name, type: value.type }], rows })
    }
    return table
  }

  private project(columns: readonly Column[]): Table {
    const places = columns.map((column) => this.table.columns.indexOf(column))
    return { columns: [...columns], rows: this.table.rows.map((row) => places.map((place) => row[place]!)) }
  }

  /** KEEP: a column stands where its best pattern does: a name before a wildcard before a lone star, the last of equals. */
  private keep(patterns: readonly NamePattern[]): Table {
    const rank = (pattern: NamePattern) => (!pattern.wildcard ? 2 : pattern.text === '*' ? 0 : 1)
    for (const pattern of patterns)
      if (!pattern.wildcard && !this.table.columns.some(({ name }) => name === pattern.text)) throw new Refused('Unknown column')
    const placed = patterns.flatMap((pattern, place) =>
      this.table.columns.filter((column) => {
        if (!matches(pattern, column.name)) return false
        return !patterns.some(
          (other, i) =>
            i !== place &&
            matches(other, column.name) &&
            (rank(other) > rank(pattern) || (rank(other) === rank(pattern) && i > place))
        )
      })
    )
    return this.project(placed)
  }

  private rename(renames: readonly { from: NamePattern; to: NamePattern }[]): Table {
    let { columns, rows } = this.table
    for (const { from, to } of renames) {
      const index = columns.findIndex(({ name }) => name === from.text)
      if (index < 0) throw new Refused('Unknown column')
      const clash = from.text === to.text ? -1 : columns.findIndex(({ name }) => name === to.text)
      columns = columns.map((column, i) => (i === index ? { ...column, name: to.text } : column)).filter((_, i) => i !== clash)
      rows = rows.map((row) => row.filter((_, i) => i !== clash))
    }
    return { columns, rows }
  }

  private sort(keys: Extract<Command, { type: 'sort' }>['keys']): Table {
    const compiled = keys.map((key) => {
      const value = this.expressions(this.table).compile(key.expression)
      const direction = key.direction === 'desc' ? -1 : 1
      const nullsLast = key.nulls === null ? direction === 1 : key.nulls === 'last'
      return { value, direction, nullsLast }
    })
    const keyed = this.table.rows.map((row) => ({
      row,
      keys: compiled.map(({ value, direction }) => [...value.run(row)].sort((a, b) => direction * compare(value.type, a, b))[0])
    }))
    keyed.sort((a, b) => {
      for (const [i, { value, direction, nullsLast }] of compiled.entries()) {
        const [x, y] = [a.keys[i], b.keys[i]]
        if (x === undefined && y === undefined) continue
        if (x === undefined || y === undefined) return (x === undefined) === nullsLast ? 1 : -1
        const order = direction * compare(value.type, x, y)
        if (order !== 0) return order
      }
      return 0
    })
    return { ...this.table, rows: keyed.map(({ row }) => row) }
  }

  private expand(name: string): Table {
    const index = this.table.columns.findIndex((column) => column.name === name)
    if (index < 0) throw new Refused('Unknown column')
    const rows = this.table.rows.flatMap((row) => {
      const cell = row[index]!
      return cell.length < 2 ? [row] : cell.map((value) => row.map((other, i) => (i === index ? [value] : other)))
    })
    return { ...this.table, rows }
  }

  // ---- aggregation ----

  private stats(aggregates: readonly AggregateAssignment[], groupings: readonly Assignment[]): Table {
    const { groups, outputs, keys } = this.grouped(aggregates, groupings)
    const columns = [...outputs, ...keys].map(({ name, type }) => ({ name, type }))
    const rows = groups.map((group) => [...outputs.map((output) => output.run(group)), ...group.key])
    return withoutEarlier({ columns, rows })
  }

  /** Every row keeps its place and gets what its groups came to; results and keys stand at the end. */
  private inlineStats(aggregates: readonly AggregateAssignment[], groupings: readonly Assignment[]): Table {
    const { groups, outputs, keys } = this.grouped(aggregates, groupings)
    const results = groups.map((group) => ({ group, cells: outputs.map((output) => output.run(group)) }))
    const columns = [
      ...this.table.columns,
      ...outputs.map(({ name, type }) => ({ name, type })),
      ...keys.map(({ name, type }) => ({ name, type }))
    ]
    const rows = this.table.rows.map((row, index) => {
      const combined = combinations(keys.map((key) => key.cells[index]!))
      const own = combined.map((key) => results.find(({ group }) => groupId(group.key) === groupId(key))!)
      return [
        ...row,
        ...outputs.map((_, i) => own.flatMap(({ cells }) => [...cells[i]!])),
        ...keys.map((key) => key.cells[index]!)
      ]
    })
    return withoutEarlier({ columns, rows })
  }

  private grouped(aggregates: readonly AggregateAssignment[], groupings: readonly Assignment[]) {
    const compiled = groupings.map((grouping) => ({
      ...this.expressions(this.table).compile(grouping.expression),
      name: nameOf(grouping)
    }))
    // Of keys of one name only the last groups.
    const keys = compiled.filter((key, i) => compiled.findLastIndex((other) => other.name === key.name) === i)
    const cells = this.table.rows.map((row) => keys.map((key) => key.run(row)))
    // Inside aggregates a key's name means the key.
    const input = withoutEarlier({
      columns: [...this.table.columns, ...keys.map(({ name, type }) => ({ name, type }))],
      rows: this.table.rows.map((row, i) => [...row, ...cells[i]!])
    })
    const outputs = aggregates.map((assignment) => this.output(assignment, keys, input))
    return {
      groups: groupsOf(keys.length, cells),
      outputs,
      keys: keys.map((key, i) => ({ ...key, cells: cells.map((row) => row[i]!) }))
    }
  }

  /** One output of STATS: its aggregates are columns of a row of their own, and the expression around them reads that row. */
  private output(assignment: AggregateAssignment, keys: readonly (Compiled & { name: string })[], input: Table) {
    const filter = assignment.filter && this.truths(assignment.filter, input)
    const calls: { type: Type; run(members: readonly number[]): Cell }[] = []
    const collect = (node: Expression): Compiled | null => {
      if (node.type !== 'call' || !AGGREGATES.includes(node.name.toUpperCase())) return null
      const index = keys.length + calls.length
      const call = this.aggregate(node, filter, input)
      calls.push(call)
      return { type: call.type, constant: false, run: (row) => row[index] ?? [] }
    }
    const keyColumns = keys.map(({ name, type }) => ({ name, type }))
    const around = this.expressions({ columns: keyColumns, rows: [] }, collect).compile(assignment.expression)
    const run = (group: Group) => around.run([...group.key, ...calls.map((call) => call.run(group.members))])
    return { name: nameOf(assignment), type: around.type, run }
  }

  /** Whether a condition holds, for each row. */
  private truths(condition: Expression, input: Table): boolean[] {
    const expressions = this.expressions(input)
    const compiled = expressions.compile(condition)
    if (compiled.type !== 'boolean' && compiled.type !== 'null') throw new Refused('condition')
    return input.rows.map((row) => expressions.oneTruth(condition, compiled.run(row)) === true)
  }

  /** Arguments are worked out for every row, also for those the aggregate's own condition leaves out. */
  private aggregate(node: Extract<Expression, { type: 'call' }>, filter: boolean[] | null, input: Table) {
    const expressions = this.expressions(input)
    const args = node.args.map((arg) => expressions.compile(arg))
    const aggregate = aggregateFor(
      node.name.toUpperCase(),
      args.map((arg) => arg.type),
      args.map((arg) => expressions.constantOf(arg))
    )
    const cells = input.rows.map((row) => args.map((arg) => arg.run(row)))
    const run = (members: readonly number[]): Cell => {
      try {
        return aggregate.run(members.filter((member) => !filter || filter[member]).map((member) => cells[member]!))
      } catch (failure) {
        if (!(failure instanceof Failure)) throw failure
        for (const warnings of this.warnings) warnings.add(node.span, failure.message)
        return []
      }
    }
    return { type: aggregate.type, run }
  }
}

interface Group {
  key: Cell[]
  /** Places of the group's rows. */
  members: number[]
}

/** A bare column keeps its name, any other expression is called by its text. */
function nameOf({ name, expression, text }: Pick<Assignment, 'name' | 'expression' | 'text'>): string {
  return name?.name ?? (expression.type === 'column' ? expression.name : text!)
}

const groupId = (key: readonly Cell[]) => JSON.stringify(key.map((cell) => cell.map(String)))

/** The keys of a row: each of its values with each of the others', null where there is none. */
function combinations(row: readonly Cell[]): Cell[][] {
  return row.reduce<Cell[][]>(
    (so, cell) => {
      const choices: Cell[] = cell.length === 0 ? [[]] : [...new Set(cell)].map((value) => [value])
      return so.flatMap((key) => choices.map((choice) => [...key, choice]))
    },
    [[]]
  )
}

/** Groups in order of first appearance; a row with several values in a key is in each of their groups. */
function groupsOf(keyCount: number, cells: readonly (readonly Cell[])[]): Group[] {
  if (keyCount === 0) return [{ key: [], members: cells.map((_, i) => i) }]
  const groups = new Map<string, Group>()
  for (const [index, row] of cells.entries()) {
    for (const key of combinations(row)) {
      const id = groupId(key)
      const group = groups.get(id) ?? { key, members: [] }
      group.members.push(index)
      groups.set(id, group)
    }
  }
  return [...groups.values()]
}

/** Of columns with one name only the last stays. */
function withoutEarlier({ columns, rows }: Table): Table {
  const stays = columns.map(({ name }, i) => columns.findLastIndex((other) => other.name === name) === i)
  return { columns: columns.filter((_, i) => stays[i]), rows: rows.map((row) => row.filter((_, i) => stays[i])) }
}

function matches(pattern: NamePattern, name: string): boolean {
  if (!pattern.wildcard) return pattern.text === name
  return new RegExp(`^${pattern.text.replace(/[.]/g, '\\.').replaceAll('*', '.*')}$`, 's').test(name)
}
