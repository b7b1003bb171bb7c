/**
 * TRANGE: a condition on @timestamp written as a function, turned into the comparisons it stands for.
 *
 * `TRANGE(1 hour)` is the hour before NOW(), `TRANGE(start, end)` what lies between two instants (ISO text, dates or epoch
 * milliseconds). The start itself is out, the end is in.
 */
import type { CallExpression, Expression } from '../language/ast.ts'

/** The comparisons of a call with one or two arguments; null for any other number. */
export function timeRange(call: CallExpression): Expression | null {
  const { span, args } = call
  const timestamp: Expression = { type: 'column', name: '@timestamp', parts: [{ text: '@timestamp', quoted: false }], span }
  const now: Expression = { type: 'call', name: 'NOW', args: [], star: false, options: null, span }
  const [first, second] = args
  if (first === undefined || args.length > 2) return null
  const start: Expression =
    second === undefined ? { type: 'arithmetic', operator: '-', left: now, right: first, span } : instant(first)
  const end = second === undefined ? now : instant(second)
  return {
    type: 'logical',
    operator: 'and',
    left: { type: 'comparison', operator: '>', left: timestamp, right: start, span },
    right: { type: 'comparison', operator: '<=', left: timestamp, right: end, span },
    span
  }
}

/** Numbers are epoch milliseconds; text is converted by the comparison. */
function instant(argument: Expression): Expression {
  if (argument.type !== 'number') return argument
  return { type: 'call', name: 'TO_DATETIME', args: [argument], star: false, options: null, span: argument.span }
}
