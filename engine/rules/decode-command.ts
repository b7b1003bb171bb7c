/**
 * Decodes what a command line hides, without running anything: base64, hex, URL and backslash escapes, brace expansion,
 * arithmetic, ${IFS}, empty quotes, reversed text, and layers of these in one another.
 *
 * In: a command line, untrusted. Out: the layers found, outermost first. Bounds: text, depth, layers; beyond them
 * `truncated` is set. A decoded text counts only when it reads as text.
 */

import { shellArithmetic } from './shell-arithmetic.ts'

export interface DecodedLayer {
  method: string
  /** The piece that was decoded; for rewrites of the whole text the text itself. */
  from: string
  text: string
}

export interface DecodedCommand {
  layers: DecodedLayer[]
  /** A bound was reached: there may be more. */
  truncated: boolean
}

const MAX_TEXT = 64 * 1024
const MAX_LAYERS = 32
const MAX_DEPTH = 6

/** All layers of a command line. */
export function decodeCommand(command: string): DecodedCommand {
  const layers: DecodedLayer[] = []
  let truncated = command.length > MAX_TEXT
  const seen = new Set([command])
  const open = [{ text: command.slice(0, MAX_TEXT), depth: 0 }]
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const layer of DECODERS.flatMap((decode) => decode(next!.text))) {
      if (seen.has(layer.text)) continue
      if (layers.length >= MAX_LAYERS || next.depth >= MAX_DEPTH) {
        truncated = true
        continue
      }
      seen.add(layer.text)
      layers.push(layer)
      open.push({ text: layer.text.slice(0, MAX_TEXT), depth: next.depth + 1 })
    }
  }
  return { layers, truncated }
}

type Decoder = (text: string) => DecodedLayer[]

const DECODERS: readonly Decoder[] = [
  rewrite('brace expansion', expandBraces),
  rewrite('field separator', (text) => text.replace(/\$\{IFS(?:%\?\?)?\}(?:\$\d)?|\$IFS(?:\$\d|\b)/g, ' ')),
  rewrite('empty quotes', dropEmptyQuotes),
  rewrite('arithmetic', (text) =>
    text.replace(/\$\(\(([^()]{1,200}(?:\([^()]{0,200}\)[^()]{0,200}){0,20})\)\)|\$\[([^\]]{1,200})\]/g, arithmetic)
  ),
  rewrite('backslash escapes', decodeEscapes),
  rewrite('URL encoding', decodePercent),
  decodeBase64,
  decodeHex,
  decodeReversed
]

/** Quotes that hold nothing and backslashes before plain letters; a shell's `$'...'` is read elsewhere and stays. */
const EMPTY_QUOTES =
  /(\$'(?:[^'\\]|\\[^]){1,8000}')|(?<=[A-Za-z0-9_/.-])(?:''|""|\\(?=[A-Za-z])(?!x[0-9a-fA-F]|u[0-9a-fA-F]{4}))(?=[A-Za-z0-9_/.-])/g

function dropEmptyQuotes(text: string): string {
  return text.replace(EMPTY_QUOTES, (_, kept: string | undefined) => kept ?? '')
}

function rewrite(method: string, change: (text: string) => string): Decoder {
  return (text) => {
    const changed = change(text)
    return changed === text ? [] : [{ method, from: text, text: changed }]
  }
}

/** `{echo,aWQ=}` at the start of a word becomes `echo aWQ=`; `${x}`, `{ list; }` and `{1..9}` stay. */
function expandBraces(text: string): string {
  return text.replace(/(^|[\s|;&(`])\{([^{}\s]{1,20000})\}(?=$|[\s|;&)`])/g, (whole, before: string, inner: string) =>
    inner.includes(',') ? before + inner.split(',').join(' ') : whole
  )
}

function arithmetic(whole: string, round: string | undefined, square: string | undefined): string {
  const value = shellArithmetic(round ?? square ?? '')
  return value === null ? whole : value.toString()
}

/** One escape: `\x41`, echo's `\0101`, `\101`, `\u0041`. */
const ESCAPE = '\\\\x[0-9a-fA-F]{1,2}|\\\\0[0-7]{3}|\\\\[0-3]?[0-7]{2}|\\\\u[0-9a-fA-F]{4}'
const ESCAPES = new RegExp(ESCAPE, 'g')
const ESCAPE_RUN = new RegExp(`(?:${ESCAPE}){2,}`, 'g')
/** A shell's `$'...'`: every escape in it counts, even one alone. */
const ESCAPED_QUOTE = /\$'((?:[^'\\]|\\[^]){1,8000})'/g

/** `$'...'`, and elsewhere runs of two or more escapes: one alone is more often a pattern than a disguise. */
function decodeEscapes(text: string): string {
  const unquoted = text.replace(ESCAPED_QUOTE, (whole, inner: string) => (inner.includes('\\') ? decodeQuoted(inner) : whole))
  return unquoted.replace(ESCAPE_RUN, (run) => readableText(escapedBytes(run)) ?? run)
}

function decodeQuoted(inner: string): string {
  const decoded = inner.replace(new RegExp(`(?:${ESCAPE})+`, 'g'), (run) => readableText(escapedBytes(run)) ?? run)
  return decoded.replace(/\\(?:([ntrv"'?\\])|c[A-Za-z])/g, (whole, letter: string | undefined) =>
    letter === undefined ? whole : (QUOTED.get(letter) ?? letter)
  )
}

const QUOTED: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['v', '\v']
])

function escapedBytes(run: string): Uint8Array {
  const bytes = run.match(ESCAPES)!.map((piece): readonly number[] => {
    if (piece[1] === 'u') return [...new TextEncoder().encode(String.fromCharCode(parseInt(piece.slice(2), 16)))]
    return [piece[1] === 'x' ? parseInt(piece.slice(2), 16) : parseInt(piece.slice(1), 8) & 255]
  })
  return Uint8Array.from(bytes.flat())
}

/** Text that is turned round before it runs: `echo TEXT | rev`, `rev <<< TEXT`, `'TEXT'[::-1]`. */
const REVERSED: readonly RegExp[] = [
  /\b(?:echo|printf)\s+(?:-[neE]{1,3}\s+)?(?:(['"])([^'"]{2,2000})\1|([^'"|;&<>]{2,2000}?))\s{0,10}\|\s{0,10}rev\b/g,
  /\brev\s{0,10}<<<\s{0,10}(?:(['"])([^'"]{2,2000})\1|([^\s'"|;&<>]{2,2000}))/g,
  /(['"])([^'"]{2,2000})\1\s{0,3}\[::-1\]/g
]

function decodeReversed(text: string): DecodedLayer[] {
  if (!/\brev\b|\[::-1\]/.test(text)) return []
  return REVERSED.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ([, , quoted, bare]) => {
      const from = (quoted ?? bare)!
      return { method: 'reversed text', from, text: Array.from(from).toReversed().join('') }
    })
  )
}

function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => readableText(bytesOfHex(run.replaceAll('%', ''))) ?? run)
}

const BASE64_CONTEXT = /base64|b64|frombase64|\bopenssl\s+enc\b|-e(?:nc|ncodedcommand)?\s/i
const BASE64_LONG = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{20,}={0,2}(?![A-Za-z0-9+/_=-])/g
const BASE64_SHORT =
  /(?<![A-Za-z0-9+/_=-])(?:[A-Za-z0-9+/_-]{4,}={0,2}|[A-Za-z0-9+/_-]{3}=|[A-Za-z0-9+/_-]{2}==)(?![A-Za-z0-9+/_=-])/g

function decodeBase64(text: string): DecodedLayer[] {
  const candidates = text.match(BASE64_CONTEXT.test(text) ? BASE64_SHORT : BASE64_LONG) ?? []
  return candidates.flatMap((from) => {
    const bytes = bytesOfBase64(from)
    if (bytes === null || (from.length < 20 && /^(?:[a-z]+|[A-Z]+|[a-z]+64|\d+|[-/][A-Za-z0-9/_-]*)$/.test(from))) return []
    const packed = packedKind(bytes)
    if (packed !== null) return [{ method: 'base64', from, text: `(${bytes.length} bytes of ${packed})` }]
    const decoded = wideText(bytes) ?? readableText(bytes)
    return decoded === null ? [] : [{ method: 'base64', from, text: decoded }]
  })
}

const HEX_CONTEXT = /xxd|unhex|fromhex|hex2bin|from_hex|\b0x/i

function decodeHex(text: string): DecodedLayer[] {
  const pattern = HEX_CONTEXT.test(text)
    ? /(?<![0-9A-Za-z])(?:0x)?(?:[0-9a-fA-F]{2}){2,}(?![0-9A-Za-z])/g
    : /(?<![0-9A-Za-z])(?:[0-9a-fA-F]{2}){12,}(?![0-9A-Za-z])/g
  return (text.match(pattern) ?? []).flatMap((from) => {
    const decoded = readableText(bytesOfHex(from.replace(/^0x/, '')))
    return decoded === null ? [] : [{ method: 'hex', from, text: decoded }]
  })
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length >> 1 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

function bytesOfBase64(text: string): Uint8Array | null {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  if (standard.length % 4 === 1) return null
  const bytes = new Uint8Array(Math.floor((standard.length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (let i = 0; i < standard.length; i++) {
    held = ((held << 6) | BASE64_DIGITS.indexOf(standard[i]!)) & 0xffff
    bits += 6
    if (bits >= 8) bytes[at++] = (held >> (bits -= 8)) & 255
  }
  return bytes
}

const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const PACKED: readonly [string, readonly number[]][] = [
  ['gzip data', [0x1f, 0x8b]],
  ['an ELF program', [0x7f, 0x45, 0x4c, 0x46]],
  ['zip data', [0x50, 0x4b, 3, 4]],
  ['xz data', [0xfd, 0x37, 0x7a, 0x58]]
]

function packedKind(bytes: Uint8Array): string | null {
  return PACKED.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte))?.[0] ?? null
}

/** UTF-8 that a person could read: nearly no controls; null otherwise. */
function readableText(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const controls = text.match(/[^\P{Cc}\t\n\r]|[\p{Co}\p{Cn}]/gu)?.length ?? 0
    return controls === 0 || (text.length >= 40 && controls / text.length < 0.02) ? text : null
  } catch {
    return null
  }
}

/** UTF-16 as PowerShell's encoded commands have it: every second byte zero. */
function wideText(bytes: Uint8Array): string | null {
  if (bytes.length < 4 || bytes.length % 2 === 1) return null
  for (let i = 1; i < bytes.length; i += 2) if (bytes[i] !== 0) return null
  return readableText(bytes.filter((_, i) => i % 2 === 0))
}
