/**
 * Full-text conditions: each test of a field gives a truth value a row (true when some value passes), then AND, OR and NOT.
 * A value of a dictionary is analyzed once, however many rows have it. The result is never null.
 */
import { type Column, firstIndex, valueAt, valueCount } from '../../data/column.ts'
import type { Value } from '../../data/data-type.ts'
import type { Dictionary } from '../../data/dictionary.ts'
import { fieldIndex, type Schema } from '../../data/schema.ts'
import { assert } from '../../base/assert.ts'
import type { BoundFullText } from '../../plan/expression.ts'
import type { FullTextQuery } from '../../plan/full-text.ts'
import type { EvaluationContext, Evaluator } from '../evaluator.ts'
import { valueTest } from './full-text-tests.ts'

/** The truth of each row: 0 or 1. */
type Truths = Uint8Array<ArrayBuffer>
type RowTest = (columns: readonly Column[], rowCount: number) => Truths

/** Lowers a full-text condition. */
export function compileFullText(expression: BoundFullText, schema: Schema, context: EvaluationContext): Evaluator {
  const indexes = expression.fields.map(({ name }) => {
    const index = fieldIndex(schema, name)
    assert(index >= 0, `column ${name} is in the input schema`)
    return index
  })
  const test = compileQuery(expression.query, expression, context)
  return (batch) => {
    const { rowCount } = batch
    const values = test(
      indexes.map((index) => batch.columns[index]!),
      rowCount
    )
    return { type: 'boolean', rowCount, values, nulls: null, offsets: null, dictionary: null }
  }
}

function compileQuery(query: FullTextQuery, expression: BoundFullText, context: EvaluationContext): RowTest {
  switch (query.type) {
    case 'all':
      return (_, rowCount) => new Uint8Array(rowCount).fill(1)
    case 'none':
      return (_, rowCount) => new Uint8Array(rowCount)
    case 'not': {
      const operand = compileQuery(query.operand, expression, context)
      return (columns, rowCount) => operand(columns, rowCount).map((truth) => 1 - truth)
    }
    case 'and':
      return atLeast(query.operands.length, query.operands, expression, context)
    case 'or':
      return atLeast(1, query.operands, expression, context)
    case 'at-least':
      return atLeast(query.count, query.operands, expression, context)
    case 'field': {
      const { field } = query
      const { dataType } = expression.fields[field]!
      if (query.test.type === 'exists') return (columns, rowCount) => existing(columns[field]!, rowCount)
      const passes = anyValue(valueTest(query.test, dataType, context.nowMillis))
      return (columns, rowCount) => passes(columns[field]!, rowCount)
    }
  }
}

function atLeast(
  count: number,
  operands: readonly FullTextQuery[],
  expression: BoundFullText,
  context: EvaluationContext
): RowTest {
  const tests = operands.map((operand) => compileQuery(operand, expression, context))
  return (columns, rowCount) => {
    const hits = new Uint16Array(rowCount)
    for (const test of tests) {
      const truths = test(columns, rowCount)
      for (let row = 0; row < rowCount; row++) hits[row]! += truths[row]!
    }
    return Uint8Array.from(hits, (hit) => (hit >= count ? 1 : 0))
  }
}

function existing(column: Column, rowCount: number): Truths {
  const truths = new Uint8Array(rowCount)
  for (let row = 0; row < rowCount; row++) truths[row] = valueCount(column, row) > 0 ? 1 : 0
  return truths
}

/** A test of values driven over a column: verdicts on dictionary entries are kept. */
function anyValue(test: (value: Value) => boolean): (column: Column, rowCount: number) => Truths {
  let known: Dictionary | null = null
  let verdicts = new Int8Array(0)
  const ofEntry = (dictionary: Dictionary, code: number): boolean => {
    if (known !== dictionary) {
      known = dictionary
      verdicts = new Int8Array(0)
    }
    if (code >= verdicts.length) {
      const larger = new Int8Array(Math.max(dictionary.size, verdicts.length * 2, 256)).fill(-1)
      larger.set(verdicts)
      verdicts = larger
    }
    if (verdicts[code] === -1) verdicts[code] = test(dictionary.text(code)) ? 1 : 0
    return verdicts[code] === 1
  }
  return (column, rowCount) => {
    const truths = new Uint8Array(rowCount)
    const { dictionary, values } = column
    for (let row = 0; row < rowCount; row++) {
      const count = valueCount(column, row)
      const first = firstIndex(column, row)
      for (let at = first; at < first + count && !truths[row]; at++)
        if (dictionary ? ofEntry(dictionary, values[at] as number) : test(valueAt(column, at))) truths[row] = 1
    }
    return truths
  }
}
