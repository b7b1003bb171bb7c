/**
 * Analyzers: how the value of a field is cut into the tokens that full-text conditions compare.
 *
 * In: one value. Out: its tokens in order. Time is linear in the value.
 */
import { standardTokens } from './standard-tokens.ts'

/**
 * keyword: the value is the token. lowercase: the same in lower case (multi-fields `caseless`). standard: text fields.
 * powershell: script block texts, whose mapping parts at everything but letters, digits, `_` and `-` of ASCII.
 */
export type Analyzer = 'keyword' | 'lowercase' | 'standard' | 'powershell'

const ANALYZERS: Record<Analyzer, (text: string) => string[]> = {
  keyword: (text) => [text],
  lowercase: (text) => [text.toLowerCase()],
  standard: standardTokens,
  powershell: (text) => text.match(/[A-Za-z0-9_-]+/g)?.map((token) => token.toLowerCase()) ?? []
}

/** The tokens of a value. */
export function analyze(analyzer: Analyzer, text: string): string[] {
  return ANALYZERS[analyzer](text)
}

/** A term written beside a wildcard: in the case of the analyzer's tokens, but not cut. */
export function normalize(analyzer: Analyzer, text: string): string {
  return analyzer === 'keyword' ? text : text.toLowerCase()
}
