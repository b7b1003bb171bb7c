/** German texts of the palette and of actions that have no control of their own name. */
import type { palette as english } from '../en/palette.ts'
import type { Translation } from '../translation.ts'

export const palette = {
  'palette.title': 'Befehle',
  'palette.search': 'Eingeben, was zu tun ist, oder eine Regel',
  'palette.none': 'Kein Befehl hat diese Buchstaben.',
  'palette.rule': 'Regel ausführen',
  'palette.found.one': '{n} Befehl',
  'palette.found.other': '{n} Befehle',
  'palette.open': 'Befehle (Strg+K)',

  'keys.hint': 'Alles hier ist auch ein Befehl: Strg+K drücken und ein paar Buchstaben davon eingeben.',
  'keys.none': 'keine eigene Taste',

  'action.group.move': 'Bewegen',
  'action.group.finding': 'Funde',
  'action.group.show': 'Ansichten',
  'action.group.run': 'Ausführen',
  'action.group.files': 'Dateien',
  'action.group.case': 'Fall',
  'action.group.help': 'Hilfe',

  'action.star': 'Stern am Fund setzen oder entfernen',
  'action.tag': 'Den Fund mit einem Schlagwort versehen',
  'action.note': 'Eine Notiz zum Fund schreiben',
  'action.copy': 'Den Befehl des Fundes kopieren',
  'action.rarest': 'Reihenfolge: Seltenste zuerst',
  'action.fewest': 'Reihenfolge: Wenigste Ereignisse zuerst',
  'action.earliest': 'Reihenfolge: Früheste zuerst',
  'action.starred': 'Nur Funde mit Stern zeigen',
  'action.noted': 'Nur Funde mit Notiz zeigen',
  'action.unfiltered': 'Alle Funde zeigen',
  'action.alert': 'Alarmansicht',
  'action.run': 'Die Regel erneut ausführen',
  'action.whole': 'Über die ganze Datei ausführen',
  'action.replay': 'Nach Zeitplan ausführen',
  'action.runRules': 'Alle Regeln ausführen',
  'action.runQuery': 'Die Abfrage ausführen',
  'action.cancel': 'Laufendes abbrechen',
  'action.paste': 'Ereignisse oder eine Regel einfügen',
  'action.json': 'Funde als JSON exportieren',
  'action.csv': 'Funde als CSV exportieren',
  'action.markdown': 'Funde als Markdown exportieren',
  'action.undo': 'Die letzte Änderung rückgängig machen',
  'action.clear': 'Neu beginnen',
  'action.palette': 'Befehle'
} as const satisfies Translation<typeof english>
