/** French texts of marks (star, tag, note), kept cases and undo. */
import type { cases as english } from '../en/cases.ts'
import type { Translation } from '../translation.ts'

export const cases = {
  'mark.star': 'Marquer d’une étoile',
  'mark.unstar': 'Retirer l’étoile',
  'mark.starred': 'Avec étoile',
  'mark.noted': 'A une note',
  'mark.star.of': 'Étoile : {of}',
  'mark.tag.add': 'Étiquette',
  'mark.tag.hint': 'Étiquette, puis Entrée',
  'mark.tag.of': 'Étiquette : {of}',
  'mark.tags.of': 'Étiquettes : {of}',
  'mark.tag.remove': 'Retirer l’étiquette {tag}',
  'mark.note': 'Note',
  'mark.note.add': 'Note',
  'mark.note.of': 'Note : {of}',
  'mark.filter': 'Constats avec',
  'mark.filter.all': 'Tous les constats',
  'mark.filter.star': 'Avec étoile',
  'mark.filter.note': 'Avec note',
  'mark.filter.tag': 'Étiquette : {tag}',
  'mark.filter.none': 'Aucun constat n’est marqué ainsi.',

  'case.back': 'Vos notes du {day} sont de retour.',
  'case.otherFiles': 'Ces fichiers ne sont pas ceux du dossier, qui étaient : {files}. Le dossier reste conservé.',
  'case.differs':
    'Les fichiers diffèrent de ceux du dossier conservé ; ses notes ont donc été mises de côté. Le dossier reste conservé.',
  'case.removed': 'Le dossier de {files} a été supprimé.',
  'case.tooLarge': '{file} dépasse la taille maximale d’un fichier de dossier (32 Mo). Rien n’a été modifié.',
  'case.newer': '{file} a été écrit par une version plus récente de Rarebit. Rien n’a été modifié.',
  'case.foreign': '{file} n’est pas un dossier lisible. Rien n’a été modifié.',
  'case.merged': 'Le dossier {file} a été ajouté à ce qui est ouvert.',
  'case.taken': 'Le dossier {file} a été repris. Pour continuer, ouvrir ses fichiers : {files}.',
  'case.andMore': '{first} et {n} autres',
  'case.awaited': 'Choisir ou déposer les fichiers du dossier : {files}.',

  'kept.title': 'Dossiers conservés',
  'kept.note':
    'Notes, étiquettes, étapes, règles et requêtes restent dans ce navigateur, liées aux fichiers par leur hachage ; les fichiers eux-mêmes, non. Ouvrir les mêmes fichiers, sous n’importe quel nom, fait revenir le dossier.',
  'kept.none': 'Aucun dossier n’est encore conservé.',
  'kept.open': 'Ouvrir ses fichiers…',
  'kept.save': 'Enregistrer en fichier',
  'kept.delete': 'Supprimer',
  'kept.of': '{action} : {files}',
  'kept.findings.one': '{n} constat marqué',
  'kept.findings.other': '{n} constats marqués',
  'kept.notes.one': '{n} note',
  'kept.notes.other': '{n} notes',
  'kept.on': 'Conserver les dossiers dans ce navigateur',
  'kept.off.note': 'Rien de nouveau n’est conservé. Enregistrer un dossier en fichier pour l’emporter.',

  'kept.problem.full':
    'Le stockage du navigateur est plein : les dernières modifications n’existent que dans cette fenêtre. Enregistrer le dossier en fichier, ou supprimer des dossiers ci-dessous, puis réessayer.',
  'kept.problem.absent':
    'Ce navigateur ne conserve rien ici (fenêtre privée ou stockage bloqué). Enregistrer le dossier en fichier pour l’emporter.',
  'kept.problem.changed': 'Une autre fenêtre a écrit dans ce dossier. Les deux versions sont conservées.',
  'kept.problem.failed':
    'Le navigateur n’a pas pu enregistrer les dernières modifications : elles n’existent que dans cette fenêtre. Enregistrer le dossier en fichier, puis réessayer.',
  'kept.again': 'Réessayer',

  'action.saveCase': 'Enregistrer le dossier en fichier',
  'action.keep': 'Conserver les dossiers dans ce navigateur, ou rien',
  'action.clearHistory': 'Effacer l’historique des requêtes',
  'case.keeping': 'Les dossiers sont de nouveau conservés dans ce navigateur.',
  'case.notKeeping': 'Rien de nouveau n’est conservé dans ce navigateur.',

  'hidden.note': 'Contient des caractères invisibles :',

  'undo.do': 'Annuler l’action',
  'undo.region': 'Dernière modification',
  'undo.close': 'Masquer cette ligne',
  'undo.hint': 'Appuyer sur z pour revenir en arrière.',
  'undo.tag': 'Étiquette « {tag} » retirée.',
  'undo.note': 'Note supprimée.',
  'undo.clear': 'Nouveau départ. Fermé : {inputs}.',
  'undo.history': 'Historique effacé.',
  'query.history.clear': 'Effacer l’historique',
  'undo.lookup': 'La table « {name} » est de nouveau un fichier d’événements.',
  'undo.forget': 'Tout ce qui a été entendu de cette page a été oublié.'
} as const satisfies Translation<typeof english>
