/**
 * Names of the DNS in text: e-mail addresses, hosts of URLs and shares, and bare names such as `files.example.org`.
 *
 * A bare name is one only when its last label is a top-level domain that is no common file ending or method name: `a.sh`,
 * `lib.so` and `process.name` are none. In front of a path or port, and in URLs, every label counts.
 */
import { fieldType } from '../source/field-types.ts'
import { isLocalHost, isSystemAccount } from './not-identifying.ts'
import { PRIORITY, type Span } from './redaction.ts'

const LABEL = '[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}_])?'
const NAME = `(?:${LABEL}\\.)+\\p{L}[\\p{L}\\p{N}-]{1,23}`
const BARE = new RegExp(`(?<![\\p{L}\\p{N}_.@-])${NAME}(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`, 'gu')
const EMAIL = new RegExp(`(?<![\\p{L}\\p{N}._%+-])([\\p{L}\\p{N}][\\p{L}\\p{N}._%+-]{0,63})@(${NAME})(?![\\p{L}\\p{N}_-])`, 'gu')
/** The authority of a URL behind `user:password@`. */
const URL_HOST = new RegExp(`:\\/\\/(?:[^\\s/@'"]{0,200}@)?(${LABEL}(?:\\.${LABEL})*)`, 'gu')
const SHARE_HOST = new RegExp(`(?<![\\p{L}\\p{N}\\\\:])\\\\\\\\(${LABEL}(?:\\.${LABEL})*)\\\\`, 'gu')

const SURE = new Set(
  (
    'com net org info biz edu gov mil int arpa onion test example invalid localdomain local lan internal intranet corp home ' +
    'cloud online site xyz top shop store tech club live blog news agency company digital email global group network services ' +
    'solutions systems world email finance bank health law ' +
    'ac ad ae af ag ai al ao ar au aw az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cd cf cg ch ci ck cl cm cn ' +
    'co cr cu cv cw cy cz de dj dk dm dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gt ' +
    'gu gw gy hk hn hr ht hu ie il im io iq ir je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr lt lu lv ly ma ' +
    'mc mg mh mk ml mm mn mo mp mq mr mt mu mv mw mx mz na nc ne nf ng ni nl np nr nu nz om pa pe pf pg pk pm pn pr pt pw qa ' +
    're ro ru rw sa sb sc sd se sg si sk sm sn sr ss su sv sx sy sz td tg th tj tk tl tm tn tr tt tw tz ua ug uk us uy uz va ' +
    'vc ve vg vi vn vu ye za zm zw'
  ).split(' ')
)

/** E-mail addresses, hosts of URLs and shares, bare names. `isName` tells names that are the data's own, such as fields. */
export function findDomains(text: string, isName: (text: string) => boolean): Span[] {
  const spans: Span[] = []
  if (text.includes('.')) {
    for (const match of text.matchAll(BARE)) {
      if (isDomain(match[0], text[match.index + match[0].length], isName)) spans.push(domainSpan(match.index, match[0]))
    }
  }
  if (text.includes('@')) spans.push(...findEmails(text))
  if (text.includes('://')) spans.push(...hostsOf(text, URL_HOST))
  if (text.includes('\\\\')) spans.push(...hostsOf(text, SHARE_HOST))
  return spans
}

/** Whether a dotted name is one of the DNS, by its last label and what follows it. */
function isDomain(name: string, next: string | undefined, isName: (text: string) => boolean): boolean {
  if (isOurs(name) || isLocalHost(name) || isName(name) || fieldType(name) !== null) return false
  const last = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return SURE.has(last) || name.toLowerCase().startsWith('www.') || ((next === '/' || next === ':') && /^\p{L}{2,}$/u.test(last))
}

/** Pseudonyms of earlier redactions. */
function isOurs(name: string): boolean {
  return /^(?:host-\d+\.)?domain-\d+\.example$|^mail\.example$/i.test(name)
}

function findEmails(text: string): Span[] {
  return Array.from(text.matchAll(EMAIL)).flatMap((match) => {
    const [original, local, domain] = [match[0], match[1]!, match[2]!]
    if (isSystemAccount(local) || isOurs(domain)) return []
    const place = { start: match.index, end: match.index + original.length }
    return [{ ...place, class: 'email' as const, kind: 'mail' as const, original, priority: PRIORITY.email }]
  })
}

function hostsOf(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern)).flatMap((match) => {
    const name = match[1]!
    const start = match.index + match[0].lastIndexOf(name)
    if (isLocalHost(name) || isOurs(name) || /^[\d.]+$/.test(name) || name.length < 2) return []
    return name.includes('.') ? [domainSpan(start, name)] : [hostSpan(start, name)]
  })
}

function domainSpan(start: number, original: string): Span {
  return { start, end: start + original.length, class: 'domain', kind: 'domain', original, priority: PRIORITY.name }
}

/** A single label that is a machine. */
export function hostSpan(start: number, original: string): Span {
  return { start, end: start + original.length, class: 'host', kind: 'host', original, priority: PRIORITY.name }
}
