/** French texts of what the engine reports in words of a small vocabulary: stages, severities, margins, what rarity is compared with. */
import type { engine as english } from '../en/engine.ts'
import type { Translation } from '../translation.ts'

export const engine = {
  'stage.range': 'recherche de la plage de temps',
  'stage.reading': 'lecture',
  'stage.readingPass': 'lecture ({pass} sur {passes})',
  'stage.survey': 'inventaire de ce qui est chargé',
  'stage.hashing': 'hachage des fichiers',
  'stage.rarity': 'calcul de la rareté',
  'stage.near': 'recherche des quasi-détections',
  'stage.events': 'lecture des événements',

  'severity.low': 'faible',
  'severity.medium': 'moyenne',
  'severity.high': 'élevée',
  'severity.critical': 'critique',

  'margin.below': '{value} (moins de {limit})',
  'margin.atMost': '{value} (au plus {limit})',
  'margin.above': '{value} (plus de {limit})',
  'margin.atLeast': '{value} (au moins {limit})',
  'margin.exactly': '{value} (exactement {limit})',
  'margin.not': '{value} (tout sauf {limit})',

  'basis.events': 'tous les événements',
  'basis.startsUnder': 'les démarrages de processus sous {parent}',

  'matched.byAll': 'Correspond par toutes les conditions',
  'matched.by': 'Correspond par {columns}'
} as const satisfies Translation<typeof english>
