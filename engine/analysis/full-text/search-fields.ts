/**
 * The fields a full-text condition asks, as the mapping has them: how their values are analyzed and compared.
 *
 * In: names and name patterns of the condition. Out: SearchField records, numbered by the columns the condition reads.
 * Holds: fields are those of the source document; what the query has assigned under their names does not count.
 */
import type { Span } from '../../base/span.ts'
import type { DataType } from '../../data/data-type.ts'
import type { Analyzer } from '../../patterns/analyzers.ts'
import type { BoundColumn } from '../../plan/expression.ts'
import type { SourceFields } from '../scope.ts'

export interface SearchField {
  /** Place among the columns of the condition. */
  index: number
  name: string
  dataType: DataType
  /** Exactly the mapping type `keyword`: KQL treats wildcard, constant_keyword and flattened otherwise. */
  isKeyword: boolean
  /** Cut into words. */
  isText: boolean
  analyzer: Analyzer
}

/** Text fields whose mapping has an analyzer of its own (Elastic's Windows integration). */
const OWN_ANALYZERS: ReadonlyMap<string, Analyzer> = new Map([['powershell.file.script_block_text', 'powershell']])

export class SearchFields {
  readonly columns: BoundColumn[] = []
  private readonly known = new Map<string, SearchField | null>()

  constructor(
    private readonly source: SourceFields,
    private readonly at: { span: Span; text: string }
  ) {}

  /** The field of a name; null when no mapping has it. */
  field(name: string, column = name): SearchField | null {
    let field = this.known.get(name)
    if (field === undefined) {
      const dataType = this.source.use(name)
      const searchable = dataType !== null && dataType !== 'null' && dataType !== 'unsupported' && dataType !== '_source'
      this.known.set(name, (field = searchable ? this.added(name, column, dataType) : null))
    }
    return field
  }

  /** Fields whose names match a pattern with `*`. */
  matching(pattern: string): SearchField[] {
    const { catalog } = this.source
    const parts = pattern.split('*')
    const names = catalog.allFields().filter(({ name }) => !name.startsWith('_') && matchesParts(name, parts))
    return names.flatMap(({ name }) => this.field(name) ?? [])
  }

  private added(name: string, column: string, dataType: DataType): SearchField {
    const mapped = this.source.catalog.mappedType?.(name) ?? dataType
    const isText = dataType === 'text'
    const analyzer: Analyzer = isText
      ? (OWN_ANALYZERS.get(name) ?? 'standard')
      : name.endsWith('.caseless')
        ? 'lowercase'
        : 'keyword'
    const index = this.columns.push({ type: 'column', name: column, dataType, span: this.at.span, text: this.at.text }) - 1
    return { index, name, dataType, isKeyword: mapped === 'keyword', isText, analyzer }
  }
}

/** Whether a name consists of the parts in order, with anything between them. */
function matchesParts(name: string, parts: readonly string[]): boolean {
  const first = parts[0]!
  const last = parts.at(-1)!
  if (parts.length === 1) return name === first
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found < 0 || found + part.length > name.length - last.length) return false
    at = found + part.length
  }
  return true
}
