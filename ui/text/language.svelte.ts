/**
 * The page's language as state: kept in localStorage where the browser allows it, told to other open pages of ours, written
 * to `<html lang>`. A browser that keeps nothing costs the choice on the next start and nothing else.
 */
import { followLanguage, isLanguage, type Language, preferredLanguage } from './language.ts'

const KEY = 'rarebit.language'

let current = $state<Language>('en')

/** Takes up the stored or the browser's language. Called once, before the first component is mounted. */
export function startLanguage(): void {
  followLanguage(() => current)
  speak(preferredLanguage(stored(), navigator.languages))
  // Panel, tab and welcome page share the storage: all of them change together.
  addEventListener('storage', (event) => {
    if (event.key === KEY && isLanguage(event.newValue)) speak(event.newValue)
  })
}

/** Changes the language at once and keeps the choice. */
export function chooseLanguage(language: Language): void {
  speak(language)
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // Storage is off or full: the choice holds until the page closes.
  }
}

function speak(language: Language): void {
  current = language
  document.documentElement.lang = language
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
