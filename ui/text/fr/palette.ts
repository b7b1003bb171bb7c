/** French texts of the palette and of actions that have no control of their own name. */
import type { palette as english } from '../en/palette.ts'
import type { Translation } from '../translation.ts'

export const palette = {
  'palette.title': 'Commandes',
  'palette.search': 'Saisir une action ou une règle',
  'palette.none': 'Aucune commande n’a ces lettres.',
  'palette.rule': 'Exécuter la règle',
  'palette.found.one': '{n} commande',
  'palette.found.other': '{n} commandes',
  'palette.open': 'Commandes (Ctrl+K)',

  'keys.hint': 'Tout ce qui suit est aussi une commande : appuyer sur Ctrl+K et en saisir quelques lettres.',
  'keys.none': 'pas de touche propre',

  'action.group.move': 'Déplacement',
  'action.group.finding': 'Constats',
  'action.group.show': 'Vues',
  'action.group.run': 'Exécution',
  'action.group.files': 'Fichiers',
  'action.group.case': 'Dossier',
  'action.group.help': 'Aide',

  'action.star': 'Mettre ou retirer l’étoile du constat',
  'action.tag': 'Étiqueter le constat',
  'action.note': 'Écrire une note sur le constat',
  'action.copy': 'Copier la commande du constat',
  'action.rarest': 'Ordre : les plus rares d’abord',
  'action.fewest': 'Ordre : le moins d’événements d’abord',
  'action.earliest': 'Ordre : les plus anciens d’abord',
  'action.starred': 'Afficher seulement les constats avec étoile',
  'action.noted': 'Afficher seulement les constats avec note',
  'action.unfiltered': 'Afficher tous les constats',
  'action.alert': 'Vue de l’alerte',
  'action.run': 'Relancer la règle',
  'action.whole': 'Exécuter sur le fichier entier',
  'action.replay': 'Exécuter selon la planification',
  'action.runRules': 'Exécuter toutes les règles',
  'action.runQuery': 'Exécuter la requête',
  'action.cancel': 'Annuler ce qui s’exécute',
  'action.paste': 'Coller des événements ou une règle',
  'action.json': 'Exporter les constats en JSON',
  'action.csv': 'Exporter les constats en CSV',
  'action.markdown': 'Exporter les constats en Markdown',
  'action.undo': 'Annuler la dernière modification',
  'action.clear': 'Recommencer',
  'action.palette': 'Commandes'
} as const satisfies Translation<typeof english>
