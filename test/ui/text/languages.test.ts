/**
 * The catalogues beside the English one: the same keys, the same places, nothing left in English, forms as the language
 * counts; and what follows the language: texts, counted things, numbers, times.
 */
import { readdirSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { basisWords, marginWords, matchedWords, stageWords } from '../../../ui/format/engine-words.ts'
import { bytes, count, decimal, duration } from '../../../ui/format/number.ts'
import { dayOf, localTime, timeSpan } from '../../../ui/format/time.ts'
import { en } from '../../../ui/text/en.ts'
import { followLanguage, LANGUAGES, type Language, preferredLanguage } from '../../../ui/text/language.ts'
import { CATALOGUES, counted, text, type TextKey, textParts } from '../../../ui/text/text.ts'
import { SAME_AS_ENGLISH } from './same-as-english.ts'

/** Areas that exist in English only, for the time in which they are written. Empty in what is released. */
const UNTRANSLATED_AREAS: readonly string[] = []

const TRANSLATED = (Object.keys(LANGUAGES) as Language[]).filter((name) => name !== 'en')
const folder = (name: string) => readdirSync(new URL(`../../../ui/text/${name}`, import.meta.url)).toSorted()
const places = (template: string) => [...template.matchAll(/\{\w*\}/g)].map(([place]) => place).toSorted()
const keys = Object.keys(en) as TextKey[]
const areaOf = new Map<string, string>()
for (const file of folder('en')) {
  const module = (await import(`../../../ui/text/en/${file.replace('.ts', '')}.ts`)) as Record<string, Record<string, string>>
  const area = Object.values(module)[0]!
  for (const key of Object.keys(area)) {
    if (areaOf.has(key)) throw new Error(`${key} stands in ${areaOf.get(key)} and in ${file}`)
    areaOf.set(key, file)
  }
}
const expected = keys.filter((key) => !UNTRANSLATED_AREAS.includes(areaOf.get(key)!))

afterEach(() => followLanguage(() => 'en'))

test('every area is part of the English catalogue', () => {
  expect(keys.toSorted()).toEqual([...areaOf.keys()].toSorted())
})

describe.each(TRANSLATED)('%s', (name) => {
  const catalogue = CATALOGUES[name]
  /** Pairs of key and text to complain about. */
  const wrong = (is: (translated: string, english: string, key: TextKey) => boolean) =>
    expected.flatMap((key) => {
      const translated = catalogue[key]
      return translated !== undefined && is(translated, en[key], key) ? [`${key}: ${translated}`] : []
    })

  test('has every area and every key, and no other', () => {
    expect(folder(name)).toEqual(folder('en').filter((file) => !UNTRANSLATED_AREAS.includes(file)))
    expect(Object.keys(catalogue).toSorted()).toEqual(expected.toSorted())
  })

  test('has the same places in every text', () => {
    /** "once" in one language is "1 time" in another: the singular may have the places of either form. */
    const forms = (english: string, key: TextKey) =>
      key.endsWith('.one') ? [english, en[key.replace(/one$/, 'other') as TextKey]] : [english]
    expect(
      wrong(
        (translated, english, key) => !forms(english, key).some((form) => String(places(translated)) === String(places(form)))
      )
    ).toEqual([])
  })

  test('is empty nowhere, and English only where the word is the same', () => {
    const allowed = new Set<string>([...SAME_AS_ENGLISH.everywhere, ...SAME_AS_ENGLISH[name as 'de']])
    expect(wrong((translated) => translated.trim() === '')).toEqual([])
    expect(wrong((translated, english, key) => translated === english && !allowed.has(key))).toEqual([])
    expect(SAME_AS_ENGLISH[name as 'de'].filter((key) => catalogue[key] !== en[key])).toEqual([])
  })

  test('begins and ends as the English text does', () => {
    const lead = (template: string) => /^\s*/.exec(template)![0].length
    const trail = (template: string) => /\s*$/.exec(template)![0].length
    expect(
      wrong((translated, english) => {
        // Japanese joins with a comma of its own width where others put a space.
        const begins = lead(translated) === lead(english) || (name === 'ja' && lead(english) === 1 && translated.startsWith('、'))
        return !begins || trail(translated) !== trail(english)
      })
    ).toEqual([])
    expect(wrong((translated, english) => english.endsWith(':') !== /[:：]$/.test(translated))).toEqual([])
  })

  test('is set as the language is set', () => {
    expect(wrong((translated) => /["!]|\.\.\.|  /.test(translated))).toEqual([])
    if (name === 'fr')
      expect(wrong((translated) => /[^\u00a0][?!;»]|«[^\u00a0]|[a-zé}]:(?!\/)/.test(withoutCode(translated)))).toEqual([])
    if (name === 'de') expect(wrong((translated) => /”/.test(translated))).toEqual([])
  })

  test('counts in the forms of the language', () => {
    const forms = new Intl.PluralRules(name).resolvedOptions().pluralCategories
    const stems = expected.filter((key) => key.endsWith('.one')).map((key) => key.slice(0, -'.one'.length))
    for (const stem of stems) {
      const [one, other] = [catalogue[`${stem}.one` as TextKey], catalogue[`${stem}.other` as TextKey]]
      expect.soft(one === other, stem).toBe(!forms.includes('one'))
    }
    // "many" is of millions (French, Spanish) and takes the same words after digits as "other".
    expect(forms.filter((form) => !['one', 'other', 'many'].includes(form))).toEqual([])
  })
})

/** A text without what is not prose: addresses, ES|QL, paths. */
function withoutCode(template: string): string {
  return template.replaceAll(/GET \S+|https?:\S+|\{line\}:\{column\}/g, '')
}

test('the choice: what is stored, then what the browser wants, then English', () => {
  expect(preferredLanguage('ja', ['de'])).toBe('ja')
  expect(preferredLanguage(null, ['pt-BR', 'es-419', 'en'])).toBe('es')
  expect(preferredLanguage('tlh', ['DE-at'])).toBe('de')
  expect(preferredLanguage('__proto__', ['constructor', 'toString'])).toBe('en')
  expect(preferredLanguage(null, [])).toBe('en')
})

test('texts, counted things, numbers and times follow the language', () => {
  const said = (name: Language) => {
    followLanguage(() => name)
    return [
      text('app.back'),
      counted('events', 0),
      counted('events', 1),
      counted('events', 87_412),
      decimal(7.25),
      bytes(54_200_000)
    ]
  }
  expect(said('en')).toEqual(['Back', '0 events', '1 event', '87,412 events', '7.3', '54.2 MB'])
  expect(said('de')).toEqual(['Zurück', '0 Ereignisse', '1 Ereignis', '87.412 Ereignisse', '7,3', '54,2 MB'])
  expect(said('fr')).toEqual(['Retour', '0 événement', '1 événement', '87\u202f412 événements', '7,3', '54,2 Mo'])
  expect(said('es')).toEqual(['Volver', '0 eventos', '1 evento', '87.412 eventos', '7,3', '54,2 MB'])
  expect(said('ja')).toEqual(['戻る', '0件のイベント', '1件のイベント', '87,412件のイベント', '7.3', '54.2 MB'])
  followLanguage(() => 'fr')
  expect(counted('events', 2_000_000)).toBe('2\u202f000\u202f000 événements')
  expect([bytes(1), duration(1400), count(10n ** 18n)]).toEqual([
    '1 octet',
    '1,4 s',
    '1\u202f000\u202f000\u202f000\u202f000\u202f000\u202f000'
  ])
})

test('a value may look like a place or a pattern', () => {
  expect(text('list.noMatch', { filter: '$& {filter}' })).toContain('$& {filter}')
})

test('times: day and clock as the language writes them', () => {
  const span = (name: Language) => {
    followLanguage(() => name)
    return timeSpan('2026-03-02T14:02:07Z', '2026-03-02T14:05:01Z')
  }
  const clock = (iso: string) => new Date(iso).toLocaleTimeString('en-GB')
  const both = `${clock('2026-03-02T14:02:07Z')} – ${clock('2026-03-02T14:05:01Z')}`
  for (const name of Object.keys(LANGUAGES) as Language[]) expect(span(name)).toContain(both)
  expect(span('ja').slice(0, 9)).toBe('2026年3月2日')
  expect(localTime('no time')).toBe('no time')
  followLanguage(() => 'de')
  expect(dayOf(Date.parse('2026-11-12T12:00:00Z'), Date.parse('2026-11-24T12:00:00Z'))).toBe('12. Nov.')
  expect(dayOf(Date.parse('2025-11-12T12:00:00Z'), Date.parse('2026-11-24T12:00:00Z'))).toBe('12. Nov. 2025')
})

test('a sentence with values keeps all its places in every language', () => {
  for (const name of Object.keys(LANGUAGES) as Language[]) {
    followLanguage(() => name)
    const shown = (['finding.ran', 'finding.in', 'finding.as', 'finding.on'] as const).flatMap(textParts)
    const named = shown.filter((part) => typeof part !== 'string').map(({ place }) => place)
    expect(named).toEqual(['parent', 'program', 'directory', 'user', 'host'])
  }
})

test('what the engine says in a small vocabulary is said in the language; anything else as it is', () => {
  const margin = { operator: '<', limit: 5, value: 1, text: '1 of fewer than 5 agents' }
  expect([marginWords(margin), stageWords('reading (1 of 3)'), matchedWords('matched by process.name, $&')]).toEqual([
    '1 of fewer than 5 agents',
    'reading (1 of 3)',
    'Matched by process.name, $&'
  ])
  followLanguage(() => 'de')
  expect([marginWords(margin), marginWords({ ...margin, operator: '=~' })]).toEqual(['1 (weniger als 5)', margin.text])
  expect(['reading', 'reading (1 of 3)', 'thinking'].map(stageWords)).toEqual([
    'Wird gelesen',
    'Wird gelesen (1 von 3)',
    'thinking'
  ])
  expect(['events', 'process starts under /a\nb $&', 'x'].map(basisWords)).toEqual([
    'allen Ereignissen',
    'Prozessstarts unter /a\nb $&',
    'x'
  ])
  expect(['matched by every condition', 'matched by user.id', ''].map(matchedWords)).toEqual([
    'Passt durch alle Bedingungen',
    'Passt durch user.id',
    ''
  ])
})
