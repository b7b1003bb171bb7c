/**
 * Field catalogs: of dropped data (field table, then a sample of the data, else null) and of a given mapping (strict).
 */
import type { FieldCatalog } from '../analysis/catalog.ts'
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

  *names(): Iterable<string> {
    if (this.sample) yield* this.sample.fields.keys()
    else this.sampleWanted = true
    yield* knownFieldNames()
  }
}

/** The ES|QL type a mapping type is read as; `unsupported` where there is no column for it. */
const mappedType = (elasticType: string): DataType => fieldTypeOf(elasticType)?.type ?? 'unsupported'

/** Catalog of an index with a mapping: exactly these fields exist. */
export class MappingCatalog implements FieldCatalog {
  readonly strict = true

  constructor(private readonly mapping: ReadonlyMap<string, string>) {}

  field(name: string): DataType | null {
    const type = this.mapping.get(name)
    return type === undefined ? null : mappedType(type)
  }

  mappedType(name: string): string | null {
    return this.mapping.get(name) ?? null
  }

  allFields(): Schema {
    return [...this.mapping].map(([name, type]) => ({ name, type: mappedType(type) }))
  }

  names(): Iterable<string> {
    return this.mapping.keys()
  }
}
