/** German texts of the first screen beyond those of the shell: where files come from. */
import type { start as english } from '../en/start.ts'
import type { Translation } from '../translation.ts'

export const start = {
  'get.discover': 'Discover in Kibana: CSV mit Punkten in den Spaltennamen',
  'get.discover.how':
    'Die Datenansicht der Ereignisse öffnen, die Felder der Regel als Spalten hinzufügen, dann Share, CSV reports, Generate. Kibana hört an seiner Zeilengrenze auf; den Zeitraum verkleinern, bis alle Zeilen passen.',
  'get.devtools': 'Dev Tools in Kibana: eine Suchantwort',
  'get.devtools.how':
    'Die Suche ausführen, die Antwort kopieren und hier einfügen oder als Datei speichern. Suchantworten, JSON-Arrays und Bulk-Dateien werden gelesen, wie sie sind.',
  'get.export': 'Elastic Defend oder Elastic Agent: ein Ereignis je Zeile',
  'get.export.how':
    'Jedes Werkzeug, das ein Dokument oder einen Treffer je Zeile schreibt, eignet sich; .gz und .zip werden gelesen, wie sie sind.',
  'get.auditbeat': 'Auditbeat: seine eigenen Dateien, ohne Cluster',
  'get.auditbeat.how':
    'Auditbeat in einen Ordner statt in einen Cluster schreiben lassen. Seine Dateien enthalten ein ECS-Ereignis je Zeile.',
  'get.auditd': 'auditd: audit.log',
  'get.auditd.how':
    'Ablegen, wie sie ist, rotierte Dateien auch. Die Datensätze eines Ereignisses werden verbunden und als ECS-Ereignisse gelesen; Elternprozesse stammen aus anderen Datensätzen derselben Datei. Je mehr aufgezeichnet ist, desto mehr Elternprozesse sind bekannt: Die zweite Regel zeichnet auch auf, wie Prozesse beginnen. Mit log_format = ENRICHED enthält das Log Benutzernamen.',
  'get.journald': 'systemd-Journal',
  'get.journald.how':
    'Ein Eintrag je Zeile, mit den Feldnamen des Journals: eher für eigene Abfragen als für Regeln, die ECS-Felder verlangen.',
  'get.rules': 'Regeln: .toml, .esql, Regelexport',
  'get.rules.how':
    'In Kibana: Security, Rules, auswählen, Export. Oder ein Ordner des öffentlichen Repositorys detection-rules. Eine Regel neben den Daten ablegen, und sie ist gewählt; viele ablegen und alle ausführen.'
} as const satisfies Translation<typeof english>
