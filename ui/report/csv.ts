/** The findings for a spreadsheet: one line a finding, the query's own columns, then what we know beyond them. */
import type { CellValue } from '../../engine/worker/api.ts'
import { csvTable } from '../format/csv.ts'
import { type ReportFinding, type ReportModel, sourcesText } from './model.ts'

type ExtraColumn = { name: string; value(finding: ReportFinding, model: ReportModel): CellValue }
const EXTRA_COLUMNS: readonly ExtraColumn[] = [
  { name: 'rarebit.events', value: (finding) => finding.eventCount },
  { name: 'rarebit.first_seen', value: (finding) => finding.firstSeen },
  { name: 'rarebit.last_seen', value: (finding) => finding.lastSeen },
  { name: 'rarebit.rarity_bits', value: ({ rarity }) => (rarity ? Number(rarity.bits.toFixed(2)) : null) },
  { name: 'rarebit.rarity_n', value: ({ rarity }) => rarity?.n ?? null },
  { name: 'rarebit.rarity_total', value: ({ rarity }) => rarity?.total ?? null },
  { name: 'rarebit.thresholds', value: ({ thresholds }) => thresholds.map(({ text }) => text).join('; ') || null },
  { name: 'rarebit.dropped_by_kibana', value: (finding) => finding.droppedByKibana },
  { name: 'rarebit.sources', value: (finding, model) => sourcesText(model, finding) },
  { name: 'rarebit.tool', value: (_, { tool }) => toolText(tool) },
  { name: 'rarebit.starred', value: ({ mark }) => mark?.star ?? null },
  { name: 'rarebit.tags', value: ({ mark }) => (mark && mark.tags.length > 0 ? mark.tags.join('; ') : null) },
  { name: 'rarebit.note', value: ({ mark }) => mark?.note || null }
]

/** A table has no head of its own: what made it stands in each line. */
function toolText({ version, build }: ReportModel['tool']): string {
  return [`Rarebit ${version}`, ...(build ? [`build ${build}`] : [])].join(', ')
}

/** `raw`: values as they are, also those that a spreadsheet takes for a formula. */
export function csvReport(model: ReportModel, options: { raw?: boolean } = {}): string {
  const marked = model.findings.some(({ mark }) => mark !== null)
  const extra = EXTRA_COLUMNS.filter(({ name }) => marked || !/\.(?:starred|tags|note)$/.test(name))
  const header = [...model.columns.map(({ name }) => name), ...extra.map(({ name }) => name)]
  const rows = model.findings.map((finding) => [
    ...model.columns.map((_, index) => finding.row[index] ?? null),
    ...extra.map((column) => column.value(finding, model))
  ])
  return csvTable(header, rows, options)
}
