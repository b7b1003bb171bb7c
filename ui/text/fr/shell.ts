/** French texts of the shell: header, start, keys, progress, failures, permissions. */
import type { shell as english } from '../en/shell.ts'
import type { Translation } from '../translation.ts'

export const shell = {
  'app.name': 'Rarebit',
  'app.tagline': 'Trouve la commande rare dans un journal. Sur cette machine.',
  'app.skip': 'Aller aux constats',
  'app.fullTab': 'Ouvrir dans un onglet entier',
  'app.views': 'Vues',
  'app.view.findings': 'Constats',
  'app.view.rules': 'Règles',
  'app.view.query': 'Requête',
  'app.open': 'Ouvrir',
  'app.open.title': 'Ouvrir des fichiers (o)',
  'app.paste': 'Coller',
  'app.clear': 'Recommencer',
  'app.keys': 'Touches du clavier',
  'app.drop': 'Déposer pour ajouter à l’analyse',
  'app.back': 'Retour',
  'app.copy': 'Copier',
  'app.copied': 'Copié',
  'app.close': 'Fermer',
  'app.view.alert': 'Alerte',

  'permission.title': 'Ce que Rarebit peut faire, et pourquoi',
  'permission.column.name': 'Autorisation',
  'permission.column.why': 'Pour quoi faire',
  'permission.sidePanel': 'Affiche Rarebit à côté de la page.',
  'permission.scripting': 'Lance le script d’écoute sur une page d’une origine accordée, et nulle part ailleurs.',
  'permission.storage':
    'Garde quelques réglages, par exemple si une origine est écoutée dès le chargement de la page, et à côté de quel onglet continue un onglet entier. Aucun événement.',
  'permission.activeTab': 'Lit l’adresse de l’onglet dont le bouton est pressé, pour nommer l’origine demandée.',
  'permission.optionalHosts': 'Une origine à la fois, demandée en appuyant sur Écouter. Sans elle, Rarebit ne voit aucune page.',

  'welcome.title': 'Rarebit est installé',
  'welcome.lead': 'Il n’a encore accès à aucune page, et il n’envoie jamais vos événements nulle part.',
  'welcome.step1': 'Ouvrir une alerte dans Kibana',
  'welcome.step1.note': 'Une alerte d’une règle ES|QL montre le plus. Toute page de Security ou de Discover convient.',
  'welcome.step2': 'Appuyer sur le bouton Rarebit',
  'welcome.step2.note':
    'Il se trouve dans la barre d’outils, peut-être derrière la pièce de puzzle. Le panneau s’ouvre à côté de la page.',
  'welcome.step3': 'Accorder cette seule origine',
  'welcome.step3.note': 'Le panneau dit ce qu’il écouterait et demande ce seul Kibana. L’accord peut être retiré à tout moment.',
  'welcome.files': 'Pas de Kibana sous la main ?',
  'welcome.files.open': 'Ouvrir l’analyseur et déposer un fichier journal',

  'start.title': 'Déposer un journal ici',
  'start.lead':
    'Les événements sont lus dans cette fenêtre et on y cherche des shells lancés par des serveurs web, les plus rares d’abord.',
  'start.open': 'Ouvrir des fichiers…',
  'start.paste': 'Coller…',
  'start.samples': 'Ou regarder un exemple',
  'start.samples.note': 'Enregistrements inventés : les hôtes, les personnes et les adresses n’existent pas.',
  'start.formats': 'Ce qui est lu',
  'start.formats.note': 'Le type est reconnu d’après le contenu. Plusieurs fichiers forment une seule analyse.',
  'start.never': 'Ce qui n’arrive jamais',
  'start.never.upload': 'Aucun envoi. La page n’a le droit de joindre aucun hôte.',
  'start.never.network': 'Aucun réseau. Le navigateur lui-même refuse toute connexion de cette page.',
  'start.never.storage':
    'Aucune copie de vos fichiers. Les notes et les réglages restent dans ce navigateur avec les hachages des fichiers ; l’interrupteur ci-dessus y met fin.',

  'sample.webShell': 'Web shell sur un hôte PHP',
  'sample.webShell.note':
    'Un hôte, huit heures, 124 événements : du travail de routine, et quelques minutes de quelqu’un d’autre.',
  'sample.auditLog': 'Le même web shell dans audit.log',
  'sample.auditLog.note':
    'Ce qu’auditd a écrit sur cet hôte : des enregistrements bruts, réunis en événements, avec les processus parents qui s’y trouvent.',
  'sample.quietDay': 'Journée calme : tâches de www-data',
  'sample.quietDay.note':
    'Deux hôtes, dix heures, 210 événements : à quoi ressemble la routine, et pourquoi deux lignes apparaissent quand même.',
  'sample.manyHosts': 'Une boucle sur de nombreux hôtes, et des quasi-détections',
  'sample.manyHosts.note':
    'Six hôtes en CSV : ce que cache la limite à un agent, et ce que d’autres conditions ont manqué de peu.',

  'paste.title': 'Coller des événements ou une règle',
  'paste.label': 'Texte',
  'paste.hint':
    'NDJSON, JSON, CSV ou une règle. Hors de cette boîte de dialogue, coller n’importe où dans la fenêtre revient au même.',
  'paste.use': 'Lire',
  'paste.name': 'texte collé',

  'progress.opening': 'Ouverture des fichiers',
  'progress.waiting': 'Démarrage',
  'progress.bytes': '{read} sur {total}',
  'progress.bytes.open': '{read}',
  'progress.rate': '{rate} événements/s',
  'progress.percent': '{percent} %',
  'progress.cancel': 'Annuler',
  'progress.cancel.key': 'Annuler (Échap)',
  'progress.done': '{findings} après {time}',
  'progress.stopped': 'Arrêté. {findings} jusqu’ici.',
  'progress.failed': 'L’exécution a échoué.',

  'more.one': '{n} autre événement derrière ce constat, sans référence conservée',
  'more.other': '{n} autres événements derrière ce constat, sans référence conservée',

  'mode.label': 'Exécution',
  'mode.whole': 'Fichier entier',
  'mode.whole.title': 'Une seule exécution sur tout ce qui est chargé',
  'mode.replay': 'Selon la planification',
  'mode.replay.title': 'Les exécutions que la planification aurait faites sur cette durée, chacune avec sa fenêtre',
  'mode.runs': '{withRows} exécutions planifiées sur {all} ont signalé quelque chose',

  'failure.query': 'La règle ne peut pas s’exécuter',
  'failure.source': 'Ces fichiers n’ont pas pu être lus',
  'failure.cancelled': 'Annulé',
  'failure.fault': 'Une défaillance s’est produite dans Rarebit',
  'failure.query.do': 'Corriger la requête à l’endroit indiqué et rouvrir la règle.',
  'failure.source.do': 'Rien n’a été modifié. Ouvrir un autre fichier, ou le même sous une forme indiquée sur le premier écran.',
  'failure.cancelled.do': 'Ce qui a été trouvé avant est conservé. Relancer à tout moment.',
  'failure.fault.do': 'Les fichiers sont intacts. Relancer ; si cela se répète, le message ci-dessus est à signaler.',
  'failure.again': 'Relancer',
  'failure.kept': 'Conservé : {kept}',

  'value.fold': 'Afficher les {n} caractères',
  'value.unfold': 'Replier',
  'value.null': 'aucune valeur',

  'table.rows': 'Tableau de {n} lignes',

  'keys.title': 'Touches',
  'keys.down': 'Constat suivant',
  'keys.up': 'Constat précédent',
  'keys.in': 'Plus loin : constat, puis preuves',
  'keys.out': 'Retour ; annule une exécution',
  'keys.filter': 'Filtrer',
  'keys.events': 'Événements sources',
  'keys.steps': 'Vérifications',
  'keys.near': 'Quasi-détections',
  'keys.query': 'Vue des requêtes',
  'keys.rules': 'Vue des règles',
  'keys.findings': 'Vue des constats',
  'keys.open': 'Ouvrir des fichiers',
  'keys.export': 'Exporter',
  'keys.overlay': 'Cette liste'
} as const satisfies Translation<typeof english>
