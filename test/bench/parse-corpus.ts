/** How long parsing a set of queries takes; the bench compares it with its bound, no test does. */
import { parseQuery } from '../../engine/language/parser.ts'

/** Parses every query once. */
export function measureParse(queries: string[]): { millis: number; queries: number } {
  const start = performance.now()
  for (const query of queries) parseQuery(query)
  return { millis: performance.now() - start, queries: queries.length }
}
