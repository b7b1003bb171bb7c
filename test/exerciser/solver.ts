/**
 * From conditions to demands on the columns of one row: what must hold so that a condition is true, or is not.
 *
 * Where several ways lead there, the first that does not contradict what is demanded already is taken; the seed turns the
 * order. What is not understood is Dead; whether the demands do lead there is for the engine to say.
 */
import type { Expression } from '../../engine/language/ast.ts'
import { type KqlNode, parseKql } from '../../engine/patterns/kql-parser.ts'
import { cellGoal, exactly, FLIPPED, HOLDS, number, OPPOSITE, SAMPLES, undo } from './comparisons.ts'
import { calculate, constantOf, millisOf } from './constants.ts'
import { Dead, dead, type Demand, type FieldValue, meets, USUAL_TIME, valueFor } from './demands.ts'
import {
  between,
  containing,
  type Language,
  length,
  like,
  literally,
  lowered,
  mostly,
  not,
  oneOf,
  rlike,
  shortest,
  slice,
  uppered
} from './languages.ts'
import { isDate, type Kinds, storedField } from './kinds.ts'
import { columnsIn, type Extracted, flatten, keyOf } from './levels.ts'
import { isNumeric, type NumericGoal, numericGoal } from './numeric.ts'
import { bare, occurrences } from './occurrences.ts'
import { dissected, foundTimes, searched } from './regex-languages.ts'

type Call = Extract<Expression, { type: 'call' }>

export class Solver {
  readonly demands = new Map<string, Demand[]>()
  readonly numeric: NumericGoal[] = []
  /** Choices made so far: they turn with the seed. */
  private choices = 0

  constructor(
    /** Columns that are numbers of a group. */
    private readonly cells: ReadonlySet<string>,
    /** Those of them that are dates. */
    private readonly dates: ReadonlySet<string>,
    private readonly kinds: Kinds,
    /** Of events: their fields can be asked for values at once. */
    private readonly ofEvents: boolean,
    private readonly seed: number,
    /** Turns the alternatives of OR. */
    private readonly turn: number
  ) {}

  /** Does the work, or leaves everything as it was and answers false. */
  possible(work: () => void): boolean {
    const before = new Map(this.demands)
    const goals = this.numeric.length
    try {
      work()
      if (this.ofEvents)
        for (const [name, list] of this.demands) if (list !== before.get(name)) valueFor(name, this.kinds(name), list)
      return true
    } catch (failure) {
      if (!(failure instanceof Dead)) throw failure
      this.demands.clear()
      for (const [name, list] of before) this.demands.set(name, list)
      this.numeric.length = goals
      return false
    }
  }

  private first(ways: readonly (() => void)[]): void {
    const turn = this.seed === 0 ? 0 : ((this.seed * 2654435761 + ++this.choices * 40503) >>> 7) % Math.max(ways.length, 1)
    for (let i = 0; i < ways.length; i++) if (this.possible(ways[(i + turn) % ways.length]!)) return
    dead()
  }

  private isDate(node: Expression): boolean {
    return isDate(node, this.kinds, this.dates)
  }

  private demand(column: string, demand: Demand): void {
    this.demands.set(column, [...(this.demands.get(column) ?? []), demand])
  }

  // ---- conditions ----

  /** Makes the condition true; or not true, which is false or null; `exact`: false and not null, so that its negation is true. */
  solve(node: Expression, want: boolean, exact = false): void {
    if (isNumeric(node, this.cells)) {
      this.numeric.push(numericGoal(node, want))
      return
    }
    switch (node.type) {
      case 'logical':
        return this.logical(node, want, exact)
      case 'not':
        return this.solve(node.operand, !want, want || exact)
      case 'comparison':
        return this.comparison(node, want, exact)
      case 'in':
        return this.membership(node, want !== node.negated, exact || (node.negated && want))
      case 'pattern':
        return this.pattern(node, want !== node.negated, exact || (node.negated && want))
      case 'is-null':
        return this.value(node.value, { kind: want !== node.negated ? 'null' : 'present' })
      case 'boolean':
        if (node.value !== want) dead()
        return
      case 'null':
        if (want) dead()
        return
      case 'match':
        return this.words(node.field, node.query, want)
      case 'call':
        return this.call(node, want, exact)
      case 'cast':
        return this.solve(node.value, want, exact)
      default:
        return this.value(node, { kind: 'boolean', value: want })
    }
  }

  private logical(node: Extract<Expression, { type: 'logical' }>, want: boolean, exact: boolean): void {
    const operands = flatten(node, node.operator)
    if ((node.operator === 'and') !== want) {
      const turn = this.turn % operands.length
      return this.first(
        [...operands.slice(turn), ...operands.slice(0, turn)].map((operand) => () => this.solve(operand, want, exact))
      )
    }
    // What leaves a choice comes last.
    const free = operands.filter((operand) => /"logical"|"CASE"/i.test(keyOf(operand)))
    for (const operand of [...operands.filter((operand) => !free.includes(operand)), ...free]) this.solve(operand, want, exact)
  }

  private comparison(node: Extract<Expression, { type: 'comparison' }>, want: boolean, exact: boolean): void {
    const operator = want ? node.operator : OPPOSITE[node.operator]!
    const [left, right] = [constantOf(node.left), constantOf(node.right)]
    if (right !== undefined) return this.compared(node.left, operator, right, want || exact)
    if (left !== undefined) return this.compared(node.right, FLIPPED[operator]!, left, want || exact)
    this.twoColumns(node.left, operator, node.right)
  }

  private compared(node: Expression, operator: string, constant: FieldValue, notNull: boolean): void {
    const own = constantOf(node)
    if (own !== undefined) {
      if (typeof own === 'number' ? !HOLDS[operator]!(own, Number(constant)) : (own === constant) !== (operator === '==')) dead()
      return
    }
    const demand = this.comparing(node, operator, constant)
    if (notNull) return this.value(node, demand)
    this.first([() => this.value(node, demand), () => this.value(node, { kind: 'null' })])
  }

  private comparing(node: Expression, operator: string, constant: FieldValue): Demand {
    if (typeof constant === 'boolean') return { kind: 'boolean', value: (operator === '==') === constant }
    if (typeof constant === 'string') {
      const date = Date.parse(constant)
      if (!Number.isNaN(date) && this.isDate(node)) return number(operator, date)
      const language = oneOf([constant])
      if (operator === '==' || operator === '!=') return { kind: 'text', language: operator === '==' ? language : not(language) }
      dead()
    }
    if (typeof constant !== 'number') dead()
    return number(operator, constant)
  }

  private twoColumns(left: Expression, operator: string, right: Expression): void {
    const text = (node: Expression, texts: string[]) => () => this.value(node, { kind: 'text', language: oneOf(texts) })
    const date = this.isDate(left) || this.isDate(right)
    const kind =
      [left, right].flatMap((side) => [...columnsIn(side)].map((name) => this.kinds(name))).find((one) => one !== 'text') ??
      'text'
    const samples = SAMPLES[kind] ?? SAMPLES['text']!
    if (operator === '==' || (operator !== '!=' && operator.includes('=') && !date)) {
      return this.first(
        samples.map(
          (sample) => () =>
            [left, right].forEach((side) =>
              kind === 'number' || kind === 'date' ? this.value(side, exactly(Number(sample))) : text(side, [sample])()
            )
        )
      )
    }
    if (operator === '!=')
      return this.first(
        samples.flatMap((sample) => [
          () => {
            text(left, [sample])()
            this.value(right, { kind: 'text', language: not(oneOf([sample])) })
            this.value(right, { kind: 'present' })
          },
          () => {
            text(right, [sample])()
            this.value(left, { kind: 'text', language: not(oneOf([sample])) })
          }
        ])
      )
    const [low, high] = date ? [USUAL_TIME, USUAL_TIME + 60_000] : [3, 12]
    const smaller = operator.startsWith('<')
    this.value(left, exactly(smaller ? low : high))
    this.value(right, exactly(smaller ? high : low))
  }

  private membership(node: Extract<Expression, { type: 'in' }>, want: boolean, exact: boolean): void {
    const own = constantOf(node.value)
    if (typeof own === 'boolean') {
      if (own === want) return this.first(node.items.map((item) => () => this.solve(item, want)))
      return node.items.forEach((item) => this.solve(item, !own))
    }
    const constants = node.items.map(constantOf)
    if (constants.includes(undefined)) {
      const equal = (item: Expression) =>
        ({ type: 'comparison', operator: '==', left: node.value, right: item, span: node.span }) as Expression
      if (want) return this.first(node.items.map((item) => () => this.solve(equal(item), true)))
      return node.items.forEach((item) => this.solve(equal(item), false))
    }
    const texts = constants.filter((constant) => typeof constant === 'string')
    const demands: Demand[] =
      texts.length === constants.length
        ? [{ kind: 'text', language: want ? oneOf(texts) : not(oneOf(texts)) }]
        : want
          ? constants.map((constant) => exactly(Number(constant)))
          : [
              {
                kind: 'number',
                key: `not in ${constants.join()}`,
                holds: (n) => !constants.includes(n),
                near: Number(constants[0]) + 1
              }
            ]
    this.first([
      ...demands.map((demand) => () => this.value(node.value, demand)),
      ...(want || exact ? [] : [() => this.value(node.value, { kind: 'null' })])
    ])
  }

  private pattern(node: Extract<Expression, { type: 'pattern' }>, want: boolean, exact: boolean): void {
    const make = node.operator === 'like' ? like : rlike
    const languages = node.patterns.map((pattern) => make(String(constantOf(pattern))))
    if (want) return this.first(languages.map((language) => () => this.value(node.value, { kind: 'text', language })))
    this.first([
      () => languages.forEach((language) => this.value(node.value, { kind: 'text', language: not(language) })),
      ...(exact ? [] : [() => this.value(node.value, { kind: 'null' })])
    ])
  }

  private call(node: Call, want: boolean, exact: boolean): void {
    const [subject, ...rest] = node.args
    const constants = rest.map(constantOf)
    const text = (pattern: string) => {
      const demand: Demand = { kind: 'text', language: want ? like(pattern) : not(like(pattern)) }
      if (want || exact) return this.value(subject!, demand)
      this.first([() => this.value(subject!, demand), () => this.value(subject!, { kind: 'null' })])
    }
    switch (node.name.toUpperCase()) {
      case 'KQL':
        return this.kql(parseKql(String(constantOf(subject!))), want)
      case 'MATCH':
      case 'MATCH_PHRASE':
        return this.words(subject!, rest[0]!, want)
      case 'STARTS_WITH':
        return text(`${literally(String(constants[0]))}*`)
      case 'ENDS_WITH':
        return text(`*${literally(String(constants[0]))}`)
      case 'CONTAINS':
        return text(`*${literally(String(constants[0]))}*`)
      case 'CIDR_MATCH': {
        const blocks = constants.flat().map(String)
        return this.value(subject!, { kind: 'blocks', blocks, inside: want })
      }
      case 'MV_CONTAINS': {
        if (constants[0] === undefined) dead()
        const language = oneOf([constants[0]].flat().map(String))
        return this.value(subject!, want ? { kind: 'any', language } : { kind: 'text', language: not(language) })
      }
      default:
        return this.value(node, { kind: 'boolean', value: want })
    }
  }

  private words(field: Expression, query: Expression, want: boolean): void {
    const words = String(constantOf(query))
    const first = containing(words.split(/\s+/)[0]!)
    const language = want ? first : not(first)
    this.first([
      () => this.value(field, { kind: 'text', language: want ? oneOf([words]) : language }),
      () => this.value(field, { kind: 'text', language })
    ])
  }

  private kql(node: KqlNode | null, want: boolean): void {
    if (node === null || node.type === 'all') {
      if (!want) dead()
      return
    }
    if (node.type === 'not') return this.kql(node.operand, !want)
    if ('operands' in node) {
      if ((node.type === 'and') === want) return node.operands.forEach((operand) => this.kql(operand, want))
      return this.first(node.operands.map((operand) => () => this.kql(operand, want)))
    }
    if (node.type === 'nested' || node.field === null) dead()
    const field = node.field.text
    if (node.type === 'exists') return this.demand(field, { kind: want ? 'present' : 'null' })
    if (node.type === 'range') {
      const limit = Number.isNaN(Number(node.value.text)) ? Date.parse(node.value.text) : Number(node.value.text)
      return this.demand(field, number(want ? node.operator : OPPOSITE[node.operator]!, limit))
    }
    const { text, wildcard } = node.value
    if (this.kinds(field) === 'boolean') return this.demand(field, { kind: 'boolean', value: (text === 'true') === want })
    const language = wildcard ? like(text.replaceAll('\\', '\\\\')) : oneOf([text])
    if (want) return this.demand(field, { kind: 'any', language })
    this.first([() => this.demand(field, { kind: 'text', language: not(language) }), () => this.demand(field, { kind: 'null' })])
  }

  // ---- values ----

  /** Demands something of the value of an expression, turning the expression around. */
  value(node: Expression, demand: Demand): void {
    if (node.type === 'column') {
      if (!this.cells.has(node.name)) return this.column(node.name, demand)
      if (demand.kind === 'number') this.numeric.push(cellGoal(node.name, demand))
      return
    }
    const constant = constantOf(node)
    if (constant !== undefined || node.type === 'null') {
      if (demand.kind === 'variant') return
      if (!meets(constant ?? null, demand) || (node.type === 'null' && demand.kind !== 'null')) dead()
      return
    }
    if ((node.type as string) === 'extracted') return this.extracted(node as unknown as Extracted, demand)
    switch (node.type) {
      case 'cast':
        return this.value(node.value, demand)
      case 'arithmetic':
        return this.arithmetic(node, demand)
      case 'call':
        return this.callValue(node, demand)
      default:
        if (demand.kind === 'boolean') return this.solve(node, demand.value)
        if (demand.kind === 'present' || demand.kind === 'variant') return
        dead()
    }
  }

  /** `x.text` and `x.caseless` are `x`, which is what events have. */
  private column(name: string, demand: Demand): void {
    const stored = storedField(name)
    const folded = stored.foldsCase && (demand.kind === 'text' || demand.kind === 'any')
    this.demand(stored.name, folded ? { ...demand, language: lowered(demand.language) } : demand)
  }

  private extracted({ input, pattern, how, name }: Extracted, demand: Demand): void {
    if (demand.kind !== 'null') return this.value(input, { kind: 'part', pattern, how, name, demands: [demand] })
    const whole = (how === 'grok' ? searched : dissected)(pattern, new Map()).whole
    this.first([
      () => this.value(input, { kind: 'text', language: oneOf(['-', '--', 'none']) }),
      () => this.value(input, { kind: 'text', language: not(rlike(whole)) }),
      () => this.value(input, { kind: 'null' })
    ])
  }

  private arithmetic(node: Extract<Expression, { type: 'arithmetic' }>, demand: Demand): void {
    const counted = occurrences(node)
    if (counted && demand.kind === 'number') {
      const times = [demand.near, demand.near + 1, demand.near - 1, 0].find((n) => n >= 0 && demand.holds(n))
      if (times === undefined) dead()
      const found = (count: number) => () =>
        this.value(counted.subject, { kind: 'text', language: foundTimes(counted.pattern, count) })
      if (times > 0) return found(times)()
      const without = (language: Language) => () => this.value(counted.subject, { kind: 'text', language })
      return this.first([without(rlike('[a-z]*')), without(not(foundTimes(counted.pattern, 1)))])
    }
    const share = node.operator === '/' ? occurrences(bare(node.left)) : null
    if (share && demand.kind === 'number') {
      const found = rlike(searched(share.pattern).found)
      const demandOf = (language: Language): Demand => ({ kind: 'text', language })
      if (demand.holds(1)) return this.value(share.subject, demandOf(mostly(found)))
      return this.first(
        [rlike('[a-z]*'), not(mostly(found))].map((language) => () => this.value(share.subject, demandOf(language)))
      )
    }
    const [left, right] = [constantOf(node.left), constantOf(node.right)]
    if (demand.kind === 'null')
      return this.first(
        [node.left, node.right].filter((side) => constantOf(side) === undefined).map((side) => () => this.value(side, demand))
      )
    if (demand.kind === 'variant') return this.value(left === undefined ? node.left : node.right, demand)
    if (demand.kind === 'present') return [node.left, node.right].forEach((side) => this.value(side, demand))
    if (demand.kind !== 'number') dead()
    const through = (key: string, near: number, apply: (value: number) => number): Demand => ({
      kind: 'number',
      key: `${demand.key} through ${key}`,
      holds: (value) => demand.holds(apply(value)),
      near
    })
    const { operator } = node
    const fixedRight = (constant: number) =>
      through(`${operator} ${constant}`, undo(operator, demand.near, constant), (x) => calculate(operator, x, constant))
    if (typeof right === 'number') return this.value(node.left, fixedRight(right))
    if (typeof left === 'number')
      return this.value(
        node.right,
        through(`${left} ${operator}`, demand.near, (x) => calculate(operator, left, x))
      )
    this.first(
      [1, 10, 4, demand.near, demand.near + 1, USUAL_TIME].map((other) => () => {
        this.value(node.right, exactly(other))
        this.value(node.left, fixedRight(other))
      })
    )
  }

  private callValue(node: Call, demand: Demand): void {
    const name = node.name.toUpperCase()
    const [subject, ...rest] = node.args
    const view = VIEWS[name]
    if (view && subject && (demand.kind === 'text' || demand.kind === 'any'))
      return this.value(subject, { ...demand, language: view(demand.language) })
    if ((PASSING.has(name) || view) && subject) return this.value(subject, demand)
    switch (name) {
      case 'COALESCE':
        return this.coalesce(node.args, demand)
      case 'CASE':
        return this.caseValue(node.args, demand)
      case 'CONCAT':
        return this.concatenated(node.args, demand)
      case 'JSON_EXTRACT':
        return this.demand(String(constantOf(rest[0])).replace(/^\$\.?/, ''), demand)
      case 'LENGTH':
        if (demand.kind === 'number')
          return this.sized(subject!, demand, (size) => ({ kind: 'text', language: length(size, Infinity) }))
        break
      case 'MV_COUNT':
        if (demand.kind === 'number') return this.sized(subject!, demand, (size) => ({ kind: 'count', count: size }))
        break
      case 'ST_X':
      case 'ST_Y':
        if (demand.kind !== 'number') return this.value(subject!, { kind: 'present' })
        return this.value(subject!, { kind: 'coordinate', axis: name === 'ST_X' ? 'x' : 'y', value: demand.near })
      case 'REPLACE':
        return this.replaced(node.args, demand)
      case 'FROM_BASE64': {
        if (demand.kind !== 'text' && demand.kind !== 'any') return this.value(subject!, demand)
        const inside = shortest([demand.language])
        if (inside === null) dead()
        return this.value(subject!, { kind: 'text', language: oneOf([btoa(inside)]) })
      }
      case 'LOCATE': {
        if (demand.kind === 'number' && constantOf(rest[0]) === undefined) {
          if (this.possible(() => this.twoColumns(subject!, demand.holds(0) ? '!=' : '==', rest[0]!))) return
          dead()
        }
        const found = containing(String(constantOf(rest[0])))
        if (demand.kind !== 'number') break
        return this.value(subject!, { kind: 'text', language: demand.holds(0) ? not(found) : found })
      }
      case 'SUBSTRING':
        return this.substring(node.args, demand)
      case 'DATE_DIFF':
        return this.dateDifference(node.args, demand)
      case 'MV_INTERSECTION':
        if (demand.kind === 'null') return this.value(node.args[1]!, { kind: 'text', language: oneOf(['nobody']) })
        return node.args.forEach((arg) => this.value(arg, { kind: 'any', language: oneOf(['entity-7']) }))
    }
    const open = node.args.filter((arg) => constantOf(arg) === undefined)
    if (open.length === 0) dead()
    if (demand.kind === 'present') return open.forEach((arg) => this.value(arg, demand))
    this.first(open.map((arg) => () => this.value(arg, demand)))
  }

  private sized(subject: Expression, demand: Extract<Demand, { kind: 'number' }>, make: (size: number) => Demand): void {
    const sizes = [demand.near, demand.near + 1, demand.near - 1, demand.near + 50, 1, 2].filter((n) => n >= 0 && demand.holds(n))
    this.first([
      ...sizes.map((size) => () => this.value(subject, make(size))),
      // Any size up to the one that is near.
      ...(demand.holds(0) ? [() => this.value(subject, { kind: 'text', language: length(0, Math.max(0, demand.near - 1)) })] : [])
    ])
  }

  private coalesce(args: readonly Expression[], demand: Demand): void {
    if (demand.kind === 'null') return args.forEach((arg) => this.value(arg, demand))
    this.first(
      args.map((arg, i) => () => {
        // What stands before may only be left out when another is chosen.
        if (i > 0) args.slice(0, i).forEach((earlier) => this.value(earlier, { kind: 'null' }))
        this.value(arg, demand)
      })
    )
  }

  private caseValue(args: readonly Expression[], demand: Demand): void {
    const branches = args.flatMap((arg, i) => (i % 2 === 1 ? [{ condition: args[i - 1]!, value: arg, at: i >> 1 }] : []))
    const otherwise = args.length % 2 === 1 ? args.at(-1)! : null
    const nulls: Expression = { type: 'null', span: { start: 0, end: 0 } }
    const take = (count: number, value: Expression) => () => {
      if (branches[count]) this.solve(branches[count].condition, true)
      this.value(value, demand)
      branches.slice(0, count).forEach(({ condition }) => this.solve(condition, false))
    }
    const ways = [...branches.map(({ value, at }) => take(at, value)), take(branches.length, otherwise ?? nulls)]
    if (demand.kind !== 'variant') return this.first(ways)
    // Rows that must differ take different branches, where these are constants.
    const constants = branches.filter(({ value }) => constantOf(value) !== undefined).length
    const turn = constants > 1 ? demand.index % ways.length : 0
    this.first([...ways.slice(turn), ...ways.slice(0, turn)])
  }

  private concatenated(args: readonly Expression[], demand: Demand): void {
    const open = args.filter((arg) => constantOf(arg) === undefined)
    if (demand.kind === 'null') return this.first(open.map((arg) => () => this.value(arg, demand)))
    open.forEach((arg) => this.value(arg, { kind: 'present' }))
    if (demand.kind === 'present') return
    const at = args.indexOf(open[0]!)
    const around = (part: readonly Expression[]) => part.map((arg) => constantOf(arg) ?? '').join('')
    if (open.length === 1 && (demand.kind === 'text' || demand.kind === 'any'))
      return this.value(open[0]!, {
        ...demand,
        language: between(around(args.slice(0, at)), demand.language, around(args.slice(at + 1)))
      })
    this.first(open.map((arg) => () => this.value(arg, demand)))
  }

  private substring(args: readonly Expression[], demand: Demand): void {
    const [start, size] = [Number(constantOf(args[1]!)), args[2] ? Number(constantOf(args[2])) : 1000]
    if (demand.kind !== 'text' || !(start > 0) || Number.isNaN(size)) return this.value(args[0]!, demand)
    this.value(args[0]!, { kind: 'text', language: slice(demand.language, start - 1, size) })
  }

  /** What is replaced is not there; or it stands before or behind what is to be left. */
  private replaced([subject, pattern, by]: readonly Expression[], demand: Demand): void {
    const plain = () => this.value(subject!, demand)
    if ((demand.kind !== 'text' && demand.kind !== 'any') || constantOf(by) !== '') return plain()
    this.first([
      plain,
      () => {
        const left = shortest([demand.language])
        const found = rlike(searched(String(constantOf(pattern))).found)
        const one = shortest([found])
        const other = one === null ? null : shortest([found, not(oneOf([one]))])
        if (left === null) dead()
        const cut = [one, other].filter((text) => text !== null)
        this.value(subject!, { ...demand, language: oneOf(cut.flatMap((text) => [left + text, text + left])) })
      }
    ])
  }

  private dateDifference(args: readonly Expression[], demand: Demand): void {
    if (demand.kind !== 'number') return args.slice(1).forEach((arg) => this.value(arg, demand))
    const unit = millisOf(String(constantOf(args[0]!)))
    const difference = [demand.near, demand.near + 1, demand.near - 1, 0].find((n) => demand.holds(n))
    if (difference === undefined) dead()
    const [from, to] = [constantOf(args[1]!), constantOf(args[2]!)]
    if (to !== undefined) return this.value(args[1]!, exactly(Number(to) - difference * unit))
    if (from !== undefined) return this.value(args[2]!, exactly(Number(from) + difference * unit))
    this.value(args[1]!, exactly(USUAL_TIME))
    this.value(args[2]!, exactly(USUAL_TIME + difference * unit))
  }
}

// ---- tables ----

const VIEWS: Record<string, (language: Language) => Language> = { TO_LOWER: lowered, TO_UPPER: uppered }

/** Functions whose result is as good as their argument for a witness. */
const PASSING = new Set(
  (
    'TO_STRING TO_LONG TO_INTEGER TO_INT TO_DOUBLE TO_IP TO_BOOLEAN TO_DATETIME TRIM LTRIM RTRIM MV_FIRST MV_LAST MV_MIN MV_MAX ' +
    'MV_DEDUPE MV_SLICE MV_SUM MV_CONCAT MV_SORT ROUND SPLIT URL_DECODE DATE_TRUNC BUCKET TO_GEOPOINT'
  ).split(' ')
)
