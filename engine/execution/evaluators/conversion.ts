/** Conversions that types demand: widening numbers, and text to what an operator compares it with. */
import { type Column, allocateValues, cellAt, ColumnBuilder, isValues, retyped } from '../../data/column.ts'
import { type Cell, isNumeric, type Value } from '../../data/data-type.ts'
import type { Schema } from '../../data/schema.ts'
import { convertCell } from '../../functions/conversion.ts'
import { ValueError } from '../../functions/definition.ts'
import type { BoundConversion } from '../../plan/expression.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import type { WarningSite } from '../warnings.ts'

/** Lowers a conversion. */
export function compileConversion(expression: BoundConversion, schema: Schema, context: EvaluationContext): Evaluator {
  const operand = compileExpression(expression.operand, schema, context)
  const { dataType: to } = expression
  const from = expression.operand.dataType
  if (isNumeric(from) && isNumeric(to)) return (batch) => widen(operand(batch), to)
  if ((from === 'keyword' && to === 'text') || (from === 'text' && to === 'keyword'))
    return (batch) => retyped(operand(batch), to)
  const site = context.warnings.site(expression.span, expression.text)
  return (batch) => convert(operand(batch), to, site)
}

/** Numbers keep their layout; only the storage changes. */
function widen(column: Column, to: Column['type']): Column {
  const values = allocateValues(to, column.values.length)
  const big = values instanceof BigInt64Array || values instanceof BigUint64Array
  for (let i = 0; i < values.length; i++) {
    const value = column.values[i]!
    values[i] = big ? BigInt(value) : Number(value)
  }
  return { ...column, type: to, values }
}

function convert(column: Column, to: Column['type'], site: WarningSite): Column {
  const out = new ColumnBuilder(to, column.rowCount)
  for (let row = 0; row < column.rowCount; row++) {
    const cell = cellAt(column, row)
    const values = cell === null ? [] : isValues(cell) ? cell : [cell]
    out.append(converted(values, column.type, to, site))
  }
  return out.finish()
}

function converted(values: readonly Value[], from: Column['type'], to: Column['type'], site: WarningSite): Cell {
  const results: Value[] = []
  for (const value of values) {
    try {
      const result = convertCell(value, from, to)
      if (result !== null) results.push(result as Value)
    } catch (failure) {
      if (!(failure instanceof ValueError)) throw failure
      site.add(failure.javaText)
    }
  }
  return results.length === 0 ? null : results.length === 1 ? results[0]! : results
}
