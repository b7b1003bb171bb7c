/** Japanese texts of what the engine reports in words of a small vocabulary: stages, severities, margins, what rarity is compared with. */
import type { engine as english } from '../en/engine.ts'
import type { Translation } from '../translation.ts'

export const engine = {
  'stage.range': '時間範囲を調べています',
  'stage.reading': '読み取り中',
  'stage.readingPass': '読み取り中({pass}/{passes})',
  'stage.survey': '読み込み済みの内容を調べています',
  'stage.hashing': 'ファイルのハッシュを計算しています',
  'stage.rarity': '希少度を集計しています',
  'stage.near': 'ニアミスを探しています',
  'stage.events': 'イベントを読み取っています',

  'severity.low': '低',
  'severity.medium': '中',
  'severity.high': '高',
  'severity.critical': '重大',

  'margin.below': '{value}({limit}未満)',
  'margin.atMost': '{value}({limit}以下)',
  'margin.above': '{value}({limit}超)',
  'margin.atLeast': '{value}({limit}以上)',
  'margin.exactly': '{value}({limit}に等しい)',
  'margin.not': '{value}({limit}以外)',

  'basis.events': 'すべてのイベント',
  'basis.startsUnder': '{parent}が起動したプロセス',

  'matched.byAll': 'すべての条件により一致',
  'matched.by': '{columns}により一致'
} as const satisfies Translation<typeof english>
