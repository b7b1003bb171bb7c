/** Base 64 and URL encoding of text, with the tolerances and refusals of the Java classes Elasticsearch uses. */
import { ValueError } from './definition.ts'

const illegal = (text: string) => new ValueError(`java.lang.IllegalArgumentException: ${text}`)
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const SEXTET = new Int16Array(128).fill(-1)
for (let i = 0; i < 64; i++) SEXTET[ALPHABET.charCodeAt(i)] = i

const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenientDecoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Base 64 of the UTF-8 bytes, padded. */
export function encodeBase64(text: string): string {
  const bytes = encoder.encode(text)
  let encoded = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const triple = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    encoded += ALPHABET[triple >> 18]! + ALPHABET[(triple >> 12) & 63]!
    encoded += (left > 1 ? ALPHABET[(triple >> 6) & 63]! : '=') + (left > 2 ? ALPHABET[triple & 63]! : '=')
  }
  return encoded
}

/** Text of base 64: basic alphabet, missing padding accepted, wrong padding and bytes that are no UTF-8 refused. */
export function decodeBase64(text: string): string {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const length = text.length - padding
  const rest = length % 4
  if (padding > 0 && (length + padding) % 4 !== 0) throw illegal('Input byte array has wrong 4-byte ending unit')
  if (rest === 1) throw illegal('Last unit does not have enough valid bits')
  const bytes = new Uint8Array(Math.floor((length * 3) / 4))
  for (let i = 0, bits = 0, held = 0, at = 0; i < length; i++) {
    const sextet = SEXTET[text.charCodeAt(i)] ?? -1
    if (sextet < 0) throw illegal(`Illegal base64 character ${text.charCodeAt(i).toString(16)}`)
    held = (held << 6) | sextet
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 255
      held &= (1 << bits) - 1
    }
  }
  try {
    return strictDecoder.decode(bytes)
  } catch {
    throw illegal('Input is not valid UTF-8')
  }
}

const hex = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`

/** The platform's encoding, and `also` of what it leaves as it is; a lone surrogate is U+FFFD. */
function percentEncode(text: string, also: RegExp): string {
  return platformEncoded(text).replace(also, (character) => hex(character.charCodeAt(0)))
}

function platformEncoded(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
  }
}

/** Java's URLEncoder: letters, digits and `.-*_` stay, a space becomes plus. */
export function encodeUrl(text: string): string {
  return percentEncode(text, /[!~'()]/g).replaceAll('%20', '+')
}

/** As `encodeUrl` with `%20` for a space. */
export function encodeUrlComponent(text: string): string {
  return percentEncode(text, /[!'()]/g)
}

/** Java's URLDecoder: plus is a space, a broken percent sequence is refused, bytes that are no UTF-8 become U+FFFD. */
export function decodeUrl(text: string): string {
  if (!text.includes('%')) return text.replaceAll('+', ' ')
  return text.replaceAll('+', ' ').replace(/(?:%[0-9A-Fa-f]{2})+|%.{0,2}/gsu, (run) => {
    if (!/^%[0-9A-Fa-f]{2}/.test(run)) throw badEscape(run)
    const bytes = Uint8Array.from({ length: run.length / 3 }, (_, i) => parseInt(run.slice(3 * i + 1, 3 * i + 3), 16))
    return lenientDecoder.decode(bytes)
  })
}

function badEscape(run: string): ValueError {
  if (run.length < 3) return illegal('URLDecoder: Incomplete trailing escape (%) pattern')
  return illegal(`URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: "${run.slice(1, 3)}"`)
}
