/** The report for programs: everything, exact; 64-bit numbers with all their digits. */
import type { CellValue } from '../../engine/worker/api.ts'
import { jsonText } from '../format/cell.ts'
import type { ReportFinding, ReportModel } from './model.ts'

/** One JSON document. */
export function jsonReport(model: ReportModel): string {
  const { rule, run, inputs, columns, findings, ...rest } = model
  return (
    jsonText(
      {
        rule,
        mode: run.mode,
        cancelled: run.cancelled,
        run,
        inputs,
        columns,
        findings: findings.map(({ id, row, ...finding }) => ({ id, values: namedRow(model, row), ...finding })),
        ...rest
      },
      2
    ) + '\n'
  )
}

/** Name and value pairs: a list, because column names come from the data and may repeat or be `__proto__`. */
function namedRow(
  { columns }: Pick<ReportModel, 'columns'>,
  row: ReportFinding['row']
): { name: string; type: string; value: CellValue }[] {
  return columns.map((column, index) => ({ ...column, value: row[index] ?? null }))
}
