/** French texts of the "Prove it" view. */
import type { prove as english } from '../en/prove.ts'
import type { Translation } from '../translation.ts'

export const prove = {
  'prove.title': 'Preuve : rien ne sort',
  'prove.open': 'Prouver que rien ne sort',
  'prove.lead':
    'Inutile de nous croire sur parole. Rarebit essaie ici, sous vos yeux, tous les moyens par lesquels une page peut envoyer quelque chose, et montre ce qui a arrêté chacun. Rien n’est essayé avant d’appuyer sur le bouton.',
  'prove.address': 'Adresse à tenter de joindre',
  'prove.address.hint':
    'Un port de cette machine suffit. Pour observer vous-même, lancer d’abord un serveur à l’écoute, par exemple python3 -m http.server 8765, et constater qu’aucune ligne n’apparaît.',
  'prove.address.wrong': 'Saisir une adresse qui commence par http:// ou https://.',
  'prove.run': 'Essayer toutes les issues',
  'prove.running': 'Essai {n} sur {all}',
  'prove.summary.all':
    'Rien n’est sorti. {page} issues sur {page} ont été arrêtées dans la page et {worker} sur {worker} dans un worker, vers {address}.',
  'prove.summary.open':
    'Tout n’a pas été arrêté : {open} essais sur {all} ont trouvé un chemin vers {address}. Ne pas utiliser cette copie pour ce qui doit rester ici.',
  'prove.summary.unclear':
    'Non prouvé : {stopped} essais sur {all} ont été arrêtés, les autres ont échoué et ce navigateur ne dit pas pourquoi. Lancer un serveur à l’écoute sur {address} et recommencer : s’il n’entend rien, rien n’est sorti.',
  'prove.worker.failed': 'Le worker n’a pas pu être testé : {reason}',
  'prove.table': 'Issues, et ce qui les a arrêtées',
  'prove.column.channel': 'Issue',
  'prove.column.page': 'Dans cette page',
  'prove.column.worker': 'Dans un worker',
  'prove.stopped': 'Arrêtée',
  'prove.unclear': 'Incertain',
  'prove.notStopped': 'Non arrêtée',
  'prove.policy': 'par la politique : {rule}',
  'prove.absent': 'retirée : n’existe pas ici',
  'prove.types': 'par Trusted Types : l’adresse a été refusée',
  'prove.refused': 'le navigateur a refusé l’appel : {words}',
  'prove.failed': 'échec, et le navigateur ne dit pas ce qui l’a arrêté : {words}',
  'prove.reached': 'l’issue est ouverte',
  'prove.silent': 'rien n’a été signalé',
  'prove.untried': 'pas encore essayée',
  'prove.none': 'n’existe pas dans un worker',

  'prove.channel.image': 'Image',
  'prove.channel.background': 'Arrière-plan d’un style',
  'prove.channel.font': 'Police',
  'prove.channel.preload': 'Preload',
  'prove.channel.prefetch': 'Prefetch',
  'prove.channel.stylesheet': 'Feuille de style',
  'prove.channel.script': 'Script',
  'prove.channel.worker': 'Worker de module',
  'prove.channel.iframe': 'Cadre',
  'prove.channel.form': 'Formulaire',
  'prove.channel.video': 'Vidéo',

  'prove.limits': 'Ce qu’une politique ne peut pas arrêter',
  'prove.limits.lead':
    'Trois issues échappent à la politique de toute page. Rarebit retire ce qui les ouvre et les tient hors de son code.',
  'prove.limits.ahead':
    'Une connexion ouverte à l’avance (Preconnect). Elle ne porte pas de données, mais nomme un hôte. Les éléments qui en demandent une ne peuvent pas être créés ici.',
  'prove.limits.window':
    'Une nouvelle fenêtre avec une adresse. Ce qui en ouvre une est remplacé avant le démarrage de la page et n’ouvre rien.',
  'prove.limits.navigation':
    'Aller ailleurs : une adresse peut porter des données. Quand le navigateur prévient la page avant de la quitter, elle reste.',
  'prove.limits.gate':
    'Chaque build est fouillé à la recherche de celles-ci et de toute autre issue ; chaque endroit autorisé à en nommer une figure sur une liste avec sa raison, et un build qui en a une de plus échoue.',
  'prove.how': 'Comment c’est essayé',
  'prove.how.text':
    'La page est scellée avant l’exécution de son premier script ; certaines issues n’y existent donc pas. Le worker de ce test est soumis à la même politique et rien ne lui est retiré : là, c’est la politique seule qui arrête chaque tentative. Le worker qui lit vos fichiers est scellé comme la page.'
} as const satisfies Translation<typeof english>
