import type { DataType } from './data-type.ts'

/** A named column of a plan node's output. */
export interface Field {
  name: string
  type: DataType
}

export type Schema = readonly Field[]

/** Index of the field called `name`, or -1. */
export function fieldIndex(schema: Schema, name: string): number {
  return schema.findIndex((field) => field.name === name)
}
