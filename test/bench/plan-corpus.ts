/** How long parse, analysis and optimization of a set of rules take; the bench compares it with its bound, no test does. */
import { DataCatalog } from '../../engine/session/catalogs.ts'
import { prepareQuery, QueryError } from '../../engine/session/prepare.ts'

/** Plans every query once; those that this version refuses are counted, their cost is in the time. */
export function measurePlan(queries: readonly string[]): { millis: number; planned: number; refused: string[] } {
  const refused: string[] = []
  const start = performance.now()
  for (const query of queries) {
    try {
      prepareQuery(query, new DataCatalog(null), null)
    } catch (error) {
      if (!(error instanceof QueryError)) throw error
      refused.push(error.diagnostics[0]!)
    }
  }
  return { millis: performance.now() - start, planned: queries.length - refused.length, refused }
}
