/** French texts of the query view and its grid. */
import type { query as english } from '../en/query.ts'
import type { Translation } from '../translation.ts'

export const query = {
  'rows.one': '{n} ligne',
  'rows.other': '{n} lignes',

  'query.title': 'Interroger les événements chargés',
  'query.label': 'Requête ES|QL',
  'query.run': 'Exécuter',
  'query.run.key': 'Exécuter (Ctrl+Entrée)',
  'query.limit': 'LIMIT 1000 est ajouté',
  'query.limit.remove': 'Retirer le LIMIT 1000 ajouté',
  'query.limit.off': 'Aucune limite ajoutée',
  'query.limit.restore': 'Ajouter de nouveau LIMIT 1000',
  'query.keys': 'Ctrl+Entrée exécute · Ctrl+Espace complète · Échap, puis Tab quitte l’éditeur',
  'query.empty.title': 'Les lignes apparaissent ici',
  'query.empty':
    'Exécuter la requête, puis cliquer sur une valeur pour filtrer ou compter, et sur un numéro de ligne pour voir ses événements.',
  'query.noInputs.title': 'Aucun événement chargé',
  'query.noInputs': 'Ouvrir d’abord un fichier : une requête lit les événements chargés.',
  'query.noRows': 'Aucune ligne',
  'query.noRows.text': 'Tous les événements ont été lus ; aucun ne satisfait la requête.',
  'query.took': '{rows} en {time}',
  'query.held': '{size} en mémoire',
  'query.refused': 'Cette requête ne peut pas s’exécuter',
  'query.results': 'Lignes de la réponse',
  'query.stage.reading': 'Lecture des événements',
  'query.cut.rows':
    'Voici les {kept} premières lignes : on n’en garde pas davantage à la fois, et le reste n’a pas été lu. Ajouter LIMIT, ou compter avec STATS.',
  'query.cut.bytes':
    'Voici les {kept} premières lignes : elles remplissent les {size} gardés à la fois, et le reste n’a pas été lu. Garder moins de colonnes, ajouter LIMIT, ou compter avec STATS.',
  'query.stale': 'Réponse à un texte antérieur',
  'query.missing': 'Aucun événement chargé n’a',
  'query.history': 'Historique',
  'query.history.title': 'Requêtes de cette page, les plus récentes d’abord',
  'query.history.empty': 'Rien n’a encore été exécuté.',
  'query.history.cancelled': 'annulée',
  'query.history.refused': 'refusée',
  'query.history.failed': 'échouée',

  'editor.field.array': '{type}, plusieurs valeurs',
  'editor.field.seen': 'Dans {n} événements sur {all}',
  'editor.field.sampled': 'Dans {n} des {all} premiers événements',
  'editor.find': 'Rechercher dans la requête',
  'editor.find.count': 'Trouvé : {n}',
  'editor.fix.name': 'Mettre {name}',
  'editor.fix.rewrite': 'Appliquer la réécriture sûre',

  'grid.row': 'Ligne',
  'grid.open': 'Ligne {n} : afficher ses événements',
  'grid.sort': 'Trier par {name}',
  'grid.sorting': 'Tri en cours',
  'grid.keys':
    'Les flèches déplacent, Entrée affiche une ligne et ses événements, Espace ouvre les actions possibles sur une valeur.',
  'grid.menu': 'Actions sur cette valeur',
  'grid.menu.keep': 'Seulement les lignes avec cette valeur',
  'grid.menu.keepNull': 'Seulement les lignes sans valeur',
  'grid.menu.drop': 'Sans cette valeur',
  'grid.menu.dropNull': 'Seulement les lignes avec une valeur',
  'grid.menu.stack': 'Compter par {name}, les plus rares d’abord',
  'grid.menu.copy': 'Copier la valeur',
  'grid.menu.open': 'Afficher la ligne et ses événements',

  'row.title': 'Ligne {n}',
  'row.previous': 'Ligne précédente',
  'row.next': 'Ligne suivante',
  'row.close': 'Fermer la ligne',
  'row.values': 'Valeurs',
  'row.events': 'Événements sources',
  'row.noEvents': 'Aucun événement derrière cette ligne.',
  'row.loading': 'Recherche de la ligne.'
} as const satisfies Translation<typeof english>
