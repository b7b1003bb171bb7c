/**
 * Every text of the interface, in English, an area a file. `{name}` is filled in by `text()`; keys ending in `.one` and
 * `.other` are the two forms of a counted thing and are reached through `counted()`.
 */
import { cases } from './en/cases.ts'
import { engine } from './en/engine.ts'
import { findings } from './en/findings.ts'
import { kibana } from './en/kibana.ts'
import { language } from './en/language.ts'
import { palette } from './en/palette.ts'
import { prove } from './en/prove.ts'
import { query } from './en/query.ts'
import { report } from './en/report.ts'
import { rules } from './en/rules.ts'
import { shell } from './en/shell.ts'
import { standalone } from './en/standalone.ts'
import { start } from './en/start.ts'

export const en = {
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
