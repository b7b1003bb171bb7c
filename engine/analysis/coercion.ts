/**
 * Coercion: making the types of operands agree.
 *
 * Functions say in their resolution which types they want; here the conversions are put in. String constants become dates,
 * addresses, versions or booleans at once, and a text that cannot is an error of the query, not of a row.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import { type DataType, isString, physicalOf } from '../data/data-type.ts'
import { convertCell } from '../functions/conversion.ts'
import { ValueError } from '../functions/definition.ts'
import type { BoundExpression } from '../plan/expression.ts'
import { badCast } from './errors.ts'

/** `expression` with values of type `to`; constants are converted now. */
export function coerce(expression: BoundExpression, to: DataType, diagnostics: Diagnostic[]): BoundExpression {
  const from = expression.dataType
  if (from === to || from === 'null' || to === 'null') return expression
  if (physicalOf(to) === 'none' || (isString(from) && isString(to))) return expression
  if (expression.type !== 'literal') {
    return { type: 'conversion', operand: expression, dataType: to, span: expression.span, text: expression.text }
  }
  try {
    return { ...expression, dataType: to, value: convertCell(expression.value, from, to) }
  } catch (failure) {
    if (!(failure instanceof ValueError)) throw failure
    const reason = failure.javaText.replace(/^[\w.]+: /, '')
    diagnostics.push(badCast(String(expression.value), to, reason, expression.span))
    return { ...expression, dataType: to, value: null }
  }
}
