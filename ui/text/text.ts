/**
 * Texts of the catalogue in the language in use, with their places filled in. A missing place is a type error, not a surprise
 * on screen; a text that a language does not have yet is shown in English.
 */
import { count } from '../format/number.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { ja } from './ja.ts'
import { type Language, language, perLanguage } from './language.ts'

export type TextKey = keyof typeof en
type Places<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never
type Values<Key extends TextKey> = [Places<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Record<Places<(typeof en)[Key]>, string | number>]
/** Keys of texts without places, for tables of labels. */
export type PlainKey = { [Key in TextKey]: [Places<(typeof en)[Key]>] extends [never] ? Key : never }[TextKey]
type CountedKey = { [Key in TextKey]: Key extends `${infer Stem}.one` ? Stem : never }[TextKey]

export type Catalogue = Readonly<Partial<Record<TextKey, string>>>

/** Every catalogue by language. */
export const CATALOGUES: Record<Language, Catalogue> = { en, de, fr, es, ja }

const PLACE = /\{(\w+)\}/g

function template(key: TextKey): string {
  return CATALOGUES[language()][key] ?? en[key]
}

/** The text of a key. */
export function text<Key extends TextKey>(key: Key, ...[values]: Values<Key>): string {
  if (!values) return template(key)
  return template(key).replace(PLACE, (_, name: string) => String((values as Record<string, string | number>)[name]))
}

const plural = perLanguage((name) => new Intl.PluralRules(name))

/** A counted thing in the right form: `1 event`, `87,412 events`. Forms beyond one (Spanish "many") are the other one. */
export function counted(stem: CountedKey, n: number): string {
  const form = plural().select(n) === 'one' ? 'one' : 'other'
  return template(`${stem}.${form}` as TextKey).replace('{n}', () => count(n))
}

/** The text of a key cut at its places, for values that are components: strings and `{ place }` in order. */
export function textParts(key: TextKey): (string | { place: string })[] {
  const whole = template(key)
  const parts: (string | { place: string })[] = []
  let end = 0
  for (const match of whole.matchAll(PLACE)) {
    if (match.index > end) parts.push(whole.slice(end, match.index))
    parts.push({ place: match[1]! })
    end = match.index + match[0].length
  }
  if (end < whole.length) parts.push(whole.slice(end))
  return parts
}
