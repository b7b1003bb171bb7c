/** English texts of the language menu, and of what the editor's parts say by themselves. */
export const language = {
  'language.label': 'Language',
  'editor.phrase.completions': 'Completions',
  'editor.phrase.diagnostics': 'Problems',
  'editor.phrase.noDiagnostics': 'No problems',
  'editor.phrase.close': 'close',
  'editor.phrase.control': 'Control character'
} as const
