/**
 * Verifier: refuses, by name, what is parsed but not run by this version. Nothing is silently left out or answered
 * otherwise. Expressions are refused where they are bound (expression-analyzer.ts); commands here.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import type { Command, QueryNode } from '../language/ast.ts'
import { notRunYet } from './errors.ts'

const REFUSED: Partial<Record<Command['type'], string>> = {
  grok: 'GROK',
  enrich: 'ENRICH',
  'lookup-join': 'LOOKUP JOIN',
  completion: 'COMPLETION'
}

/** One diagnostic for each command that cannot run. */
export function refuseUnsupported(query: QueryNode): Diagnostic[] {
  return query.commands.flatMap((command) => {
    if (command.type === 'other') return [notRunYet(`the command ${command.keyword}`, command.span)]
    const name = REFUSED[command.type]
    return name ? [notRunYet(`the command ${name}`, command.span)] : []
  })
}
