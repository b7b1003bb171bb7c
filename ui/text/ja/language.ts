/** Japanese texts of the language menu, and of what the editor's parts say by themselves. */
import type { language as english } from '../en/language.ts'
import type { Translation } from '../translation.ts'

export const language = {
  'language.label': '言語',
  'editor.phrase.completions': '候補',
  'editor.phrase.diagnostics': '問題',
  'editor.phrase.noDiagnostics': '問題はありません',
  'editor.phrase.close': '閉じる',
  'editor.phrase.control': '制御文字'
} as const satisfies Translation<typeof english>
