/** Every text of the interface, in Japanese, an area a file. An area that is missing here is shown in English. */
import { cases } from './ja/cases.ts'
import { engine } from './ja/engine.ts'
import { findings } from './ja/findings.ts'
import { kibana } from './ja/kibana.ts'
import { language } from './ja/language.ts'
import { palette } from './ja/palette.ts'
import { prove } from './ja/prove.ts'
import { query } from './ja/query.ts'
import { report } from './ja/report.ts'
import { rules } from './ja/rules.ts'
import { shell } from './ja/shell.ts'
import { standalone } from './ja/standalone.ts'
import { start } from './ja/start.ts'

export const ja = {
  ...cases,
  ...engine,
  ...findings,
  ...kibana,
  ...language,
  ...palette,
  ...prove,
  ...query,
  ...report,
  ...rules,
  ...shell,
  ...standalone,
  ...start
} as const
