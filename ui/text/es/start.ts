/** Spanish texts of the first screen beyond those of the shell: where files come from. */
import type { start as english } from '../en/start.ts'
import type { Translation } from '../translation.ts'

export const start = {
  'get.discover': 'Discover en Kibana: CSV con encabezados con puntos',
  'get.discover.how':
    'Abra la vista de datos de los eventos, añada los campos de la regla como columnas y luego Share, CSV reports, Generate. Kibana se detiene en su límite de filas; reduzca el intervalo de tiempo hasta que quepan todas.',
  'get.devtools': 'Dev Tools en Kibana: una respuesta de búsqueda',
  'get.devtools.how':
    'Ejecute la búsqueda, copie la respuesta y péguela aquí, o guárdela como archivo. Las respuestas de búsqueda, los arrays JSON y los archivos bulk se leen tal cual.',
  'get.export': 'Elastic Defend o Elastic Agent: un evento por línea',
  'get.export.how': 'Sirve cualquier cliente que escriba un documento o un resultado por línea; .gz y .zip se leen tal cual.',
  'get.auditbeat': 'Auditbeat: sus propios archivos, sin necesidad de clúster',
  'get.auditbeat.how':
    'Haga que Auditbeat escriba en una carpeta en lugar de un clúster. Sus archivos contienen un evento ECS por línea.',
  'get.auditd': 'auditd: audit.log',
  'get.auditd.how':
    'Suéltelo tal cual, también los archivos rotados. Los registros de un evento se unen y se leen como eventos ECS; los procesos padre se toman de otros registros del mismo archivo. Cuanto más se registra, más padres se conocen: la segunda regla registra también cómo nacen los procesos. Con log_format = ENRICHED, el registro contiene los nombres de usuario.',
  'get.journald': 'Diario de systemd',
  'get.journald.how':
    'Una entrada por línea, con los nombres de campo del diario: para consultas propias más que para reglas, que piden campos ECS.',
  'get.rules': 'Reglas: .toml, .esql, exportación de reglas',
  'get.rules.how':
    'En Kibana: Security, Rules, seleccionar, Export. O una carpeta del repositorio público detection-rules. Suelte una regla junto a los datos y queda elegida; suelte muchas y ejecútelas todas.'
} as const satisfies Translation<typeof english>
