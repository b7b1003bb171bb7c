/** Every text of the interface, in German, an area a file. An area that is missing here is shown in English. */
import { cases } from './de/cases.ts'
import { engine } from './de/engine.ts'
import { findings } from './de/findings.ts'
import { kibana } from './de/kibana.ts'
import { language } from './de/language.ts'
import { palette } from './de/palette.ts'
import { prove } from './de/prove.ts'
import { query } from './de/query.ts'
import { report } from './de/report.ts'
import { rules } from './de/rules.ts'
import { shell } from './de/shell.ts'
import { standalone } from './de/standalone.ts'
import { start } from './de/start.ts'

export const de = {
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
