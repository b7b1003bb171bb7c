/** RLIKE patterns in which Lucene reads something else than was written. One check a kind of slip. */
import type { Draft, LintCheck } from '../check.ts'
import type { LintContext } from '../context.ts'
import type { LintFinding, LintSeverity } from '../finding.ts'
import { luceneSlips, type Slip, type SlipKind, withEdgesOutside } from '../lucene-pattern.ts'
import { type PatternPlace, patternPlaces } from '../patterns.ts'
import { requoted, shown } from '../quoting.ts'

interface SlipCheck {
  id: string
  title: string
  severity: LintSeverity
  kinds: readonly SlipKind[]
  explanation: string
  example: string
  message(slip: Slip): string
  /** A value and what happens to it. */
  case: LintFinding['example']
  /** The pattern as it was meant; null where nobody can know. */
  mend(pattern: string, slips: readonly Slip[]): string | null
}

const MEANINGS: Readonly<Partial<Record<SlipKind, string>>> = {
  intersection: '& is intersection: both sides have to match the same text',
  'any-string': '@ matches any text',
  'empty-language': '# matches nothing at all',
  complement: '~ is complement: anything but what follows',
  interval: '< begins a numeric interval such as <1-99>',
  quotes: 'text between " and " is literal and the quotes themselves are not part of it'
}

const SLIP_CHECKS: readonly SlipCheck[] = [
  {
    id: 'rlike-operator',
    title: 'Character that is an operator in RLIKE',
    severity: 'warning',
    kinds: ['intersection', 'any-string', 'empty-language', 'complement', 'interval', 'quotes'],
    explanation:
      'RLIKE is Lucene syntax, in which & ~ @ # < > and " are operators outside of [...]: intersection, complement, any text, ' +
      'nothing, numeric interval, literal text. With a backslash in front each is the character itself.',
    example: 'FROM logs-*\n| WHERE process.command_line RLIKE ".*>&1.*"',
    message: ({ kind }) => MEANINGS[kind]!,
    case: { data: '{"value":"a>&1"}', outcome: 'the operator is applied instead of matching the character' },
    mend: (pattern, slips) =>
      slips.some(({ kind }) => kind === 'quotes') ? null : edited(pattern, slips, ({ text }) => `\\${text}`)
  },
  {
    id: 'rlike-anchor',
    title: 'Anchor in RLIKE',
    severity: 'warning',
    kinds: ['anchor'],
    explanation:
      'RLIKE always has to match the whole value; ^ and $ are literal characters outside of [...]. At the ends they are left ' +
      'out; inside an alternative .* in front of and behind the other alternatives says what was meant.',
    example: 'FROM logs-*\n| WHERE url.domain RLIKE "^login\\\\.example\\\\.com$"',
    message: ({ text }) => `${text} is a literal character: RLIKE has no anchors`,
    case: { data: '{"value":"login.example.com"}', outcome: 'there is no ^ or $ in the value: the condition is false' },
    mend: (pattern, slips) =>
      slips.every(({ at, text }) => (text === '^' ? at === 0 : at === pattern.length - 1))
        ? edited(pattern, slips, () => '')
        : null
  },
  {
    id: 'rlike-empty-alternative',
    title: 'Empty alternative in RLIKE',
    severity: 'warning',
    kinds: ['empty-alternative'],
    explanation:
      'A bar at the beginning of an alternative is a literal bar: a||b is "a" or "|b". A bar at the end of a group or of the ' +
      'pattern is an error. An alternative that may be empty is written with ?.',
    example: 'FROM logs-*\n| WHERE user_agent.original RLIKE "(curl.*||.*wget.*)"',
    message: ({ text }) =>
      text === '|'
        ? '| with nothing in front of it is a literal bar, not an alternative'
        : '| with nothing behind it is refused by Elasticsearch',
    case: { data: '{"value":"a wget"}', outcome: 'the alternative behind the second bar begins with a literal |: no match' },
    mend: (pattern, slips) =>
      slips.every(({ text, at }) => text === '|' && pattern[at - 1] === '|') ? edited(pattern, slips, () => '') : null
  },
  {
    id: 'rlike-leading-quantifier',
    title: 'Quantifier with nothing in front of it',
    severity: 'warning',
    kinds: ['leading-quantifier'],
    explanation:
      'At the beginning of a pattern, a group or an alternative, * + and ? are literal characters. A run of any characters is .*',
    example: 'FROM logs-*\n| WHERE process.command_line RLIKE "*sh -c.*"',
    message: ({ text }) => `${text} is a literal character here; any run of characters is .*`,
    case: { data: '{"value":"/bin/sh -c id"}', outcome: 'the value does not begin with the character: the condition is false' },
    mend: (pattern, slips) => (slips.every(({ text }) => text === '*') ? withOpenEnd(edited(pattern, slips, () => '.*')) : null)
  },
  {
    id: 'rlike-edge-alternatives',
    title: 'Ends of the pattern belong to the outer alternatives only',
    severity: 'warning',
    kinds: ['edge-alternatives'],
    explanation:
      '| binds loosest: in (.*)a|b|c(.*) the (.*) in front belongs to a, the one behind to c, and b matches only the exact ' +
      'value b. A group around the alternatives says what was meant.',
    example: 'FROM logs-*\n| WHERE o365.audit.Workload RLIKE "(.*)Exchange|SharePoint|Teams(.*)"',
    message: () => '.* at the ends belongs to the first and the last alternative only; those between match whole values',
    case: { data: '{"value":"SharePoint Online"}', outcome: 'the middle alternative is the whole value or nothing: no match' },
    mend: (pattern) => withEdgesOutside(pattern)
  },
  {
    id: 'rlike-group',
    title: 'Group syntax RLIKE does not have',
    severity: 'warning',
    kinds: ['group'],
    explanation:
      'RLIKE has groups only for precedence. (?i) is a group holding the text ?i, (?:a|b) matches "?:a" or "b", and look-ahead ' +
      'does not exist. For matching in any case use TO_LOWER on the field; (?: is written (.',
    example: 'FROM logs-*\n| WHERE process.command_line RLIKE "(?i).*powershell.*"',
    message: ({ text }) => `${text} has no meaning in RLIKE: its characters are matched`,
    case: {
      data: '{"value":"powershell"}',
      outcome: 'the value does not hold the characters of the group: the condition is false'
    },
    mend: (pattern, slips) => (slips.every(({ text }) => text === '(?:') ? edited(pattern, slips, () => '(') : null)
  },
  {
    id: 'rlike-lazy',
    title: 'Lazy or possessive quantifier in RLIKE',
    severity: 'note',
    kinds: ['lazy'],
    explanation:
      'A second quantifier applies to the first one: a+? is "a+, or nothing", a*? is a*. RLIKE asks whether the whole value ' +
      'matches, so there is no difference between greedy and lazy.',
    example: 'FROM logs-*\n| WHERE process.command_line RLIKE "curl .+? -o .*"',
    message: ({ text }) => `${text} makes what is in front of it optional; it is not lazy`,
    case: {
      data: '{"value":"curl  -o x"}',
      outcome: 'matches although there is nothing where one character or more was asked for'
    },
    mend: (pattern, slips) => edited(pattern, slips, () => '')
  },
  {
    id: 'rlike-escape',
    title: 'Escape RLIKE does not have',
    severity: 'error',
    kinds: ['escape'],
    explanation:
      'Of letters only \\d \\D \\s \\S \\w and \\W may stand behind a backslash; \\n, \\t and \\b are errors, and so is a ' +
      'backslash at the end of the pattern.',
    example: 'FROM logs-*\n| WHERE process.command_line RLIKE """.*\\bnc\\b.*"""',
    message: ({ text }) => `${text} is no escape of RLIKE: Elasticsearch refuses the query`,
    case: { data: '{"value":"nc"}', outcome: 'the query does not run' },
    mend: () => null
  }
]

/** The checks of RLIKE patterns. */
export const RLIKE_CHECKS: readonly LintCheck[] = SLIP_CHECKS.map(
  ({ example, kinds, message, mend, case: sample, ...check }) => ({
    ...check,
    example: { query: example },
    find: (context: LintContext) =>
      patternPlaces(context).flatMap((place): Draft[] => {
        const slips = slipsOf(place).filter(({ kind }) => kinds.includes(kind))
        const [first] = slips
        if (!first) return []
        const { literal } = place
        const mended = mend(literal.value, slips)
        const messages = [...new Set(slips.map(message))]
        return [
          {
            span: spanOf(context, place, first),
            pattern: literal.value,
            message: `${messages.join('; ')}, in ["${shown(literal.value)}"]`,
            example: sample,
            rewrite:
              mended === null || mended === literal.value
                ? null
                : { span: literal.span, replacement: requoted(literal, mended), effect: `the pattern becomes ${shown(mended)}` }
          }
        ]
      })
  })
)

const known = new WeakMap<PatternPlace, Slip[]>()

function slipsOf(place: PatternPlace): Slip[] {
  if (place.operator !== 'rlike') return []
  let slips = known.get(place)
  if (!slips) known.set(place, (slips = luceneSlips(place.literal.value)))
  return slips
}

/** The place of a slip in the query, where the literal has no escapes that move it; else the literal. */
function spanOf(context: LintContext, { literal }: PatternPlace, { at, text, kind }: Slip): Draft['span'] {
  const quotes = literal.raw ? 3 : 1
  const written = context.text.slice(literal.span.start + quotes, literal.span.end - quotes)
  if (kind === 'edge-alternatives' || written !== literal.value) return literal.span
  const start = literal.span.start + quotes + at
  return { start, end: start + text.length }
}

/** The pattern with each slip's text replaced. */
function edited(pattern: string, slips: readonly Slip[], replace: (slip: Slip) => string): string {
  let result = ''
  let at = 0
  for (const slip of slips) {
    // Of a quantifier on a quantifier and of a doubled bar only the second is the slip.
    const from = slip.at
    const length = slip.kind === 'lazy' || slip.kind === 'empty-alternative' ? 1 : slip.text.length
    result += pattern.slice(at, from) + replace(slip)
    at = from + length
  }
  return result + pattern.slice(at)
}

/** Who wrote `*sh -c*` meant a part of the value: a star of theirs at the end is a run of characters too. */
function withOpenEnd(pattern: string): string {
  return /(?<![.\])}\\])\*$/.test(pattern) ? `${pattern.slice(0, -1)}.*` : pattern
}
