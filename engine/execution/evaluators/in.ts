/**
 * IN (VERIFIED 4.2): null value -> null; multi-valued value -> warning and null; a multi-valued item warns and is skipped;
 * all items multi-valued or null -> null; any equal -> true; else null when an item is null; else false.
 */
import { type Column, cellAt, isValues } from '../../data/column.ts'
import { type Cell, physicalOf } from '../../data/data-type.ts'
import type { Schema } from '../../data/schema.ts'
import { MULTI_VALUE_TEXT } from '../../functions/definition.ts'
import { type BoundIn, type BoundLiteral, warnedAs } from '../../plan/expression.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import type { WarningSite } from '../warnings.ts'
import { type Truth, truthByCode } from './truth-by-code.ts'

/** Lowers IN. */
export function compileIn(expression: BoundIn, schema: Schema, context: EvaluationContext): Evaluator {
  const value = compileExpression(expression.value, schema, context)
  const named = warnedAs(expression)
  const site = context.warnings.site(named.span, named.text)
  const constants = constantItems(expression)
  if (constants && physicalOf(expression.value.dataType) === 'codes') {
    const texts = new Set(constants.filter((item) => item !== null))
    const otherwise: Truth = texts.size < constants.length && constants.includes(null) ? 2 : 0
    const test = truthByCode((text) => (texts.has(text) ? 1 : texts.size === 0 ? 2 : otherwise), site)
    return (batch) => test(value(batch))
  }
  const items = expression.items.map((item) => compileExpression(item, schema, context))
  const infos = expression.params.map((type) => ({ type, constant: undefined, text: '' }))
  const equals = expression.equals.bind(expression.params, infos, context) as (a: Cell, b: Cell) => Cell
  return (batch) =>
    evaluateIn(
      value(batch),
      items.map((item) => item(batch)),
      equals,
      site
    )
}

/** The items when all are constants with at most one value. */
function constantItems(expression: BoundIn): Cell[] | null {
  if (!expression.items.every((item) => item.type === 'literal')) return null
  const cells = expression.items.map((item) => (item as BoundLiteral).value)
  return cells.some((cell) => cell !== null && isValues(cell)) ? null : cells
}

function evaluateIn(value: Column, items: readonly Column[], equals: (a: Cell, b: Cell) => Cell, site: WarningSite): Column {
  const { rowCount } = value
  const values = new Uint8Array(rowCount)
  const nulls = new Uint8Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    const truth = rowTruth(cellAt(value, row), items, row, equals, site)
    if (truth === 2) nulls[row] = 1
    else values[row] = truth
  }
  return { type: 'boolean', rowCount, values, nulls, offsets: null, dictionary: null }
}

function rowTruth(
  cell: Cell,
  items: readonly Column[],
  row: number,
  equals: (a: Cell, b: Cell) => Cell,
  site: WarningSite
): Truth {
  if (cell === null) return 2
  if (isValues(cell)) {
    site.add(MULTI_VALUE_TEXT)
    return 2
  }
  let sawNull = false
  let compared = false
  for (const item of items) {
    const other = cellAt(item, row)
    if (other === null) sawNull = true
    else if (isValues(other)) site.add(MULTI_VALUE_TEXT)
    else {
      if (equals(cell, other) === true) return 1
      compared = true
    }
  }
  return sawNull || !compared ? 2 : 0
}
