/** German texts of the "Prove it" view. */
import type { prove as english } from '../en/prove.ts'
import type { Translation } from '../translation.ts'

export const prove = {
  'prove.title': 'Beweis: Nichts verlässt diesen Rechner',
  'prove.open': 'Beweisen, dass nichts nach außen geht',
  'prove.lead':
    'Das muss niemand glauben. Rarebit versucht hier sichtbar jeden Weg, auf dem eine Seite etwas senden kann, und zeigt, was jeden einzelnen aufgehalten hat. Vor dem Drücken der Schaltfläche wird nichts versucht.',
  'prove.address': 'Adresse, die erreicht werden soll',
  'prove.address.hint':
    'Ein Port dieses Rechners genügt. Wer selbst zusehen möchte, startet vorher einen Empfänger, etwa python3 -m http.server 8765, und sieht, dass keine Zeile erscheint.',
  'prove.address.wrong': 'Eine Adresse eingeben, die mit http:// oder https:// beginnt.',
  'prove.run': 'Jeden Weg nach außen versuchen',
  'prove.running': 'Versuch {n} von {all}',
  'prove.summary.all':
    'Nichts ging nach außen. {page} von {page} Wegen wurden in der Seite aufgehalten und {worker} von {worker} in einem Worker, Ziel {address}.',
  'prove.summary.open':
    'Nicht alles wurde aufgehalten: {open} von {all} Versuchen fanden einen Weg zu {address}. Diese Kopie nicht für etwas verwenden, das hierbleiben muss.',
  'prove.summary.unclear':
    'Nicht bewiesen: {stopped} von {all} Versuchen wurden aufgehalten, die anderen schlugen fehl, und dieser Browser sagt nicht, warum. Einen Empfänger unter {address} starten und es noch einmal versuchen: Hört er nichts, ging nichts nach außen.',
  'prove.worker.failed': 'Der Worker konnte nicht geprüft werden: {reason}',
  'prove.table': 'Wege nach außen und was sie aufgehalten hat',
  'prove.column.channel': 'Weg nach außen',
  'prove.column.page': 'In dieser Seite',
  'prove.column.worker': 'In einem Worker',
  'prove.stopped': 'Aufgehalten',
  'prove.unclear': 'Nicht sicher',
  'prove.notStopped': 'Nicht aufgehalten',
  'prove.policy': 'durch die Richtlinie: {rule}',
  'prove.absent': 'entfernt: gibt es hier nicht',
  'prove.types': 'durch Trusted Types: Die Adresse wurde abgelehnt',
  'prove.refused': 'der Browser verweigerte den Aufruf: {words}',
  'prove.failed': 'fehlgeschlagen, und der Browser sagt nicht, was es aufgehalten hat: {words}',
  'prove.reached': 'der Weg ist offen',
  'prove.silent': 'nichts wurde gemeldet',
  'prove.untried': 'noch nicht versucht',
  'prove.none': 'haben Worker nicht',

  'prove.channel.image': 'Bild',
  'prove.channel.background': 'Hintergrund eines Stils',
  'prove.channel.font': 'Schriftart',
  'prove.channel.preload': 'Preload',
  'prove.channel.prefetch': 'Prefetch',
  'prove.channel.stylesheet': 'Stylesheet',
  'prove.channel.script': 'Skript',
  'prove.channel.worker': 'Modul-Worker',
  'prove.channel.iframe': 'Frame',
  'prove.channel.form': 'Formular',
  'prove.channel.video': 'Video',

  'prove.limits': 'Was eine Richtlinie nicht aufhalten kann',
  'prove.limits.lead':
    'Drei Wege liegen außerhalb der Richtlinie jeder Seite. Rarebit entfernt, was sie öffnet, und hält sie aus seinem Code heraus.',
  'prove.limits.ahead':
    'Eine im Voraus geöffnete Verbindung (Preconnect). Sie trägt keine Daten, nennt aber einen Host. Elemente, die eine verlangen, lassen sich hier nicht anlegen.',
  'prove.limits.window':
    'Ein neues Fenster mit einer Adresse. Was eines öffnet, wird vor dem Start der Seite ersetzt und öffnet nichts.',
  'prove.limits.navigation':
    'Woandershin gehen: Eine Adresse kann Daten tragen. Wo der Browser der Seite Bescheid gibt, bevor er sie verlässt, bleibt sie.',
  'prove.limits.gate':
    'Jeder Build wird danach und nach jedem anderen Weg durchsucht; jede Stelle, die einen nennen darf, steht mit ihrem Grund auf einer Liste, und ein Build mit einer mehr schlägt fehl.',
  'prove.how': 'Wie das versucht wird',
  'prove.how.text':
    'Die Seite wird versiegelt, bevor ihr erstes Skript läuft, daher gibt es manche Wege in ihr nicht. Der Worker dieser Prüfung steht unter derselben Richtlinie, und ihm ist nichts entzogen: Dort hält allein die Richtlinie jeden Versuch auf. Der Worker, der die Dateien liest, ist wie die Seite versiegelt.'
} as const satisfies Translation<typeof english>
