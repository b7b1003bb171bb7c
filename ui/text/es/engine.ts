/** Spanish texts of what the engine reports in words of a small vocabulary: stages, severities, margins, what rarity is compared with. */
import type { engine as english } from '../en/engine.ts'
import type { Translation } from '../translation.ts'

export const engine = {
  'stage.range': 'determinando el intervalo de tiempo',
  'stage.reading': 'leyendo',
  'stage.readingPass': 'leyendo ({pass} de {passes})',
  'stage.survey': 'averiguando qué está cargado',
  'stage.hashing': 'calculando el hash de los archivos',
  'stage.rarity': 'calculando la rareza',
  'stage.near': 'buscando casi coincidencias',
  'stage.events': 'leyendo los eventos',

  'severity.low': 'baja',
  'severity.medium': 'media',
  'severity.high': 'alta',
  'severity.critical': 'crítica',

  'margin.below': '{value} (menos de {limit})',
  'margin.atMost': '{value} (como máximo {limit})',
  'margin.above': '{value} (más de {limit})',
  'margin.atLeast': '{value} (al menos {limit})',
  'margin.exactly': '{value} (exactamente {limit})',
  'margin.not': '{value} (cualquiera menos {limit})',

  'basis.events': 'todos los eventos',
  'basis.startsUnder': 'los inicios de proceso bajo {parent}',

  'matched.byAll': 'Coincide por todas las condiciones',
  'matched.by': 'Coincide por {columns}'
} as const satisfies Translation<typeof english>
