/** Functions of strings. Lengths and positions count code points. */
import { createHash } from 'node:crypto'
import { definer, type FunctionTable } from './function-table.ts'
import { Failure, illegal } from './values.ts'

const points = (text: string) => Array.from(text)
const utf8 = (text: string) => new TextEncoder().encode(text)

/** Java's Character.isWhitespace. */
function isSpace(character: string): boolean {
  const code = character.codePointAt(0)!
  if ((code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f)) return true
  return /[\p{Zs}\p{Zl}\p{Zp}]/u.test(character) && ![0xa0, 0x2007, 0x202f].includes(code)
}

function trim(text: string, start: boolean, end: boolean): string {
  const list = points(text)
  if (start) while (list.length > 0 && isSpace(list[0]!)) list.shift()
  if (end) while (list.length > 0 && isSpace(list.at(-1)!)) list.pop()
  return list.join('')
}

/** 0-based place of a 1-based start; 0 is the first, negative ones count from the end. */
function place(length: number, start: number): number {
  if (start > 0) return start - 1
  return start === 0 ? 0 : Math.max(0, length + start)
}

function substring(text: string, start: number, length?: number): string {
  const list = points(text)
  const from = place(list.length, start)
  return list.slice(from, length === undefined ? undefined : from + length).join('')
}

function locate(text: string, part: string, start = 0): number {
  const [list, wanted] = [points(text), points(part)]
  for (let at = place(list.length, start); at + wanted.length <= list.length; at++) {
    if (wanted.every((character, i) => list[at + i] === character)) return at + 1
  }
  // An empty part is found at the end, also from a start beyond it.
  return wanted.length === 0 ? list.length + 1 : 0
}

function splitAt(text: string, delimiter: string): string[] {
  if (utf8(delimiter).length !== 1) throw new Failure('*')
  const parts = ['']
  for (const character of text) {
    if (character === delimiter) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

function percentEncode(text: string, space: string): string {
  return Array.from(utf8(text), (byte) => {
    const character = String.fromCharCode(byte)
    const plain = space === '+' ? /[A-Za-z0-9.*_-]/ : /[A-Za-z0-9._~-]/
    if (plain.test(character)) return character
    return character === ' ' ? space : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}

function percentDecode(text: string): string {
  const bytes: number[] = []
  for (let i = 0; i < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(i)!)
    if (character === '%') {
      const hex = text.slice(i + 1, i + 3)
      if (!/^[0-9a-fA-F]{2}$/.test(hex)) throw new Failure('*')
      bytes.push(parseInt(hex, 16))
      i += 3
      continue
    }
    bytes.push(...(character === '+' ? [32] : utf8(character)))
    i += character.length
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function fromBase64(text: string): string {
  const found = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(text)
  const digits = found?.[1] ?? ''
  if (!found || digits.length % 4 === 1 || (found[2] !== '' && text.length % 4 !== 0)) throw new Failure('*')
  const bits = Array.from(digits, (digit) => ALPHABET.indexOf(digit).toString(2).padStart(6, '0')).join('')
  const bytes = Array.from({ length: bits.length >> 3 }, (_, i) => parseInt(bits.slice(i * 8, i * 8 + 8), 2))
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
  } catch {
    throw new Failure('*')
  }
}

function repeat(text: string, count: number): string {
  if (count < 0) throw illegal(`Number parameter cannot be negative, found [${count}]`)
  return Array.from({ length: count }, () => text).join('')
}

const digest = (algorithm: string, text: string) =>
  createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex')

export function addTextFunctions(table: FunctionTable): void {
  const single = definer(table, 'single')
  const each = definer(table, 'each')
  const string = ['string']
  single<[string]>('LENGTH', string, 'integer', (s) => points(s).length)
  single<[string]>('BYTE_LENGTH', string, 'integer', (s) => utf8(s).length)
  single<[string]>('BIT_LENGTH', string, 'integer', (s) => utf8(s).length * 8)
  single<string[]>('CONCAT', ['string', 'string', 'string*'], 'keyword', (...texts) => texts.join(''))
  single<[string, number, number?]>('SUBSTRING', ['string', '#small', '#count?'], 'keyword', substring)
  single<[string, number]>('LEFT', ['string', '#small'], 'keyword', (s, n) => points(s).slice(0, Math.max(0, n)).join(''))
  single<[string, number]>('RIGHT', ['string', '#small'], 'keyword', (s, n) => {
    const list = points(s)
    return list.slice(Math.max(0, list.length - Math.max(0, n))).join('')
  })
  single<[string, string, number?]>('LOCATE', ['string', 'string', '#small?'], 'integer', locate)
  single<[string, string]>('STARTS_WITH', ['string', 'string'], 'boolean', (s, part) => s.slice(0, part.length) === part)
  single<[string, string]>(
    'ENDS_WITH',
    ['string', 'string'],
    'boolean',
    (s, part) => part === '' || s.slice(-part.length) === part
  )
  single<[string, string]>('CONTAINS', ['string', 'string'], 'boolean', (s, part) => s.indexOf(part) >= 0)
  single<[string]>('TRIM', string, 'keyword', (s) => trim(s, true, true))
  single<[string]>('LTRIM', string, 'keyword', (s) => trim(s, true, false))
  single<[string]>('RTRIM', string, 'keyword', (s) => trim(s, false, true))
  single<[string, number]>('REPEAT', ['string', '#count'], 'keyword', repeat)
  single<[number]>('SPACE', ['#count'], 'keyword', (n) => repeat(' ', n))
  single<[string, string]>('SPLIT', ['string', '#delimiter'], 'keyword', splitAt)
  single<[string]>('TO_BASE64', string, 'keyword', (s) => Buffer.from(s, 'utf8').toString('base64'))
  single<[string]>('FROM_BASE64', string, 'keyword', fromBase64)
  single<[string, string]>('HASH', ['#algorithm', 'string'], 'keyword', digest)
  single<[string]>('MD5', string, 'keyword', (s) => digest('md5', s))
  single<[string]>('SHA1', string, 'keyword', (s) => digest('sha1', s))
  single<[string]>('SHA256', string, 'keyword', (s) => digest('sha256', s))
  each<[string]>('TO_LOWER', string, 'keyword', (s) => s.toLowerCase())
  each<[string]>('TO_UPPER', string, 'keyword', (s) => s.toUpperCase())
  each<[string]>('URL_ENCODE', string, 'keyword', (s) => percentEncode(s, '+'))
  each<[string]>('URL_ENCODE_COMPONENT', string, 'keyword', (s) => percentEncode(s, '%20'))
  each<[string]>('URL_DECODE', string, 'keyword', percentDecode)
}
