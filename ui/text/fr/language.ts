/** French texts of the language menu, and of what the editor's parts say by themselves. */
import type { language as english } from '../en/language.ts'
import type { Translation } from '../translation.ts'

export const language = {
  'language.label': 'Langue',
  'editor.phrase.completions': 'Suggestions',
  'editor.phrase.diagnostics': 'Problèmes',
  'editor.phrase.noDiagnostics': 'Aucun problème',
  'editor.phrase.close': 'fermer',
  'editor.phrase.control': 'Caractère de contrôle'
} as const satisfies Translation<typeof english>
