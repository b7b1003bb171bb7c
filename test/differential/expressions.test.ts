import { FUNCTIONS } from './interpreter/functions.ts'
import { registerComparison } from './differential.ts'

registerComparison('expressions', 9000, [...FUNCTIONS.keys(), 'CASE', 'COALESCE', 'DATE_TRUNC', 'NOW'])
