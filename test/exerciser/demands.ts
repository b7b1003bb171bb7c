/** Demands on one field of an event, and values that meet them. */
import { parseIp } from '../../engine/data/ip.ts'
import { fieldType } from '../../engine/source/field-types.ts'
import { accepts, containing, type Language, not, oneOf, rlike, shortest } from './languages.ts'
import { dissected, searched } from './regex-languages.ts'

export type FieldValue = string | number | boolean | null | FieldValue[]

export type Demand =
  | { kind: 'null' }
  | { kind: 'present' }
  | { kind: 'text'; language: Language }
  /** One value of several is enough. */
  | { kind: 'any'; language: Language }
  | { kind: 'number'; key: string; holds(value: number): boolean; near: number }
  | { kind: 'boolean'; value: boolean }
  /** Of a place. */
  | { kind: 'coordinate'; axis: 'x' | 'y'; value: number }
  | { kind: 'blocks'; blocks: readonly string[]; inside: boolean }
  /** So many values. */
  | { kind: 'count'; count: number }
  /** The one of all possible values with this number: rows that must differ have different numbers. */
  | { kind: 'variant'; index: number }
  /** The field gives this part when it is taken apart. */
  | { kind: 'part'; how: 'grok' | 'dissect'; pattern: string; name: string; demands: Demand[] }

/** The demands cannot be met together, or this way leads nowhere. */
export class Dead extends Error {}

/** One for all: it is thrown often, and nobody reads where. */
const DEAD = new Dead()

export function dead(): never {
  throw DEAD
}

/** NOW() of every run; events happen ten minutes before. */
export const NOW = Date.parse('2025-06-01T12:00:00.000Z')
export const USUAL_TIME = NOW - 5 * 60_000

/** The same text for demands that are alike. */
export const demandKey = (demand: Demand): string => {
  switch (demand.kind) {
    case 'text':
    case 'any':
      return `${demand.kind} ${demand.language.key}`
    case 'number':
      return `number ${demand.key}`
    case 'part':
      return `part ${demand.how} ${demand.pattern} ${demand.name} ${demand.demands.map(demandKey).join()}`
    default:
      return JSON.stringify(demand)
  }
}

const known = new Map<string, FieldValue | typeof Dead>()

/** A value that meets all demands, the same for the same demands; throws Dead when none is found. */
export function valueFor(name: string, kind: Kind, demands: readonly Demand[]): FieldValue {
  const key = keyFor(name, kind, demands)
  let value = known.get(key)
  if (value === undefined) {
    try {
      value = grown(name, kind, demands) ?? find(name, kind, demands)
    } catch (failure) {
      if (!(failure instanceof Dead)) throw failure
      value = Dead
    }
    known.set(key, value)
  }
  if (value === Dead) dead()
  return value as FieldValue
}

const keyFor = (name: string, kind: Kind, demands: readonly Demand[]) =>
  `${name} ${kind}\n${demands.map(demandKey).sort().join('\n')}`

/** The value from before the last demand came, where that will do as well. */
function grown(name: string, kind: Kind, demands: readonly Demand[]): FieldValue | null {
  const last = demands.at(-1)
  if (demands.length < 2 || (last?.kind !== 'text' && last?.kind !== 'any')) return null
  const before = known.get(keyFor(name, kind, demands.slice(0, -1)))
  return typeof before === 'string' && accepts(last.language, before) ? before : null
}

function find(name: string, kind: Kind, all: readonly Demand[]): FieldValue {
  if (all.some((demand) => demand.kind === 'null')) {
    if (all.some((demand) => demand.kind !== 'null' && demand.kind !== 'variant')) dead()
    return null
  }
  const index = all.reduce((sum, demand) => (demand.kind === 'variant' ? sum * 64 + demand.index : sum), 0)
  const demands = all.filter((demand) => demand.kind !== 'variant')
  const count = demands.find((demand) => demand.kind === 'count')
  if (count?.kind === 'count' && count.count > 1) {
    const rest = demands.filter((demand) => demand.kind !== 'count')
    return Array.from({ length: count.count }, (_, i) => find(name, kind, [...rest, { kind: 'variant', index: index + i }]))
  }
  switch (kind) {
    case 'boolean':
      return nth(['true', 'false'], index, demands) === 'true'
    case 'date':
      return dateFor(demands, index)
    case 'number':
      return numberFor(demands, index)
    case 'ip':
      return nth(addresses(demands, index), index, demands)
    case 'geo_point': {
      const on = (axis: 'x' | 'y') =>
        demands.find((demand) => demand.kind === 'coordinate' && demand.axis === axis) as { value: number } | undefined
      return `POINT(${on('x')?.value ?? 13.4 + index * 40} ${on('y')?.value ?? 52.5})`
    }
    default:
      if (demands.some((demand) => demand.kind === 'number')) return String(numberFor(demands, index))
      if (demands.some((demand) => demand.kind === 'blocks')) return nth(addresses(demands, index), index, demands)
      if (demands.some((demand) => demand.kind === 'boolean')) return nth(['true', 'false'], index, demands)
      return textFor(name, demands, index)
  }
}

export type Kind = 'text' | 'number' | 'date' | 'boolean' | 'ip' | 'geo_point'

/** What a field holds by the table of field types; null for a field that is not in it. */
export function kindInTable(name: string): Kind | null {
  const type = fieldType(name)?.type
  if (type === undefined) return null
  if (/long|integer|double|float|short|byte/.test(type)) return 'number'
  if (type === 'date' || type === 'date_nanos') return 'date'
  return type === 'boolean' || type === 'ip' || type === 'geo_point' ? type : 'text'
}

export function meets(value: FieldValue, demand: Demand): boolean {
  switch (demand.kind) {
    case 'null':
      return value === null
    case 'number':
      return demand.holds(typeof value === 'string' && value.includes('T') ? Date.parse(value) : Number(value))
    case 'boolean':
      return String(value) === String(demand.value)
    case 'blocks':
      return demand.blocks.some((block) => inBlock(String(value), block)) === demand.inside
    case 'text':
    case 'any':
      return accepts(demand.language, String(value))
    default:
      return value !== null
  }
}

function nth(values: readonly string[], index: number, demands: readonly Demand[]): string {
  const fitting = values.filter((value) => demands.every((demand) => meets(value, demand)))
  if (index >= fitting.length) dead()
  return fitting[index]!
}

function numberFor(demands: readonly Demand[], index: number): number {
  const near = demands.find((demand) => demand.kind === 'number')?.near ?? demands.map(numberIn).find((n) => n !== null) ?? 1
  if (!Number.isFinite(near)) dead()
  let left = index
  const meetsAll = (value: number) => demands.every((demand) => meets(value, demand))
  for (let away = 0; away < 4000; away++)
    for (const value of away === 0 ? [near] : [near + away, near - away]) if (meetsAll(value) && left-- === 0) return value
  const fraction = [near + 0.5, near - 0.5, near / 2, near + 0.01].find(meetsAll)
  if (fraction === undefined || index > 0) dead()
  return fraction
}

/** The number a text demand allows, for numeric fields compared with texts. */
function numberIn(demand: Demand): number | null {
  if (demand.kind !== 'text' && demand.kind !== 'any') return null
  const text = shortest([demand.language, rlike('[1-9][0-9]*|0')])
  return text === null ? null : Number(text)
}

/** A whole number of milliseconds as ISO text. */
function dateFor(demands: readonly Demand[], index: number): string {
  const near = demands.find((demand) => demand.kind === 'number')?.near ?? USUAL_TIME
  const steps = [0, 1, 1000, 60_000, 600_000, 3_600_000, 86_400_000, 864_000_000, 31_536_000_000]
  const usual = [USUAL_TIME, ...steps.flatMap((away) => [near - away, near + away])]
  const found = usual.find((value) => demands.every((demand) => demand.kind !== 'number' || demand.holds(value)))
  if (found === undefined || !Number.isFinite(found)) dead()
  return new Date(found + index * 1000).toISOString()
}

function addresses(demands: readonly Demand[], index: number): string[] {
  const blocks = demands.flatMap((demand) => (demand.kind === 'blocks' ? demand.blocks : []))
  const texts = demands.flatMap((demand) => (demand.kind === 'text' || demand.kind === 'any' ? [demand.language] : []))
  const asked = texts.length > 0 ? shortest(texts) : null
  const inside = blocks.flatMap((block) => [
    block.split('/')[0]!,
    block.split('/')[0]!.replace(/\d+$/, (n) => String(Number(n) + 1))
  ])
  const many = Array.from({ length: index + 8 }, (_, i) => `52.${10 + (i >> 14)}.${(i >> 7) & 127}.${1 + (i & 127)}`)
  const special = ['127.0.0.1', '10.1.2.3', '192.168.1.2', '::1', '2a00::1']
  return [...many, ...(asked !== null && parseIp(asked) !== null ? [asked] : []), ...inside, ...special]
}

// ---- texts ----

function textFor(name: string, demands: readonly Demand[], index: number): FieldValue {
  const texts = demands.flatMap((demand) => (demand.kind === 'text' ? [demand.language] : []))
  const languages = [...texts, ...partLanguages(demands, index, 'whole')]
  const anys = demands.flatMap((demand) => (demand.kind === 'any' ? [demand.language] : []))
  const parted = demands.some(({ kind }) => kind === 'part')
  // Parts that stand apart are not taken for longer than they are.
  const apart = parted ? variant(name, [...texts, ...partLanguages(demands, index, 'apart'), ...anys], 0) : null
  const single = apart ?? variant(name, [...languages, ...anys], parted ? 0 : index)
  if (single !== null) return single
  if (anys.length < 2) dead()
  const each = anys.map((language) => variant(name, [...languages, language], index))
  if (each.includes(null)) dead()
  return [...new Set(each)] as string[]
}

/** The text with this number; null when there are not so many, or none was found. */
function variant(name: string, languages: readonly Language[], index: number): string | null {
  const plain = `${name.slice(name.lastIndexOf('.') + 1)}`.toLowerCase().replaceAll(/[^a-z]/g, '')
  if (index === 0) {
    const usual = `${plain}value`
    return languages.every((language) => accepts(language, usual)) ? usual : shortest(languages)
  }
  // A mark that can be numbered, where there is room for it.
  const marked = markedText(languages)
  const tagged = marked?.replace('q0q', `q${index}q`)
  if (tagged !== undefined && languages.every((language) => accepts(language, tagged))) return tagged
  const found: string[] = []
  for (let i = 0; i <= Math.min(index, 60); i++) {
    const next = shortest(i === 0 ? languages : [...languages, not(oneOf(found))])
    if (next === null) return null
    found.push(next)
  }
  return found[index] ?? null
}

const marks = new Map<string, string | null>()

function markedText(languages: readonly Language[]): string | null {
  const key = languages.map((language) => language.key).join('\n')
  let text = marks.get(key)
  if (text === undefined) marks.set(key, (text = shortest([...languages, containing('q0q')])))
  return text
}

/** One language for each pattern that takes the text apart. */
function partLanguages(demands: readonly Demand[], index: number, form: 'whole' | 'apart'): Language[] {
  const byPattern = new Map<string, Extract<Demand, { kind: 'part' }>[]>()
  for (const demand of demands)
    if (demand.kind === 'part') byPattern.set(demand.pattern, [...(byPattern.get(demand.pattern) ?? []), demand])
  return [...byPattern].map(([pattern, parts]) => {
    const translate = parts[0]!.how === 'grok' ? searched : dissected
    const own = translate(pattern, new Map()).parts
    const values = new Map<string, string>()
    for (const name of new Set(parts.map((part) => part.name))) {
      const asked = parts.filter((part) => part.name === name).flatMap((part) => part.demands)
      const language = own.get(name)
      const inner: Demand[] = language === undefined ? [] : [{ kind: 'text', language: rlike(language) }]
      values.set(
        name,
        String(find(`part.${name}`, 'text', [...asked, ...inner, ...(index > 0 ? [{ kind: 'variant' as const, index }] : [])]))
      )
    }
    return rlike(translate(pattern, values)[form])
  })
}

// ---- addresses ----

function inBlock(address: string, block: string): boolean {
  const [start, size] = block.split('/') as [string, string?]
  const own = bitsOf(address)
  const other = bitsOf(start)
  if (own === null || other === null || own.width !== other.width) return false
  const shift = BigInt(own.width - Number(size ?? own.width))
  return own.bits >> shift === other.bits >> shift
}

function bitsOf(text: string): { bits: bigint; width: number } | null {
  const canonical = parseIp(text)
  if (canonical === null) return null
  if (canonical.includes('.'))
    return { bits: canonical.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n), width: 32 }
  const [left, right] = canonical.split('::') as [string, string?]
  const groups = (half: string | undefined) => (half ? half.split(':') : [])
  const [a, b] = [groups(left), groups(right)]
  const all = right === undefined ? a : [...a, ...new Array<string>(8 - a.length - b.length).fill('0'), ...b]
  return { bits: all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n), width: 128 }
}
