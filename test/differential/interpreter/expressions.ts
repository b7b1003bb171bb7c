/**
 * Expressions: a tree of the parser becomes a function of one row. Types are worked out first, values then row by row.
 *
 * Holds: nothing of the engine but its parser's tree is used; every rule here comes from the description of the language.
 */
import type { Expression } from '../../../engine/language/ast.ts'
import { CASTS, CONVERSIONS } from './conversions.ts'
import { addSpan, type Span, truncate } from './date-functions.ts'
import { type Overload, overloadFor, resultType } from './function-table.ts'
import { FUNCTIONS } from './functions.ts'
import { calculate } from './math-functions.ts'
import { like } from './patterns.ts'
import { rlike } from './rlike.ts'
import {
  type Cell,
  type Column,
  compare,
  Failure,
  INT_MAX,
  INT_MIN,
  isNumber,
  isText,
  LONG_MAX,
  LONG_MIN,
  Refused,
  SINGLE_VALUE,
  type Type,
  type Value,
  widen
} from './values.ts'

type Warn = (span: Expression['span'], text: string, outcome?: 'null' | 'false') => void

/** Where failures go: those of rows, and those that may be told. */
export interface WarningSink {
  add: Warn
  addMaybe: Warn
}

export interface Compiled {
  type: Type
  /** A constant: the same for every row. */
  constant: boolean
  run(row: readonly Cell[]): Cell
}

const NUMBERS: Type[] = ['integer', 'long', 'double']

/** The type that both can be, or null. */
export function common(a: Type, b: Type): Type | null {
  if (a === b || b === 'null') return a
  if (a === 'null') return b
  if (isText(a) && isText(b)) return 'keyword'
  const [i, j] = [NUMBERS.indexOf(a), NUMBERS.indexOf(b)]
  return i < 0 || j < 0 ? null : NUMBERS[Math.max(i, j)]!
}

export class Expressions {
  constructor(
    private readonly columns: readonly Column[],
    private warnings: WarningSink,
    private readonly now: bigint,
    /** What an aggregate is to the expression around it; null for other nodes. */
    private readonly aggregate?: (node: Expression) => Compiled | null
  ) {}

  /** A constant part may be worked out before there are rows, and its failure told even when no row comes to it. */
  compile(node: Expression): Compiled {
    const compiled = this.aggregate?.(node) ?? this.node(node)
    if (!compiled.constant || node.type === 'string' || node.type === 'number') return compiled
    this.constantOf(compiled)
    return compiled
  }

  /** The single value of a constant; undefined for what is none. */
  constantOf(compiled: Compiled): Value | undefined {
    if (!compiled.constant) return undefined
    const { warnings } = this
    this.warnings = { add: warnings.addMaybe, addMaybe: warnings.addMaybe }
    const cell = compiled.run([])
    this.warnings = warnings
    return cell[0]
  }

  private node(node: Expression): Compiled {
    switch (node.type) {
      case 'string':
        return constant('keyword', [node.value])
      case 'number':
        return number(node.kind, node.text)
      case 'boolean':
        return constant('boolean', [node.value])
      case 'null':
        return constant('null', [])
      case 'list':
        return this.list(node.items)
      case 'column':
        return this.column(node.name)
      case 'unary':
        return this.unary(node)
      case 'arithmetic':
        return this.arithmetic(node)
      case 'comparison':
        return this.comparison(node)
      case 'logical':
        return this.logical(node)
      case 'not':
        return this.not(node.operand)
      case 'is-null': {
        const value = this.compile(node.value)
        return { type: 'boolean', constant: value.constant, run: (row) => [(value.run(row).length === 0) !== node.negated] }
      }
      case 'in':
        return this.in(node)
      case 'pattern':
        return this.pattern(node)
      case 'cast': {
        const name = CASTS[node.target.toLowerCase()]
        if (!name) throw new Refused(`cast to ${node.target}`)
        return this.call(node, name, [node.value])
      }
      case 'call':
        return this.named(node)
      default:
        throw new Refused(node.type)
    }
  }

  private column(name: string): Compiled {
    const index = this.columns.findIndex((column) => column.name === name)
    if (index < 0) throw new Refused(`Unknown column [${name}]`)
    return { type: this.columns[index]!.type, constant: false, run: (row) => row[index]! }
  }

  private list(items: readonly Expression[]): Compiled {
    const parts = items.map((item) => this.compile(item))
    const type = parts.reduce<Type | null>((so, { type }) => so && common(so, type), 'null')
    if (type === null) throw new Refused('mixed list')
    return constant(
      type,
      parts.flatMap((part) => part.run([]).map((value) => widen(value, part.type, type)))
    )
  }

  private unary(node: Extract<Expression, { type: 'unary' }>): Compiled {
    if (node.operand.type === 'number') return number(node.operand.kind, (node.operator === '-' ? '-' : '') + node.operand.text)
    const operand = this.compile(node.operand)
    if (node.operator === '+') return operand
    if (!NUMBERS.includes(operand.type) && operand.type !== 'null') throw new Refused('negation')
    const { type } = operand
    const negate = (value: Value) =>
      type === 'double' ? -(value as number) : calculate('-', type, widen(0, 'integer', type), value)
    return this.single(node, type, [operand], ([value]) => negate(value!))
  }

  private arithmetic(node: Extract<Expression, { type: 'arithmetic' }>): Compiled {
    const { operator } = node
    if (node.right.type === 'time-span' || node.left.type === 'time-span') return this.dateMath(node)
    const [left, right] = [this.compile(node.left), this.compile(node.right)]
    const type = left.type === right.type && left.type === 'unsigned_long' ? left.type : common(left.type, right.type)
    if (type === null || (!isNumber(type) && type !== 'null')) throw new Refused('arithmetic')
    return this.single(node, type, [left, right], ([a, b]) =>
      calculate(operator, type, widen(a!, left.type, type), widen(b!, right.type, type))
    )
  }

  private dateMath(node: Extract<Expression, { type: 'arithmetic' }>): Compiled {
    const [spanNode, dateNode] = node.right.type === 'time-span' ? [node.right, node.left] : [node.left, node.right]
    const date = this.compile(dateNode)
    if (date.type !== 'date' || spanNode.type !== 'time-span') throw new Refused('date math')
    const span = readSpan(spanNode)
    return this.single(node, 'date', [date], ([value]) => addSpan(value as bigint, span, node.operator === '-' ? -1 : 1))
  }

  /** Literals become what the other side is: dates, addresses, versions, booleans. */
  private matched(left: Compiled, right: Compiled): [Compiled, Compiled, Type] {
    const type = common(left.type, right.type)
    if (type !== null) return [left, right, type]
    if (isText(right.type) && right.constant && !isText(left.type)) return [left, cast(right, left.type), left.type]
    if (isText(left.type) && left.constant && !isText(right.type)) return [cast(left, right.type), right, right.type]
    throw new Refused('types of a comparison')
  }

  private comparison(node: Extract<Expression, { type: 'comparison' }>): Compiled {
    const [left, right, type] = this.matched(this.compile(node.left), this.compile(node.right))
    const changed = this.impossibleEquality(node)
    if (changed) return node.operator === '==' ? NEVER : this.isNotNull(changed)
    if (type === 'boolean' && node.operator !== '==' && node.operator !== '!=') throw new Refused('order of booleans')
    const holds = HOLDS[node.operator]
    if (!holds) throw new Refused(node.operator)
    return this.single(node, 'boolean', [left, right], ([a, b]) =>
      holds(compare(type, widen(a!, left.type, type), widen(b!, right.type, type)))
    )
  }

  /** What has its case changed, when node compares that with a constant in the other case: the language decides it unseen. */
  private impossibleEquality(node: Expression): Expression | null {
    if (node.type !== 'comparison' || (node.operator !== '==' && node.operator !== '!=')) return null
    for (const [side, other] of [[node.left, node.right] as const, [node.right, node.left] as const]) {
      const changed = this.compile(side).constant ? null : changedCase(side)
      const value = changed && this.constantOf(this.compile(other))
      if (changed && typeof value === 'string' && changed.impossible.test(value)) return changed.of
    }
    return null
  }

  private isNotNull(node: Expression): Compiled {
    const value = this.compile(node)
    return { type: 'boolean', constant: value.constant, run: (row) => [value.run(row).length > 0] }
  }

  private logical(node: Extract<Expression, { type: 'logical' }>): Compiled {
    const sides = [node.left, node.right].map((side) => ({ side, value: this.truth(this.compile(side)) }))
    // What decides alone: false for AND, true for OR; else null, if there is one.
    const decides = node.operator === 'or'
    return {
      type: 'boolean',
      constant: sides.every(({ value }) => value.constant),
      run: (row) => {
        const truths = sides.map(({ side, value }) => this.oneTruth(side, value.run(row)))
        if (truths.includes(decides)) return [decides]
        return truths.includes(null) ? [] : [!decides]
      }
    }
  }

  private truth(value: Compiled): Compiled {
    if (value.type !== 'boolean' && value.type !== 'null') throw new Refused('no truth value')
    return value
  }

  /** One truth value a row; several are none, with a warning at the operand. */
  oneTruth(node: Expression, cell: Cell): boolean | null {
    if (cell.length > 1) this.warnings.add(node.span, SINGLE_VALUE)
    return cell.length === 1 ? (cell[0] as boolean) : null
  }

  private not(operand: Expression): Compiled {
    const value = this.truth(this.compile(operand))
    const changed = this.impossibleEquality(operand)
    if (changed && operand.type === 'comparison') return operand.operator === '!=' ? NEVER : this.isNotNull(changed)
    return {
      type: 'boolean',
      constant: value.constant,
      run: (row) => {
        const truth = this.oneTruth(operand, value.run(row))
        return truth === null ? [] : [!truth]
      }
    }
  }

  private in(node: Extract<Expression, { type: 'in' }>): Compiled {
    const value = this.compile(node.value)
    let items = node.items.map((item) => this.compile(item))
    if (!isText(value.type)) items = items.map((item) => (isText(item.type) && item.constant ? cast(item, value.type) : item))
    const type = items.reduce<Type | null>((so, item) => so && common(so, item.type), value.type)
    if (type === null) throw new Refused('types of IN')
    const run = (row: readonly Cell[]): Cell => {
      const [cell, others] = [value.run(row), items.map((item) => ({ cell: item.run(row), type: item.type }))]
      if (cell.length > 1) this.warnings.add(node.span, SINGLE_VALUE)
      if (cell.length !== 1) return []
      const own = widen(cell[0]!, value.type, type)
      const equal = (other: { cell: Cell; type: Type }) => compare(type, own, widen(other.cell[0]!, other.type, type)) === 0
      for (const other of others) {
        if (other.cell.length > 1) this.warnings.add(node.span, SINGLE_VALUE)
        if (other.cell.length === 1 && equal(other)) return [!node.negated]
      }
      const undecided = others.some((other) => other.cell.length === 0) || others.every((other) => other.cell.length !== 1)
      return undecided ? [] : [node.negated]
    }
    return { type: 'boolean', constant: value.constant && items.every((item) => item.constant), run }
  }

  private pattern(node: Extract<Expression, { type: 'pattern' }>): Compiled {
    const value = this.compile(node.value)
    if (!isText(value.type) && value.type !== 'null') throw new Refused('pattern on no text')
    const written = node.patterns.map((pattern) => {
      if (pattern.type !== 'string') throw new Refused('pattern')
      return pattern.value
    })
    const holds = node.operator === 'like' ? like : rlike
    // A constant is changed before its comparison is looked at.
    const impossible = value.constant ? undefined : changedCase(node.value)?.impossible
    // Of a list those in the other case drop out, whatever they mean; none left: decided unseen.
    const patterns = written.filter((pattern) => !impossible?.test(pattern))
    if (patterns.length === 0) return constant('boolean', [node.negated])
    return this.single(node, 'boolean', [value], ([text]) => {
      return patterns.some((pattern) => holds(text as string, pattern)) !== node.negated
    })
  }

  private named(node: Extract<Expression, { type: 'call' }>): Compiled {
    const name = node.name.toUpperCase()
    if (name === 'NOW') return constant('date', [this.now])
    if (name === 'CASE') return this.case(node)
    if (name === 'COALESCE') return this.coalesce(node)
    if (name === 'DATE_TRUNC') return this.dateTrunc(node)
    return this.call(node, name, node.args)
  }

  private case(node: Extract<Expression, { type: 'call' }>): Compiled {
    const args = node.args.map((arg) => this.compile(arg))
    const isCondition = (i: number) => i % 2 === 0 && i < args.length - 1
    const type = args.filter((_, i) => !isCondition(i)).reduce<Type | null>((so, arg) => so && common(so, arg.type), 'null')
    if (type === null) throw new Refused('types of CASE')
    const holds = (cell: Cell) => {
      if (cell.length > 1) this.warnings.add(node.span, SINGLE_VALUE, 'false')
      return cell.length === 1 && cell[0] === true
    }
    const run = (row: readonly Cell[]): Cell => {
      for (let i = 0; i < args.length; i += 2) {
        if (!isCondition(i)) return args[i]!.run(row)
        if (holds(args[i]!.run(row))) return args[i + 1]!.run(row)
      }
      return []
    }
    return { type, constant: args.every((arg) => arg.constant), run }
  }

  private coalesce(node: Extract<Expression, { type: 'call' }>): Compiled {
    const args = node.args.map((arg) => this.compile(arg))
    const type = args.reduce<Type | null>((so, arg) => so && common(so, arg.type), 'null')
    if (type === null) throw new Refused('types of COALESCE')
    const run = (row: readonly Cell[]): Cell => {
      for (const arg of args) {
        const cell = arg.run(row)
        if (cell.length > 0) return cell.map((value) => widen(value, arg.type, type))
      }
      return []
    }
    return { type: type === 'text' ? 'keyword' : type, constant: args.every((arg) => arg.constant), run }
  }

  private dateTrunc(node: Extract<Expression, { type: 'call' }>): Compiled {
    const [spanNode, dateNode] = node.args
    if (spanNode?.type !== 'time-span' || !dateNode) throw new Refused('DATE_TRUNC')
    const date = this.compile(dateNode)
    if (date.type !== 'date') throw new Refused('DATE_TRUNC of another type')
    const span = readSpan(spanNode)
    return this.single(node, 'date', [date], ([value]) => truncate(span, value as bigint))
  }

  private call(node: Expression, name: string, nodes: readonly Expression[]): Compiled {
    const overloads = FUNCTIONS.get(name)
    if (!overloads) throw new Refused(`no function ${name}`)
    const args = nodes.map((arg) => this.compile(arg))
    const types = args.map((arg) => arg.type)
    const overload = overloadFor(overloads, types)
    if (!overload) throw new Refused(`arguments of ${name}`)
    if (overload.refuses?.(args.map((arg) => this.constantOf(arg)))) throw new Refused(`constants of ${name}`)
    const returns = resultType(overload, types)
    // NULL as an argument decides before any other is looked at.
    const decided = nodes.some((arg) => arg.type === 'null') && !overload.seesNull
    const run = decided ? () => [] : this.runner(node, overload, args)
    return { type: returns, constant: args.every((arg) => arg.constant), run }
  }

  private runner(node: Expression, overload: Overload, args: readonly Compiled[]): (row: readonly Cell[]) => Cell {
    const types = args.map((arg) => arg.type)
    const run = (cells: readonly Cell[]) => this.guard(node, () => overload.run(cells, types))
    return (row) => {
      const cells = args.map((arg) => arg.run(row))
      if (overload.mode === 'single') return this.oneEach(node, cells) ? run(cells) : []
      if (!overload.seesNull && cells.some((cell) => cell.length === 0)) return []
      if (overload.mode === 'whole') return run(cells)
      return cells[0]!.flatMap((value) => [...run([[value], ...cells.slice(1)])])
    }
  }

  /** Whether each cell is one value; the first that is not decides, and warns when it is several. */
  private oneEach(node: { span: Expression['span'] }, cells: readonly Cell[]): boolean {
    const odd = cells.find((cell) => cell.length !== 1)
    if (odd && odd.length > 1) this.warnings.add(node.span, SINGLE_VALUE)
    return odd === undefined
  }

  private guard(node: { span: Expression['span'] }, run: () => Value | Cell | null): Cell {
    try {
      const result = run()
      return result === null ? [] : Array.isArray(result) ? (result as Cell) : [result as Value]
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure
      this.warnings.add(node.span, failure.message)
      return []
    }
  }

  /** An operation on one value of each argument. */
  private single(
    node: { span: Expression['span'] },
    type: Type,
    args: readonly Compiled[],
    run: (values: readonly Value[]) => Value
  ): Compiled {
    return {
      type,
      constant: args.every((arg) => arg.constant),
      run: (row) => {
        const cells = args.map((arg) => arg.run(row))
        if (!this.oneEach(node, cells)) return []
        return this.guard(node, () => run(cells.map((cell) => cell[0]!)))
      }
    }
  }
}

const NEVER: Compiled = { type: 'boolean', constant: true, run: () => [false] }

/** The innermost argument of TO_LOWER and TO_UPPER, and what the outermost one's result cannot hold. */
function changedCase(node: Expression): { of: Expression; impossible: RegExp } | null {
  const nameOf = (call: Expression) => (call.type === 'call' ? call.name.toUpperCase() : '')
  const changes = (call: Expression) => nameOf(call) === 'TO_LOWER' || nameOf(call) === 'TO_UPPER'
  if (!changes(node)) return null
  let of = node
  while (of.type === 'call' && changes(of)) of = of.args[0]!
  return { of, impossible: nameOf(node) === 'TO_LOWER' ? /\p{Lu}/u : /\p{Ll}/u }
}

const HOLDS: Record<string, (order: number) => boolean> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0
}

function constant(type: Type, cell: Cell): Compiled {
  return { type, constant: true, run: () => cell }
}

function number(kind: 'integer' | 'decimal', text: string): Compiled {
  if (kind === 'decimal') return constant('double', [Number(text)])
  const value = BigInt(text)
  if (value >= BigInt(INT_MIN) && value <= BigInt(INT_MAX)) return constant('integer', [Number(value)])
  if (value >= LONG_MIN && value <= LONG_MAX) return constant('long', [value])
  if (value >= 0n && value < 2n ** 64n) return constant('unsigned_long', [value])
  throw new Refused('number too large')
}

/** A text constant as a value of `type`. */
function cast(value: Compiled, type: Type): Compiled {
  const conversion = CONVERSIONS.find(({ to }) => to === type && ['date', 'ip', 'version', 'boolean'].includes(to))
  if (!conversion) throw new Refused(`text as ${type}`)
  try {
    return constant(
      type,
      value.run([]).map((text) => conversion.convert(text, 'keyword'))
    )
  } catch (failure) {
    if (failure instanceof Failure) throw new Refused(`text as ${type}`)
    throw failure
  }
}

const SPANS: Record<string, Span> = {
  millisecond: { months: 0, days: 0, millis: 1 },
  second: { months: 0, days: 0, millis: 1000 },
  minute: { months: 0, days: 0, millis: 60_000 },
  hour: { months: 0, days: 0, millis: 3_600_000 },
  day: { months: 0, days: 1, millis: 0 },
  week: { months: 0, days: 7, millis: 0 },
  month: { months: 1, days: 0, millis: 0 },
  quarter: { months: 3, days: 0, millis: 0 },
  year: { months: 12, days: 0, millis: 0 }
}

export function readSpan(node: { amount: string; unit: string }): Span {
  const unit = SPANS[node.unit.toLowerCase().replace(/s$/, '')]
  if (!unit) throw new Refused(`unit ${node.unit}`)
  const amount = Number(node.amount)
  return { months: unit.months * amount, days: unit.days * amount, millis: unit.millis * amount }
}
