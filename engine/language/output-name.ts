/**
 * Names of the columns that EVAL, ROW and STATS make.
 */
import type { AggregateAssignment, Assignment } from './ast.ts'
import { printExpression } from './expression-printer.ts'

/**
 * The name of the column: the one given, that of a bare column, else the source text, for an aggregate with its WHERE
 * (`COUNT(*) WHERE a > 1`). A node built without text is named by its printed form.
 */
export function outputName(field: Assignment | AggregateAssignment): string {
  if (field.name !== null) return field.name.name
  if (field.expression.type === 'column' && !(field.type === 'aggregate' && field.filter !== null)) return field.expression.name
  return field.text ?? printExpression(field.expression)
}
