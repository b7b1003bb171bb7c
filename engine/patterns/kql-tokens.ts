/**
 * KQL, from text to tokens: words, quoted strings, `*` alone, punctuation; `and`, `or`, `not` in any case.
 *
 * A word ends at white space and at `():<>"{}`; a backslash takes these in, makes `\t \n \r \uXXXX`, and turns a keyword into a
 * word. A backslash before anything else is an error, as in Elasticsearch.
 */

export type KqlTokenType =
  'and' | 'or' | 'not' | 'word' | 'string' | 'star' | ':' | '<' | '<=' | '>' | '>=' | '(' | ')' | '{' | '}' | 'end'

export interface KqlToken {
  type: KqlTokenType
  /** Of words and strings: without escapes and quotes. */
  text: string
  /** A word in which a `*` stands before any backslash: only such a one is a wildcard. */
  wildcard: boolean
  start: number
  end: number
}

/** What is wrong with a query, and where in its text. */
export class KqlSyntaxError extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number
  ) {
    super(message)
  }
}

const SPACE = /[ \t\n\r\u3000]+/y
const WORD =
  /(?:\\(?:[ \\():<>"*{}trn]|u[0-9a-fA-F]{4}|(?:and|or|not)(?![^ \t\n\r\u3000():<>"{}]))|[^ \t\n\r\u3000\\():<>"{}])+/iy
const STRING = /"(?:\\[\s\S]|[^"\\])*"/y
const PUNCTUATION = /<=|>=|[:<>(){}]/y
const CONTROLS: Record<string, string> = { t: '\t', n: '\n', r: '\r' }
const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not'])

/** The tokens of a query, `end` last. Throws KqlSyntaxError. */
export function kqlTokens(text: string): KqlToken[] {
  const tokens: KqlToken[] = []
  let at = 0
  const read = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? null
    if (found !== null) at += found.length
    return found
  }
  const add = (type: KqlTokenType, start: number, value = '', wildcard = false) =>
    tokens.push({ type, text: value, wildcard, start, end: at })
  while (at < text.length) {
    if (read(SPACE) !== null) continue
    const start = at
    const sign = read(PUNCTUATION)
    if (sign !== null) {
      add(sign as KqlTokenType, start)
      continue
    }
    if (text[at] === '"') {
      const quoted = read(STRING)
      if (quoted === null) throw new KqlSyntaxError('a quote is not closed', start, text.length)
      add('string', start, unescapeString(quoted.slice(1, -1)))
      continue
    }
    const word = read(WORD)
    if (word === null) throw new KqlSyntaxError(`token recognition error at: '${text.slice(at, at + 2)}'`, at, at + 1)
    if (word === '*') add('star', start, '*', true)
    else if (KEYWORDS.has(word.toLowerCase())) add(word.toLowerCase() as KqlTokenType, start, word)
    else add('word', start, unescapeWord(word), /^[^\\]*\*/.test(word))
  }
  add('end', at)
  return tokens
}

function unescapeWord(word: string): string {
  if (/^\\(?:and|or|not)$/i.test(word)) return word.slice(1)
  return word.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, escaped: string) => escapedText(escaped) ?? escaped)
}

/** Inside quotes only these are escapes; any other backslash stays. */
function unescapeString(body: string): string {
  return body.replace(/\\(u[0-9a-fA-F]{4}|[tnr"\\])/g, (_, escaped: string) => escapedText(escaped) ?? escaped)
}

function escapedText(escaped: string): string | null {
  if (escaped.length === 5) return String.fromCharCode(parseInt(escaped.slice(1), 16))
  return CONTROLS[escaped] ?? null
}
