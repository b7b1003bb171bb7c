/**
 * Verifier: refuses, by name, what is parsed but not run by this version. Nothing is silently left out or answered
 * otherwise. Expressions are refused where they are bound (expression-analyzer.ts); commands here.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import type { QueryNode } from '../language/ast.ts'
import { notRunYet } from './errors.ts'

/** Why a command is not run, by its word. */
export const REFUSED_COMMANDS: ReadonlyMap<string, string> = new Map(
  (
    [
      ['FORK FUSE', 'one query is one pipe here'],
      ['SAMPLE', 'its answer is another one each time'],
      ['CHANGE_POINT', 'it needs a statistical test'],
      ['RERANK', 'it needs a language model'],
      ['MMR', 'it needs vectors'],
      ['HIGHLIGHT', 'the page marks what matched'],
      ['TS TS_COLLAPSE TS_INFO METRICS_INFO PROMQL', 'it needs time series indices'],
      ['SHOW EXPLAIN', 'it asks a cluster about itself'],
      ['EXTERNAL', 'it reads from elsewhere; load the file instead'],
      ['SET', 'it sets options of a request'],
      ['JOIN LEFT RIGHT FULL', 'only LOOKUP JOIN joins'],
      ['IP_LOCATION', 'it needs a database of places'],
      ['INSIST', 'a field that events have is known here anyway'],
      ['DEDUP REGISTERED_DOMAIN URI_PARTS USER_AGENT', 'no rule uses it']
    ] as const
  ).flatMap(([words, reason]) => words.split(' ').map((word) => [word, reason] as const))
)

/** One diagnostic for each command that cannot run. */
export function refuseUnsupported(query: QueryNode): Diagnostic[] {
  // Behind COMPLETION nothing is run, so nothing is refused.
  const end = query.commands.findIndex(({ type }) => type === 'completion')
  const commands = end < 0 ? query.commands : query.commands.slice(0, end)
  return commands.flatMap((command) =>
    command.type === 'other'
      ? [notRunYet(`the command ${command.keyword}`, command.span, REFUSED_COMMANDS.get(command.keyword))]
      : []
  )
}
