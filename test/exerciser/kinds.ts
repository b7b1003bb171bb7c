/** What kind of value each field of a rule holds: by the table of field types, else by what the rule does with it. */
import type { Expression } from '../../engine/language/ast.ts'
import { constantOf } from './constants.ts'
import { type Kind, kindInTable } from './demands.ts'
import { type Cell, columnsIn, type Leveled } from './levels.ts'

export type Kinds = (name: string) => Kind

const NUMERIC_ARGUMENTS = /^(SUM|AVG|MEDIAN|PERCENTILE|ROUND|ABS|TO_DOUBLE|MV_SUM|MV_AVG|FLOOR|CEIL)$/
const DATE_ARGUMENTS = /^(DATE_TRUNC|DATE_DIFF|DATE_FORMAT|BUCKET)$/

export function kindsOf({ expressions, levels, conditions }: Leveled): Kinds {
  const guessed = new Map<string, Kind>()
  const cells = new Map(levels.flatMap((level) => [...level.cells]))
  for (const expression of [...expressions, ...conditions.map((condition) => condition.expression)])
    guess(expression, guessed, cells)
  for (const { expression } of conditions) if (expression.type === 'column') guessed.set(expression.name, 'boolean')
  return (name) => kindInTable(name) ?? guessed.get(name) ?? (name === '@timestamp' ? 'date' : 'text')
}

type Cells = ReadonlyMap<string, Cell>

function guess(node: unknown, guessed: Map<string, Kind>, cells: Cells): void {
  if (Array.isArray(node)) for (const item of node) guess(item, guessed, cells)
  else if (typeof node === 'object' && node !== null) {
    guessOne(node as Expression, guessed, cells)
    for (const [key, child] of Object.entries(node)) if (key !== 'span') guess(child, guessed, cells)
  }
}

function guessOne(node: Expression, guessed: Map<string, Kind>, cells: Cells): void {
  const note = (part: Expression | undefined, kind: Kind) => {
    const cell = part?.type === 'column' ? cells.get(part.name) : undefined
    if (cell?.argument && !cell.aggregate.startsWith('COUNT')) note(cell.argument, kind)
    else if (part?.type === 'column' && !guessed.has(part.name)) guessed.set(part.name, kind)
    // A value that goes through CASE or COALESCE is of the same kind.
    if (part?.type === 'call' && /^(COALESCE|MV_FIRST|MV_MIN|MV_MAX|MAX|MIN|VALUES)$/i.test(part.name))
      part.args.forEach((arg) => note(arg, kind))
  }
  if (node.type === 'comparison') {
    for (const [side, other] of [
      [node.left, node.right],
      [node.right, node.left]
    ] as const)
      noteConstant(note, side, constantOf(other))
  } else if (node.type === 'in') noteConstant(note, node.value, constantOf(node.items[0]))
  else if (node.type === 'arithmetic') [node.left, node.right].forEach((side) => note(side, 'number'))
  else if (node.type === 'call') {
    const name = node.name.toUpperCase()
    if (NUMERIC_ARGUMENTS.test(name)) note(node.args[0], 'number')
    if (DATE_ARGUMENTS.test(name)) node.args.forEach((arg) => note(arg, 'date'))
    if (name === 'CIDR_MATCH') note(node.args[0], 'ip')
    if (name === 'COALESCE') {
      const kind = node.args.map((arg) => (arg.type === 'column' ? kindInTable(arg.name) : null)).find((one) => one !== null)
      if (kind) node.args.forEach((arg) => note(arg, kind))
    }
    if (name === 'CASE')
      node.args.forEach((arg, i) => (i % 2 === 0 && i < node.args.length - 1 ? note(arg, 'boolean') : undefined))
  }
}

function noteConstant(note: (part: Expression, kind: Kind) => void, side: Expression, constant: unknown): void {
  if (typeof constant === 'number') note(side, constant > 1e12 ? 'date' : 'number')
  if (typeof constant === 'boolean') note(side, 'boolean')
}

/** Whether an expression is a date: a date field, or what is made of one. `dates`: columns of groups that are. */
export function isDate(node: Expression, kinds: Kinds, dates: ReadonlySet<string> = new Set()): boolean {
  const inner = (child: Expression) => isDate(child, kinds, dates)
  if (node.type === 'column') return dates.has(node.name) || (!node.name.includes(' @') && kinds(node.name) === 'date')
  if (node.type === 'call') {
    if (/^(NOW|DATE_TRUNC|TO_DATETIME)$/i.test(node.name)) return true
    return /^(CASE|COALESCE|MV_MIN|MV_MAX|MV_FIRST|MV_LAST)$/i.test(node.name) && node.args.some(inner)
  }
  return node.type === 'arithmetic' && inner(node.left)
}

/** Whether an expression is a number. */
export function isNumber(node: Expression, kinds: Kinds, numbers: ReadonlyMap<string, boolean>): boolean {
  if (node.type === 'call' && /^(LENGTH|TO_INTEGER|TO_LONG|TO_DOUBLE|ROUND|DATE_DIFF|MV_COUNT)$/i.test(node.name)) return true
  const columns = [...columnsIn(node)]
  return columns.length > 0 && columns.every((name) => numbers.has(name) || (!name.includes(' @') && kinds(name) === 'number'))
}

/** The field an event has for a column: `x.text` and `x.caseless` are further forms of `x`. */
export function storedField(name: string): { name: string; foldsCase: boolean } {
  const found = /^(.*)\.(text|caseless)$/.exec(name)
  if (!found || kindInTable(found[1]!) === null) return { name, foldsCase: false }
  return { name: found[1]!, foldsCase: found[2] === 'caseless' }
}
