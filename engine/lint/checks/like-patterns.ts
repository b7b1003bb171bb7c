/** LIKE patterns written in another language's wildcards, or with a wildcard escaped by mistake, or with none at all. */
import type { Draft, LintCheck } from '../check.ts'
import type { LintContext } from '../context.ts'
import { type PatternPlace, patternPlaces } from '../patterns.ts'
import { requoted, shown } from '../quoting.ts'

/** `%` of SQL. */
export const LIKE_SQL_WILDCARD: LintCheck = {
  id: 'like-sql-wildcard',
  title: 'SQL wildcard in LIKE',
  severity: 'warning',
  explanation:
    'LIKE knows * (any run of characters) and ? (one character). % and _ are ordinary characters, so the pattern matches only ' +
    'text that holds them.',
  example: { query: 'FROM logs-*\n| WHERE user_agent.original LIKE "%curl%"' },
  find: (context) =>
    likes(context)
      .filter(({ literal }) => sqlWildcards(literal.value))
      .map(sqlDraft)
}

/** A star that is escaped at an end of the pattern. */
export const LIKE_ESCAPED_WILDCARD: LintCheck = {
  id: 'like-escaped-wildcard',
  title: 'Escaped wildcard at an end of a LIKE pattern',
  severity: 'warning',
  explanation:
    'A backslash takes the meaning from the * behind it: the pattern ends (or begins) with a literal star, which hardly any ' +
    'value does. A literal backslash in front of a wildcard is written as two in triple quotes, as four in plain ones.',
  example: { query: 'FROM logs-*\n| WHERE url.path LIKE "*/etc/\\\\*"' },
  find: (context) => likes(context).flatMap(escapedDraft)
}

/** LIKE or RLIKE that could be ==. */
export const PATTERN_WITHOUT_WILDCARD: LintCheck = {
  id: 'pattern-without-wildcard',
  title: 'Pattern without a wildcard',
  severity: 'note',
  explanation:
    'The whole value has to match, so a pattern without a wildcard is an equality. Where a part of the value was meant, it ' +
    'needs a * (RLIKE: .*) at both ends.',
  example: { query: 'FROM logs-*\n| WHERE process.command_line RLIKE "whoami"' },
  find: (context) => patternPlaces(context).flatMap((place) => plainDraft(context, place))
}

function likes(context: LintContext): PatternPlace[] {
  return patternPlaces(context).filter(({ operator }) => operator === 'like')
}

/** `%2e` is a character of a URL, `%TEMP%` a variable. */
const OTHER_PERCENT = /%[0-9A-Fa-f]{2}|%[A-Za-z_][A-Za-z0-9_()]*%/g

function sqlWildcards(pattern: string): boolean {
  // A pattern in percent signs from end to end is no variable where it has no star either.
  if (/^%.+%$/.test(pattern) && !/[*?]/.test(pattern) && !/^%[A-Z_0-9()]+%$/.test(pattern)) return true
  const rest = pattern.replaceAll(OTHER_PERCENT, '')
  return rest.includes('%') && (/^%|%$/.test(rest) || !/[*?]/.test(rest))
}

function sqlDraft({ literal }: PatternPlace): Draft {
  const { value, span } = literal
  const mended = value.replaceAll('%', '*')
  return {
    span,
    pattern: value,
    message: `% is an ordinary character in LIKE: ["${shown(value)}"] matches only text that holds it`,
    example: {
      data: JSON.stringify({ value: value.replaceAll('%', 'a') }),
      outcome: 'the pattern does not match, the condition is false'
    },
    rewrite: /%(?=[0-9A-Fa-f]{2})/.test(value)
      ? null
      : { span, replacement: requoted(literal, mended), effect: 'any run of characters where SQL has %' }
  }
}

function escapedDraft({ literal }: PatternPlace): Draft[] {
  const { value, span } = literal
  // An even number of backslashes is that many literal ones, half of them.
  const end = /(?<!\\)(?:\\\\)*\\\*$/.test(value)
  const start = value.startsWith('\\*')
  if (!end && !start) return []
  const where = end ? 'ends' : 'begins'
  const mended = end ? `${value.slice(0, -2)}*` : value.slice(1)
  const sample = value.replaceAll('\\*', 'x').replaceAll('*', '')
  return [
    {
      span,
      pattern: value,
      message: `["${shown(value)}"] ${where} with a literal star: the wildcard is escaped`,
      example: {
        data: JSON.stringify({ value: sample }),
        outcome: `no star at the ${end ? 'end' : 'beginning'}: the condition is false`
      },
      rewrite: { span, replacement: requoted(literal, mended), effect: 'the star is a wildcard' }
    }
  ]
}

function hasWildcardBeside(context: LintContext, place: NonNullable<PatternPlace['in']>, special: RegExp): boolean {
  const operand = context.textOf(place.expression.value)
  return patternPlaces(context).some(
    ({ literal, in: other }) =>
      other?.site === place.site && context.textOf(other.expression.value) === operand && special.test(literal.value)
  )
}

function plainDraft(context: LintContext, { operator, literal, in: place }: PatternPlace): Draft[] {
  const { value } = literal
  const special = operator === 'like' ? /[*?\\%]/ : /[.*+?|(){}[\]\\^$&@#~<>"]/
  if (special.test(value) || place === null || place.expression.list || value === '') return []
  // A list of conditions on one value mixes patterns with plain values on purpose.
  if (hasWildcardBeside(context, place, special)) return []
  const { expression } = place
  const operand = context.textOf(expression.value)
  return [
    {
      span: expression.span,
      pattern: value,
      message: `["${shown(value)}"] has no wildcard: only this whole value matches`,
      example: { data: JSON.stringify({ value: `${value} x` }), outcome: 'more than the pattern: the condition is false' },
      rewrite: {
        span: expression.span,
        replacement: `${operand} ${expression.negated ? '!=' : '=='} ${context.textOf(literal)}`,
        effect: 'says the same as an equality'
      }
    }
  ]
}
