/** Random pipes. Each command is written in the scope the ones before it leave. */
import fc from 'fast-check'
import { type Column, type Type } from '../interpreter/values.ts'
import { expression, TYPES } from './expressions.ts'
import { FIELDS } from './fields.ts'
import { type Draft, extended, quoted, type Scope } from './scope.ts'

export interface CommandDraft {
  write(scope: Scope): { text: string; scope: Scope }
}

const anyType = fc.constantFrom(...TYPES)
const anyExpression = (depth: number) => anyType.chain((type) => expression(type, depth))
const newName = fc.constantFrom('n0', 'n1', 'n2', 'k', 'i', 'new name')

const where = (depth: number): fc.Arbitrary<CommandDraft> =>
  expression('boolean', depth).map((condition) => ({ write: (scope) => ({ text: `WHERE ${condition.write(scope)}`, scope }) }))

/** `name = expression` or the expression alone, which then is its own name. */
interface Field {
  name: string | null
  value: Draft
}
const field = (depth: number): fc.Arbitrary<Field> =>
  fc.record({ name: fc.option(newName, { freq: 6 }), value: anyExpression(depth) })

function writeField({ name, value }: Field, scope: Scope): { text: string; column: Column } {
  const text = value.write(scope)
  const bare = scope.find((column) => quoted(column.name) === text)
  if (name === null && bare) return { text, column: bare }
  return name === null
    ? { text, column: { name: text, type: value.type } }
    : { text: `${quoted(name)} = ${text}`, column: { name, type: value.type } }
}

const evaluate = (depth: number): fc.Arbitrary<CommandDraft> =>
  fc.array(field(depth), { minLength: 1, maxLength: 3 }).map((fields) => ({
    write(scope) {
      const texts: string[] = []
      let now = scope
      for (const one of fields) {
        const { text, column } = writeField(one, now)
        texts.push(text)
        now = extended(now, [column])
      }
      return { text: `EVAL ${texts.join(', ')}`, scope: now }
    }
  }))

/** `count` different columns of the scope. */
function chosen(scope: Scope, picks: readonly number[]): Column[] {
  return [...new Set(picks.map((pick) => scope[pick % scope.length]!))]
}

const picks = (maxLength: number) => fc.array(fc.nat(40), { minLength: 1, maxLength })

const keep: fc.Arbitrary<CommandDraft> = fc
  .tuple(picks(6), fc.option(fc.constantFrom('*', 'o.*', 'n*', '*2', 'k*')))
  .map(([list, pattern]) => ({
    write(scope) {
      const columns = chosen(scope, list)
      const stars = pattern !== null && /^[a-z0-9.*]+$/.test(pattern) ? [pattern] : []
      const regex = new RegExp(`^${(pattern ?? '').replace('.', '\\.').replace('*', '.*')}$`)
      const useStar = stars.length > 0 && scope.some(({ name }) => regex.test(name))
      const names = columns.map(({ name }) => quoted(name))
      const after = useStar ? scope.filter((column) => columns.includes(column) || regex.test(column.name)) : columns
      return { text: `KEEP ${[...names, ...(useStar ? stars : [])].join(', ')}`, scope: after }
    }
  }))

const drop: fc.Arbitrary<CommandDraft> = picks(3).map((list) => ({
  write(scope) {
    const columns = chosen(scope, list).slice(0, scope.length - 1)
    if (columns.length === 0) return { text: 'LIMIT 100', scope }
    return {
      text: `DROP ${columns.map(({ name }) => quoted(name)).join(', ')}`,
      scope: scope.filter((column) => !columns.includes(column))
    }
  }
}))

const rename: fc.Arbitrary<CommandDraft> = fc.tuple(fc.nat(40), newName, fc.boolean()).map(([pick, to, style]) => ({
  write(scope) {
    const column = scope[pick % scope.length]!
    const after = scope
      .filter((other) => other === column || other.name !== to)
      .map((other) => (other === column ? { ...column, name: to } : other))
    const text = style ? `${quoted(column.name)} AS ${quoted(to)}` : `${quoted(to)} = ${quoted(column.name)}`
    return { text: `RENAME ${text}`, scope: after }
  }
}))

const sortKey = fc.record({
  value: fc.oneof(
    {
      arbitrary: fc.nat(40).map((pick): Draft => ({ type: 'null', write: (scope) => quoted(scope[pick % scope.length]!.name) })),
      weight: 3
    },
    anyExpression(1)
  ),
  direction: fc.constantFrom('', ' ASC', ' DESC'),
  nulls: fc.constantFrom('', '', ' NULLS FIRST', ' NULLS LAST')
})
const sort: fc.Arbitrary<CommandDraft> = fc.array(sortKey, { minLength: 1, maxLength: 2 }).map((keys) => ({
  write: (scope) => ({
    text: `SORT ${keys.map(({ value, direction, nulls }) => value.write(scope) + direction + nulls).join(', ')}`,
    scope
  })
}))

const limit: fc.Arbitrary<CommandDraft> = fc.nat(6).map((count) => ({ write: (scope) => ({ text: `LIMIT ${count}`, scope }) }))

const expand: fc.Arbitrary<CommandDraft> = fc.nat(40).map((pick) => ({
  write: (scope) => ({ text: `MV_EXPAND ${quoted(scope[pick % scope.length]!.name)}`, scope })
}))

// ---- aggregation ----

const SUMMABLE: readonly Type[] = ['integer', 'long', 'double']
const sameType = (type: Type): Type => type
const constantly = (type: Type) => () => type

interface AggregateForm {
  name: string
  types: readonly Type[]
  returns(type: Type): Type
  rest: fc.Arbitrary<string>
}

const none = fc.constant('')
const AGGREGATES: readonly AggregateForm[] = [
  { name: 'COUNT', types: TYPES, returns: constantly('long'), rest: none },
  { name: 'COUNT_DISTINCT', types: TYPES, returns: constantly('long'), rest: none },
  { name: 'SUM', types: SUMMABLE, returns: (type) => (type === 'double' ? 'double' : 'long'), rest: none },
  { name: 'AVG', types: SUMMABLE, returns: constantly('double'), rest: none },
  { name: 'MIN', types: TYPES, returns: sameType, rest: none },
  { name: 'MAX', types: TYPES, returns: sameType, rest: none },
  { name: 'VALUES', types: TYPES, returns: sameType, rest: none },
  {
    name: 'TOP',
    types: TYPES.filter((type) => type !== 'unsigned_long' && type !== 'version' && type !== 'date_nanos'),
    returns: sameType,
    rest: fc.constantFrom(', 2', ', 1, "asc"', ', 3, "desc"')
  },
  { name: 'MEDIAN', types: SUMMABLE, returns: constantly('double'), rest: none },
  { name: 'PERCENTILE', types: SUMMABLE, returns: constantly('double'), rest: fc.constantFrom(', 0', ', 25', ', 90.0', ', 100') },
  { name: 'STD_DEV', types: SUMMABLE, returns: constantly('double'), rest: none }
]

function aggregateCall(depth: number): fc.Arbitrary<Draft> {
  const forms = AGGREGATES.map(({ name, types, returns, rest }) =>
    fc.constantFrom(...types).chain((type) =>
      fc.tuple(expression(type, depth), rest).map(([value, more]): Draft => ({
        type: returns(type),
        write: (scope) => `${name}(${value.write(scope)}${more})`
      }))
    )
  )
  const picked = fc
    .constantFrom(...TYPES)
    .chain((type) => fc.tuple(fc.constantFrom('FIRST', 'LAST'), expression(type, depth), anyExpression(0)))
    .map(([name, value, key]): Draft => ({
      type: value.type,
      write: (scope) => `${name}(${value.write(scope)}, ${key.write(scope)})`
    }))
  const count = fc.constant<Draft>({ type: 'long', write: () => 'COUNT(*)' })
  return fc.oneof(count, picked, ...forms)
}

/** An aggregate alone, or under a function or operator. */
const aggregateExpression = (depth: number): fc.Arbitrary<Draft> =>
  fc.tuple(aggregateCall(depth), fc.constantFrom('alone', 'alone', 'count', 'null', 'text')).map(([call, around]) => {
    if (around === 'count') return { type: 'integer', write: (scope) => `MV_COUNT(${call.write(scope)})` }
    if (around === 'null') return { type: 'boolean', write: (scope) => `${call.write(scope)} IS NULL` }
    if (around === 'text') return { type: 'keyword', write: (scope) => `MV_CONCAT(TO_STRING(${call.write(scope)}), "|")` }
    return call
  })

const aggregateField = (depth: number) =>
  fc.record({
    name: fc.option(fc.constantFrom('a0', 'a1', 'a2', 'k'), { freq: 6 }),
    value: aggregateExpression(depth),
    filter: fc.option(expression('boolean', 1), { freq: 4, nil: null })
  })
const groupKey = fc.oneof(
  { arbitrary: fc.nat(40).map((pick) => ({ pick, field: null })), weight: 3 },
  field(1).map((one) => ({ pick: 0, field: one }))
)

const stats = (depth: number, inline: fc.Arbitrary<boolean>): fc.Arbitrary<CommandDraft> =>
  fc
    .record({
      inline,
      aggregates: fc.array(aggregateField(depth), { minLength: 1, maxLength: 3 }),
      keys: fc.array(groupKey, { maxLength: 2 })
    })
    .map(({ inline: isInline, aggregates, keys }) => ({
      write(scope) {
        const by = keys.map(({ pick, field: one }) => {
          if (one) return writeField(one, scope)
          const column = scope[pick % scope.length]!
          return { text: quoted(column.name), column }
        })
        // Inside aggregates a key's name means the key.
        const inner = extended(
          scope,
          by.map(({ column }) => column)
        )
        const written = aggregates.map(({ name, value, filter }) => {
          const body = value.write(inner) + (filter ? ` WHERE ${filter.write(inner)}` : '')
          return { text: name === null ? body : `${name} = ${body}`, column: { name: name ?? body, type: value.type } }
        })
        const added = extended(
          [],
          [...written, ...by].map(({ column }) => column)
        )
        const text = `STATS ${written.map((one) => one.text).join(', ')}${by.length > 0 ? ` BY ${by.map((one) => one.text).join(', ')}` : ''}`
        return { text: isInline ? `INLINE ${text}` : text, scope: isInline ? extended(scope, added) : added }
      }
    }))

// ---- whole queries ----

/** Which commands a pipe is made of, with their weights. */
export interface Flavour {
  commands: { arbitrary: fc.Arbitrary<CommandDraft>; weight: number }[]
  maxLength: number
}

const never = fc.constant(false)
export const FLAVOURS = {
  expressions: {
    commands: [
      { arbitrary: where(3), weight: 2 },
      { arbitrary: evaluate(3), weight: 5 }
    ],
    maxLength: 2
  },
  aggregation: {
    commands: [
      { arbitrary: stats(2, never), weight: 5 },
      { arbitrary: stats(1, fc.constant(true)), weight: 2 },
      { arbitrary: where(1), weight: 1 },
      { arbitrary: evaluate(1), weight: 1 },
      { arbitrary: expand, weight: 1 },
      { arbitrary: sort, weight: 1 }
    ],
    maxLength: 4
  },
  pipes: {
    commands: [
      ...[keep, drop, rename, sort, limit, expand].map((arbitrary) => ({ arbitrary, weight: 2 })),
      { arbitrary: where(2), weight: 2 },
      { arbitrary: evaluate(2), weight: 2 },
      { arbitrary: stats(1, never), weight: 1 }
    ],
    maxLength: 6
  }
} satisfies Record<string, Flavour>

/** The text of a query over the fields of the mapping. */
export function queries({ commands, maxLength }: Flavour): fc.Arbitrary<string> {
  return fc.array(fc.oneof(...commands), { minLength: 1, maxLength }).map((drafts) => {
    let scope: Scope = FIELDS
    const texts = ['FROM data']
    for (const draft of drafts) {
      const written = draft.write(scope)
      texts.push(written.text)
      scope = written.scope
    }
    return texts.join(' | ')
  })
}
