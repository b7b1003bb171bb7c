/** AND and OR beside each other without parentheses: AND binds first. */
import { joinSpans, type Span } from '../../base/span.ts'
import type { Token } from '../../language/token.ts'
import type { Draft, LintCheck } from '../check.ts'
import type { LintContext } from '../context.ts'
import { shown } from '../quoting.ts'

/** Mixed AND and OR of one level. */
export const CONNECTIVE_PRECEDENCE: LintCheck = {
  id: 'connective-precedence',
  title: 'AND and OR without parentheses',
  severity: 'warning',
  explanation:
    'AND binds tighter than OR: a AND b OR c is (a AND b) OR c, so c alone is enough and what stands before the AND (the data ' +
    'set, the platform) does not apply to it. Parentheses say which is meant.',
  example: {
    query: 'FROM logs-*\n| WHERE host.os.type == "linux" AND process.name == "curl" OR process.name == "wget"'
  },
  find: (context) => levelsOf(context.tokens).flatMap((level) => draft(context, level))
}

/** One level of parentheses: its operands between ANDs and ORs. */
interface Level {
  connectives: { word: 'and' | 'or'; at: number }[]
  /** Index of the first and behind the last token. */
  first: number
  last: number
}

/** Levels that hold both words. A comma, a pipe or an assignment ends a level; parentheses hold one of their own. */
function levelsOf(tokens: readonly Token[]): Level[] {
  const found: Level[] = []
  const stack: Level[] = [{ connectives: [], first: 0, last: 0 }]
  const close = (at: number) => {
    const level = stack.at(-1)!
    level.last = at
    if (new Set(level.connectives.map(({ word }) => word)).size === 2) found.push(level)
  }
  const restart = (at: number) => {
    close(at)
    stack[stack.length - 1] = { connectives: [], first: at + 1, last: at + 1 }
  }
  tokens.forEach((token, at) => {
    if (token.word === '(') stack.push({ connectives: [], first: at + 1, last: at + 1 })
    else if (token.word === ')' && stack.length > 1) {
      close(at)
      stack.pop()
    } else if (token.kind === 'pipe' && !token.nested) {
      while (stack.length > 1) stack.pop()
      restart(at)
    } else if (token.kind === 'end') close(at)
    else if ([',', '='].includes(token.word) || token.kind === 'command' || ['where', 'by'].includes(token.word)) restart(at)
    else if (token.kind === 'keyword' && (token.word === 'and' || token.word === 'or'))
      stack.at(-1)!.connectives.push({ word: token.word, at })
  })
  return found
}

function draft(context: LintContext, level: Level): Draft[] {
  const { tokens, text } = context
  const borders = [level.first - 1, ...level.connectives.filter(({ word }) => word === 'or').map(({ at }) => at), level.last]
  const alternatives: { span: Span; joined: boolean }[] = []
  // Both lists are in the order of the text: one look at each connective is enough.
  const ands = level.connectives.filter(({ word }) => word === 'and').map(({ at }) => at)
  let next = 0
  borders.slice(1).forEach((end, i) => {
    const start = borders[i]! + 1
    if (start >= end) return
    while (next < ands.length && ands[next]! <= start) next++
    const joined = next < ands.length && ands[next]! < end
    alternatives.push({ span: joinSpans(tokens[start]!.span, tokens[end - 1]!.span), joined })
  })
  const first = alternatives.find(({ joined }) => joined)
  const other = alternatives.find((alternative) => alternative !== first)
  if (!first || !other) return []
  const span = joinSpans(alternatives[0]!.span, alternatives.at(-1)!.span)
  let replacement = ''
  let at = span.start
  for (const { span: part, joined } of alternatives) {
    const written = text.slice(part.start, part.end)
    replacement += text.slice(at, part.start) + (joined ? `(${written})` : written)
    at = part.end
  }
  const alone = shown(context.textOf(other), 60)
  return [
    {
      span,
      message: `AND binds tighter than OR here: [${alone}] is an alternative to everything joined by AND beside it`,
      example: { data: `{"only":"${alone.replaceAll('"', '\\"')}"}`, outcome: 'this alternative alone makes the whole true' },
      rewrite: { span, replacement, effect: 'writes down what is meant now; move the parentheses if something else was' }
    }
  ]
}
