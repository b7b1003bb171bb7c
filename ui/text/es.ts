/** Every text of the interface, in Spanish, an area a file. An area that is missing here is shown in English. */
import { cases } from './es/cases.ts'
import { engine } from './es/engine.ts'
import { findings } from './es/findings.ts'
import { kibana } from './es/kibana.ts'
import { language } from './es/language.ts'
import { palette } from './es/palette.ts'
import { prove } from './es/prove.ts'
import { query } from './es/query.ts'
import { report } from './es/report.ts'
import { rules } from './es/rules.ts'
import { shell } from './es/shell.ts'
import { standalone } from './es/standalone.ts'
import { start } from './es/start.ts'

export const es = {
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
