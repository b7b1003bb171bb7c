/** Japanese texts of marks (star, tag, note), kept cases and undo. */
import type { cases as english } from '../en/cases.ts'
import type { Translation } from '../translation.ts'

export const cases = {
  'mark.star': 'スターを付ける',
  'mark.unstar': 'スターを外す',
  'mark.starred': 'スター付き',
  'mark.noted': 'メモあり',
  'mark.star.of': 'スター: {of}',
  'mark.tag.add': 'タグ',
  'mark.tag.hint': 'タグを入力してEnter',
  'mark.tag.of': 'タグ: {of}',
  'mark.tags.of': 'タグ: {of}',
  'mark.tag.remove': 'タグ{tag}を外す',
  'mark.note': 'メモ',
  'mark.note.add': 'メモ',
  'mark.note.of': 'メモ: {of}',
  'mark.filter': '検出結果の条件',
  'mark.filter.all': 'すべての検出結果',
  'mark.filter.star': 'スター付き',
  'mark.filter.note': 'メモ付き',
  'mark.filter.tag': 'タグ: {tag}',
  'mark.filter.none': 'このように印を付けた検出結果はありません。',

  'case.back': '{day}のメモが復元されました。',
  'case.otherFiles': 'これらは案件のファイルとは異なります。案件のファイル: {files}。案件は引き続き保持されています。',
  'case.differs': 'ファイルが保持中の案件のものと異なるため、そのメモは表示から外しました。案件は引き続き保持されています。',
  'case.removed': '{files}の案件を削除しました。',
  'case.tooLarge': '{file}は案件ファイルの上限(32 MB)を超えています。何も変更されていません。',
  'case.newer': '{file}は新しいバージョンのRarebitで作成されています。何も変更されていません。',
  'case.foreign': '{file}は読み取れる案件ではありません。何も変更されていません。',
  'case.merged': '案件{file}を、開いている内容に追加しました。',
  'case.taken': '案件{file}を取り込みました。続けるには、次のファイルを開いてください: {files}。',
  'case.andMore': '{first}、ほか{n}件',
  'case.awaited': '案件のファイルを選択するかドロップしてください: {files}。',

  'kept.title': '保持している案件',
  'kept.note':
    'メモ、タグ、手順、ルール、クエリはこのブラウザーに残り、ハッシュでファイルと結び付けられます。ファイル自体は残りません。同じファイルを開くと、名前が違っていても案件が復元されます。',
  'kept.none': '保持している案件はまだありません。',
  'kept.open': 'ファイルを開く…',
  'kept.save': 'ファイルとして保存',
  'kept.delete': '削除',
  'kept.of': '{action}: {files}',
  'kept.findings.one': '印を付けた検出結果: {n}件',
  'kept.findings.other': '印を付けた検出結果: {n}件',
  'kept.notes.one': '{n}件のメモ',
  'kept.notes.other': '{n}件のメモ',
  'kept.on': '案件をこのブラウザーに保持する',
  'kept.off.note': '新しいものは保持されません。持ち運ぶには、案件をファイルとして保存してください。',

  'kept.problem.full':
    'ブラウザーの保存領域がいっぱいです。最新の変更はこのウィンドウにしかありません。案件をファイルとして保存するか、下の案件を削除してから、もう一度お試しください。',
  'kept.problem.absent':
    'このブラウザーではここに何も保持されません(プライベートウィンドウ、または保存がブロックされています)。持ち運ぶには、案件をファイルとして保存してください。',
  'kept.problem.changed': '別のウィンドウがこの案件に書き込みました。両方が保持されています。',
  'kept.problem.failed':
    'ブラウザーは最新の変更を保存できませんでした。変更はこのウィンドウにしかありません。案件をファイルとして保存してから、もう一度お試しください。',
  'kept.again': '再試行',

  'action.saveCase': '案件をファイルとして保存',
  'action.keep': '案件をこのブラウザーに保持するかどうかを切り替える',
  'action.clearHistory': 'クエリの履歴を消去',
  'case.keeping': '案件は再びこのブラウザーに保持されます。',
  'case.notKeeping': 'このブラウザーに新しいものは保持されません。',

  'hidden.note': '見えない文字が含まれています:',

  'undo.do': '元に戻す',
  'undo.region': '最後の変更',
  'undo.close': 'この行を閉じる',
  'undo.hint': 'zキーで元に戻せます。',
  'undo.tag': 'タグ「{tag}」を外しました。',
  'undo.note': 'メモを削除しました。',
  'undo.clear': '最初からやり直しました。閉じたもの: {inputs}。',
  'undo.history': '履歴を消去しました。',
  'query.history.clear': '履歴を消去',
  'undo.lookup': 'テーブル「{name}」はイベントのファイルに戻りました。',
  'undo.forget': 'このページから受信した内容をすべて消去しました。'
} as const satisfies Translation<typeof english>
