/** German texts of marks (star, tag, note), kept cases and undo. */
import type { cases as english } from '../en/cases.ts'
import type { Translation } from '../translation.ts'

export const cases = {
  'mark.star': 'Stern setzen',
  'mark.unstar': 'Stern entfernen',
  'mark.starred': 'Mit Stern',
  'mark.noted': 'Hat eine Notiz',
  'mark.star.of': 'Stern: {of}',
  'mark.tag.add': 'Schlagwort',
  'mark.tag.hint': 'Schlagwort, dann Eingabe',
  'mark.tag.of': 'Schlagwort: {of}',
  'mark.tags.of': 'Schlagwörter: {of}',
  'mark.tag.remove': 'Schlagwort {tag} entfernen',
  'mark.note': 'Notiz',
  'mark.note.add': 'Notiz',
  'mark.note.of': 'Notiz: {of}',
  'mark.filter': 'Funde mit',
  'mark.filter.all': 'Alle Funde',
  'mark.filter.star': 'Mit Stern',
  'mark.filter.note': 'Mit Notiz',
  'mark.filter.tag': 'Schlagwort: {tag}',
  'mark.filter.none': 'Kein Fund ist so markiert.',

  'case.back': 'Die Notizen vom {day} sind wieder da.',
  'case.otherFiles': 'Das sind andere Dateien als die des Falls; das waren: {files}. Der Fall bleibt aufbewahrt.',
  'case.differs':
    'Die Dateien unterscheiden sich von denen des aufbewahrten Falls, daher wurden dessen Notizen weggelegt. Der Fall bleibt aufbewahrt.',
  'case.removed': 'Der Fall zu {files} wurde gelöscht.',
  'case.tooLarge': '{file} ist größer, als eine Falldatei sein kann (32 MB). Nichts wurde geändert.',
  'case.newer': '{file} wurde von einer späteren Version von Rarebit geschrieben. Nichts wurde geändert.',
  'case.foreign': '{file} ist kein lesbarer Fall. Nichts wurde geändert.',
  'case.merged': 'Der Fall {file} wurde dem Geöffneten hinzugefügt.',
  'case.taken': 'Der Fall {file} wurde übernommen. Zum Fortfahren seine Dateien öffnen: {files}.',
  'case.andMore': '{first} und {n} weitere',
  'case.awaited': 'Die Dateien des Falls wählen oder ablegen: {files}.',

  'kept.title': 'Aufbewahrte Fälle',
  'kept.note':
    'Notizen, Schlagwörter, Schritte, Regeln und Abfragen bleiben in diesem Browser, per Hash an die Dateien gebunden; die Dateien selbst nicht. Werden dieselben Dateien geöffnet, unter welchem Namen auch immer, ist der Fall wieder da.',
  'kept.none': 'Noch ist kein Fall aufbewahrt.',
  'kept.open': 'Seine Dateien öffnen …',
  'kept.save': 'Als Datei speichern',
  'kept.delete': 'Löschen',
  'kept.of': '{action}: {files}',
  'kept.findings.one': '{n} Fund markiert',
  'kept.findings.other': '{n} Funde markiert',
  'kept.notes.one': '{n} Notiz',
  'kept.notes.other': '{n} Notizen',
  'kept.on': 'Fälle in diesem Browser aufbewahren',
  'kept.off.note': 'Es wird nichts Neues aufbewahrt. Einen Fall als Datei speichern, um ihn mitzunehmen.',

  'kept.problem.full':
    'Der Speicher des Browsers ist voll: Die letzten Änderungen bestehen nur in diesem Fenster. Den Fall als Datei speichern oder unten Fälle löschen, dann erneut versuchen.',
  'kept.problem.absent':
    'Dieser Browser bewahrt hier nichts auf (privates Fenster oder gesperrter Speicher). Den Fall als Datei speichern, um ihn mitzunehmen.',
  'kept.problem.changed': 'Ein anderes Fenster hat in diesen Fall geschrieben. Beide Stände sind aufbewahrt.',
  'kept.problem.failed':
    'Der Browser konnte die letzten Änderungen nicht speichern: Sie bestehen nur in diesem Fenster. Den Fall als Datei speichern, dann erneut versuchen.',
  'kept.again': 'Erneut versuchen',

  'action.saveCase': 'Den Fall als Datei speichern',
  'action.keep': 'Fälle in diesem Browser aufbewahren oder nicht',
  'action.clearHistory': 'Verlauf der Abfragen leeren',
  'case.keeping': 'Fälle werden wieder in diesem Browser aufbewahrt.',
  'case.notKeeping': 'In diesem Browser wird nichts Neues aufbewahrt.',

  'hidden.note': 'Enthält Zeichen, die nicht sichtbar sind:',

  'undo.do': 'Rückgängig',
  'undo.region': 'Letzte Änderung',
  'undo.close': 'Diese Zeile ausblenden',
  'undo.hint': 'z macht es rückgängig.',
  'undo.tag': 'Schlagwort „{tag}“ entfernt.',
  'undo.note': 'Notiz gelöscht.',
  'undo.clear': 'Neu begonnen: {inputs} geschlossen.',
  'undo.history': 'Verlauf geleert.',
  'query.history.clear': 'Verlauf leeren',
  'undo.lookup': 'Tabelle „{name}“ ist wieder eine Datei mit Ereignissen.',
  'undo.forget': 'Alles von dieser Seite Gehörte wurde vergessen.'
} as const satisfies Translation<typeof english>
