/** The pattern bank by name. */
import { APPLICATIONS } from './bank-applications.ts'
import { BASE } from './bank-base.ts'
import { SERVERS } from './bank-servers.ts'
import { SYSTEMS } from './bank-systems.ts'

/** What `%{NAME}` stands for. */
export const GROK_LIBRARY: ReadonlyMap<string, string> = new Map([...BASE, ...SYSTEMS, ...SERVERS, ...APPLICATIONS])
