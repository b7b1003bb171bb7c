/** Japanese texts of the palette and of actions that have no control of their own name. */
import type { palette as english } from '../en/palette.ts'
import type { Translation } from '../translation.ts'

export const palette = {
  'palette.title': 'コマンド',
  'palette.search': '操作またはルールを入力',
  'palette.none': 'これらの文字を含むコマンドはありません。',
  'palette.rule': 'ルールを実行',
  'palette.found.one': '{n}件のコマンド',
  'palette.found.other': '{n}件のコマンド',
  'palette.open': 'コマンド(Ctrl+K)',

  'keys.hint': '以下はすべてコマンドとしても使えます。Ctrl+Kを押し、数文字を入力してください。',
  'keys.none': '専用キーなし',

  'action.group.move': '移動',
  'action.group.finding': '検出結果',
  'action.group.show': 'ビュー',
  'action.group.run': '実行',
  'action.group.files': 'ファイル',
  'action.group.case': '案件',
  'action.group.help': 'ヘルプ',

  'action.star': '検出結果のスターを付ける・外す',
  'action.tag': '検出結果にタグを付ける',
  'action.note': '検出結果にメモを書く',
  'action.copy': '検出結果のコマンドをコピー',
  'action.rarest': '並び順: 希少な順',
  'action.fewest': '並び順: イベントが少ない順',
  'action.earliest': '並び順: 時刻が早い順',
  'action.starred': 'スター付きの検出結果のみ表示',
  'action.noted': 'メモ付きの検出結果のみ表示',
  'action.unfiltered': 'すべての検出結果を表示',
  'action.alert': 'アラートビュー',
  'action.run': 'ルールを再実行',
  'action.whole': 'ファイル全体に対して実行',
  'action.replay': 'スケジュールどおりに実行',
  'action.runRules': 'すべてのルールを実行',
  'action.runQuery': 'クエリを実行',
  'action.cancel': '実行中の処理をキャンセル',
  'action.paste': 'イベントまたはルールを貼り付ける',
  'action.json': '検出結果をJSONでエクスポート',
  'action.csv': '検出結果をCSVでエクスポート',
  'action.markdown': '検出結果をMarkdownでエクスポート',
  'action.undo': '最後の変更を元に戻す',
  'action.clear': '最初からやり直す',
  'action.palette': 'コマンド'
} as const satisfies Translation<typeof english>
