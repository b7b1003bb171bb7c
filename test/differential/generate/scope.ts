/** The columns a generated command can name, and how they are written. */
import { type Column, isText, type Type } from '../interpreter/values.ts'

export type Scope = readonly Column[]

/** A piece of a query: its type is known before it is written, the columns it names only then. */
export interface Draft {
  type: Type
  write(scope: Scope): string
}

export const quoted = (name: string): string =>
  /^[a-z][a-z0-9_]*(\.[a-z]+)?$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``

/** Some column of `type`, or null when there is none. */
export function columnOf(scope: Scope, type: Type, pick: number): string | null {
  const fitting = scope.filter((column) => column.type === type || (type === 'keyword' && isText(column.type)))
  return fitting.length === 0 ? null : quoted(fitting[pick % fitting.length]!.name)
}

/** The scope with columns added at the end; those of the same name go. */
export function extended(scope: Scope, added: readonly Column[]): Scope {
  const all = [...scope, ...added]
  return all.filter(({ name }, i) => all.findLastIndex((other) => other.name === name) === i)
}
