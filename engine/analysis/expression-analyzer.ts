/**
 * Expression analyzer: AST expression + scope -> bound expression.
 *
 * Every problem is collected and analysis goes on with a null of unknown type, so that one query shows all its errors.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import { nearestName } from '../base/edit-distance.ts'
import type { Span } from '../base/span.ts'
import { AutomatonTooLargeError } from '../data/automaton-builder.ts'
import { LikePatternError, parseLikePattern } from '../data/like-pattern.ts'
import { type Cell, type DataType, isString, isWholeNumber } from '../data/data-type.ts'
import type { AggregateFunction, ArgumentInfo, FunctionDefinition, ScalarFunction } from '../functions/definition.ts'
import { OPERATORS } from '../functions/operators.ts'
import { commonType } from '../functions/signatures.ts'
import { findFunction, LATER, nearFunctionName } from '../functions/registry.ts'
import type {
  CallExpression,
  ComparisonExpression,
  Expression,
  InExpression,
  MapExpression,
  PatternExpression
} from '../language/ast.ts'
import { printExpression } from '../language/expression-printer.ts'
import { checkRlike, RlikePatternError } from '../patterns/rlike.ts'
import type { PatternSyntax } from '../patterns/text-matcher.ts'
import type { BoundAggregate, BoundExpression, BoundLiteral } from '../plan/expression.ts'
import { coerce } from './coercion.ts'
import * as errors from './errors.ts'
import { foldCall } from './fold.ts'
import { numberValue, timeSpanValue } from './literals.ts'
import { bindFullText } from './full-text/full-text-analyzer.ts'
import { FULL_TEXT_FUNCTIONS, type FullTextName, type FullTextPosition, wrongParent } from './full-text/places.ts'
import type { Scope } from './scope.ts'
import { timeRange } from './time-range.ts'

/** What STATS adds to the rules of expressions. */
export interface StatsRules {
  /** What an aggregate call turns into. */
  onAggregate(call: BoundAggregate): BoundExpression
  /** Only these columns may stand outside an aggregate. */
  bareColumns?: ReadonlySet<string>
  /** Key expressions by their printed form: written again they are the key's column. */
  groupings?: ReadonlyMap<string, { column: string; type: DataType }>
}

const CAST_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ...['string', 'keyword', 'text'].map((name) => [name, 'TO_STRING'] as const),
  ...['integer', 'int'].map((name) => [name, 'TO_INTEGER'] as const),
  ['long', 'TO_LONG'],
  ['double', 'TO_DOUBLE'],
  ...['boolean', 'bool'].map((name) => [name, 'TO_BOOLEAN'] as const),
  ['ip', 'TO_IP'],
  ['version', 'TO_VERSION'],
  ...['datetime', 'date'].map((name) => [name, 'TO_DATETIME'] as const),
  ['date_nanos', 'TO_DATE_NANOS'],
  ...['unsigned_long', 'ul', 'ulong'].map((name) => [name, 'TO_UNSIGNED_LONG'] as const),
  ['date_period', 'TO_DATEPERIOD'],
  ['time_duration', 'TO_TIMEDURATION'],
  ['geo_point', 'TO_GEOPOINT'],
  ['cartesian_point', 'TO_CARTESIANPOINT'],
  ['geo_shape', 'TO_GEOSHAPE'],
  ['cartesian_shape', 'TO_CARTESIANSHAPE']
])

/** Functions that may only stand in BY. */
const GROUPING_FUNCTIONS: ReadonlySet<string> = new Set(['BUCKET', 'TBUCKET', 'CATEGORIZE'])

export class ExpressionAnalyzer {
  private insideAggregate = false

  constructor(
    private readonly text: string,
    private readonly scope: Scope,
    private readonly diagnostics: Diagnostic[],
    private readonly stats: StatsRules | null = null,
    private readonly fullText: FullTextPosition | null = null
  ) {}

  /** Binds an expression; errors are added to the diagnostics. */
  bind(node: Expression): BoundExpression {
    return this.groupingColumn(node) ?? this.bindNode(node)
  }

  private groupingColumn(node: Expression): BoundExpression | null {
    const groupings = this.stats?.groupings
    if (!groupings || groupings.size === 0 || this.insideAggregate || node.type === 'column') return null
    const grouping = groupings.get(printExpression(node))
    return grouping ? { type: 'column', name: grouping.column, dataType: grouping.type, ...this.source(node.span) } : null
  }

  private bindNode(node: Expression): BoundExpression {
    switch (node.type) {
      case 'string':
        return this.literal(node, 'keyword', node.value)
      case 'number': {
        const typed = numberValue(node, false)
        return typed ? this.literal(node, typed.dataType, typed.value) : this.fail(errors.numberTooLarge(node.text, node.span))
      }
      case 'boolean':
        return this.literal(node, 'boolean', node.value)
      case 'null':
        return this.literal(node, 'null', null)
      case 'time-span':
        return this.timeSpan(node, false)
      case 'list':
        return this.list(node)
      case 'column':
        return this.column(node.name, node.span)
      case 'unary':
        return this.unary(node)
      case 'arithmetic':
        return this.operator(node.operator, [node.left, node.right], node.span)
      case 'comparison':
        return this.comparison(node)
      case 'logical':
        return this.logical(node)
      case 'not':
        return this.not(this.boolean(this.bind(node.operand), 0, node.span), node.span)
      case 'is-null': {
        const operand = this.bind(node.value)
        return { type: 'is-null', operand, negated: node.negated, dataType: 'boolean', ...this.source(node.span) }
      }
      case 'in':
        return this.in(node)
      case 'pattern':
        return this.pattern(node)
      case 'cast':
        return this.cast(node)
      case 'call':
        return this.call(node)
      case 'match':
        return this.fullTextCondition(':', [node.field, node.query], null, node.span)
      case 'parameter':
        return this.fail(errors.notRunYet(`the query parameter [?${node.name}]`, node.span))
      case 'map':
        return this.fail(errors.notRunYet('a map outside of function options', node.span))
    }
  }

  /** Binds a condition of WHERE. */
  condition(node: Expression): BoundExpression {
    const bound = this.bind(node)
    if (bound.dataType !== 'boolean' && bound.dataType !== 'null') {
      return this.fail(errors.conditionNotBoolean(bound.dataType, node.span), 'boolean')
    }
    const wrong = wrongParent(bound)
    if (wrong) this.fail(errors.wrongFullTextParent(bound.text, wrong.inside, wrong.parent, node.span))
    return bound
  }

  private source(span: Span): { span: Span; text: string } {
    return { span, text: this.text.slice(span.start, span.end) }
  }

  private fail(diagnostic: Diagnostic, dataType: DataType = 'null'): BoundLiteral {
    this.diagnostics.push(diagnostic)
    return { type: 'literal', value: null, dataType, ...this.source(diagnostic.span) }
  }

  private literal(node: { span: Span }, dataType: DataType, value: Cell): BoundLiteral {
    return { type: 'literal', dataType, value, ...this.source(node.span) }
  }

  private timeSpan(node: Extract<Expression, { type: 'time-span' }>, negative: boolean, span = node.span): BoundExpression {
    const typed = timeSpanValue(node, negative)
    return typed ? this.literal({ span }, typed.dataType, typed.value) : this.fail(errors.unknownTimeUnit(node.unit, node.span))
  }

  private list(node: Extract<Expression, { type: 'list' }>): BoundExpression {
    const items = node.items.map((item) => this.bind(item))
    let type: DataType = 'null'
    for (const item of items) {
      const common: DataType | null =
        commonType(type, item.dataType) ?? (isWholeNumber(type) && isWholeNumber(item.dataType) ? 'unsigned_long' : null)
      if (common === null) return this.fail(errors.message(`[${this.source(node.span).text}] mixes types`, node.span))
      type = common
    }
    const values = items
      .map((item) => coerce(item, type, this.diagnostics))
      .filter((item) => item.type === 'literal' && item.value !== null)
    const cells = values.map((item) => (item as BoundLiteral).value) as (string | number | bigint | boolean)[]
    return this.literal(node, type, cells.length === 0 ? null : cells.length === 1 ? cells[0]! : cells)
  }

  private column(name: string, span: Span): BoundExpression {
    if (this.stats?.bareColumns && !this.insideAggregate && !this.stats.bareColumns.has(name)) {
      if (this.scope.resolve(name) !== null) return this.fail(errors.notAggregated(name, span))
    }
    const type = this.scope.resolve(name)
    if (type === null) return this.fail(errors.unknownColumn(name, nearestName(name, this.scope.names()), span))
    if (type === 'unsupported') {
      const variants = this.scope.variantsOf(name)
      return this.fail(variants ? errors.ambiguousField(name, variants, span) : errors.unsupportedField(name, span))
    }
    if (type === 'null' && this.scope.lenient) {
      this.diagnostics.push(errors.absentField(name, this.scope.nearAbsent(name), span))
    }
    return { type: 'column', name, dataType: type, ...this.source(span) }
  }

  private unary(node: Extract<Expression, { type: 'unary' }>): BoundExpression {
    const { operand, operator } = node
    const negative = operator === '-'
    if (operand.type === 'number') {
      const typed = numberValue(operand, negative)
      return typed ? this.literal(node, typed.dataType, typed.value) : this.fail(errors.numberTooLarge(operand.text, node.span))
    }
    if (operand.type === 'time-span') return this.timeSpan(operand, negative, node.span)
    return negative ? this.operator('neg', [operand], node.span) : this.bind(operand)
  }

  private operator(name: string, operands: readonly Expression[], span: Span): BoundExpression {
    return this.apply(
      OPERATORS.get(name)!,
      operands.map((operand) => this.bind(operand)),
      span
    )
  }

  private comparison(node: ComparisonExpression): BoundExpression {
    if (node.operator === '=~') return this.fail(errors.notRunYet('the operator [=~]', node.span))
    return this.operator(node.operator, [node.left, node.right], node.span)
  }

  private logical(node: Extract<Expression, { type: 'logical' }>): BoundExpression {
    // A chain of hundreds of ORs is a deep left tree: walk it without recursion.
    const operands: Expression[] = []
    const spans: Span[] = []
    let left: Expression = node
    while (left.type === 'logical' && left.operator === node.operator) {
      operands.push(left.right)
      spans.push(left.span)
      left = left.left
    }
    let bound = this.boolean(this.bind(left), 0, node.span)
    for (let i = operands.length - 1; i >= 0; i--) {
      const right = this.boolean(this.bind(operands[i]!), 1, node.span)
      bound = { type: 'logical', operator: node.operator, left: bound, right, dataType: 'boolean', ...this.source(spans[i]!) }
    }
    return bound
  }

  private boolean(operand: BoundExpression, index: number, span: Span): BoundExpression {
    if (operand.dataType === 'boolean' || operand.dataType === 'null') return operand
    return this.fail(
      errors.argumentType(index, this.source(span).text, 'boolean', operand.text, operand.dataType, operand.span),
      'boolean'
    )
  }

  private not(operand: BoundExpression, span: Span): BoundExpression {
    return { type: 'not', operand, dataType: 'boolean', ...this.source(span) }
  }

  private in(node: InExpression): BoundExpression {
    const equals = OPERATORS.get('==')!
    let value = this.bind(node.value)
    let items = node.items.map((item) => this.bind(item))
    let valueType = value.dataType
    for (const item of items) {
      const type = this.inType(valueType, value, item)
      if (type !== null) {
        valueType = type
        continue
      }
      // The value's type decides; where it fits every item (a null), what the items before made of it.
      const wrong = items.find((other) => this.inType(value.dataType, value, other) === null) ?? item
      const index = items.indexOf(wrong) + 1
      const text = this.source(node.span).text
      const wanted = value.dataType === 'null' ? valueType : value.dataType
      const expected = isString(wanted) ? 'keyword' : wanted
      return this.fail(errors.argumentType(index, text, expected, wrong.text, wrong.dataType, wrong.span), 'boolean')
    }
    value = coerce(value, valueType, this.diagnostics)
    items = items.map((item) => coerce(item, valueType, this.diagnostics))
    const bound: BoundExpression = {
      type: 'in',
      value,
      items,
      equals,
      params: [valueType, valueType],
      dataType: 'boolean',
      ...this.source(node.span)
    }
    return node.negated ? this.not(bound, node.span) : bound
  }

  private inType(type: DataType, value: BoundExpression, item: BoundExpression): DataType | null {
    const common = commonType(type, item.dataType)
    if (common !== null) return common
    if (item.type === 'literal' && isString(item.dataType) && !isString(type)) {
      const resolution = OPERATORS.get('==')!.resolve([
        this.info({ ...value, dataType: type } as BoundExpression),
        this.info(item)
      ])
      if ('params' in resolution) return resolution.params[0]!
    }
    if (value.type === 'literal' && isString(value.dataType)) return item.dataType
    return null
  }

  private pattern(node: PatternExpression): BoundExpression {
    const operand = this.bind(node.value)
    if (!isString(operand.dataType) && operand.dataType !== 'null') {
      const text = this.source(node.span).text
      return this.fail(errors.argumentType(0, text, 'string', operand.text, operand.dataType, operand.span), 'boolean')
    }
    const keyword = node.operator.toUpperCase()
    const patterns: string[] = []
    const patternSpans: Span[] = []
    for (const pattern of node.patterns) {
      if (pattern.type !== 'string') {
        this.fail(errors.patternNotText(keyword, this.source(pattern.span).text, pattern.span))
        continue
      }
      const wrong = patternFault(node.operator, pattern.value)
      if (wrong !== null) {
        this.fail(errors.badPattern(keyword, pattern.value, wrong, pattern.span))
        continue
      }
      patterns.push(pattern.value)
      patternSpans.push(pattern.span)
    }
    const like: BoundExpression = {
      type: 'like',
      syntax: node.operator,
      operand,
      patterns,
      patternSpans,
      dataType: 'boolean',
      ...this.source(node.span)
    }
    return node.negated ? this.not(like, node.span) : like
  }

  private cast(node: Extract<Expression, { type: 'cast' }>): BoundExpression {
    const name = CAST_FUNCTIONS.get(node.target.toLowerCase())
    if (!name) return this.fail(errors.unknownType(node.target, node.span))
    const definition = findFunction(name)
    if (definition?.kind !== 'scalar') return this.fail(errors.notRunYet(`a cast to [${node.target}]`, node.span))
    return this.unionConversion(definition, node.value, node.span) ?? this.apply(definition, [this.bind(node.value)], node.span)
  }

  /**
   * A conversion of a field that the indices map to several types: each type is converted for itself, and a row has a value
   * of one of them. Null for any other argument.
   */
  private unionConversion(definition: ScalarFunction, argument: Expression, span: Span): BoundExpression | null {
    if (argument.type !== 'column') return null
    const columns = this.scope.useVariants(argument.name)
    if (!columns) return null
    const args = columns.map(({ name, type }) =>
      this.apply(definition, [{ type: 'column', name, dataType: type, ...this.source(argument.span) }], span)
    )
    return { type: 'coalesce', args, dataType: args[0]!.dataType, ...this.source(span) }
  }

  private call(node: CallExpression): BoundExpression {
    const upper = node.name.toUpperCase()
    const fullText = FULL_TEXT_FUNCTIONS.get(upper)
    if (fullText) return this.fullTextCondition(fullText, node.args, node.options, node.span)
    if (upper === 'TRANGE') return this.timeRange(node)
    const definition = findFunction(upper)
    if (!definition) {
      const reason = LATER.get(upper)
      if (reason !== undefined) return this.fail(errors.notRunYet(`the function [${upper}]`, node.span, reason))
      return this.fail(errors.unknownFunction(node.name, nearFunctionName(node.name), node.span))
    }
    if (node.star && upper !== 'COUNT') return this.fail(errors.starOnlyForCount(node.name, node.span))
    if (node.options) return this.callWithOptions(node, definition, node.options)
    if (definition.kind === 'aggregate') return this.aggregate(node, definition)
    if (node.args.length === 1 && definition.name.startsWith('TO_')) {
      const union = this.unionConversion(definition, node.args[0]!, node.span)
      if (union) return union
    }
    const args = node.args.map((arg) => this.bind(arg))
    if (definition.name === 'CASE') return this.case(node, args)
    if (definition.name === 'COALESCE' && args.length > 0) return this.coalesce(node, definition, args)
    return this.apply(definition, args, node.span)
  }

  private fullTextCondition(
    name: FullTextName,
    args: readonly Expression[],
    options: CallExpression['options'],
    span: Span
  ): BoundExpression {
    const { scope, diagnostics, fullText } = this
    return bindFullText(
      { name, args, options, ...this.source(span) },
      { scope, diagnostics, source: fullText?.source ?? null, place: fullText?.place ?? null, bind: (arg) => this.bind(arg) }
    )
  }

  private timeRange(node: CallExpression): BoundExpression {
    const condition = timeRange(node)
    if (condition === null) return this.fail(errors.message('error building [trange]: expects one or two arguments', node.span))
    return { ...this.bind(condition), ...this.source(node.span) }
  }

  private callWithOptions(node: CallExpression, definition: FunctionDefinition, options: MapExpression): BoundExpression {
    if (definition.kind !== 'scalar' || !definition.withOptions) {
      const { text } = this.source(node.span)
      return this.fail(errors.message(`[${text}]: the function [${definition.name}] takes no options`, options.span))
    }
    const values = new Map<string, Cell>()
    for (const { key, value } of options.entries) {
      const bound = this.bind(value)
      if (bound.type !== 'literal') return this.fail(errors.optionNotConstant(key, bound.text, bound.span))
      values.set(key, bound.value)
    }
    const variant = definition.withOptions(values)
    if ('error' in variant) {
      return this.fail(errors.message(variant.error.replaceAll('{call}', this.source(node.span).text), options.span))
    }
    return this.apply(
      variant,
      node.args.map((arg) => this.bind(arg)),
      node.span
    )
  }

  private aggregate(node: CallExpression, definition: AggregateFunction): BoundExpression {
    const source = this.source(node.span)
    if (!this.stats) return this.fail(errors.aggregateOutsideStats(source.text, node.span))
    if (this.insideAggregate) return this.fail(errors.nestedAggregate(source.text, node.span))
    this.insideAggregate = true
    const args = node.args.map((arg) => this.bind(arg))
    this.insideAggregate = false
    const resolution = definition.resolve(args.map((arg) => this.info(arg)))
    if ('error' in resolution)
      return this.fail(errors.message(resolution.error.replaceAll('{call}', this.source(node.span).text), node.span))
    const params = resolution.params
    return this.stats.onAggregate({
      function: definition,
      args: args.map((arg, i) => coerce(arg, params[i]!, this.diagnostics)),
      params,
      dataType: resolution.returns,
      filter: null,
      ...source
    })
  }

  private info(argument: BoundExpression): ArgumentInfo {
    return { type: argument.dataType, constant: argument.type === 'literal' ? argument.value : undefined, text: argument.text }
  }

  private apply(definition: ScalarFunction, args: BoundExpression[], span: Span): BoundExpression {
    const source = this.source(span)
    if (GROUPING_FUNCTIONS.has(definition.name)) {
      if (!this.stats) return this.fail(errors.groupingOutsideStats(source.text, span))
      // Beside aggregates the key's own text has been taken for the key already.
      if (this.stats.bareColumns) return this.fail(errors.groupingOutsideBy(source.text, span))
    }
    const resolution = definition.resolve(args.map((arg) => this.info(arg)))
    if ('error' in resolution) {
      const text = resolution.error.replaceAll('{call}', source.text)
      return this.fail(errors.message(text, span))
    }
    const { params, returns } = resolution
    const coerced = args.map((arg, i) => coerce(arg, params[i]!, this.diagnostics))
    return foldCall({ type: 'call', function: definition, args: coerced, params, dataType: returns, ...source })
  }

  private case(node: CallExpression, args: BoundExpression[]): BoundExpression {
    const source = this.source(node.span)
    if (args.length < 2) return this.fail(errors.caseArguments(source.text, node.span))
    const branches: { condition: BoundExpression; value: BoundExpression }[] = []
    let type: DataType = 'null'
    const values: BoundExpression[] = []
    for (let i = 0; i + 1 < args.length; i += 2) {
      const condition = this.boolean(args[i]!, i, node.span)
      branches.push({ condition, value: args[i + 1]! })
      values.push(args[i + 1]!)
    }
    const otherwise = args.length % 2 === 1 ? args.at(-1)! : null
    if (otherwise) values.push(otherwise)
    for (const value of values) {
      const common = commonType(type, value.dataType)
      if (common === null || (common !== type && type !== 'null' && !isString(type))) {
        const index = args.indexOf(value)
        return this.fail(errors.argumentType(index, source.text, type, value.text, value.dataType, value.span))
      }
      type = common
    }
    for (const branch of branches) branch.value = coerce(branch.value, type, this.diagnostics)
    return {
      type: 'case',
      branches,
      otherwise: otherwise && coerce(otherwise, type, this.diagnostics),
      dataType: type,
      ...source
    }
  }

  private coalesce(node: CallExpression, definition: ScalarFunction, args: BoundExpression[]): BoundExpression {
    const resolution = definition.resolve(args.map((arg) => this.info(arg)))
    if ('error' in resolution)
      return this.fail(errors.message(resolution.error.replaceAll('{call}', this.source(node.span).text), node.span))
    const { params, returns } = resolution
    const coerced = args.map((arg, i) => coerce(arg, params[i]!, this.diagnostics))
    return { type: 'coalesce', args: coerced, dataType: returns, ...this.source(node.span) }
  }
}

/** Why a text is no pattern of LIKE or RLIKE; null when it is one. */
function patternFault(syntax: PatternSyntax, pattern: string): string | null {
  try {
    if (syntax === 'like') parseLikePattern(pattern)
    else checkRlike(pattern)
    return null
  } catch (failure) {
    const expected =
      failure instanceof LikePatternError || failure instanceof RlikePatternError || failure instanceof AutomatonTooLargeError
    if (expected) return failure.message
    throw failure
  }
}
