/**
 * Scope: the columns visible at one place of the pipe.
 *
 * Behind FROM a scope is open: any field of the data may be named, and naming it makes FROM read it. KEEP and STATS close
 * it. What was dropped or renamed away stays hidden until it is assigned anew.
 */
import { nearestName } from '../base/edit-distance.ts'
import type { DataType } from '../data/data-type.ts'
import { type Field, readVariant, type Schema, variantColumn } from '../data/schema.ts'
import { type FieldCatalog, type FieldVariant, METADATA_TYPES } from './catalog.ts'

/** The fields that FROM must read; grows while the rest of the query is analyzed. */
export class SourceFields {
  private readonly needed = new Map<string, DataType>()
  private readonly nearNames = new Map<string, string | null>()
  private enumerated = false
  /** Columns of fields of several types, one a type. */
  private readonly variants = new Map<string, DataType>()

  constructor(
    readonly catalog: FieldCatalog,
    readonly metadata: readonly string[]
  ) {}

  /** Type of a field or metadata field, noted as needed; null when it does not exist. Absent fields have type null. */
  use(name: string): DataType | null {
    if (METADATA_TYPES.has(name)) return this.metadata.includes(name) ? METADATA_TYPES.get(name)! : null
    const type = this.catalog.field(name) ?? (this.catalog.strict ? null : 'null')
    if (type !== null && type !== 'unsupported') this.needed.set(name, type)
    return type
  }

  /** Columns that hold a field of several types, one for each; null for other fields. */
  useVariants(name: string): Schema | null {
    const types = this.catalog.variants?.(name)?.map(({ type }) => type)
    if (!types || types.includes('unsupported')) return null
    const columns = types.map((type) => ({ name: variantColumn(name, type), type }))
    for (const column of columns) this.variants.set(column.name, column.type)
    return columns
  }

  /** Makes FROM have the field as it is, a field of several types as a column without values. */
  keep(name: string): void {
    if (this.catalog.strict && this.catalog.field(name) === 'unsupported') this.needed.set(name, 'unsupported')
  }

  /** The near name of a field that no event has; looked for once, since a query names its fields often. */
  nearName(name: string, names: Iterable<string>): string | null {
    let near = this.nearNames.get(name)
    if (near === undefined) {
      near = nearestName(name, names)
      this.nearNames.set(name, near)
    }
    return near
  }

  /** Makes FROM read everything there is (`*`, a wildcard, a query without KEEP). */
  enumerate(): void {
    if (this.enumerated) return
    this.enumerated = true
    for (const { name, type } of this.catalog.allFields()) {
      // A given mapping shows such a field as a column of nulls; in dropped data it is no column.
      if (type !== 'unsupported' || this.catalog.strict) this.needed.set(name, type)
    }
  }

  /** FROM's output: fields in the order of their names, then metadata as written. */
  schema(): Schema {
    const fields: Field[] = [...this.needed].map(([name, type]) => ({ name, type }))
    fields.sort((a, b) => (a.name < b.name ? -1 : 1))
    const metadata = this.metadata.map((name) => ({ name, type: METADATA_TYPES.get(name)! }))
    return [...fields, ...metadata, ...[...this.variants].map(([name, type]) => ({ name, type }))]
  }
}

/** A column of a scope; `source` is the field of the document it still is. */
export interface ScopeField extends Field {
  source?: string
}

export class Scope {
  private constructor(
    private readonly source: SourceFields | null,
    private readonly fields: ScopeField[],
    private readonly hidden: ReadonlySet<string>,
    /** FROM's fields that go by another name now: old name by new. */
    private readonly renamed: ReadonlyMap<string, string> = new Map(),
    /** Where the columns of a closed scope that still are fields come from. */
    private readonly base: SourceFields | null = null
  ) {}

  private get origin(): SourceFields | null {
    return this.source ?? this.base
  }

  /** Behind FROM. */
  static open(source: SourceFields): Scope {
    return new Scope(source, [], new Set())
  }

  /** Exactly these columns. */
  static closed(fields: readonly ScopeField[], base: SourceFields | null = null): Scope {
    return new Scope(null, [...fields], new Set(), new Map(), base)
  }

  /** Type of a column, or null when there is none of that name. */
  resolve(name: string): DataType | null {
    const own = this.fields.find((field) => field.name === name)
    if (own) return own.type
    const original = this.renamed.get(name)
    if (this.source && original !== undefined) return this.source.use(original)
    if (this.source && !this.hidden.has(name)) return this.source.use(name)
    return null
  }

  /** The field of the source document that a column is, under whatever name; null for what the query made. */
  sourceOf(name: string): string | null {
    const own = this.fields.find((field) => field.name === name)
    if (own) return own.source ?? null
    const original = this.renamed.get(name)
    if (original !== undefined) return original
    return this.source && !this.hidden.has(name) && this.source.use(name) !== null ? name : null
  }

  /** Whether a column is there, without making FROM read an absent field. */
  has(name: string): boolean {
    if (this.fields.some((field) => field.name === name) || this.renamed.has(name)) return true
    if (!this.source || this.hidden.has(name)) return false
    return this.source.metadata.includes(name) || this.source.catalog.field(name) !== null
  }

  /** The types of a column that is a field of several types; null for other columns. */
  variantsOf(name: string): readonly FieldVariant[] | null {
    const source = this.sourceOf(name)
    return source === null ? null : (this.origin?.catalog.variants?.(source) ?? null)
  }

  /** Columns that hold such a field, one a type. */
  useVariants(name: string): Schema | null {
    if (!this.variantsOf(name)) return null
    return this.origin!.useVariants(this.sourceOf(name)!)
  }

  /** All columns in order; makes FROM read everything when the scope is open. */
  all(): readonly ScopeField[] {
    if (!this.source) return this.fields
    this.source.enumerate()
    const shadowed = new Set(this.fields.map((field) => field.name))
    const newNames = new Map([...this.renamed].map(([name, original]) => [original, name]))
    const fromSource = this.source.schema().flatMap((field) => {
      if (readVariant(field.name)) return []
      const name = newNames.get(field.name)
      const source = field.name
      if (name !== undefined) return [{ ...field, name, source }]
      return this.hidden.has(field.name) || shadowed.has(field.name) ? [] : [{ ...field, source }]
    })
    return [...fromSource, ...this.fields]
  }

  /** Scope with `added` assigned at the end, as EVAL does. */
  assign(added: readonly ScopeField[]): Scope {
    if (added.length === 0) return this
    // Of added fields of one name the last stays, at its own place.
    const last = new Map<string, ScopeField>()
    for (const field of added) {
      last.delete(field.name)
      last.set(field.name, field)
    }
    const fields = [...this.fields.filter(({ name }) => !last.has(name)), ...last.values()]
    return new Scope(this.source, fields, this.hidden, without(this.renamed, last.keys()), this.base)
  }

  /** Scope without `names`; an open one stays open. */
  remove(names: Iterable<string>): Scope {
    const gone = new Set(names)
    return new Scope(
      this.source,
      this.fields.filter((field) => !gone.has(field.name)),
      new Set([...this.hidden, ...gone]),
      without(this.renamed, gone),
      this.base
    )
  }

  /** Scope with a column under another name, at its old place; another column of the new name is gone. */
  rename(from: string, to: string): Scope {
    const own = this.fields.some((field) => field.name === from)
    const fields = this.fields
      .filter((field) => field.name !== to)
      .map((field) => (field.name === from ? { ...field, name: to } : field))
    const renamed = without(this.renamed, [from, to])
    if (!own) renamed.set(to, this.renamed.get(from) ?? from)
    return new Scope(this.source, fields, new Set([...this.hidden, from, to]), renamed, this.base)
  }

  /** Names to suggest from. */
  *names(): Iterable<string> {
    for (const field of this.fields) yield field.name
    if (this.source) {
      for (const name of this.source.metadata) yield name
      for (const name of this.source.catalog.names()) if (!this.hidden.has(name)) yield name
    }
  }

  /** A name of this scope near an absent field's. */
  nearAbsent(name: string): string | null {
    return this.source ? this.source.nearName(name, this.names()) : null
  }

  /** Whether unknown names are null (dropped data) rather than errors. */
  get lenient(): boolean {
    return this.source !== null && !this.source.catalog.strict
  }
}

function without(names: ReadonlyMap<string, string>, gone: Iterable<string>): Map<string, string> {
  const left = new Map(names)
  for (const name of gone) left.delete(name)
  return left
}
