/** German texts of the language menu, and of what the editor's parts say by themselves. */
import type { language as english } from '../en/language.ts'
import type { Translation } from '../translation.ts'

export const language = {
  'language.label': 'Sprache',
  'editor.phrase.completions': 'Vorschläge',
  'editor.phrase.diagnostics': 'Probleme',
  'editor.phrase.noDiagnostics': 'Keine Probleme',
  'editor.phrase.close': 'schließen',
  'editor.phrase.control': 'Steuerzeichen'
} as const satisfies Translation<typeof english>
