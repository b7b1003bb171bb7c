/** Why one event passed the first WHERE: each top-level condition with the alternatives that held. */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import type { Batch } from '../data/batch.ts'
import { isNullAt } from '../data/column.ts'
import { type Schema } from '../data/schema.ts'
import type { EvaluationContext, Evaluator } from '../execution/evaluator.ts'
import { compileTruth } from '../execution/evaluators/logical.ts'
import { nullOperator } from '../execution/operator.ts'
import { lowerNodes } from '../execution/planner.ts'
import { WarningCollector } from '../execution/warnings.ts'
import { type BoundExpression, columnsOf, disjunctsOf } from '../plan/expression.ts'
import { outputSchema } from '../plan/logical-plan.ts'
import type { OpenedInput } from '../source/open-input.ts'
import { firstWhere, type FirstWhere } from './first-where.ts'
import { DEFAULT_SCAN, InputScanner } from './input-scanner.ts'
import type { PreparedQuery } from './prepare.ts'
import { readRecords, recordInput } from './record-input.ts'
import type { MatchExplanation, SourceRef } from './types.ts'

const NOTHING: MatchExplanation = { conditions: [], summary: '' }

/** Evaluates the conditions on the event at `source`. */
export async function explainMatch(
  prepared: PreparedQuery,
  inputs: readonly OpenedInput[],
  source: SourceRef,
  kernels: Kernels
): Promise<MatchExplanation> {
  const where = firstWhere(prepared.analyzed)
  if (!where) return NOTHING
  const input = inputs[source.file]!
  const one = await recordInput(input, (await readRecords(inputs, [source]))[0]!)
  const rows = await rowsOf(where, prepared, one, kernels)
  const best = rows.sort((a, b) => heldCount(b) - heldCount(a))[0]
  return best ?? NOTHING
}

const heldCount = (explanation: MatchExplanation) => explanation.conditions.filter(({ held }) => held === true).length

/** One explanation for each row the event becomes (MV_EXPAND makes several). */
async function rowsOf(
  where: FirstWhere,
  prepared: PreparedQuery,
  one: OpenedInput,
  kernels: Kernels
): Promise<MatchExplanation[]> {
  const context: EvaluationContext = { kernels, warnings: new WarningCollector(prepared.text), nowMillis: BigInt(Date.now()) }
  const schema = where.before.reduce<Schema>((input, node) => outputSchema(node, input), where.from.schema)
  const conditions = where.conjuncts.map((conjunct) => compileCondition(conjunct, schema, context))
  const rows: MatchExplanation[] = []
  const sink = {
    ...nullOperator,
    push(batch: Batch): 'more' {
      for (let row = 0; row < batch.rowCount; row++) rows.push(explainRow(conditions, batch, row))
      return 'more'
    }
  }
  const { head } = lowerNodes(where.before, where.from.schema, context, sink, [])
  const scanner = new InputScanner([one], { aborted: false })
  await scanner.scan({ from: { ...where.from, patterns: ['*'] }, required: [], options: DEFAULT_SCAN }, head, kernels, () => {})
  head.finish()
  head.close()
  return rows
}

interface Condition {
  expression: BoundExpression
  evaluate: Evaluator
  alternatives: { expression: BoundExpression; evaluate: Evaluator }[]
}

function compileCondition(expression: BoundExpression, schema: Schema, context: EvaluationContext): Condition {
  const alternatives = disjunctsOf(expression)
  return {
    expression,
    evaluate: compileTruth(expression, schema, context),
    alternatives:
      alternatives.length < 2
        ? []
        : alternatives.map((alternative) => ({ expression: alternative, evaluate: compileTruth(alternative, schema, context) }))
  }
}

function explainRow(conditions: readonly Condition[], batch: Batch, row: number): MatchExplanation {
  const explained = conditions.map(({ expression, evaluate, alternatives }) => ({
    text: oneLine(expression.text),
    held: truthAt(evaluate, batch, row),
    alternatives: alternatives.map((alternative) => ({
      text: oneLine(alternative.expression.text),
      held: truthAt(alternative.evaluate, batch, row)
    }))
  }))
  const deciding = conditions.flatMap(({ alternatives }, c) =>
    alternatives
      .filter((_, i) => explained[c]!.alternatives[i]!.held === true)
      .map(({ expression }) => [...columnsOf(expression)].join(' and '))
  )
  const summary = deciding.length === 0 ? 'matched by every condition' : `matched by ${[...new Set(deciding)].join(', ')}`
  return { conditions: explained, summary }
}

function truthAt(evaluate: Evaluator, batch: Batch, row: number): boolean | null {
  const truth = evaluate(batch)
  return isNullAt(truth, row) ? null : truth.values[row] === 1
}

/** Conditions are shown on one line; the query keeps its layout. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ')
