/** TO_LOWER(x) compared with a text that has upper-case letters. */
import type { Expression, StringLiteral } from '../../language/ast.ts'
import type { Draft, LintCheck } from '../check.ts'
import { sourceField } from '../columns.ts'
import type { Site } from '../context.ts'
import { functionName, stringLiterals } from '../expressions.ts'
import { requoted, shown } from '../quoting.ts'

/** Literals in a case that the folded value never has. */
export const CASE_FOLDING: LintCheck = {
  id: 'case-folding',
  title: 'Folded value compared with the other case',
  severity: 'error',
  explanation:
    'TO_LOWER leaves no upper-case letter (TO_UPPER no lower-case one), so a literal that has one never matches. ' +
    'Elasticsearch makes the condition the constant false; its negation is then true for every event, also for those without ' +
    'the field. In RLIKE \\S, \\D and \\W count as upper case.',
  example: { query: 'FROM logs-*\n| WHERE TO_LOWER(process.name) == "PowerShell.exe"' },
  find: (context) => context.nodes.flatMap(({ expression, site }) => drafts(site, expression))
}

type Folding = 'TO_LOWER' | 'TO_UPPER'

function drafts(site: Site, expression: Expression): Draft[] {
  const literals = literalsOf(expression)
  if (literals.length === 0 || !('value' in expression || expression.type === 'comparison')) return []
  const operand = expression.type === 'comparison' ? otherOperand(expression) : (expression.value as Expression)
  const folding = foldingOf(site, operand)
  if (!folding) return []
  return literals
    .filter(({ value }) => folded(folding.by, value) !== value)
    .map((literal) => {
      const mended = folded(folding.by, literal.value)
      return {
        span: literal.span,
        field: folding.field,
        pattern: expression.type === 'pattern' ? literal.value : null,
        message: `["${shown(literal.value)}"] is compared with ${folding.by === 'TO_LOWER' ? 'lower' : 'upper'}-case text and never matches`,
        example: {
          data: JSON.stringify({ [folding.field ?? 'value']: literal.value }),
          outcome: `${folding.by} gives ${shown(mended)}, which is not ${shown(literal.value)}`
        },
        rewrite: {
          span: literal.span,
          replacement: requoted(literal, mended),
          effect: 'matches in any case'
        }
      }
    })
}

function literalsOf(expression: Expression): StringLiteral[] {
  switch (expression.type) {
    case 'comparison':
      return ['==', '!='].includes(expression.operator) ? stringLiterals([expression.left, expression.right]) : []
    case 'in':
      return stringLiterals(expression.items)
    case 'pattern':
      return stringLiterals(expression.patterns)
    default:
      return []
  }
}

function otherOperand({ left, right }: Extract<Expression, { type: 'comparison' }>): Expression {
  return left.type === 'string' ? right : left
}

function foldingOf(site: Site, operand: Expression): { by: Folding; field: string | null } | null {
  const name = functionName(operand)
  if (operand.type === 'call' && (name === 'TO_LOWER' || name === 'TO_UPPER')) {
    const [inner] = operand.args
    const column = inner?.type === 'column' ? site.scope.lookup(inner.name) : null
    return { by: name, field: column && sourceField(column) }
  }
  const column = operand.type === 'column' ? site.scope.lookup(operand.name) : null
  return column?.kind === 'computed' && column.expression.type === 'call'
    ? foldingOf({ ...site, scope: column.scope }, column.expression)
    : null
}

/** In patterns a letter behind a backslash is a class, not a letter; those of RLIKE are lower case when they are meant so. */
function folded(by: Folding, value: string): string {
  return by === 'TO_LOWER'
    ? value.replaceAll(/\\.|[^\\]+/gs, (piece) => (piece.startsWith('\\') ? piece : piece.toLowerCase()))
    : value.replaceAll(/\\.|[^\\]+/gs, (piece) => (piece.startsWith('\\') ? piece : piece.toUpperCase()))
}
