/** Spanish texts of the language menu, and of what the editor's parts say by themselves. */
import type { language as english } from '../en/language.ts'
import type { Translation } from '../translation.ts'

export const language = {
  'language.label': 'Idioma',
  'editor.phrase.completions': 'Sugerencias',
  'editor.phrase.diagnostics': 'Problemas',
  'editor.phrase.noDiagnostics': 'Sin problemas',
  'editor.phrase.close': 'cerrar',
  'editor.phrase.control': 'Carácter de control'
} as const satisfies Translation<typeof english>
