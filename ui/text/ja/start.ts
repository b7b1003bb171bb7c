/** Japanese texts of the first screen beyond those of the shell: where files come from. */
import type { start as english } from '../en/start.ts'
import type { Translation } from '../translation.ts'

export const start = {
  'get.discover': 'KibanaのDiscover: ドット区切りの見出しを持つCSV',
  'get.discover.how':
    'イベントのデータビューを開き、ルールのフィールドを列として追加してから、Share、CSV reports、Generateの順に選びます。Kibanaは行数の上限で止まるため、すべての行が収まるまで時間範囲を狭めてください。',
  'get.devtools': 'KibanaのDev Tools: 検索応答',
  'get.devtools.how':
    '検索を実行し、応答をコピーしてここに貼り付けるか、ファイルとして保存します。検索応答、JSON配列、bulkファイルはそのまま読み取れます。',
  'get.export': 'Elastic DefendまたはElastic Agent: 1行に1イベント',
  'get.export.how':
    '1行に1つのドキュメントまたはヒットを書き出すクライアントなら何でもかまいません。.gzと.zipはそのまま読み取れます。',
  'get.auditbeat': 'Auditbeat: 自身のファイル(クラスター不要)',
  'get.auditbeat.how':
    'Auditbeatの出力先を、クラスターではなくフォルダーにします。そのファイルには1行に1つのECSイベントが入ります。',
  'get.auditd': 'auditd: audit.log',
  'get.auditd.how':
    'ローテーションされたものも含め、そのままドロップしてください。1つのイベントのレコードをまとめ、ECSイベントとして読み取ります。親プロセスは同じファイルのほかのレコードから補います。記録が多いほど判明する親も増えます。2つ目のルールはプロセスの生成も記録します。log_format = ENRICHEDにすると、ログにユーザー名が入ります。',
  'get.journald': 'systemdジャーナル',
  'get.journald.how':
    '1行に1エントリで、フィールド名はジャーナル独自のものです。ECSフィールドを求めるルールよりも、独自のクエリに向いています。',
  'get.rules': 'ルール: .toml、.esql、ルールのエクスポート',
  'get.rules.how':
    'KibanaではSecurity、Rulesで選択し、Exportします。公開リポジトリdetection-rulesのフォルダーでもかまいません。データと一緒にルールを1つドロップすると選択され、複数ドロップするとまとめて実行できます。'
} as const satisfies Translation<typeof english>
