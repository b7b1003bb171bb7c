/** Every text of the interface, in Spanish, an area a file. An area that is missing here is shown in English. */
import { findings } from './es/findings.ts'
import { kibana } from './es/kibana.ts'
import { language } from './es/language.ts'
import { query } from './es/query.ts'
import { rules } from './es/rules.ts'
import { shell } from './es/shell.ts'

export const es = { ...findings, ...kibana, ...language, ...query, ...rules, ...shell } as const
