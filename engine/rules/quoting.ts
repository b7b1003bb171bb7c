/**
 * Values from a log as literals of ES|QL and as words of a shell. Both are exact and cannot end early: whatever the value,
 * it stays one literal, one word.
 */

const ESQL_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t']
])

/** An ES|QL string literal of exactly this text. */
export function esqlString(text: string): string {
  return `"${text.replace(/[\\"\n\r\t]/g, (character) => ESQL_ESCAPES.get(character)!)}"`
}

/** `column == "a"`, or `column IN ("a", "b")`; null when there is no value. */
export function esqlEquals(column: string, values: readonly (string | number | bigint)[]): string | null {
  const literals = [...new Set(values)].map((value) => (typeof value === 'string' ? esqlString(value) : String(value)))
  if (literals.length === 0) return null
  return literals.length === 1 ? `${column} == ${literals[0]}` : `${column} IN (${literals.join(', ')})`
}

/** Words that need no quotes in any shell. */
const PLAIN_WORD = /^[A-Za-z0-9_./:@%+,-]+$/
/** Controls, invisible and reordering characters: never handed to a terminal as they are. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}]/u

/** One word of bash with exactly this text; what cannot be seen is written as an escape in `$'...'`. */
export function shellWord(text: string): string {
  if (text !== '' && PLAIN_WORD.test(text)) return text
  if (!HIDDEN.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`
  const escaped = Array.from(text, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`
    if (!HIDDEN.test(character)) return character
    const code = character.codePointAt(0)!
    if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
  return `$'${escaped.join('')}'`
}
