/** Values joined or taken by place from a field that Elasticsearch keeps sorted. */
import type { CallExpression } from '../../language/ast.ts'
import type { Draft, LintCheck } from '../check.ts'
import { valueCount } from '../columns.ts'
import type { LintContext, Site } from '../context.ts'
import { isCall, withoutElementWise } from '../expressions.ts'
import { fieldType } from '../../source/field-types.ts'
import { shown } from '../quoting.ts'

/** MV_CONCAT, MV_SLICE, MV_FIRST and MV_LAST of keyword arrays as they are stored. */
export const SORTED_VALUES: LintCheck = {
  id: 'sorted-values',
  title: 'Order of values that are stored sorted',
  severity: 'warning',
  explanation:
    'Keyword fields are stored sorted and without duplicates: process.args of "tar -x -f a" reads "-f, -x, a, tar". What ' +
    'MV_CONCAT joins is not the command line, and MV_FIRST is not the first argument. process.command_line has the order.',
  example: { query: 'FROM logs-*\n| EVAL line = MV_CONCAT(process.args, " ")\n| WHERE line LIKE "*tar -x*"' },
  find: (context) =>
    context.nodes.flatMap(({ expression, site }) =>
      isCall(expression, 'MV_CONCAT', 'MV_SLICE', 'MV_FIRST', 'MV_LAST') ? draft(context, expression, site) : []
    )
}

function draft(context: LintContext, call: CallExpression, site: Site): Draft[] {
  const [argument] = call.args
  const inner = argument && withoutElementWise(argument)
  const column = inner?.type === 'column' ? site.scope.lookup(inner.name) : null
  if (column?.kind !== 'source' || valueCount(column) !== 'array-field') return []
  if (fieldType(column.field)?.type !== 'keyword') return []
  // Of fields whose order says nothing (categories, addresses) only pieces by place are worth a word.
  const ordered = /(^|\.)args$/.test(column.field)
  if (!ordered && isCall(call, 'MV_CONCAT')) return []
  const { field } = column
  return [
    {
      span: call.span,
      field,
      severity: ordered ? 'warning' : 'note',
      message: `[${field}] is stored sorted and without duplicates: [${shown(context.textOf(call))}] has not the order of the event`,
      example: {
        data: JSON.stringify({ [field]: ordered ? ['tar', '-x', '-f', 'a'] : ['b', 'a'] }),
        outcome: ordered ? 'the values are -f, -x, a, tar in this order' : 'the values are a, b in this order'
      },
      rewrite:
        field === 'process.args' && isCall(call, 'MV_CONCAT') && call.args[1]?.type === 'string' && call.args[1].value === ' '
          ? { span: call.span, replacement: 'process.command_line', effect: 'the arguments in their order, as one text' }
          : null
    }
  ]
}
