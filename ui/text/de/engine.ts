/** German texts of what the engine reports in words of a small vocabulary: stages, severities, margins, what rarity is compared with. */
import type { engine as english } from '../en/engine.ts'
import type { Translation } from '../translation.ts'

export const engine = {
  'stage.range': 'Zeitraum wird ermittelt',
  'stage.reading': 'Wird gelesen',
  'stage.readingPass': 'Wird gelesen ({pass} von {passes})',
  'stage.survey': 'Geladenes wird erfasst',
  'stage.hashing': 'Dateien werden gehasht',
  'stage.rarity': 'Seltenheit wird gezählt',
  'stage.near': 'Beinahe-Treffer werden gesucht',
  'stage.events': 'Ereignisse werden gelesen',

  'severity.low': 'niedrig',
  'severity.medium': 'mittel',
  'severity.high': 'hoch',
  'severity.critical': 'kritisch',

  'margin.below': '{value} (weniger als {limit})',
  'margin.atMost': '{value} (höchstens {limit})',
  'margin.above': '{value} (mehr als {limit})',
  'margin.atLeast': '{value} (mindestens {limit})',
  'margin.exactly': '{value} (genau {limit})',
  'margin.not': '{value} (alles außer {limit})',

  'basis.events': 'allen Ereignissen',
  'basis.startsUnder': 'Prozessstarts unter {parent}',

  'matched.byAll': 'Passt durch alle Bedingungen',
  'matched.by': 'Passt durch {columns}'
} as const satisfies Translation<typeof english>
