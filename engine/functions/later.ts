/** Functions of Elasticsearch that this version knows by name and refuses: what it would take is the reason shown. */

const PATTERNS = 'needs the pattern engines'
const FULL_TEXT = 'needs full-text analysis'
const GEO = 'needs geometry'
const MODEL = 'needs an inference service'
const SERIES = 'needs time series indices'

const GROUPS: readonly [reason: string, names: string][] = [
  [PATTERNS, 'CATEGORIZE'],
  [FULL_TEXT, 'TERM SCORE DECAY TOP_SNIPPETS'],
  [
    GEO,
    'TO_GEOHASH TO_GEOTILE TO_GEOHEX ST_XMAX ST_XMIN ST_YMAX ' +
      'ST_YMIN ST_ENVELOPE ST_GEOHASH ST_GEOTILE ST_GEOHEX ' +
      'ST_CENTROID_AGG ST_EXTENT_AGG ST_SIMPLIFY ST_NPOINTS'
  ],
  [MODEL, 'COMPLETION TEXT_EMBEDDING EMBEDDING KNN V_COSINE V_DOT_PRODUCT V_HAMMING V_L1_NORM V_L2_NORM TO_DENSE_VECTOR'],
  [
    SERIES,
    'TBUCKET RATE IRATE IDELTA DELTA DERIV INCREASE AVG_OVER_TIME COUNT_OVER_TIME COUNT_DISTINCT_OVER_TIME FIRST_OVER_TIME ' +
      'LAST_OVER_TIME MAX_OVER_TIME MIN_OVER_TIME SUM_OVER_TIME STDDEV_OVER_TIME VARIANCE_OVER_TIME PERCENTILE_OVER_TIME ' +
      'PRESENT_OVER_TIME ABSENT_OVER_TIME'
  ],
  ['not built yet', 'SAMPLE CHUNK CHICKEN ' + 'TO_AGGREGATE_METRIC_DOUBLE FIELD_EXTRACT URL_PARTS']
]

/** Name to reason. */
export const LATER: ReadonlyMap<string, string> = new Map(
  GROUPS.flatMap(([reason, names]) => names.split(' ').map((name) => [name, reason] as const))
)
