/** All scalar functions of the interpreter but CASE and COALESCE, which choose what they evaluate. */
import { addConversions } from './conversions.ts'
import { addDateFunctions } from './date-functions.ts'
import type { FunctionTable } from './function-table.ts'
import { addMathFunctions } from './math-functions.ts'
import { addMultivalueFunctions } from './multivalue-functions.ts'
import { addTextFunctions } from './text-functions.ts'

export const FUNCTIONS: FunctionTable = new Map()

addTextFunctions(FUNCTIONS)
addMathFunctions(FUNCTIONS)
addConversions(FUNCTIONS)
addDateFunctions(FUNCTIONS)
addMultivalueFunctions(FUNCTIONS)
