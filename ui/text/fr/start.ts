/** French texts of the first screen beyond those of the shell: where files come from. */
import type { start as english } from '../en/start.ts'
import type { Translation } from '../translation.ts'

export const start = {
  'get.discover': 'Discover dans Kibana : CSV à en-têtes pointés',
  'get.discover.how':
    'Ouvrir la vue de données des événements, ajouter les champs de la règle comme colonnes, puis Share, CSV reports, Generate. Kibana s’arrête à sa limite de lignes ; réduire la plage de temps jusqu’à ce que toutes tiennent.',
  'get.devtools': 'Dev Tools dans Kibana : une réponse de recherche',
  'get.devtools.how':
    'Lancer la recherche, copier la réponse et la coller ici, ou l’enregistrer dans un fichier. Réponses de recherche, tableaux JSON et fichiers bulk sont lus tels quels.',
  'get.export': 'Elastic Defend ou Elastic Agent : un événement par ligne',
  'get.export.how': 'Tout client qui écrit un document ou un résultat par ligne convient ; .gz et .zip sont lus tels quels.',
  'get.auditbeat': 'Auditbeat : ses propres fichiers, sans cluster',
  'get.auditbeat.how':
    'Faire écrire Auditbeat dans un dossier plutôt que dans un cluster. Ses fichiers contiennent un événement ECS par ligne.',
  'get.auditd': 'auditd : audit.log',
  'get.auditd.how':
    'Déposer le fichier tel quel, les fichiers archivés par rotation aussi. Les enregistrements d’un événement sont réunis et lus comme événements ECS ; les processus parents viennent d’autres enregistrements du même fichier. Plus il y a d’enregistrements, plus de parents sont connus : la seconde règle enregistre aussi la naissance des processus. Avec log_format = ENRICHED, le journal contient les noms d’utilisateur.',
  'get.journald': 'Journal systemd',
  'get.journald.how':
    'Une entrée par ligne, avec les noms de champs du journal : pour vos propres requêtes plutôt que pour les règles, qui demandent des champs ECS.',
  'get.rules': 'Règles : .toml, .esql, export de règles',
  'get.rules.how':
    'Dans Kibana : Security, Rules, sélectionner, Export. Ou un dossier du dépôt public detection-rules. Déposer une règle à côté des données la sélectionne ; en déposer plusieurs permet de les exécuter toutes.'
} as const satisfies Translation<typeof english>
