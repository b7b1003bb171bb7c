/** Registry: every function by name. The families are listed here by hand, so what a query can call is one list. */
import { nearestName } from '../base/edit-distance.ts'
import { COUNT_AGGREGATES } from './aggregates/count.ts'
import { EXTREME_AGGREGATES } from './aggregates/extremes.ts'
import { QUANTILE_AGGREGATES } from './aggregates/quantiles.ts'
import { SELECTION_AGGREGATES } from './aggregates/selections.ts'
import { SUM_AGGREGATES } from './aggregates/sums.ts'
import { GROUPING_FUNCTIONS } from './bucket.ts'
import { CONDITIONAL_FUNCTIONS } from './conditional.ts'
import { EXTRACTION_FUNCTIONS } from './extraction.ts'
import { CONVERSION_FUNCTIONS } from './conversions.ts'
import { DATE_FUNCTIONS } from './date.ts'
import type { FunctionDefinition } from './definition.ts'
import { GEO_FUNCTIONS } from './geo.ts'
import { MATH_FUNCTIONS } from './math.ts'
import { LIMIT_FUNCTIONS } from './limits.ts'
import { MULTIVALUE_FUNCTIONS } from './multivalue.ts'
import { MULTIVALUE_STATISTICS } from './multivalue-statistics.ts'
import { NETWORK_FUNCTIONS } from './network.ts'
import { PATTERN_FUNCTIONS } from './replace.ts'
import { SOURCE_CONDITIONS } from './source-conditions.ts'
import { STRING_FUNCTIONS } from './string.ts'

export { LATER } from './later.ts'
export { SOURCE_CONDITIONS, type SourceCondition } from './source-conditions.ts'

const ALL: readonly FunctionDefinition[] = [
  ...STRING_FUNCTIONS,
  ...PATTERN_FUNCTIONS,
  ...CONVERSION_FUNCTIONS,
  ...EXTRACTION_FUNCTIONS,
  ...MULTIVALUE_FUNCTIONS,
  ...MULTIVALUE_STATISTICS,
  ...CONDITIONAL_FUNCTIONS,
  ...LIMIT_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...NETWORK_FUNCTIONS,
  ...GEO_FUNCTIONS,
  ...GROUPING_FUNCTIONS,
  ...COUNT_AGGREGATES,
  ...EXTREME_AGGREGATES,
  ...SUM_AGGREGATES,
  ...QUANTILE_AGGREGATES,
  ...SELECTION_AGGREGATES
]

const BY_NAME = new Map(ALL.flatMap((record) => [record.name, ...(record.aliases ?? [])].map((name) => [name, record] as const)))

/** The function of a name or alias in any case, or null. */
export function findFunction(name: string): FunctionDefinition | null {
  return BY_NAME.get(name.toUpperCase()) ?? null
}

/** Every function once, by family. */
export function allFunctions(): readonly FunctionDefinition[] {
  return ALL
}

/** A known name near to `name`, in the case it was written in; null when none is near. */
export function nearFunctionName(name: string): string | null {
  const near = nearestName(name.toUpperCase(), [...BY_NAME.keys(), ...SOURCE_CONDITIONS.map((condition) => condition.name)])
  if (near === null) return null
  return name === name.toUpperCase() ? near : near.toLowerCase()
}
