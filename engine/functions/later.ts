/** Functions of Elasticsearch that this version knows by name and refuses: what it would take is the reason shown. */

const GROUPS: readonly [reason: string, names: string][] = [
  ['it sorts texts into categories by a model of their tokens', 'CATEGORIZE'],
  ['it needs the scores of a search', 'SCORE DECAY TERM TOP_SNIPPETS'],
  [
    'it needs geometry beyond points',
    'TO_GEOHASH TO_GEOTILE TO_GEOHEX ST_XMAX ST_XMIN ST_YMAX ST_YMIN ST_ENVELOPE ST_GEOHASH ST_GEOTILE ST_GEOHEX ' +
      'ST_CENTROID_AGG ST_EXTENT_AGG ST_SIMPLIFY ST_SIMPLIFYPRESERVETOPOLOGY ST_NPOINTS ST_BUFFER ST_DIFFERENCE ST_DIMENSION ' +
      'ST_GEOMETRYTYPE ST_INTERSECTION ST_ISEMPTY ST_SYMDIFFERENCE ST_UNION'
  ],
  [
    'it needs a language model or its vectors',
    'COMPLETION TEXT_EMBEDDING EMBEDDING KNN TO_DENSE_VECTOR V_COSINE V_DOT_PRODUCT V_HAMMING V_L1_NORM V_L2_NORM V_MAGNITUDE CHUNK'
  ],
  [
    'it needs time series indices',
    'TBUCKET TSTEP RATE IRATE IDELTA DELTA DERIV INCREASE AVG_OVER_TIME COUNT_OVER_TIME COUNT_DISTINCT_OVER_TIME ' +
      'FIRST_OVER_TIME LAST_OVER_TIME MAX_OVER_TIME MIN_OVER_TIME SUM_OVER_TIME STDDEV_OVER_TIME VARIANCE_OVER_TIME ' +
      'PERCENTILE_OVER_TIME PRESENT_OVER_TIME ABSENT_OVER_TIME TO_COUNTER TO_GAUGE WITHOUT SPARKLINE'
  ],
  [
    'it needs a type that events do not have',
    'TO_AGGREGATE_METRIC_DOUBLE TO_EXPONENTIAL_HISTOGRAM TO_TDIGEST HISTOGRAM_PERCENTILE TO_DATE_RANGE TO_RANGE RANGE_CONTAINS ' +
      'RANGE_INTERSECTS RANGE_MAX RANGE_MIN RANGE_WITHIN MV_IN_RANGE FIELD_EXTRACT'
  ],
  ['its answer is another one each time', 'SAMPLE'],
  [
    'no rule uses it',
    'TO_TEXT DATE_UNIT_COUNT DAYS_IN_MONTH DAY HOUR MONTH EARLIEST LATEST JSON_STRING NETWORK_DIRECTION URL_PARTS ALL_FIRST ALL_LAST DELAY CHICKEN'
  ]
]

/** Name to reason. */
export const LATER: ReadonlyMap<string, string> = new Map(
  GROUPS.flatMap(([reason, names]) => names.split(' ').map((name) => [name, reason] as const))
)
