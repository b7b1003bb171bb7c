/**
 * KQL, from its tree to tests of fields: any value may pass, a field in no mapping passes nothing, NOT is everything else.
 *
 * keyword fields take terms and wildcards as they are; other fields take a match (a phrase when quoted), and words with `*` one
 * by one, any of which may match (VERIFIED, full text).
 */
import { isDate } from '../../data/data-type.ts'
import type { KqlName, KqlNode, KqlValue } from '../../patterns/kql-parser.ts'
import type { FullTextQuery } from '../../plan/full-text.ts'
import {
  existsQuery,
  FieldQueryError,
  matchQuery,
  phraseQuery,
  rangeQuery,
  termQuery,
  valueQuery,
  wildcardQuery,
  type WrittenRange
} from './field-queries.ts'
import type { SearchField, SearchFields } from './search-fields.ts'

export interface KqlOptions {
  caseInsensitive: boolean
  /** Field pattern for values without a field; null: every field. */
  defaultField: string | null
}

/** A query that is well formed but asks what cannot be. */
export class KqlBindingError extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number
  ) {
    super(message)
  }
}

/** The tests a tree stands for; null is the empty query. Throws KqlBindingError. */
export function bindKql(node: KqlNode | null, fields: SearchFields, options: KqlOptions): FullTextQuery {
  if (node === null) return { type: 'all' }
  switch (node.type) {
    case 'all':
      return { type: 'all' }
    case 'and':
    case 'or':
      return { type: node.type, operands: node.operands.map((operand) => bindKql(operand, fields, options)) }
    case 'not':
      return { type: 'not', operand: bindKql(node.operand, fields, options) }
    case 'exists':
      return anyOf(named(node.field, fields), existsQuery)
    case 'range': {
      const { field, operator, value } = node
      const end = { text: value.text, inclusive: operator.length === 2 }
      const range: WrittenRange = operator.startsWith('>') ? { from: end, to: null } : { from: null, to: end }
      return located(value, () => anyOf(named(field, fields), (one) => tolerant(field, () => rangeQuery(one, range))))
    }
    case 'term': {
      const { field, value } = node
      if (field === null) return anyOf(defaults(fields, options), (one) => lenient(() => fieldless(one, value)))
      return located(value, () => anyOf(named(field, fields), (one) => tolerant(field, () => termOf(one, value, options))))
    }
    case 'nested':
      throw new KqlBindingError(`[${node.field.text}] is not a valid nested field name.`, node.field.start, node.field.end)
  }
}

function named(name: KqlName, fields: SearchFields): SearchField[] {
  if (name.text.includes('*')) return name.quoted ? [] : fields.matching(name.text)
  const field = fields.field(name.text)
  return field ? [field] : []
}

function defaults(fields: SearchFields, options: KqlOptions): SearchField[] {
  return fields.matching(options.defaultField ?? '*')
}

function termOf(field: SearchField, value: KqlValue, options: KqlOptions): FullTextQuery {
  if (value.wildcard && field.isKeyword) return wildcardQuery(field, value.text, options.caseInsensitive)
  if (value.wildcard) return wordsWithWildcards(field, value.text)
  if (isDate(field.dataType)) return valueQuery(field, value.text)
  if (field.isKeyword) return termQuery(field, value.text, options.caseInsensitive)
  return value.quoted ? phraseQuery(field, value.text) : matchQuery(field, value.text)
}

/** Without a field: a match over all of them, whatever their types. */
function fieldless(field: SearchField, value: KqlValue): FullTextQuery {
  if (value.wildcard) return wordsWithWildcards(field, value.text)
  return value.quoted ? phraseQuery(field, value.text) : matchQuery(field, value.text)
}

/** Words of which some have wildcards: any of them may match. */
function wordsWithWildcards(field: SearchField, text: string): FullTextQuery {
  const words = text.split(/\s+/).filter((word) => word !== '')
  return anyOfQueries(
    words.map((word) => {
      if (word === '*') return existsQuery(field)
      return word.includes('*') ? wildcardQuery(field, word, false) : matchQuery(field, word)
    })
  )
}

function anyOf(fields: readonly SearchField[], query: (field: SearchField) => FullTextQuery): FullTextQuery {
  return anyOfQueries(fields.map(query))
}

function anyOfQueries(queries: readonly FullTextQuery[]): FullTextQuery {
  const operands = queries.filter(({ type }) => type !== 'none')
  if (operands.length === 0) return { type: 'none' }
  return operands.length === 1 ? operands[0]! : { type: 'or', operands }
}

/** Of fields that a pattern names only those count whose type can take the value. */
function tolerant(name: KqlName, query: () => FullTextQuery): FullTextQuery {
  return name.text.includes('*') ? lenient(query) : query()
}

/** The query, or none where the value is none of the field's type. */
export function lenient(query: () => FullTextQuery): FullTextQuery {
  try {
    return query()
  } catch (error) {
    if (error instanceof FieldQueryError) return { type: 'none' }
    throw error
  }
}

function located(value: KqlValue, query: () => FullTextQuery): FullTextQuery {
  try {
    return query()
  } catch (error) {
    if (error instanceof FieldQueryError) throw new KqlBindingError(error.message, value.start, value.end)
    throw error
  }
}
