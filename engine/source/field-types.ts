/**
 * The field table: Elasticsearch's type of 3,119 ECS and endpoint fields, so that a dropped file gets the types its index
 * would have had (`user.id: 33` is the keyword "33").
 *
 * In: a dotted name. Out: its FieldType, or null when the table does not know it or it is a mere object.
 * Holds: leaves under a flattened field are keyword; a nested field and its leaves are `unsupported`, as in ES|QL.
 * Gap: of the keyword fields, twelve have another ignore_above than 1,024 in ECS; their names are not in the facts.
 */
import type { DataType } from '../data/data-type.ts'
import { FIELD_TREE } from './field-types.generated.ts'

export interface FieldType {
  type: DataType
  /** The mapping's type where it says more: `wildcard`, `float`, `nested`. */
  elasticType: string
  /** ECS expects several values; CSV cells such as `a, b` are split only then. */
  array: boolean
  /** Characters beyond which Elasticsearch keeps no value; null: no limit. */
  ignoreAbove: number | null
  /** For multi-fields (`process.name.text`): the field whose value they index. */
  parent: string | null
  /** `caseless` multi-fields are stored in lower case. */
  lowerCase: boolean
  /** Of scaled_float. */
  scalingFactor: number | null
}

/** Looks a field's type up; what a mapping given from outside also implements. */
export type FieldTypes = (name: string) => FieldType | null

export const KEYWORD_IGNORE_ABOVE = 1024
/** All scaled_float fields of ECS are ratios kept to three places. */
const ECS_SCALING_FACTOR = 1000

/** Letters of the generated table; `none` marks what is no column. */
const TYPES_BY_CODE: Record<string, readonly [elasticType: string, type: DataType | 'none']> = {
  b: ['boolean', 'boolean'],
  c: ['constant_keyword', 'keyword'],
  d: ['date', 'date'],
  D: ['double', 'double'],
  F: ['flattened', 'keyword'],
  f: ['float', 'double'],
  g: ['geo_point', 'geo_point'],
  i: ['ip', 'ip'],
  k: ['keyword', 'keyword'],
  l: ['long', 'long'],
  m: ['match_only_text', 'text'],
  n: ['nested', 'unsupported'],
  o: ['object', 'none'],
  s: ['scaled_float', 'double'],
  t: ['text', 'text'],
  u: ['unsigned_long', 'unsigned_long'],
  w: ['wildcard', 'keyword']
}

const METADATA: readonly [name: string, type: DataType][] = [
  ['_id', 'keyword'],
  ['_index', 'keyword'],
  ['_version', 'long'],
  ['_ignored', 'keyword'],
  ['_source', '_source'],
  ['_score', 'double'],
  ['_index_mode', 'keyword'],
  ['_tier', 'keyword'],
  ['_size', 'integer']
]

/** Fields of integrations that rules use beside ECS fields of a type other than what their values look like. */
const INTEGRATION_FIELDS: readonly [name: string, type: DataType][] = [['okta.client.ip', 'ip']]

let table: Map<string, FieldType | 'object'> | null = null
let names: string[] | null = null

/** The type of a field of ECS, of the endpoint or of the metadata; null when the table does not say. */
export function fieldType(name: string): FieldType | null {
  table ??= readTable()
  const known = table.get(name)
  if (known === 'object') return null
  const above = inheritedType(table, name)
  if (above?.elasticType === 'nested') return unsupported('nested')
  if (known) return known
  return above && simpleType('flattened', 'keyword')
}

/** All names in the table, metadata aside: for suggestions and completion. */
export function knownFieldNames(): readonly string[] {
  table ??= readTable()
  names ??= [...table].filter(([name, type]) => type !== 'object' && !name.startsWith('_')).map(([name]) => name)
  return names
}

/** A FieldType for a type named by a mapping (`esql --stdio`, samples); null for a type there is no column for. */
export function fieldTypeOf(
  elasticType: string,
  ignoreAbove: number | null = null,
  scalingFactor: number | null = null
): FieldType | null {
  const type = MAPPING_TYPES.get(elasticType)
  if (!type || type === 'none') return null
  return { ...simpleType(elasticType, type), ignoreAbove, scalingFactor }
}

/** Types mappings name: those of the table and a few more. A Map, because names come from outside. */
const MAPPING_TYPES = new Map<string, DataType | 'none'>([
  ...Object.values(TYPES_BY_CODE),
  ['byte', 'integer'],
  ['short', 'integer'],
  ['integer', 'integer'],
  ['half_float', 'double'],
  ['date_nanos', 'date_nanos'],
  ['datetime', 'date'],
  ['version', 'version']
])

/** The nearest flattened or nested field above `name`. */
function inheritedType(types: Map<string, FieldType | 'object'>, name: string): FieldType | null {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const above = types.get(name.slice(0, dot))
    if (above && above !== 'object' && (above.elasticType === 'flattened' || above.elasticType === 'nested')) return above
  }
  return null
}

function simpleType(elasticType: string, type: DataType): FieldType {
  return { type, elasticType, array: false, ignoreAbove: null, parent: null, lowerCase: false, scalingFactor: null }
}

function unsupported(elasticType: string): FieldType {
  return simpleType(elasticType, 'unsupported')
}

function readTable(): Map<string, FieldType | 'object'> {
  const types = new Map<string, FieldType | 'object'>()
  for (const tree of FIELD_TREE) readTree(tree, types)
  for (const [name, type] of INTEGRATION_FIELDS) types.set(name, simpleType(type, type))
  for (const [name, type] of METADATA) types.set(name, simpleType(type === '_source' ? '_source' : type, type))
  return types
}

/** Reads `segment:code{child,child}`; the open segments stand on a stack. */
function readTree(tree: string, types: Map<string, FieldType | 'object'>): void {
  const above: string[] = []
  let name = ''
  for (const [, segment, code, delimiter] of tree.matchAll(/([^:{},]*)(?::([a-zA-Z][*^]*))?([{},]|$)/g)) {
    if (segment) {
      name = above.length > 0 ? `${above.at(-1)}.${segment}` : segment
      if (code) types.set(name, typeOfCode(name, code))
    }
    if (delimiter === '{') above.push(name)
    else if (delimiter === '}') above.pop()
  }
}

function typeOfCode(name: string, code: string): FieldType | 'object' {
  const [elasticType, type] = TYPES_BY_CODE[code[0]!]!
  if (type === 'none') return 'object'
  return {
    ...simpleType(elasticType, type),
    array: code.includes('*'),
    ignoreAbove: elasticType === 'keyword' ? KEYWORD_IGNORE_ABOVE : null,
    parent: code.includes('^') ? name.slice(0, name.lastIndexOf('.')) : null,
    lowerCase: name.endsWith('.caseless'),
    scalingFactor: elasticType === 'scaled_float' ? ECS_SCALING_FACTOR : null
  }
}
