/** Spanish texts of the palette and of actions that have no control of their own name. */
import type { palette as english } from '../en/palette.ts'
import type { Translation } from '../translation.ts'

export const palette = {
  'palette.title': 'Comandos',
  'palette.search': 'Escriba qué hacer o una regla',
  'palette.none': 'Ningún comando tiene estas letras.',
  'palette.rule': 'Ejecutar la regla',
  'palette.found.one': '{n} comando',
  'palette.found.other': '{n} comandos',
  'palette.open': 'Comandos (Ctrl+K)',

  'keys.hint': 'Todo lo siguiente es también un comando: pulse Ctrl+K y escriba algunas letras.',
  'keys.none': 'sin tecla propia',

  'action.group.move': 'Moverse',
  'action.group.finding': 'Hallazgos',
  'action.group.show': 'Vistas',
  'action.group.run': 'Ejecución',
  'action.group.files': 'Archivos',
  'action.group.case': 'Caso',
  'action.group.help': 'Ayuda',

  'action.star': 'Poner o quitar la estrella del hallazgo',
  'action.tag': 'Etiquetar el hallazgo',
  'action.note': 'Escribir una nota sobre el hallazgo',
  'action.copy': 'Copiar el comando del hallazgo',
  'action.rarest': 'Orden: los más raros primero',
  'action.fewest': 'Orden: menos eventos primero',
  'action.earliest': 'Orden: los más antiguos primero',
  'action.starred': 'Mostrar solo los hallazgos con estrella',
  'action.noted': 'Mostrar solo los hallazgos con nota',
  'action.unfiltered': 'Mostrar todos los hallazgos',
  'action.alert': 'Vista de alerta',
  'action.run': 'Ejecutar la regla de nuevo',
  'action.whole': 'Ejecutar sobre el archivo completo',
  'action.replay': 'Ejecutar según la programación',
  'action.runRules': 'Ejecutar todas las reglas',
  'action.runQuery': 'Ejecutar la consulta',
  'action.cancel': 'Cancelar lo que se está ejecutando',
  'action.paste': 'Pegar eventos o una regla',
  'action.json': 'Exportar los hallazgos como JSON',
  'action.csv': 'Exportar los hallazgos como CSV',
  'action.markdown': 'Exportar los hallazgos como Markdown',
  'action.undo': 'Deshacer el último cambio',
  'action.clear': 'Reiniciar',
  'action.palette': 'Comandos'
} as const satisfies Translation<typeof english>
