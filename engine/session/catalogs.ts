/**
 * Field catalogs: of dropped data (field table, then a sample of the data, else null) and of a given mapping (strict).
 */
import type { FieldCatalog, FieldVariant } from '../analysis/catalog.ts'
import type { DataType } from '../data/data-type.ts'
import type { Schema } from '../data/schema.ts'
import { fieldType, fieldTypeOf, knownFieldNames } from '../source/field-types.ts'
import type { SchemaSample } from '../source/schema-sample.ts'

/**
 * Catalog of dropped data. Without a sample it answers from the table alone and notes in `sampleWanted` that a question
 * needed more; the caller samples and asks again. A rule whose fields are all known never pays for the sample.
 */
export class DataCatalog implements FieldCatalog {
  readonly strict = false
  sampleWanted = false

  constructor(private readonly sample: SchemaSample | null) {}

  field(name: string): DataType | null {
    const known = fieldType(name)
    if (known) return known.type
    if (!this.sample) this.sampleWanted = true
    return this.sample?.fields.get(name)?.type ?? null
  }

  mappedType(name: string): string | null {
    return fieldType(name)?.elasticType ?? this.sample?.fields.get(name)?.type ?? null
  }

  allFields(): Schema {
    if (!this.sample) this.sampleWanted = true
    return [...(this.sample?.fields ?? [])].map(([name, { type }]) => ({ name, type }))
  }

  /** None without a sample: the question is asked again with one, and looking through all names is dear. */
  *names(): Iterable<string> {
    if (!this.sample) {
      this.sampleWanted = true
      return
    }
    yield* this.sample.fields.keys()
    yield* knownFieldNames()
  }
}

/** The ES|QL type a mapping type is read as; `unsupported` where there is no column for it. */
const mappedType = (elasticType: string): DataType => fieldTypeOf(elasticType)?.type ?? 'unsupported'

/** Mapping of one index: dotted field name to Elasticsearch type. */
export interface IndexMapping {
  index: string
  mapping: ReadonlyMap<string, string>
}

/**
 * Catalog of indices with mappings: exactly these fields exist. A field that some of them lack is null there; one that they
 * map to several types is no column of its own, but each of its types can be read.
 */
export class MappingCatalog implements FieldCatalog {
  readonly strict = true
  private readonly byField = new Map<string, FieldVariant[]>()

  constructor(indices: readonly IndexMapping[]) {
    for (const { index, mapping } of indices) {
      for (const [name, elasticType] of mapping) this.add(name, elasticType, index)
    }
  }

  private add(name: string, elasticType: string, index: string): void {
    const type = mappedType(elasticType)
    const variants = this.byField.get(name) ?? []
    const same = variants.findIndex((variant) => variant.type === type)
    if (same < 0) variants.push({ type, mappedType: elasticType, indices: [index] })
    else variants[same] = { ...variants[same]!, indices: [...variants[same]!.indices, index] }
    this.byField.set(name, variants)
  }

  field(name: string): DataType | null {
    const variants = this.byField.get(name)
    if (!variants) return null
    return variants.length === 1 ? variants[0]!.type : 'unsupported'
  }

  mappedType(name: string): string | null {
    return this.byField.get(name)?.[0]!.mappedType ?? null
  }

  variants(name: string): readonly FieldVariant[] | null {
    const variants = this.byField.get(name)
    return variants && variants.length > 1 ? [...variants].sort((a, b) => (a.mappedType < b.mappedType ? -1 : 1)) : null
  }

  allFields(): Schema {
    return [...this.byField.keys()].map((name) => ({ name, type: this.field(name)! }))
  }

  names(): Iterable<string> {
    return this.byField.keys()
  }
}
