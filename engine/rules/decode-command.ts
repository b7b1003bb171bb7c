/**
 * Decodes what a command line hides, without running anything: base64, hex, URL and backslash escapes, brace expansion,
 * arithmetic, ${IFS}, empty quotes, and layers of these in one another.
 *
 * In: a command line, untrusted. Out: the layers found, outermost first. Bounds: text, depth, layers; beyond them
 * `truncated` is set. A decoded text counts only when it reads as text.
 */

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
  rewrite('empty quotes', (text) =>
    text.replace(/(?<=[A-Za-z0-9_/.-])(?:''|""|\\(?=[A-Za-z])(?!x[0-9a-fA-F]|u[0-9a-fA-F]{4}))(?=[A-Za-z0-9_/.-])/g, '')
  ),
  rewrite('arithmetic', (text) =>
    text.replace(/\$\(\(([^()]{1,200}(?:\([^()]{0,200}\)[^()]{0,200}){0,20})\)\)|\$\[([^\]]{1,200})\]/g, arithmetic)
  ),
  rewrite('backslash escapes', decodeEscapes),
  rewrite('URL encoding', decodePercent),
  decodeBase64,
  decodeHex
]

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
  const value = evaluateInteger(round ?? square ?? '')
  return value === null ? whole : value.toString()
}

/** Integer arithmetic with + - * / % and parentheses, 64 bits as in a shell; null for anything else. */
function evaluateInteger(text: string): bigint | null {
  const tokens = text.match(/\d{1,19}|[-+*/%()]|\S/g) ?? []
  let at = 0
  const wrap = (value: bigint) => BigInt.asIntN(64, value)
  const primary = (depth: number): bigint | null => {
    const token = tokens[at++]
    if (token === undefined || depth > 50) return null
    if (token === '-' || token === '+') {
      const value = primary(depth + 1)
      return value === null ? null : token === '-' ? wrap(-value) : value
    }
    if (token === '(') {
      const value = sum(depth + 1)
      return tokens[at++] === ')' ? value : null
    }
    return /^\d+$/.test(token) ? wrap(BigInt(token)) : null
  }
  const chain = (operators: string, operand: (depth: number) => bigint | null, depth: number): bigint | null => {
    let value = operand(depth)
    while (value !== null && at < tokens.length && operators.includes(tokens[at]!)) {
      const operator = tokens[at++]!
      const right = operand(depth)
      if (right === null || ((operator === '/' || operator === '%') && right === 0n)) return null
      value = wrap(APPLY[operator]!(value, right))
    }
    return value
  }
  const product = (depth: number) => chain('*/%', primary, depth)
  const sum = (depth: number): bigint | null => chain('+-', product, depth)
  const value = sum(0)
  return at === tokens.length ? value : null
}

const APPLY: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b
}

/** Runs of two or more `\x41`, `\101`, `\u0041`: one alone is more often a pattern than a disguise. */
function decodeEscapes(text: string): string {
  return text.replace(/(?:\\x[0-9a-fA-F]{1,2}|\\[0-3]?[0-7]{2}|\\u[0-9a-fA-F]{4}){2,}/g, (run) => {
    const pieces = run.match(/\\x[0-9a-fA-F]{1,2}|\\[0-3]?[0-7]{2}|\\u[0-9a-fA-F]{4}/g)!
    const parts = pieces.map((piece): number[] => {
      if (piece[1] === 'u') return [...new TextEncoder().encode(String.fromCharCode(parseInt(piece.slice(2), 16)))]
      return [piece[1] === 'x' ? parseInt(piece.slice(2), 16) : parseInt(piece.slice(1), 8) & 255]
    })
    return readableText(Uint8Array.from(parts.flat())) ?? run
  })
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
