/** What the parser refuses. */
import type { LintCheck } from '../check.ts'

/** Syntax errors; the rest of the query is looked at as far as it can be read. */
export const SYNTAX: LintCheck = {
  id: 'syntax',
  title: 'The query does not parse',
  severity: 'error',
  explanation:
    'Elasticsearch refuses the query. What can be read of it is checked all the same: whole commands, and single conditions of ' +
    'a command with an error in it.',
  example: { query: 'FROM logs-*\n| WHERE process.name = "sh"' },
  find: ({ syntax }) =>
    syntax.map(({ span, message }) => ({ span, message, example: { data: '{}', outcome: 'the query does not run' } }))
}
