/** What a report can be written as. */
import { csvReport } from './csv.ts'
import { htmlReport } from './html.ts'
import { jsonReport } from './json.ts'
import { markdownReport } from './markdown.ts'
import type { ReportModel } from './model.ts'

export const REPORT_FORMATS = ['html', 'markdown', 'json', 'csv'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

export interface WriterOptions {
  /** CSV: values as they are, also those that a spreadsheet takes for a formula. */
  raw?: boolean
}

interface Writer {
  extension: string
  mediaType: string
  write(model: ReportModel, options?: WriterOptions): string
}

/** File ending, media type and writer of each format. */
export const WRITERS: Record<ReportFormat, Writer> = {
  html: { extension: 'html', mediaType: 'text/html', write: htmlReport },
  markdown: { extension: 'md', mediaType: 'text/markdown', write: markdownReport },
  json: { extension: 'json', mediaType: 'application/json', write: jsonReport },
  csv: { extension: 'csv', mediaType: 'text/csv', write: csvReport }
}

/** A file name that says rule and time and is safe on every system. */
export function reportFileName(ruleName: string, now: Date, extension: string): string {
  const slug =
    ruleName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
      .replace(/^-|-$/g, '') || 'findings'
  return `rarebit-${slug}-${now.toISOString().slice(0, 16).replace(/[:T]/g, '-')}.${extension}`
}
