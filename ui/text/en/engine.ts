/** English texts of what the engine reports in words of a small vocabulary: stages, severities, margins, what rarity is compared with. */
export const engine = {
  'stage.range': 'finding the time range',
  'stage.reading': 'reading',
  'stage.readingPass': 'reading ({pass} of {passes})',
  'stage.survey': 'finding what is loaded',
  'stage.hashing': 'hashing the files',
  'stage.rarity': 'counting rarity',
  'stage.near': 'looking for near misses',
  'stage.events': 'reading the events',

  'severity.low': 'low',
  'severity.medium': 'medium',
  'severity.high': 'high',
  'severity.critical': 'critical',

  'margin.below': '{value} of fewer than {limit}',
  'margin.atMost': '{value} of at most {limit}',
  'margin.above': '{value} of more than {limit}',
  'margin.atLeast': '{value} of at least {limit}',
  'margin.exactly': '{value} of exactly {limit}',
  'margin.not': '{value} of anything but {limit}',

  'basis.events': 'events',
  'basis.startsUnder': 'process starts under {parent}',

  'matched.byAll': 'Matched by every condition',
  'matched.by': 'Matched by {columns}'
} as const
