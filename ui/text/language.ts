/**
 * Which language the interface speaks: the five there are, how one is chosen, and who is asked for it.
 *
 * Plain on purpose: formats and tests read it without a browser. The page puts a reactive source in place of the constant
 * English one (`language.svelte.ts`), so that whatever calls `text()` while it is drawn is drawn anew.
 */

/** Languages by their own names, in the order of the menu. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español', ja: '日本語' } as const
export type Language = keyof typeof LANGUAGES

/** Locales whose dates and digits we write: English days before months, the 24-hour clock everywhere. */
export const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de', fr: 'fr', es: 'es', ja: 'ja' }

let source: () => Language = () => 'en'

/** The language in use. */
export function language(): Language {
  return source()
}

/** Takes the language from somewhere else from now on. */
export function followLanguage(from: () => Language): void {
  source = from
}

/** True for a language there is a catalogue of. */
export function isLanguage(name: unknown): name is Language {
  return typeof name === 'string' && Object.hasOwn(LANGUAGES, name)
}

/** The stored choice, else the first wish that can be met (`de-AT` is German), else English. */
export function preferredLanguage(stored: unknown, wishes: readonly string[]): Language {
  if (isLanguage(stored)) return stored
  return wishes.map((wish) => wish.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en'
}

/** Makes something once per language: formatters are dear to build and asked for in every cell. */
export function perLanguage<Thing>(make: (language: Language) => Thing): () => Thing {
  const made = new Map<Language, Thing>()
  return () => {
    const now = language()
    const thing = made.get(now) ?? make(now)
    made.set(now, thing)
    return thing
  }
}
