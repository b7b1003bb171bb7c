import type { BoundColumn, BoundExpression } from './expression.ts'

/** The expression with columns read by other names; names not in the map stay. */
export function renameColumns(expression: BoundExpression, names: ReadonlyMap<string, string>): BoundExpression {
  if (expression.type === 'column') return { ...expression, name: names.get(expression.name) ?? expression.name }
  return mapChildren(expression, (child) => renameColumns(child, names))
}

/** The expression with each direct sub-expression replaced by `change` of it. */
export function mapChildren(expression: BoundExpression, change: (child: BoundExpression) => BoundExpression): BoundExpression {
  switch (expression.type) {
    case 'column':
    case 'literal':
      return expression
    case 'call':
    case 'coalesce':
      return { ...expression, args: expression.args.map(change) }
    case 'conversion':
    case 'not':
    case 'is-null':
    case 'like':
      return { ...expression, operand: change(expression.operand) }
    case 'logical':
      return { ...expression, left: change(expression.left), right: change(expression.right) }
    case 'in':
      return { ...expression, value: change(expression.value), items: expression.items.map(change) }
    case 'case':
      return {
        ...expression,
        branches: expression.branches.map((branch) => ({ condition: change(branch.condition), value: change(branch.value) })),
        otherwise: expression.otherwise && change(expression.otherwise)
      }
    case 'full-text':
      return { ...expression, fields: expression.fields.map((field) => change(field) as BoundColumn) }
  }
}
