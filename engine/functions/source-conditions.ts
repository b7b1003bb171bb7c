/**
 * Functions that are no records with an evaluator, because the analyzer makes other conditions of them: full-text questions to
 * the source document, and TRANGE. They stand here for completion, hover and near names; what they mean is in
 * analysis/full-text and analysis/time-range.ts.
 */

/** What people are told of such a function. */
export interface SourceCondition {
  name: string
  /** One sentence in our own words. */
  doc: string
  /** A condition that parses and resolves. */
  example: string
  signatures: readonly string[]
}

export const SOURCE_CONDITIONS: readonly SourceCondition[] = [
  {
    name: 'KQL',
    doc: 'True when the document matches a query in the Kibana query language; any value of a field counts, and it is never null.',
    example: 'KQL("event.action: exec and not process.name: sh*")',
    signatures: ['string -> boolean']
  },
  {
    name: 'QSTR',
    doc: 'True when the document matches a query in the query string syntax of Lucene.',
    example: 'QSTR("process.name: (sh OR bash)")',
    signatures: ['string -> boolean']
  },
  {
    name: 'MATCH',
    doc: 'True when any value of a field holds one of the words; on a keyword the whole value is one word.',
    example: 'MATCH(message, "failed login", {"operator": "AND"})',
    signatures: ['any, any -> boolean']
  },
  {
    name: 'MATCH_PHRASE',
    doc: 'True when a field holds the words of a phrase beside each other, in their order.',
    example: 'MATCH_PHRASE(message, "connection refused")',
    signatures: ['string, string -> boolean']
  },
  {
    name: 'MULTI_MATCH',
    doc: 'True when one of several fields holds one of the words.',
    example: 'MULTI_MATCH("mimikatz", process.command_line, message)',
    signatures: ['any, any... -> boolean']
  },
  {
    name: 'TRANGE',
    doc: 'True when @timestamp lies in the time before now, or between two instants: behind the first, up to the second.',
    example: 'TRANGE(1 hour)',
    signatures: ['span -> boolean', 'date|keyword|long, date|keyword|long -> boolean']
  }
]
