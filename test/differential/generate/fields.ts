/** The mapping of the random data: at least one field of every type. */
import type { Column } from '../interpreter/values.ts'

/** In the order FROM gives them. */
export const FIELDS: readonly Column[] = [
  { name: 'b', type: 'boolean' },
  { name: 'd', type: 'double' },
  { name: 'd2', type: 'double' },
  { name: 'i', type: 'integer' },
  { name: 'i2', type: 'integer' },
  { name: 'k', type: 'keyword' },
  { name: 'k2', type: 'keyword' },
  { name: 'l', type: 'long' },
  { name: 'l2', type: 'long' },
  { name: 'n', type: 'date_nanos' },
  { name: 'o.k', type: 'keyword' },
  { name: 'p', type: 'ip' },
  { name: 't', type: 'date' },
  { name: 't2', type: 'date' },
  { name: 'u', type: 'unsigned_long' },
  { name: 'v', type: 'version' },
  { name: 'x', type: 'text' }
]
