/** Every text of the interface, in French, an area a file. An area that is missing here is shown in English. */
import { findings } from './fr/findings.ts'
import { kibana } from './fr/kibana.ts'
import { language } from './fr/language.ts'
import { query } from './fr/query.ts'
import { rules } from './fr/rules.ts'
import { shell } from './fr/shell.ts'

export const fr = { ...findings, ...kibana, ...language, ...query, ...rules, ...shell } as const
