/** German texts of the shell: header, start, keys, progress, failures, permissions. */
import type { shell as english } from '../en/shell.ts'
import type { Translation } from '../translation.ts'

export const shell = {
  'app.name': 'Rarebit',
  'app.tagline': 'Findet den seltenen Befehl im Protokoll. Auf diesem Rechner.',
  'app.skip': 'Zu den Funden springen',
  'app.fullTab': 'In eigenem Tab öffnen',
  'app.views': 'Ansichten',
  'app.view.findings': 'Funde',
  'app.view.rules': 'Regeln',
  'app.view.query': 'Abfrage',
  'app.open': 'Öffnen',
  'app.open.title': 'Dateien öffnen (o)',
  'app.paste': 'Einfügen',
  'app.clear': 'Neu beginnen',
  'app.keys': 'Tastenbelegung',
  'app.drop': 'Ablegen, um zur Analyse hinzuzufügen',
  'app.back': 'Zurück',
  'app.copy': 'Kopieren',
  'app.copied': 'Kopiert',
  'app.close': 'Schließen',
  'app.view.alert': 'Alarm',

  'permission.title': 'Was Rarebit darf und warum',
  'permission.column.name': 'Berechtigung',
  'permission.column.why': 'Wofür',
  'permission.sidePanel': 'Zeigt Rarebit neben der Seite.',
  'permission.scripting': 'Startet das Mithör-Skript auf einer Seite eines erlaubten Origins, sonst nirgends.',
  'permission.storage':
    'Bewahrt wenige Einstellungen auf, etwa ob ein Origin vom Laden der Seite an mitgehört wird und neben welchem Tab ein ganzer Tab weitermacht. Keine Ereignisse.',
  'permission.activeTab':
    'Liest die Adresse des Tabs, auf dem die Schaltfläche gedrückt wird, um den angefragten Origin zu nennen.',
  'permission.optionalHosts':
    'Ein Origin nach dem anderen, gefragt beim Drücken von „Mithören“. Ohne das sieht Rarebit keine Seite.',

  'welcome.title': 'Rarebit ist installiert',
  'welcome.lead': 'Es hat noch auf keine Seite Zugriff, und es sendet Ereignisse niemals irgendwohin.',
  'welcome.step1': 'Einen Alarm in Kibana öffnen',
  'welcome.step1.note': 'Ein Alarm einer ES|QL-Regel zeigt am meisten. Jede Seite von Security oder Discover geht auch.',
  'welcome.step2': 'Die Rarebit-Schaltfläche drücken',
  'welcome.step2.note':
    'Sie steht in der Symbolleiste, vielleicht hinter dem Puzzleteil. Die Seitenleiste öffnet sich neben der Seite.',
  'welcome.step3': 'Diesen einen Origin erlauben',
  'welcome.step3.note':
    'Die Seitenleiste sagt, was sie mithören möchte, und fragt nur nach diesem Kibana. Das lässt sich jederzeit zurücknehmen.',
  'welcome.files': 'Kein Kibana zur Hand?',
  'welcome.files.open': 'Die Analyse öffnen und eine Protokolldatei ablegen',

  'start.title': 'Ein Protokoll hier ablegen',
  'start.lead':
    'Die Ereignisse werden in diesem Fenster gelesen und nach Shells durchsucht, die von Webservern gestartet wurden, die seltensten zuerst.',
  'start.open': 'Dateien öffnen …',
  'start.paste': 'Einfügen …',
  'start.samples': 'Oder ein Beispiel ansehen',
  'start.samples.note': 'Erfundene Aufzeichnungen: Hosts, Personen und Adressen gibt es nicht.',
  'start.formats': 'Was gelesen wird',
  'start.formats.note': 'Die Art wird am Inhalt erkannt. Mehrere Dateien werden eine Analyse.',
  'start.never': 'Was nie geschieht',
  'start.never.upload': 'Kein Hochladen. Die Seite hat keine Erlaubnis, irgendeinen Host zu erreichen.',
  'start.never.network': 'Kein Netz. Der Browser selbst verweigert dieser Seite jede Verbindung.',
  'start.never.storage':
    'Keine Kopie der Dateien. Notizen und Einstellungen bleiben mit den Hashes der Dateien in diesem Browser; der Schalter oben beendet das.',

  'sample.webShell': 'Web-Shell auf einem PHP-Host',
  'sample.webShell.note': 'Ein Host, acht Stunden, 124 Ereignisse: Routine, und ein paar Minuten jemand anderes.',
  'sample.auditLog': 'Dieselbe Web-Shell in audit.log',
  'sample.auditLog.note':
    'Was auditd auf diesem Host schrieb: Rohdatensätze, zu Ereignissen verbunden, die Elternprozesse daraus ermittelt.',
  'sample.quietDay': 'Ruhiger Tag: Aufgaben von www-data',
  'sample.quietDay.note':
    'Zwei Hosts, zehn Stunden, 210 Ereignisse: wie Routine aussieht und warum trotzdem zwei Zeilen erscheinen.',
  'sample.manyHosts': 'Eine Schleife auf vielen Hosts, und Beinahe-Treffer',
  'sample.manyHosts.note':
    'Sechs Hosts als CSV: was die Grenze auf einen Agenten verbirgt und was andere Bedingungen knapp verfehlte.',

  'paste.title': 'Ereignisse oder eine Regel einfügen',
  'paste.label': 'Text',
  'paste.hint': 'NDJSON, JSON, CSV oder eine Regel. Außerhalb dieses Dialogs bewirkt Einfügen irgendwo im Fenster dasselbe.',
  'paste.use': 'Lesen',
  'paste.name': 'eingefügter Text',

  'progress.opening': 'Dateien werden geöffnet',
  'progress.waiting': 'Startet',
  'progress.bytes': '{read} von {total}',
  'progress.bytes.open': '{read}',
  'progress.rate': '{rate} Ereignisse/s',
  'progress.percent': '{percent} %',
  'progress.cancel': 'Abbrechen',
  'progress.cancel.key': 'Abbrechen (Esc)',
  'progress.done': '{findings} nach {time}',
  'progress.stopped': 'Angehalten. Bisher {findings}.',
  'progress.failed': 'Der Lauf ist fehlgeschlagen.',

  'more.one': '{n} weiteres Ereignis hinter diesem Fund, ohne aufbewahrten Verweis',
  'more.other': '{n} weitere Ereignisse hinter diesem Fund, ohne aufbewahrte Verweise',

  'mode.label': 'Lauf',
  'mode.whole': 'Ganze Datei',
  'mode.whole.title': 'Ein Lauf über alles Geladene',
  'mode.replay': 'Nach Zeitplan',
  'mode.replay.title': 'Die Läufe, die der Zeitplan über diese Zeit gemacht hätte, jeder mit eigenem Zeitfenster',
  'mode.runs': '{withRows} von {all} geplanten Läufen meldeten etwas',

  'failure.query': 'Die Regel kann nicht laufen',
  'failure.source': 'Diese Dateien waren nicht lesbar',
  'failure.cancelled': 'Abgebrochen',
  'failure.fault': 'In Rarebit ist etwas fehlgeschlagen',
  'failure.query.do': 'Die Abfrage an der genannten Stelle berichtigen und die Regel erneut öffnen.',
  'failure.source.do':
    'Nichts wurde geändert. Eine andere Datei öffnen oder dieselbe in einer auf der ersten Seite genannten Form.',
  'failure.cancelled.do': 'Was vorher gefunden wurde, bleibt. Ein neuer Lauf ist jederzeit möglich.',
  'failure.fault.do':
    'Die Dateien sind unberührt. Erneut ausführen; wiederholt es sich, ist die Meldung oben das, was zu melden ist.',
  'failure.again': 'Erneut ausführen',
  'failure.kept': 'Behalten: {kept}',

  'value.fold': 'Alle {n} Zeichen zeigen',
  'value.unfold': 'Einklappen',
  'value.null': 'kein Wert',

  'table.rows': 'Tabelle mit {n} Zeilen',

  'keys.title': 'Tasten',
  'keys.down': 'Nächster Fund',
  'keys.up': 'Voriger Fund',
  'keys.in': 'Tiefer: Fund, dann Belege',
  'keys.out': 'Zurück; bricht einen Lauf ab',
  'keys.filter': 'Filtern',
  'keys.events': 'Quellereignisse',
  'keys.steps': 'Prüfungen',
  'keys.near': 'Beinahe-Treffer',
  'keys.query': 'Abfrageansicht',
  'keys.rules': 'Regelansicht',
  'keys.findings': 'Fundansicht',
  'keys.open': 'Dateien öffnen',
  'keys.export': 'Exportieren',
  'keys.overlay': 'Diese Liste'
} as const satisfies Translation<typeof english>
