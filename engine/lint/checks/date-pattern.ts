/** Letters of date patterns that look like another one: YYYY, mm, DD, hh. */
import type { StringLiteral } from '../../language/ast.ts'
import type { Draft, LintCheck } from '../check.ts'
import { functionName } from '../expressions.ts'
import { requoted } from '../quoting.ts'

/** DATE_FORMAT and DATE_PARSE patterns. */
export const DATE_PATTERN: LintCheck = {
  id: 'date-pattern',
  title: 'Date pattern that means another unit',
  severity: 'warning',
  explanation:
    'Patterns are those of java.time: YYYY is the year of the week (at the end of December often the next year), mm are ' +
    'minutes, DD is the day of the year, hh the hour of a half day. Calendar dates are yyyy-MM-dd, times HH:mm:ss.',
  example: { query: 'FROM logs-*\n| EVAL day = DATE_FORMAT("YYYY-mm-dd", @timestamp)\n| STATS COUNT(*) BY day' },
  find: (context) =>
    context.nodes.flatMap(({ expression }) =>
      ['DATE_FORMAT', 'DATE_PARSE'].includes(functionName(expression) ?? '') &&
      expression.type === 'call' &&
      expression.args[0]?.type === 'string'
        ? draft(expression.args[0])
        : []
    )
}

interface Slip {
  pattern: RegExp
  instead: string
  says: string
}

const SLIPS: readonly Slip[] = [
  { pattern: /YYYY(?!.*w)/, instead: 'yyyy', says: 'YYYY is the year of the week, yyyy the calendar year' },
  { pattern: /(?<=[yY]{2,4}[-/._]?)mm(?=[-/._]?[dD])|(?<=[dD]{2}[-/._])mm/, instead: 'MM', says: 'mm are minutes, MM the month' },
  { pattern: /(?<=(?:MM|mm)[-/._]?)DD/, instead: 'dd', says: 'DD is the day of the year, dd of the month' },
  { pattern: /hh(?=:mm)(?!.*a)/, instead: 'HH', says: 'hh counts half days from 1 to 12, HH the hours of a day' }
]

function draft(literal: StringLiteral): Draft[] {
  let mended = literal.value
  const said: string[] = []
  for (const { pattern, instead, says } of SLIPS) {
    if (!pattern.test(literal.value)) continue
    said.push(says)
    mended = mended.replace(pattern, instead)
  }
  if (said.length === 0) return []
  return [
    {
      span: literal.span,
      message: `${said.join('; ')}, in ["${literal.value}"]`,
      example: {
        data: '{"@timestamp":"2024-12-30T10:45:00Z"}',
        outcome: `${literal.value} does not give what ${mended} gives for this time`
      },
      rewrite: { span: literal.span, replacement: requoted(literal, mended), effect: `the pattern becomes ${mended}` }
    }
  ]
}
