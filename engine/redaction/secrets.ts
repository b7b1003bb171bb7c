/**
 * Secrets that look like ones: tokens with a known form, passwords where programs take them, key blocks, and long texts that
 * no person wrote. A pattern's group named `s` is the secret; without one the whole match is.
 */
import { userSpan } from './accounts.ts'
import { isSystemAccount } from './not-identifying.ts'
import { PRIORITY, type Span } from './redaction.ts'

/** What may stand where a password does: no variable, no option, no quote. */
const VALUE = `(?!\\$[\\w{(])(?:"(?<s>[^"\\n]{1,512})"|'(?<s1>[^'\\n]{1,512})'|(?<s2>[^\\s"'&;|<>,)\\]}]{1,512}))`
const SECRET_WORD =
  '(?:(?<![A-Za-z])pass|pass(?:word|wd|phrase|wort)|passwd|(?<=[A-Za-z]_|db|user|my|root|admin)pwd|passwort|mot_?de_?passe|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|account[_-]?key|client[_-]?secret|auth[_-]?key|credentials?|session[_-]?id|(?<![A-Za-z])sig)'

const PATTERNS: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]{0,20000}?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\beyJ[\w-]{6,}\.[\w-]{4,}(?:\.[\w-]*)?/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}\b|\bgithub_pat_\w{20,}\b|\bglpat-[\w-]{16,}/g,
  /\bxox[abeoprs]-[\w-]{8,}|\bxapp-[\w-]{8,}|(?<=hooks\.slack\.com\/services\/)[\w/]{10,}/g,
  /\bAIza[\w-]{30,}|\bya29\.[\w.-]{10,}|\bGOCSPX-[\w-]{10,}/g,
  /\b[srp]k_(?:live|test)_\w{10,}|\bnpm_\w{20,}|\bpypi-\w{16,}|\bSG\.[\w-]{10,}\.[\w-]{10,}|\bdo[op]_v1_\w{20,}|\bhf_\w{20,}|\bsk-[\w-]{20,}|\b\d{8,10}:AA[\w-]{30,}/g,
  /\b(?:bearer|basic|negotiate|digest|apikey)\s+(?<s>[A-Za-z0-9+/_.~=-]{6,})/gi,
  new RegExp(
    `\\b(?:x-)?(?:authorization|api-key|auth-token|vault-token)\\s*:\\s*(?:token\\s+|apikey\\s+)?(?!(?:bearer|basic|negotiate|digest)\\b)${VALUE}`,
    'gi'
  ),
  new RegExp(`${SECRET_WORD}["']?\\s{0,3}(?:=|:(?!:|//)|=>)\\s{0,3}(?:pass:)?${VALUE}`, 'giu'),
  new RegExp(`(?<=^|\\s)(?:--?|/)(?:[a-z]{1,20}-)?${SECRET_WORD}(?:=|\\s+)(?!-)${VALUE}`, 'gi'),
  /\b(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump|7z[ar]?)\b[^|;&\n]{0,500}?\s-p(?<s>[^\s"';|&]{1,256})/g,
  /\b(?:sshpass|plink|pscp)\b[^|;&\n]{0,200}?\s-(?:p|pw)\s*(?<s>[^\s"';|&-][^\s"';|&]{0,255})/g,
  /\b(?:redis-cli)\b[^|;&\n]{0,300}?\s-a\s+(?<s>\S{1,256})/g,
  /\b(?:ldapsearch|ldapadd|ldapmodify|ldapwhoami)\b[^|;&\n]{0,500}?\s-w\s*(?<s>\S{1,256})/g,
  /\b(?:curl|wget|http|https)\b[^|;&\n]{0,1000}?\s(?:-u|--user|--proxy-user)[\s=]*["']?[^\s:"']{1,100}:(?<s>[^\s"']{1,256})/g,
  /\b(?:smbclient|winexe|rpcclient|net)\b[^|;&\n]{0,300}?\s-U\s*["']?[^\s%"']{1,100}%(?<s>[^\s"']{1,256})/g,
  /\bnet(?:\.exe)?\s+user\s+[^\s/]{1,100}\s+(?<s>[^\s/*]{1,256})/gi,
  /\bopenssl\b[^|;&\n]{0,500}?\s-(?:pass|passin|passout|k)\s+(?:pass:)?(?<s>[^\s"']{1,256})/g,
  /\bchpasswd\b[^|;&\n]{0,20}<<<\s*["']?[^:\s"']{1,64}:(?<s>[^\s"']{1,256})/g,
  /\becho\s+["']?[a-z_][\w.-]{0,31}:(?<s>[^\s"'|]{1,256})["']?\s*\|\s*(?:sudo\s+)?chpasswd/g
]

const USER_INFO = /:\/\/([^\s/:@'"]{1,200}):([^\s/@'"]{1,200})@/g
/** `DOMAIN/user:password@host`, as remote tools take it. */
const REMOTE_LOGIN = /(?<![\w:/])[\w.-]{1,64}\/([\w.-]{1,64}):([^\s@/'"]{1,128})@[\w.]/g

/** Secrets told by their form or place. */
export function findSecrets(text: string): Span[] {
  const spans = PATTERNS.flatMap((pattern) => Array.from(text.matchAll(pattern)).flatMap(secretOf))
  for (const pattern of [USER_INFO, REMOTE_LOGIN]) {
    for (const match of text.matchAll(pattern)) {
      const [user, password] = [match[1]!, match[2]!]
      const at = match.index + match[0].indexOf(`${user}:${password}@`)
      if (!isSystemAccount(user)) spans.push(userSpan(at, user))
      if (!isPlaceholder(password)) spans.push(secretSpan(at + user.length + 1, password, PRIORITY.pattern))
    }
  }
  return spans
}

function secretOf(match: RegExpExecArray): Span[] {
  const groups = match.groups
  const secret = groups ? (groups['s'] ?? groups['s1'] ?? groups['s2']) : match[0]
  if (secret === undefined || isPlaceholder(secret)) return []
  return [secretSpan(match.index + match[0].lastIndexOf(secret), secret, PRIORITY.pattern)]
}

/** Variables, masks, pseudonyms and words that are no secret. */
function isPlaceholder(text: string): boolean {
  return /^(?:\$[\w{(].*|%\w+%|[*xX.]+|secret-\d+|null|none|true|false|nil|undefined|required|optional|-|\{.*|\[.*|\\)$/i.test(
    text
  )
}

const HEX = /(?<![0-9A-Za-z])[0-9a-f]{32,}(?![0-9A-Za-z])/gi
const RANDOM = /(?<![A-Za-z0-9+/_=.-])[A-Za-z0-9+/_-]{24,}={0,2}(?![A-Za-z0-9+/_=])/g

/** Long texts that look random: hexadecimal, or mixed letters and digits. */
export function findRandom(text: string): Span[] {
  if (text.length < 24) return []
  const random = (found: string) => /[a-f]/i.test(found) && /\d/.test(found)
  return [...matches(text, HEX, random), ...matches(text, RANDOM, looksRandom)]
}

function matches(text: string, pattern: RegExp, accept: (found: string) => boolean): Span[] {
  return Array.from(text.matchAll(pattern))
    .filter((match) => accept(match[0]))
    .map((match) => secretSpan(match.index, match[0], PRIORITY.entropy))
}

/** All three kinds of characters, many of them, and no words between slashes or dashes. */
function looksRandom(found: string): boolean {
  if (!/[A-Z]/.test(found) || !/[a-z]/.test(found) || !/\d/.test(found)) return false
  if (found.split(/[/_-]/).some((part) => part.length > 0 && part.length < 6)) return false
  return entropyBits(found) >= (found.length >= 40 ? 4.2 : 3.9)
}

/** Shannon entropy of a character, in bits. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0)
}

function secretSpan(start: number, original: string, priority: number): Span {
  return { start, end: start + original.length, class: 'secret', kind: 'secret', original, priority }
}
