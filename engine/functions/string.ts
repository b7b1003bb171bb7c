/** String functions. Positions and lengths count code points. */
import { codePointLength, offsetOfCodePoint, utf8Length } from './code-points.ts'
import { type ScalarFunction, ValueError } from './definition.ts'
import { constantText, scalar } from './scalar.ts'
import { resolveSignatures } from './signatures.ts'
import { decodeBase64, decodeUrl, encodeBase64, encodeUrl, encodeUrlComponent } from './text-codec.ts'

const illegal = (text: string) => new ValueError(`java.lang.IllegalArgumentException: ${text}`)

// Java's Character.isWhitespace: separators without the non-breaking ones, and U+001C to U+001F; no BOM.
const SPACE = '[\\t-\\r\\x1c- \\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]+'
const LEADING = new RegExp(`^${SPACE}`)
const TRAILING_SPACE = new RegExp(`^${SPACE}$`)

/** Cuts white space behind the last other character, in time linear in the text (a regex anchored at the end is not). */
function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && TRAILING_SPACE.test(text[end - 1]!)) end--
  return text.slice(0, end)
}

const trimStart = (text: string) => text.replace(LEADING, '')

/** 1-based start as SUBSTRING and LOCATE take it: 0 is 1, negative counts from the end and stops at the beginning. */
function startOffset(text: string, start: number): number {
  if (start > 0) return offsetOfCodePoint(text, start - 1)
  if (start === 0) return 0
  return offsetOfCodePoint(text, Math.max(0, codePointLength(text) + start))
}

function substring(text: string, start: number, length?: number): string {
  if (length !== undefined && length < 0) throw illegal(`Length parameter cannot be negative, found [${length}]`)
  const from = startOffset(text, start)
  return length === undefined ? text.slice(from) : text.slice(from, offsetOfCodePoint(text, length, from))
}

function locate(text: string, part: string, start = 0): number {
  const found = text.indexOf(part, startOffset(text, start))
  return found < 0 ? 0 : codePointLength(text.slice(0, found)) + 1
}

function split(text: string, delimiter: string): string | string[] {
  if (utf8Length(delimiter) !== 1) throw illegal(`delimiter must be single byte for now, found [${delimiter}]`)
  const parts = text.split(delimiter)
  return parts.length === 1 ? text : parts
}

// Elasticsearch refuses strings above 1 MB made by these functions.
const MAX_BYTES = 1024 * 1024

function bounded(name: string, bytes: number): void {
  if (bytes <= MAX_BYTES) return
  throw illegal(`Creating strings with more than [${MAX_BYTES}] bytes is not supported, function [${name}]`)
}

function repeat(text: string, count: number): string {
  if (count < 0) throw illegal(`Number parameter cannot be negative, found [${count}]`)
  bounded('REPEAT', text.length * count)
  return text.repeat(count)
}

function space(count: number): string {
  if (count < 0) throw illegal(`Number parameter cannot be negative, found [${count}]`)
  bounded('SPACE', count)
  return ' '.repeat(count)
}

/** Reversed by what a reader sees as one character (grapheme clusters), as Java's BreakIterator cuts them. */
function reverse(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.split('').reverse().join('')
  const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)
  return Array.from(clusters, (cluster) => cluster.segment)
    .reverse()
    .join('')
}

function right(text: string, count: number): string {
  return text.slice(offsetOfCodePoint(text, Math.max(0, codePointLength(text) - Math.max(0, count))))
}

function checkDelimiter(delimiter: string | null): string | null {
  return delimiter !== null && utf8Length(delimiter) !== 1
    ? `Invalid delimiter [${delimiter}] in [{call}]: it must be a single byte`
    : null
}

function checkLength(length: unknown): string | null {
  return typeof length === 'number' && length < 0 ? `Length parameter cannot be negative, found [${length}]` : null
}

const oneString = ['string -> keyword']
const twoStrings = ['string, string -> boolean']

export const STRING_FUNCTIONS: readonly ScalarFunction[] = [
  scalar({
    name: 'LENGTH',
    doc: 'Number of characters (code points) of a string.',
    example: 'LENGTH(process.command_line)',
    signatures: ['string -> integer'],
    row: codePointLength
  }),
  scalar({
    name: 'BYTE_LENGTH',
    doc: 'Number of bytes of a string in UTF-8.',
    example: 'BYTE_LENGTH(process.name)',
    signatures: ['string -> integer'],
    row: utf8Length
  }),
  scalar({
    name: 'BIT_LENGTH',
    doc: 'Number of bits of a string in UTF-8.',
    example: 'BIT_LENGTH(process.name)',
    signatures: ['string -> integer'],
    row: (text: string) => utf8Length(text) * 8
  }),
  scalar({
    name: 'CONCAT',
    doc: 'Joins two or more strings; null when one of them is null.',
    example: 'CONCAT(user.name, "@", host.name)',
    signatures: (args) => {
      if (args.length < 2) return { error: 'error building [concat]: expects at least two arguments' }
      return resolveSignatures('CONCAT', ['string... -> keyword'], args)
    },
    row: (...texts: string[]) => {
      const joined = texts.join('')
      if (joined.length > MAX_BYTES / 3) bounded('CONCAT', utf8Length(joined))
      return joined
    }
  }),
  scalar({
    name: 'SUBSTRING',
    doc: 'Part of a string from a 1-based position (negative: from the end), to the end or for a number of characters.',
    example: 'SUBSTRING(process.name, 1, 3)',
    signatures: ['string, integer, integer? -> keyword'],
    check: (args) => checkLength(args[2]?.constant),
    row: substring
  }),
  scalar({
    name: 'LEFT',
    doc: 'The first characters of a string.',
    example: 'LEFT(process.name, 3)',
    signatures: ['string, integer -> keyword'],
    row: (text: string, count: number) => text.slice(0, offsetOfCodePoint(text, Math.max(0, count)))
  }),
  scalar({
    name: 'RIGHT',
    doc: 'The last characters of a string.',
    example: 'RIGHT(process.name, 3)',
    signatures: ['string, integer -> keyword'],
    row: right
  }),
  scalar({
    name: 'LOCATE',
    doc: 'Position of a string in another, counted from 1; 0 when it is not there.',
    example: 'LOCATE(process.command_line, "http")',
    signatures: ['string, string, integer? -> integer'],
    row: locate
  }),
  scalar({
    name: 'STARTS_WITH',
    doc: 'True when a string begins with another; case counts.',
    example: 'STARTS_WITH(process.name, "ba")',
    signatures: twoStrings,
    row: (text: string, prefix: string) => text.startsWith(prefix)
  }),
  scalar({
    name: 'ENDS_WITH',
    doc: 'True when a string ends with another; case counts.',
    example: 'ENDS_WITH(file.name, ".so")',
    signatures: twoStrings,
    row: (text: string, suffix: string) => text.endsWith(suffix)
  }),
  scalar({
    name: 'CONTAINS',
    doc: 'True when a string holds another; case counts.',
    example: 'CONTAINS(process.command_line, "curl")',
    signatures: twoStrings,
    row: (text: string, part: string) => text.includes(part)
  }),
  scalar({
    name: 'TO_LOWER',
    doc: 'The string in lower case; every value of a multi-value.',
    example: 'TO_LOWER(process.name)',
    signatures: oneString,
    multivalue: 'each',
    row: (text: string) => text.toLowerCase()
  }),
  scalar({
    name: 'TO_UPPER',
    doc: 'The string in upper case; every value of a multi-value.',
    example: 'TO_UPPER(process.name)',
    signatures: oneString,
    multivalue: 'each',
    row: (text: string) => text.toUpperCase()
  }),
  scalar({
    name: 'TRIM',
    doc: 'The string without white space at both ends.',
    example: 'TRIM(process.name)',
    signatures: oneString,
    row: (text: string) => trimEnd(trimStart(text))
  }),
  scalar({
    name: 'LTRIM',
    doc: 'The string without white space at its beginning.',
    example: 'LTRIM(process.name)',
    signatures: oneString,
    row: trimStart
  }),
  scalar({
    name: 'RTRIM',
    doc: 'The string without white space at its end.',
    example: 'RTRIM(process.name)',
    signatures: oneString,
    row: trimEnd
  }),
  scalar({
    name: 'REVERSE',
    doc: 'The characters in reverse order.',
    example: 'REVERSE(process.name)',
    signatures: oneString,
    row: reverse
  }),
  scalar({
    name: 'REPEAT',
    doc: 'The string a number of times in a row.',
    example: 'REPEAT("-", 3)',
    signatures: ['string, integer -> keyword'],
    check: (args) =>
      typeof args[1]?.constant === 'number' && args[1].constant < 0
        ? `Number parameter cannot be negative, found [${args[1].constant}]`
        : null,
    row: repeat
  }),
  scalar({
    name: 'SPACE',
    doc: 'A string of so many spaces.',
    example: 'SPACE(2)',
    signatures: ['integer -> keyword'],
    row: space
  }),
  scalar({
    name: 'SPLIT',
    doc: 'Cuts a string at a one-byte delimiter into a multi-value, order and empty parts kept.',
    example: 'SPLIT(process.command_line, " ")',
    signatures: ['string, string -> keyword'],
    check: (args) => checkDelimiter(constantText(args[1])),
    row: split
  }),
  scalar({
    name: 'URL_ENCODE',
    doc: 'Percent-encodes text as a form field, a space as plus; every value of a multi-value.',
    example: 'URL_ENCODE(url.query)',
    signatures: oneString,
    multivalue: 'each',
    row: encodeUrl
  }),
  scalar({
    name: 'URL_ENCODE_COMPONENT',
    doc: 'Percent-encodes text as a part of an address, a space as %20; every value of a multi-value.',
    example: 'URL_ENCODE_COMPONENT(url.query)',
    signatures: oneString,
    multivalue: 'each',
    row: encodeUrlComponent
  }),
  scalar({
    name: 'URL_DECODE',
    doc: 'Decodes percent-encoded text, plus as space; every value of a multi-value.',
    example: 'URL_DECODE(url.query)',
    signatures: oneString,
    multivalue: 'each',
    row: decodeUrl
  }),
  scalar({
    name: 'TO_BASE64',
    doc: 'The UTF-8 bytes of a string in base 64.',
    example: 'TO_BASE64(process.name)',
    signatures: oneString,
    row: encodeBase64
  }),
  scalar({
    name: 'FROM_BASE64',
    doc: 'Decodes base 64; null with a warning when the text is none or the bytes are no UTF-8.',
    example: 'FROM_BASE64(process.args)',
    signatures: oneString,
    row: decodeBase64
  })
]
