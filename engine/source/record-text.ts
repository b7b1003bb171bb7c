/**
 * Columns made from the text of records: `_source` (the document as written) and `_ignored` (fields whose value
 * Elasticsearch would not have indexed because of its length, or did not, as a hit says).
 */
import { type Column, ColumnBuilder } from '../data/column.ts'
import type { Cell } from '../data/data-type.ts'
import { compareCodePoints } from '../functions/code-points.ts'
import { type FieldTypes, KEYWORD_IGNORE_ABOVE } from './field-types.ts'
import { decodeText, documentRange, type PathNode, PathTree, walkRecord } from './flatten.ts'
import type { DocumentShape, RecordChunk } from './record-reader.ts'
import { ScalarKind } from './record-scanner.ts'

export class RecordText {
  private readonly tree: PathTree
  private readonly limits = new Map<PathNode, number>()

  constructor(
    private readonly shape: DocumentShape,
    private readonly fieldTypes: FieldTypes
  ) {
    this.tree = new PathTree(shape)
  }

  /** `_source` of the given records of a chunk. */
  sourceColumn(chunk: RecordChunk, records: Uint32Array): Column {
    return this.column('_source', records, (record) => {
      const range = documentRange(chunk.bytes, chunk.starts[record]!, chunk.ends[record]!, this.shape)
      return range && decodeText(chunk.bytes, range.start, range.end, false)
    })
  }

  /** `_ignored` of the given records of a chunk. */
  ignoredColumn(chunk: RecordChunk, records: Uint32Array): Column {
    return this.column('keyword', records, (record) => {
      const names = this.ignoredFields(chunk.bytes, chunk.starts[record]!, chunk.ends[record]!)
      return names.length > 0 ? names : null
    })
  }

  private column(type: '_source' | 'keyword', records: Uint32Array, cell: (record: number) => Cell): Column {
    const builder = new ColumnBuilder(type, records.length)
    for (const record of records) builder.append(cell(record))
    return builder.finish()
  }

  /**
   * Names of the fields with a value over their ignore_above, and those a search hit names in its own `_ignored`: the index it
   * comes from may have had a stricter mapping. Sorted.
   */
  private ignoredFields(bytes: Uint8Array, start: number, end: number): string[] {
    const names = new Set<string>()
    walkRecord(bytes, start, end, this.tree, {
      scalar: (node, kind, from, to, escaped) => {
        if (kind !== ScalarKind.String) return
        if (node.path === '_ignored') names.add(decodeText(bytes, from, to, escaped))
        if (!node.inDocument || to - from <= KEYWORD_IGNORE_ABOVE) return
        if (decodeText(bytes, from, to, escaped).length > this.limitOf(node)) names.add(node.path)
      }
    })
    return [...names].sort(compareCodePoints)
  }

  private limitOf(node: PathNode): number {
    let limit = this.limits.get(node)
    if (limit === undefined) {
      const type = this.fieldTypes(node.path)
      // Fields no mapping knows get the same limit from Elastic's dynamic templates.
      limit = type ? (type.ignoreAbove ?? Infinity) : KEYWORD_IGNORE_ABOVE
      this.limits.set(node, limit)
    }
    return limit
  }
}
