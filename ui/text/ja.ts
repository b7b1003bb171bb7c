/** Every text of the interface, in Japanese, an area a file. An area that is missing here is shown in English. */
import { findings } from './ja/findings.ts'
import { kibana } from './ja/kibana.ts'
import { language } from './ja/language.ts'
import { query } from './ja/query.ts'
import { rules } from './ja/rules.ts'
import { shell } from './ja/shell.ts'

export const ja = { ...findings, ...kibana, ...language, ...query, ...rules, ...shell } as const
