/** Japanese texts of the "Prove it" view. */
import type { prove as english } from '../en/prove.ts'
import type { Translation } from '../translation.ts'

export const prove = {
  'prove.title': '証明: 何も外に出ません',
  'prove.open': '何も外に出ないことを証明する',
  'prove.lead':
    '言葉だけで信じていただく必要はありません。Rarebitは、ページが何かを送信できるあらゆる経路を目の前で試し、それぞれを何が止めたかを示します。ボタンを押すまで何も試しません。',
  'prove.address': '到達を試みるアドレス',
  'prove.address.hint':
    'このマシンのポートで十分です。ご自身で確かめるには、先に待ち受けを起動し(例: python3 -m http.server 8765)、1行も表示されないことを確認してください。',
  'prove.address.wrong': 'http://またはhttps://で始まるアドレスを入力してください。',
  'prove.run': 'すべての経路を試す',
  'prove.running': '試行中: {n}/{all}',
  'prove.summary.all':
    '何も外に出ませんでした。{address}に対し、ページで{page}件中{page}件、ワーカーで{worker}件中{worker}件の経路が止められました。',
  'prove.summary.open':
    '止められなかった経路があります。{all}件の試行のうち{open}件が{address}への経路を見つけました。外に出してはならないデータには、このコピーを使わないでください。',
  'prove.summary.unclear':
    '証明できません。{all}件の試行のうち{stopped}件が止められ、残りは失敗しましたが、このブラウザーはその理由を示しません。{address}で待ち受けを起動してもう一度試してください。何も届かなければ、何も外に出ていません。',
  'prove.worker.failed': 'ワーカーを試せませんでした: {reason}',
  'prove.table': '外への経路と、それを止めたもの',
  'prove.column.channel': '経路',
  'prove.column.page': 'このページ',
  'prove.column.worker': 'ワーカー',
  'prove.stopped': '止められました',
  'prove.unclear': '不確実',
  'prove.notStopped': '止められていません',
  'prove.policy': 'ポリシーによる: {rule}',
  'prove.absent': '除去済み: ここには存在しません',
  'prove.types': 'Trusted Typesによる: アドレスが拒否されました',
  'prove.refused': 'ブラウザーが呼び出しを拒否: {words}',
  'prove.failed': '失敗しましたが、何が止めたのかブラウザーは示しません: {words}',
  'prove.reached': '経路は開いています',
  'prove.silent': '報告なし',
  'prove.untried': '未試行',
  'prove.none': 'ワーカーにはありません',

  'prove.channel.image': '画像',
  'prove.channel.background': 'スタイルの背景',
  'prove.channel.font': 'フォント',
  'prove.channel.preload': 'プリロード',
  'prove.channel.prefetch': 'プリフェッチ',
  'prove.channel.stylesheet': 'スタイルシート',
  'prove.channel.script': 'スクリプト',
  'prove.channel.worker': 'モジュールワーカー',
  'prove.channel.iframe': 'フレーム',
  'prove.channel.form': 'フォーム',
  'prove.channel.video': '動画',

  'prove.limits': 'ポリシーでは止められないもの',
  'prove.limits.lead':
    '3つの経路は、どのページのポリシーでも止められません。Rarebitは、それらを開くものを取り除き、コードにも含めません。',
  'prove.limits.ahead':
    '前もって開かれる接続(Preconnect)。データは送りませんが、ホスト名が伝わります。それを求める要素は、ここでは作成できません。',
  'prove.limits.window': 'アドレスを持つ新しいウィンドウ。それを開くものはページの開始前に置き換えられ、何も開きません。',
  'prove.limits.navigation':
    '別の場所への移動。アドレスはデータを運べます。離れる前にブラウザーがページに知らせる場合、ページはその場にとどまります。',
  'prove.limits.gate':
    'すべてのビルドで、これらとほかのあらゆる経路が検査されます。名前を含んでよい箇所は理由とともに一覧にあり、それ以外が1つでもあればビルドは失敗します。',
  'prove.how': '試し方',
  'prove.how.text':
    'ページは最初のスクリプトが実行される前に封じられるため、存在しない経路があります。この試験のワーカーは同じポリシーの下にあり、何も取り除かれていません。そこでは、ポリシーだけが各試行を止めます。ファイルを読むワーカーは、ページと同じように封じられています。'
} as const satisfies Translation<typeof english>
