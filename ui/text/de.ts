/** Every text of the interface, in German, an area a file. An area that is missing here is shown in English. */
import { findings } from './de/findings.ts'
import { kibana } from './de/kibana.ts'
import { language } from './de/language.ts'
import { query } from './de/query.ts'
import { rules } from './de/rules.ts'
import { shell } from './de/shell.ts'

export const de = { ...findings, ...kibana, ...language, ...query, ...rules, ...shell } as const
