/**
 * Verifier: refuses, by name, what is parsed but not run by this version. Nothing is silently left out or answered
 * otherwise. Expressions are refused where they are bound (expression-analyzer.ts); commands here.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import type { QueryNode } from '../language/ast.ts'
import { notRunYet } from './errors.ts'

/** One diagnostic for each command that cannot run. */
export function refuseUnsupported(query: QueryNode): Diagnostic[] {
  // Behind COMPLETION nothing is run, so nothing is refused.
  const end = query.commands.findIndex(({ type }) => type === 'completion')
  const commands = end < 0 ? query.commands : query.commands.slice(0, end)
  return commands.flatMap((command) =>
    command.type === 'other' ? [notRunYet(`the command ${command.keyword}`, command.span)] : []
  )
}
