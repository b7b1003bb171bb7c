/**
 * DISSECT and GROK: columns taken from a text by a pattern.
 *
 * Every value of a row is matched for itself and the results are collected in order; a text that does not match gives
 * nothing, and a row of which nothing matches nulls. A distinct text of a batch is matched once.
 */
import type { Batch } from '../../data/batch.ts'
import { type Column, ColumnBuilder, firstIndex, valueCount } from '../../data/column.ts'
import type { Value } from '../../data/data-type.ts'
import type { Schema } from '../../data/schema.ts'
import { ValueError } from '../../functions/definition.ts'
import { compileDissect } from '../../patterns/dissect.ts'
import { compileGrok } from '../../patterns/grok/grok.ts'
import { MatchStopped } from '../../patterns/regex/stopped.ts'
import type { ExtractedValue, ExtractPattern, TextExtractor } from '../../patterns/text-extractor.ts'
import type { ExtractNode } from '../../plan/logical-plan.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import { type Operator, PipeOperator } from '../operator.ts'
import type { WarningSite } from '../warnings.ts'

type Match = readonly ExtractedValue[] | null

/** The extractor of a pattern; the analyzer has seen that it compiles. */
function compileExtractor(pattern: ExtractPattern): TextExtractor {
  switch (pattern.kind) {
    case 'dissect':
      return compileDissect(pattern.text, pattern.appendSeparator)
    case 'grok':
      return compileGrok(pattern.patterns)
  }
}

export class ExtractOperator extends PipeOperator {
  private readonly evaluate: Evaluator
  private readonly extractor: TextExtractor
  private readonly site: WarningSite
  /** Input columns that stay. */
  private readonly kept: number[] = []
  /** Of each column of ours its place in a match. */
  private readonly places: number[]

  constructor(
    private readonly node: ExtractNode,
    input: Schema,
    context: EvaluationContext,
    next: Operator
  ) {
    super(next)
    this.evaluate = compileExpression(node.input, input, context)
    this.extractor = compileExtractor(node.pattern)
    this.site = context.warnings.site(node.span, node.input.text)
    const replaced = new Set(node.fields.map(({ name }) => name))
    input.forEach(({ name }, index) => {
      if (!replaced.has(name)) this.kept.push(index)
    })
    this.places = node.fields.map(({ name }) => this.extractor.fields.findIndex((field) => field.name === name))
  }

  push(batch: Batch): 'more' | 'done' {
    const added = this.extract(this.evaluate(batch))
    return this.next.push({ ...batch, columns: [...this.kept.map((index) => batch.columns[index]!), ...added] })
  }

  private extract(texts: Column): Column[] {
    const builders = this.node.fields.map(({ type }) => new ColumnBuilder(type, texts.rowCount))
    const known = new Map<number, Match>()
    const matchOf = (index: number): Match => {
      const code = texts.values[index] as number
      let match = known.get(code)
      if (match === undefined) known.set(code, (match = this.match(texts.dictionary!.text(code))))
      return match
    }
    for (let row = 0; row < texts.rowCount; row++) {
      const count = valueCount(texts, row)
      const first = firstIndex(texts, row)
      const matches = Array.from({ length: count }, (_, i) => matchOf(first + i))
      builders.forEach((builder, i) => builder.append(cellOf(matches, this.places[i]!)))
    }
    return builders.map((builder) => builder.finish())
  }

  private match(text: string): Match {
    try {
      return this.extractor.match(text)
    } catch (failure) {
      if (failure instanceof MatchStopped) this.site.add(failure.message)
      else if (failure instanceof ValueError) this.site.add(failure.javaText)
      else throw failure
      return null
    }
  }
}

/** What the values of a row gave for one column: null, one value, or several. */
function cellOf(matches: readonly Match[], place: number): ExtractedValue {
  const values: Value[] = []
  for (const match of matches) {
    const found = match?.[place] ?? null
    if (Array.isArray(found)) values.push(...(found as Value[]))
    else if (found !== null) values.push(found as Value)
  }
  return values.length === 0 ? null : values.length === 1 ? values[0]! : values
}
