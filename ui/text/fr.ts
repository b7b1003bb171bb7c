/** Every text of the interface, in French, an area a file. An area that is missing here is shown in English. */
import { cases } from './fr/cases.ts'
import { engine } from './fr/engine.ts'
import { findings } from './fr/findings.ts'
import { kibana } from './fr/kibana.ts'
import { language } from './fr/language.ts'
import { palette } from './fr/palette.ts'
import { prove } from './fr/prove.ts'
import { query } from './fr/query.ts'
import { report } from './fr/report.ts'
import { rules } from './fr/rules.ts'
import { shell } from './fr/shell.ts'
import { standalone } from './fr/standalone.ts'
import { start } from './fr/start.ts'

export const fr = {
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
