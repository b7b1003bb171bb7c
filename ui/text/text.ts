/** Texts of the catalogue with their places filled in. A missing place is a type error, not a surprise on screen. */
import { count } from '../format/number.ts'
import { en } from './en.ts'

export type TextKey = keyof typeof en
type Places<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never
type Values<Key extends TextKey> = [Places<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Record<Places<(typeof en)[Key]>, string | number>]
/** Keys of texts without places, for tables of labels. */
export type PlainKey = { [Key in TextKey]: [Places<(typeof en)[Key]>] extends [never] ? Key : never }[TextKey]
type CountedKey = { [Key in TextKey]: Key extends `${infer Stem}.one` ? Stem : never }[TextKey]

const PLACE = /\{(\w+)\}/g

/** The text of a key. */
export function text<Key extends TextKey>(key: Key, ...[values]: Values<Key>): string {
  const template: string = en[key]
  if (!values) return template
  return template.replace(PLACE, (_, name: string) => String((values as Record<string, string | number>)[name]))
}

const plural = new Intl.PluralRules('en')

/** A counted thing in the right form: `1 event`, `87,412 events`. */
export function counted(stem: CountedKey, n: number): string {
  const form = plural.select(n) === 'one' ? 'one' : 'other'
  return en[`${stem}.${form}` as TextKey].replace('{n}', count(n))
}

/** The text of a key cut at its places, for values that are components: strings and `{ place }` in order. */
export function textParts(key: TextKey): (string | { place: string })[] {
  const parts: (string | { place: string })[] = []
  let end = 0
  for (const match of en[key].matchAll(PLACE)) {
    if (match.index > end) parts.push(en[key].slice(end, match.index))
    parts.push({ place: match[1]! })
    end = match.index + match[0].length
  }
  if (end < en[key].length) parts.push(en[key].slice(end))
  return parts
}
