/**
 * Evaluator: a bound expression ready to run over a batch.
 *
 * compileExpression picks the evaluator by the node's type; the evaluators stand in evaluators/, one family a file.
 */
import { assertNever } from '../base/assert.ts'
import type { Batch } from '../data/batch.ts'
import { type Column, constantColumn } from '../data/column.ts'
import { fieldIndex, type Schema } from '../data/schema.ts'
import type { RunContext } from '../functions/definition.ts'
import type { BoundExpression } from '../plan/expression.ts'
import { assert } from '../base/assert.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { compileCall } from './evaluators/call.ts'
import { compileCase, compileCoalesce } from './evaluators/conditional.ts'
import { compileConversion } from './evaluators/conversion.ts'
import { compileFullText } from './evaluators/full-text.ts'
import { compileIn } from './evaluators/in.ts'
import { compileLike } from './evaluators/like.ts'
import { compileIsNull, compileLogical, compileNot } from './evaluators/logical.ts'
import type { LookupTable } from './lookup-table.ts'
import type { WarningCollector } from './warnings.ts'

/** Computes the expression for every row of a batch. */
export type Evaluator = (batch: Batch) => Column

export interface EvaluationContext extends RunContext {
  kernels: Kernels
  warnings: WarningCollector
  /** Tables of LOOKUP JOIN and ENRICH by name; there are all that the plan names. */
  lookups?: ReadonlyMap<string, LookupTable>
}

/** Lowers an expression over columns of `schema`. */
export function compileExpression(expression: BoundExpression, schema: Schema, context: EvaluationContext): Evaluator {
  switch (expression.type) {
    case 'column': {
      const index = fieldIndex(schema, expression.name)
      assert(index >= 0, `column ${expression.name} is in the input schema`)
      return (batch) => batch.columns[index]!
    }
    case 'literal': {
      const { dataType, value } = expression
      return (batch) => constantColumn(dataType, value, batch.rowCount)
    }
    case 'call':
      return compileCall(expression, schema, context)
    case 'conversion':
      return compileConversion(expression, schema, context)
    case 'logical':
      return compileLogical(expression, schema, context)
    case 'not':
      return compileNot(expression, schema, context)
    case 'is-null':
      return compileIsNull(expression, schema, context)
    case 'in':
      return compileIn(expression, schema, context)
    case 'like':
      return compileLike(expression, schema, context)
    case 'case':
      return compileCase(expression, schema, context)
    case 'coalesce':
      return compileCoalesce(expression, schema, context)
    case 'full-text':
      return compileFullText(expression, schema, context)
    default:
      return assertNever(expression)
  }
}
