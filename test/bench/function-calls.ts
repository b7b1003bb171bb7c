/**
 * A call for each function over columns of values that are all different, for the bench of functions: what stands in the
 * registry as an example often has constants, which are computed once.
 *
 * Columns: words (some 30 characters), fraction, share (0 to 1), whole, instant, address, place (points), many (three keywords),
 * numbers (three doubles), and texts in the form a conversion reads: json, encoded, dated, addressed, numbered, pointed.
 */
export const CALLS: ReadonlyMap<string, string> = new Map([
  ...'LENGTH BYTE_LENGTH BIT_LENGTH TO_LOWER TO_UPPER TRIM LTRIM RTRIM REVERSE URL_ENCODE URL_ENCODE_COMPONENT URL_DECODE TO_BASE64 MD5 SHA1 SHA256 TO_VERSION TO_BOOLEAN COUNT_DISTINCT PRESENT ABSENT VALUES MIN MAX'
    .split(' ')
    .map((name) => [name, `${name}(words)`] as const),
  ...'SQRT CBRT LOG10 SIGNUM LOG SIN COS TAN ATAN TANH ACOSH ASINH ABS CEIL FLOOR TO_DEGREES TO_RADIANS TO_STRING COUNT SUM AVG STD_DEV VARIANCE MEDIAN MEDIAN_ABSOLUTE_DEVIATION'
    .split(' ')
    .map((name) => [name, `${name}(fraction)`] as const),
  ...'EXP ASIN ACOS SINH COSH ATANH'.split(' ').map((name) => [name, `${name}(share)`] as const),
  ...'MV_MIN MV_MAX MV_FIRST MV_LAST MV_COUNT MV_DEDUPE MV_SORT'.split(' ').map((name) => [name, `${name}(many)`] as const),
  ...'MV_SUM MV_AVG MV_MEDIAN MV_MEDIAN_ABSOLUTE_DEVIATION'.split(' ').map((name) => [name, `${name}(numbers)`] as const),
  ...'TO_LONG TO_INTEGER TO_DOUBLE TO_UNSIGNED_LONG'.split(' ').map((name) => [name, `${name}(numbered)`] as const),
  ...'TO_DATETIME TO_DATE_NANOS'.split(' ').map((name) => [name, `${name}(dated)`] as const),
  ...'TO_GEOPOINT TO_CARTESIANPOINT TO_GEOSHAPE TO_CARTESIANSHAPE'.split(' ').map((name) => [name, `${name}(pointed)`] as const),
  ...'ST_X ST_Y'.split(' ').map((name) => [name, `${name}(place)`] as const),
  ...'ST_DISTANCE ST_INTERSECTS ST_DISJOINT ST_CONTAINS ST_WITHIN'
    .split(' ')
    .map((name) => [name, `${name}(place, TO_GEOPOINT("POINT (12.5 55.6)"))`] as const),
  ...'DAY_NAME MONTH_NAME'.split(' ').map((name) => [name, `${name}(instant)`] as const),
  ...'MV_CONTAINS MV_INTERSECTS MV_DIFFERENCE MV_INTERSECTION MV_UNION MV_APPEND'
    .split(' ')
    .map((name) => [name, `${name}(many, words)`] as const),
  ...'PI E TAU NOW'.split(' ').map((name) => [name, `${name}()`] as const),
  ...'STARTS_WITH ENDS_WITH CONTAINS LOCATE'.split(' ').map((name) => [name, `${name}(words, "xyz")`] as const),
  ...'POW HYPOT ATAN2 COPY_SIGN'.split(' ').map((name) => [name, `${name}(fraction, 1.5)`] as const),
  ...'FIRST LAST'.split(' ').map((name) => [name, `${name}(words, instant)`] as const),
  ['CONCAT', 'CONCAT(words, "@", words)'],
  ['SUBSTRING', 'SUBSTRING(words, 3, 5)'],
  ['LEFT', 'LEFT(words, 3)'],
  ['RIGHT', 'RIGHT(words, 3)'],
  ['REPEAT', 'REPEAT(words, 2)'],
  ['SPACE', 'SPACE(whole % 50)'],
  ['SPLIT', 'SPLIT(words, " ")'],
  ['FROM_BASE64', 'FROM_BASE64(encoded)'],
  ['REPLACE', 'REPLACE(words, "[0-9]+", "#")'],
  ['TO_IP', 'TO_IP(addressed)'],
  ['TO_DATEPERIOD', 'instant + TO_DATEPERIOD("3 days")'],
  ['TO_TIMEDURATION', 'instant + TO_TIMEDURATION("3 hours")'],
  ['JSON_EXTRACT', 'JSON_EXTRACT(json, "user.name")'],
  ['HASH', 'HASH("sha256", words)'],
  ['MV_CONCAT', 'MV_CONCAT(many, " ")'],
  ['MV_SLICE', 'MV_SLICE(many, 0, 1)'],
  ['MV_ZIP', 'MV_ZIP(many, many, "=")'],
  ['MV_PERCENTILE', 'MV_PERCENTILE(numbers, 95)'],
  ['MV_PSERIES_WEIGHTED_SUM', 'MV_PSERIES_WEIGHTED_SUM(numbers, 1.5)'],
  ['CASE', 'CASE(whole > 5, words, "other")'],
  ['COALESCE', 'COALESCE(words, "unknown")'],
  ['GREATEST', 'GREATEST(whole, 7)'],
  ['LEAST', 'LEAST(whole, 7)'],
  ['CLAMP', 'CLAMP(whole, 100, 200)'],
  ['CLAMP_MIN', 'CLAMP_MIN(whole, 100)'],
  ['CLAMP_MAX', 'CLAMP_MAX(whole, 200)'],
  ['ROUND_TO', 'ROUND_TO(whole, 0, 100, 1000)'],
  ['DATE_TRUNC', 'DATE_TRUNC(1 hour, instant)'],
  ['DATE_DIFF', 'DATE_DIFF("minutes", instant, NOW())'],
  ['DATE_EXTRACT', 'DATE_EXTRACT("hour_of_day", instant)'],
  ['DATE_FORMAT', 'DATE_FORMAT("yyyy-MM-dd", instant)'],
  ['DATE_PARSE', `DATE_PARSE("yyyy-MM-dd'T'HH:mm:ss.SSSX", dated)`],
  ['ROUND', 'ROUND(fraction, 2)'],
  ['SCALB', 'SCALB(fraction, 2)'],
  ['CIDR_MATCH', 'CIDR_MATCH(address, "10.0.0.0/8", "192.168.0.0/16")'],
  ['IP_PREFIX', 'IP_PREFIX(address, 24, 64)'],
  ['BUCKET', 'BUCKET(instant, 1 hour)'],
  ['WEIGHTED_AVG', 'WEIGHTED_AVG(fraction, whole)'],
  ['PERCENTILE', 'PERCENTILE(fraction, 95)'],
  ['TOP', 'TOP(fraction, 3, "desc")']
])
