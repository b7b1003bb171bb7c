/** The answer of `query` in each format, as pieces of text to be written one after the other. */
import { csvTable } from '../../format/csv.ts'
import { markdownTable } from '../../format/markdown.ts'
import { jsonText } from '../../format/cell.ts'
import type { OutputFormat } from '../arguments.ts'
import type { TableReport } from '../engine-port.ts'
import { jsonCell, jsonColumns, jsonRow } from './exact-json.ts'
import { tableLines } from './table.ts'

type Writer = (report: TableReport, width: number | null) => Iterable<string>

const WRITERS: Record<OutputFormat, Writer> = { table: asTable, json: asJson, ndjson: asNdjson, csv: asCsv, markdown: asMarkdown }

/** Pieces of the output. */
export function queryOutput(format: OutputFormat, report: TableReport, width: number | null): Iterable<string> {
  return WRITERS[format](report, width)
}

function* asTable({ columns, values }: TableReport, width: number | null): Iterable<string> {
  for (const line of tableLines(columns, values, width)) yield `${line}\n`
  yield `${values.length} ${values.length === 1 ? 'row' : 'rows'}\n`
}

/** Elasticsearch's answer to `_query`. */
export function* asJson({ columns, values, warnings }: TableReport): Iterable<string> {
  yield `{"columns":${jsonColumns(columns)},"values":[`
  for (const [index, row] of values.entries()) yield `${index > 0 ? ',' : ''}${jsonRow(columns, row)}`
  yield `],"warnings":${jsonText(warnings)}}\n`
}

/** An object a row; null values are left out, as in a document. */
function* asNdjson({ columns, values }: TableReport): Iterable<string> {
  for (const row of values) {
    const members = columns.flatMap(({ name, type }, index) => {
      const cell = row[index] ?? null
      return cell === null ? [] : [`${JSON.stringify(name)}:${jsonCell(type, cell)}`]
    })
    yield `{${members.join(',')}}\n`
  }
}

function* asCsv({ columns, values }: TableReport): Iterable<string> {
  yield csvTable(
    columns.map((column) => column.name),
    values
  )
}

function* asMarkdown({ columns, values }: TableReport): Iterable<string> {
  yield markdownTable(
    columns.map((column) => column.name),
    values
  )
}
