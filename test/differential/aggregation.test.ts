import { registerComparison } from './differential.ts'

registerComparison('aggregation', 6000)
