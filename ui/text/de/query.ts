/** German texts of the query view and its grid. */
import type { query as english } from '../en/query.ts'
import type { Translation } from '../translation.ts'

export const query = {
  'rows.one': '{n} Zeile',
  'rows.other': '{n} Zeilen',

  'query.title': 'Geladene Ereignisse abfragen',
  'query.label': 'ES|QL-Abfrage',
  'query.run': 'Ausführen',
  'query.run.key': 'Ausführen (Strg+Eingabe)',
  'query.limit': 'LIMIT 1000 ist ergänzt',
  'query.limit.remove': 'Ergänztes LIMIT 1000 entfernen',
  'query.limit.off': 'Kein LIMIT ergänzt',
  'query.limit.restore': 'LIMIT 1000 wieder ergänzen',
  'query.keys': 'Strg+Eingabe führt aus · Strg+Leertaste vervollständigt · Esc, dann Tab verlässt den Editor',
  'query.empty.title': 'Hier erscheinen Zeilen',
  'query.empty':
    'Die Abfrage ausführen; dann auf einen Wert klicken, um danach zu filtern oder ihn zu zählen, und auf eine Zeilennummer, um die Ereignisse zu sehen.',
  'query.noInputs.title': 'Keine Ereignisse geladen',
  'query.noInputs': 'Zuerst eine Datei öffnen: Eine Abfrage liest die geladenen Ereignisse.',
  'query.noRows': 'Keine Zeilen',
  'query.noRows.text': 'Alle Ereignisse wurden gelesen; keines erfüllt die Abfrage.',
  'query.took': '{rows} in {time}',
  'query.held': '{size} belegt',
  'query.refused': 'Diese Abfrage kann nicht laufen',
  'query.results': 'Zeilen des Ergebnisses',
  'query.stage.reading': 'Ereignisse werden gelesen',
  'query.cut.rows':
    'Das sind die ersten {kept} Zeilen: Mehr werden nicht auf einmal gehalten, der Rest wurde nicht gelesen. LIMIT ergänzen oder mit STATS zählen.',
  'query.cut.bytes':
    'Das sind die ersten {kept} Zeilen: Sie füllen die {size}, die auf einmal gehalten werden, der Rest wurde nicht gelesen. Weniger Spalten behalten, LIMIT ergänzen oder mit STATS zählen.',
  'query.stale': 'Ergebnis eines früheren Textes',
  'query.missing': 'Kein geladenes Ereignis hat',
  'query.history': 'Verlauf',
  'query.history.title': 'Abfragen dieser Seite, neueste zuerst',
  'query.history.empty': 'Noch wurde nichts ausgeführt.',
  'query.history.cancelled': 'abgebrochen',
  'query.history.refused': 'abgelehnt',
  'query.history.failed': 'fehlgeschlagen',

  'editor.field.array': '{type}, mehrere Werte',
  'editor.field.seen': 'In {n} von {all} Ereignissen',
  'editor.field.sampled': 'In {n} der ersten {all} Ereignisse',
  'editor.find': 'In der Abfrage suchen',
  'editor.find.count': '{n} gefunden',
  'editor.fix.name': '{name} einsetzen',
  'editor.fix.rewrite': 'Sichere Umformung anwenden',

  'grid.row': 'Zeile',
  'grid.open': 'Zeile {n}: Ereignisse zeigen',
  'grid.sort': 'Nach {name} sortieren',
  'grid.sorting': 'Wird sortiert',
  'grid.keys':
    'Pfeiltasten bewegen, Eingabe zeigt eine Zeile mit ihren Ereignissen, Leertaste öffnet die Aktionen für einen Wert.',
  'grid.menu': 'Aktionen für diesen Wert',
  'grid.menu.keep': 'Nur Zeilen mit diesem Wert',
  'grid.menu.keepNull': 'Nur Zeilen ohne Wert',
  'grid.menu.drop': 'Ohne diesen Wert',
  'grid.menu.dropNull': 'Nur Zeilen mit einem Wert',
  'grid.menu.stack': 'Nach {name} zählen, Seltenste zuerst',
  'grid.menu.copy': 'Wert kopieren',
  'grid.menu.open': 'Zeile und ihre Ereignisse zeigen',

  'row.title': 'Zeile {n}',
  'row.previous': 'Vorherige Zeile',
  'row.next': 'Nächste Zeile',
  'row.close': 'Zeile schließen',
  'row.values': 'Werte',
  'row.events': 'Quellereignisse',
  'row.noEvents': 'Hinter dieser Zeile steht kein Ereignis.',
  'row.loading': 'Die Zeile wird nachgeschlagen.'
} as const satisfies Translation<typeof english>
