/** Spanish texts of marks (star, tag, note), kept cases and undo. */
import type { cases as english } from '../en/cases.ts'
import type { Translation } from '../translation.ts'

export const cases = {
  'mark.star': 'Marcar con estrella',
  'mark.unstar': 'Quitar la estrella',
  'mark.starred': 'Con estrella',
  'mark.noted': 'Tiene una nota',
  'mark.star.of': 'Estrella: {of}',
  'mark.tag.add': 'Etiqueta',
  'mark.tag.hint': 'Etiqueta y luego Intro',
  'mark.tag.of': 'Etiqueta: {of}',
  'mark.tags.of': 'Etiquetas: {of}',
  'mark.tag.remove': 'Quitar la etiqueta {tag}',
  'mark.note': 'Nota',
  'mark.note.add': 'Nota',
  'mark.note.of': 'Nota: {of}',
  'mark.filter': 'Hallazgos con',
  'mark.filter.all': 'Todos los hallazgos',
  'mark.filter.star': 'Con estrella',
  'mark.filter.note': 'Con nota',
  'mark.filter.tag': 'Etiqueta: {tag}',
  'mark.filter.none': 'Ningún hallazgo está marcado así.',

  'case.back': 'Sus notas del {day} están de vuelta.',
  'case.otherFiles': 'Estos archivos no son los del caso, que eran: {files}. El caso sigue guardado.',
  'case.differs': 'Los archivos difieren de los del caso guardado, por lo que sus notas se han apartado. El caso sigue guardado.',
  'case.removed': 'Se eliminó el caso de {files}.',
  'case.tooLarge': '{file} supera el tamaño máximo de un archivo de caso (32 MB). No se cambió nada.',
  'case.newer': '{file} fue escrito por una versión posterior de Rarebit. No se cambió nada.',
  'case.foreign': '{file} no es un caso que se pueda leer. No se cambió nada.',
  'case.merged': 'El caso {file} se añadió a lo que está abierto.',
  'case.taken': 'El caso {file} se ha incorporado. Abra sus archivos para continuar: {files}.',
  'case.andMore': '{first} y {n} más',
  'case.awaited': 'Elija o suelte los archivos del caso: {files}.',

  'kept.title': 'Casos guardados',
  'kept.note':
    'Las notas, etiquetas, pasos, reglas y consultas permanecen en este navegador, vinculados a los archivos por su hash; los archivos en sí, no. Al abrir los mismos archivos, con cualquier nombre, el caso vuelve.',
  'kept.none': 'Todavía no hay ningún caso guardado.',
  'kept.open': 'Abrir sus archivos…',
  'kept.save': 'Guardar como archivo',
  'kept.delete': 'Eliminar',
  'kept.of': '{action}: {files}',
  'kept.findings.one': '{n} hallazgo marcado',
  'kept.findings.other': '{n} hallazgos marcados',
  'kept.notes.one': '{n} nota',
  'kept.notes.other': '{n} notas',
  'kept.on': 'Guardar los casos en este navegador',
  'kept.off.note': 'No se guarda nada nuevo. Guarde un caso como archivo para llevárselo.',

  'kept.problem.full':
    'El almacenamiento del navegador está lleno: los últimos cambios solo existen en esta ventana. Guarde el caso como archivo o elimine casos abajo e inténtelo de nuevo.',
  'kept.problem.absent':
    'Este navegador no guarda nada aquí (ventana privada o almacenamiento bloqueado). Guarde el caso como archivo para llevárselo.',
  'kept.problem.changed': 'Otra ventana escribió en este caso. Se conservan ambas versiones.',
  'kept.problem.failed':
    'El navegador no pudo almacenar los últimos cambios: solo existen en esta ventana. Guarde el caso como archivo e inténtelo de nuevo.',
  'kept.again': 'Intentar de nuevo',

  'action.saveCase': 'Guardar el caso como archivo',
  'action.keep': 'Guardar los casos en este navegador, o nada',
  'action.clearHistory': 'Borrar el historial de consultas',
  'case.keeping': 'Los casos vuelven a guardarse en este navegador.',
  'case.notKeeping': 'No se guarda nada nuevo en este navegador.',

  'hidden.note': 'Contiene caracteres que no se ven:',

  'undo.do': 'Deshacer',
  'undo.region': 'Último cambio',
  'undo.close': 'Ocultar esta línea',
  'undo.hint': 'Pulse z para deshacer.',
  'undo.tag': 'Etiqueta «{tag}» quitada.',
  'undo.note': 'Nota eliminada.',
  'undo.clear': 'Reiniciado. Cerrado: {inputs}.',
  'undo.history': 'Historial borrado.',
  'query.history.clear': 'Borrar el historial',
  'undo.lookup': 'La tabla «{name}» vuelve a ser un archivo de eventos.',
  'undo.forget': 'Se olvidó todo lo escuchado de esta página.'
} as const satisfies Translation<typeof english>
