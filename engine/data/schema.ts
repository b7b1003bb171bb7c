import type { DataType } from './data-type.ts'

/** A named column of a plan node's output. */
export interface Field {
  name: string
  type: DataType
}

export type Schema = readonly Field[]

const VARIANT = '$$union.'

/**
 * The column of a field where its index maps it to `type`, and null elsewhere: what stands for a field of several types.
 * Names of this form never reach a result.
 */
export function variantColumn(field: string, type: DataType): string {
  return `${VARIANT}${type}.${field}`
}

/** The field and type of a variant column; null for any other name. */
export function readVariant(column: string): { field: string; type: string } | null {
  if (!column.startsWith(VARIANT)) return null
  const dot = column.indexOf('.', VARIANT.length)
  return { type: column.slice(VARIANT.length, dot), field: column.slice(dot + 1) }
}

/** Index of the field called `name`, or -1. */
export function fieldIndex(schema: Schema, name: string): number {
  return schema.findIndex((field) => field.name === name)
}
