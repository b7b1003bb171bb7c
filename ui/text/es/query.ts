/** Spanish texts of the query view and its grid. */
import type { query as english } from '../en/query.ts'
import type { Translation } from '../translation.ts'

export const query = {
  'rows.one': '{n} fila',
  'rows.other': '{n} filas',

  'query.title': 'Consultar los eventos cargados',
  'query.label': 'Consulta ES|QL',
  'query.run': 'Ejecutar',
  'query.run.key': 'Ejecutar (Ctrl+Intro)',
  'query.limit': 'Se añade LIMIT 1000',
  'query.limit.remove': 'Quitar el LIMIT 1000 añadido',
  'query.limit.off': 'Sin límite añadido',
  'query.limit.restore': 'Volver a añadir LIMIT 1000',
  'query.keys': 'Ctrl+Intro ejecuta · Ctrl+Espacio completa · Esc y luego Tab sale del editor',
  'query.empty.title': 'Las filas aparecen aquí',
  'query.empty':
    'Ejecute la consulta y haga clic en un valor para filtrar por él o contarlo, o en un número de fila para ver sus eventos.',
  'query.noInputs.title': 'No hay eventos cargados',
  'query.noInputs': 'Abra primero un archivo: una consulta lee los eventos cargados.',
  'query.noRows': 'Sin filas',
  'query.noRows.text': 'Se leyeron todos los eventos; ninguno cumple la consulta.',
  'query.took': '{rows} en {time}',
  'query.held': '{size} en memoria',
  'query.refused': 'Esta consulta no puede ejecutarse',
  'query.results': 'Filas de la respuesta',
  'query.stage.reading': 'Leyendo eventos',
  'query.cut.rows':
    'Estas son las primeras {kept} filas: no se guardan más a la vez, y el resto no se leyó. Añada LIMIT o cuente con STATS.',
  'query.cut.bytes':
    'Estas son las primeras {kept} filas: llenan los {size} que se guardan a la vez, y el resto no se leyó. Conserve menos columnas, añada LIMIT o cuente con STATS.',
  'query.stale': 'Respuesta a un texto anterior',
  'query.missing': 'Ningún evento cargado tiene',
  'query.history': 'Historial',
  'query.history.title': 'Consultas de esta página, las más recientes primero',
  'query.history.empty': 'Todavía no se ha ejecutado nada.',
  'query.history.cancelled': 'cancelada',
  'query.history.refused': 'rechazada',
  'query.history.failed': 'fallida',

  'editor.field.array': '{type}, varios valores',
  'editor.field.seen': 'En {n} de {all} eventos',
  'editor.field.sampled': 'En {n} de los primeros {all} eventos',
  'editor.find': 'Buscar en la consulta',
  'editor.find.count': 'Encontrados: {n}',
  'editor.fix.name': 'Poner {name}',
  'editor.fix.rewrite': 'Aplicar la reescritura segura',

  'grid.row': 'Fila',
  'grid.open': 'Fila {n}: mostrar sus eventos',
  'grid.sort': 'Ordenar por {name}',
  'grid.sorting': 'Ordenando',
  'grid.keys': 'Las flechas mueven, Intro muestra una fila y sus eventos, Espacio abre lo que se puede hacer con un valor.',
  'grid.menu': 'Qué hacer con este valor',
  'grid.menu.keep': 'Solo filas con este valor',
  'grid.menu.keepNull': 'Solo filas sin valor',
  'grid.menu.drop': 'Sin este valor',
  'grid.menu.dropNull': 'Solo filas con algún valor',
  'grid.menu.stack': 'Contar por {name}, los más raros primero',
  'grid.menu.copy': 'Copiar valor',
  'grid.menu.open': 'Mostrar la fila y sus eventos',

  'row.title': 'Fila {n}',
  'row.previous': 'Fila anterior',
  'row.next': 'Fila siguiente',
  'row.close': 'Cerrar fila',
  'row.values': 'Valores',
  'row.events': 'Eventos de origen',
  'row.noEvents': 'No hay ningún evento detrás de esta fila.',
  'row.loading': 'Buscando la fila.'
} as const satisfies Translation<typeof english>
