/** QSTR: the tree of a query string as tests of fields. Without required clauses some optional one must match. */
import { parseFuzziness } from '../../patterns/fuzzy.ts'
import type { QueryStringNode } from '../../patterns/query-string.ts'
import type { FullTextQuery } from '../../plan/full-text.ts'
import { existsQuery, matchQuery, type MatchOptions, phraseQuery, rangeQuery, wildcardQuery } from './field-queries.ts'
import { lenient } from './kql-binding.ts'
import type { SearchField, SearchFields } from './search-fields.ts'

export interface QueryStringOptions {
  match: MatchOptions
  defaultField: string | null
  lenient: boolean
  phraseSlop: number
}

type TermNode = Extract<QueryStringNode, { type: 'term' }>

/** The tests a query string stands for. Throws FieldQueryError for a value that is none of its field's type. */
export function bindQueryString(node: QueryStringNode, fields: SearchFields, options: QueryStringOptions): FullTextQuery {
  switch (node.type) {
    case 'all':
      return { type: 'all' }
    case 'clauses':
      return clauses(node, fields, options)
    case 'exists':
      return anyOf(named(node.field, fields, options), existsQuery)
    case 'range':
    case 'term': {
      const query = (field: SearchField) => (node.type === 'range' ? rangeQuery(field, node) : term(field, node, options))
      // A value must fit a field that is named; of many fields those count that can take it.
      const strict = node.field !== null && !node.field.includes('*') && !options.lenient
      return anyOf(named(node.field, fields, options), strict ? query : (field) => lenient(() => query(field)))
    }
  }
}

function clauses(
  node: Extract<QueryStringNode, { type: 'clauses' }>,
  fields: SearchFields,
  options: QueryStringOptions
): FullTextQuery {
  const of = (occur: string) =>
    node.clauses.filter((clause) => clause.occur === occur).map((clause) => bindQueryString(clause.node, fields, options))
  const required = of('must')
  const excluded = of('must-not').map((operand): FullTextQuery => ({ type: 'not', operand }))
  const optional = of('should')
  const operands = [...required, ...excluded]
  if (required.length === 0 && optional.length > 0) operands.push({ type: 'or', operands: optional })
  return operands.length === 0 ? { type: 'none' } : { type: 'and', operands }
}

function named(name: string | null, fields: SearchFields, options: QueryStringOptions): SearchField[] {
  const wanted = name ?? options.defaultField ?? '*'
  if (wanted.includes('*')) return fields.matching(wanted)
  const field = fields.field(wanted)
  return field ? [field] : []
}

function term(field: SearchField, node: TermNode, options: QueryStringOptions): FullTextQuery {
  if (node.wildcard) return wildcardQuery(field, node.text, false)
  if (node.quoted) return phraseQuery(field, node.text, node.fuzzy === null ? options.phraseSlop : Math.trunc(Number(node.fuzzy)))
  if (node.fuzzy === null) return matchQuery(field, node.text, options.match)
  const fuzziness = parseFuzziness(node.fuzzy === '' ? 'AUTO' : String(Math.min(2, Math.trunc(Number(node.fuzzy)))))
  return matchQuery(field, node.text, { ...options.match, fuzziness })
}

function anyOf(fields: readonly SearchField[], query: (field: SearchField) => FullTextQuery): FullTextQuery {
  const operands = fields.map(query).filter(({ type }) => type !== 'none')
  if (operands.length === 0) return { type: 'none' }
  return operands.length === 1 ? operands[0]! : { type: 'or', operands }
}
