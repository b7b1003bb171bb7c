import { registerComparison } from './differential.ts'

registerComparison('pipes', 6000)
