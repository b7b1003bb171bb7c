/**
 * Calls of scalar functions: a row function driven over the argument columns.
 *
 * Nulls and multi-values are handled here, argument by argument as Elasticsearch does (the first argument that is not
 * one value decides). Where only one argument varies and it is dictionary-encoded, each distinct value is computed once.
 */
import type { Batch } from '../../data/batch.ts'
import { cellAt, type Column, ColumnBuilder, firstIndex, isValues, nullColumn, valueAt, valueCount } from '../../data/column.ts'
import { type Cell, physicalOf, type Value } from '../../data/data-type.ts'
import type { Dictionary } from '../../data/dictionary.ts'
import type { Schema } from '../../data/schema.ts'
import { MULTI_VALUE_TEXT, type RowFunction, ValueError } from '../../functions/definition.ts'
import { type BoundCall, warnedAs } from '../../plan/expression.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import type { WarningSite } from '../warnings.ts'

/** Lowers a call. */
export function compileCall(call: BoundCall, schema: Schema, context: EvaluationContext): Evaluator {
  const definition = call.function
  const infos = call.args.map((arg) => ({
    type: arg.dataType,
    constant: arg.type === 'literal' ? arg.value : undefined,
    text: arg.text
  }))
  const named = warnedAs(call)
  const site = context.warnings.site(named.span, named.text)
  const row = definition.bind(call.params, infos, context) as (...args: Cell[]) => Cell
  const constants = infos.map(({ constant }) => constant)
  const evaluators = call.args.map((arg) => (arg.type === 'literal' ? null : compileExpression(arg, schema, context)))
  const guarded = guard(row, site)
  const drive = definition.multivalue === 'each' ? driveEach : definition.multivalue === 'whole' ? driveWhole : driveSingle
  const columnsOf = (batch: Batch) => evaluators.map((evaluate) => evaluate && evaluate(batch))
  const job: CallJob = { call, constants, row: guarded, site, propagate: definition.nulls === 'propagate', memo: null }
  const nullForAll = job.propagate && call.args.some((arg) => arg.type === 'literal' && arg.dataType === 'null')
  return (batch) => {
    // NULL as an argument makes every row null before a value is looked at: no warning of the others, as when folded.
    if (nullForAll || physicalOf(call.dataType) === 'none') return nullColumn(call.dataType, batch.rowCount)
    return drive(job, columnsOf(batch), batch.rowCount)
  }
}

interface CallJob {
  call: BoundCall
  /** Constant arguments; undefined where a column stands. */
  constants: readonly (Cell | undefined)[]
  row: (...args: Cell[]) => Cell
  site: WarningSite
  propagate: boolean
  memo: { dictionary: Dictionary; results: (Cell | undefined)[] } | null
}

/** The row function with its ValueErrors turned into null and a warning. */
function guard(row: RowFunction, site: WarningSite): (...args: Cell[]) => Cell {
  return (...args) => {
    try {
      return row(...(args as never[]))
    } catch (failure) {
      if (!(failure instanceof ValueError)) throw failure
      site.add(failure.javaText)
      return null
    }
  }
}

/** One value in, one value out. */
function driveSingle(job: CallJob, columns: readonly (Column | null)[], rowCount: number): Column {
  const memoized = memoColumn(job, columns)
  if (memoized >= 0 && job.propagate) return driveMemo(job, columns[memoized]!, memoized, rowCount)
  const out = new ColumnBuilder(job.call.dataType, rowCount)
  const args: Cell[] = columns.map((_, i) => job.constants[i] ?? null)
  for (let row = 0; row < rowCount; row++) {
    const ready = readSingles(job, columns, row, args)
    out.append(ready ? job.row(...args) : null)
  }
  return out.finish()
}

/** Fills `args` for a row; false when an argument is null or a multi-value, which warns. */
function readSingles(job: CallJob, columns: readonly (Column | null)[], row: number, args: Cell[]): boolean {
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]
    if (!column) {
      const constant = job.constants[i] ?? null
      if (constant === null && job.propagate) return false
      if (constant !== null && isValues(constant)) {
        job.site.add(MULTI_VALUE_TEXT)
        return false
      }
      continue
    }
    const count = valueCount(column, row)
    if (count > 1) {
      job.site.add(MULTI_VALUE_TEXT)
      return false
    }
    if (count === 0 && job.propagate) return false
    args[i] = count === 0 ? null : valueAt(column, firstIndex(column, row))
  }
  return true
}

/** Index of the only varying argument when it is dictionary-encoded and the constants are single values; -1 otherwise. */
function memoColumn(job: CallJob, columns: readonly (Column | null)[]): number {
  let found = -1
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]
    const constant = job.constants[i]
    if (!column && (constant === null || constant === undefined || isValues(constant))) return -1
    if (!column) continue
    if (found >= 0 || !column.dictionary) return -1
    found = i
  }
  return found
}

function driveMemo(job: CallJob, column: Column, index: number, rowCount: number): Column {
  const dictionary = column.dictionary!
  if (job.memo?.dictionary !== dictionary) job.memo = { dictionary, results: [] }
  const { results } = job.memo
  const out = new ColumnBuilder(job.call.dataType, rowCount)
  const args: Cell[] = job.constants.map((constant) => constant ?? null)
  for (let row = 0; row < rowCount; row++) {
    const count = valueCount(column, row)
    if (count !== 1) {
      if (count > 1) job.site.add(MULTI_VALUE_TEXT)
      out.append(null)
      continue
    }
    const code = column.values[firstIndex(column, row)] as number
    let result = results[code]
    if (result === undefined) {
      args[index] = dictionary.text(code)
      result = job.row(...args)
      // A failure is not remembered: every failing row counts as one.
      if (result !== null) results[code] = result
    }
    out.append(result)
  }
  return out.finish()
}

/** Arguments arrive as whole cells. */
function driveWhole(job: CallJob, columns: readonly (Column | null)[], rowCount: number): Column {
  const out = new ColumnBuilder(job.call.dataType, rowCount)
  const args: Cell[] = columns.map((_, i) => job.constants[i] ?? null)
  for (let row = 0; row < rowCount; row++) {
    for (let i = 0; i < columns.length; i++) if (columns[i]) args[i] = cellAt(columns[i]!, row)
    out.append(job.propagate && args.includes(null) ? null : job.row(...args))
  }
  return out.finish()
}

/** The first argument value by value; the others once a row. */
function driveEach(job: CallJob, columns: readonly (Column | null)[], rowCount: number): Column {
  const out = new ColumnBuilder(job.call.dataType, rowCount)
  const args: Cell[] = columns.map((_, i) => job.constants[i] ?? null)
  for (let row = 0; row < rowCount; row++) {
    for (let i = 0; i < columns.length; i++) if (columns[i]) args[i] = cellAt(columns[i]!, row)
    const first = args[0] ?? null
    if (first === null || !isValues(first)) {
      out.append(job.propagate && args.includes(null) ? null : job.row(...args))
      continue
    }
    const results: Value[] = []
    for (const value of first) {
      const result = job.row(value, ...args.slice(1))
      if (result !== null) results.push(...(isValues(result) ? result : [result]))
    }
    out.append(results.length === 0 ? null : results)
  }
  return out.finish()
}
