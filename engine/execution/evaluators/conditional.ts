/**
 * CASE and COALESCE, lazily: a branch sees only the rows that come to it, so rows it does not decide raise no warnings.
 */
import { type Batch, gatherBatch } from '../../data/batch.ts'
import { cellAt, ColumnBuilder, isNullAt, nullColumn, valueCount } from '../../data/column.ts'
import { type Cell, physicalOf } from '../../data/data-type.ts'
import type { Schema } from '../../data/schema.ts'
import { MULTI_VALUE_TEXT } from '../../functions/definition.ts'
import type { BoundCase, BoundCoalesce, BoundExpression } from '../../plan/expression.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import type { WarningSite } from '../warnings.ts'

/** Lowers CASE; a null condition is false, so is a multi-valued one, with its own warning. */
export function compileCase(expression: BoundCase, schema: Schema, context: EvaluationContext): Evaluator {
  const site = context.warnings.site(expression.span, expression.text, 'false')
  const branches = expression.branches.map(({ condition, value }) => ({
    condition: compileExpression(condition, schema, context),
    value: compileExpression(value, schema, context)
  }))
  const otherwise = expression.otherwise && compileExpression(expression.otherwise, schema, context)
  return (batch) => {
    const cells = new Array<Cell>(batch.rowCount).fill(null)
    let rest = allRows(batch.rowCount)
    for (const { condition, value } of branches) {
      if (rest.length === 0) break
      const { taken, left } = split(condition, batch, rest, site)
      scatter(value, batch, taken, cells)
      rest = left
    }
    if (otherwise) scatter(otherwise, batch, rest, cells)
    return build(expression, cells)
  }
}

/** Lowers COALESCE: the first argument that is not null. */
export function compileCoalesce(expression: BoundCoalesce, schema: Schema, context: EvaluationContext): Evaluator {
  const args = expression.args.map((arg) => compileExpression(arg, schema, context))
  return (batch) => {
    const cells = new Array<Cell>(batch.rowCount).fill(null)
    let rest = allRows(batch.rowCount)
    for (const arg of args) {
      if (rest.length === 0) break
      scatter(arg, batch, rest, cells)
      rest = rest.filter((row) => cells[row] === null)
    }
    return build(expression, cells)
  }
}

function allRows(rowCount: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: rowCount }, (_, row) => row)
}

function only(batch: Batch, rows: Int32Array): Batch {
  return rows.length === batch.rowCount ? batch : gatherBatch({ ...batch, lineage: null }, rows)
}

function split(condition: Evaluator, batch: Batch, rows: Int32Array<ArrayBuffer>, site: WarningSite) {
  const truth = condition(only(batch, rows))
  const holds = (index: number): boolean => {
    if (isNullAt(truth, index)) return false
    if (valueCount(truth, index) > 1) {
      site.add(MULTI_VALUE_TEXT)
      return false
    }
    return cellAt(truth, index) === true
  }
  const held = Uint8Array.from(rows, (_, index) => (holds(index) ? 1 : 0))
  return { taken: rows.filter((_, index) => held[index] === 1), left: rows.filter((_, index) => held[index] === 0) }
}

function scatter(evaluate: Evaluator, batch: Batch, rows: Int32Array, cells: Cell[]): void {
  if (rows.length === 0) return
  const column = evaluate(only(batch, rows))
  for (let i = 0; i < rows.length; i++) cells[rows[i]!] = cellAt(column, i)
}

function build(expression: BoundExpression, cells: readonly Cell[]) {
  if (physicalOf(expression.dataType) === 'none') return nullColumn(expression.dataType, cells.length)
  const out = new ColumnBuilder(expression.dataType, cells.length)
  for (const cell of cells) out.append(cell)
  return out.finish()
}
