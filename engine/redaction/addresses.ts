/**
 * Addresses: IPv4, IPv6 and hardware addresses in text, and what stands for them.
 *
 * Loopback, unspecified, broadcast and multicast addresses identify nobody and stay. Private addresses become others of 10.0.0.0/8
 * and fd00::/8, public ones documentation addresses (192.0.2.0/24 and its like, 2001:db8::/32), which are nobody's.
 */
import { formatIpGroups, isIpv4Mapped, parseIpGroups } from '../data/ip.ts'
import { PRIORITY, type PseudonymKind, type Span } from './redaction.ts'

const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d)/g
/** At least two colons; what is no address is refused by the parser. */
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{1,4}:|:(?=:)|::)[0-9a-f:]{1,45}(?:(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])/gi
const MAC = /(?<![\w:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\w:-])/gi

/** Addresses that tell machines apart. */
export function findAddresses(text: string): Span[] {
  return [...spansOf(text, MAC, macSpan), ...spansOf(text, IPV6, ipSpan), ...spansOf(text, IPV4, ipSpan)]
}

type Reading = { kind: PseudonymKind; original: string } | null

function spansOf(text: string, pattern: RegExp, read: (found: string) => Reading): Span[] {
  return Array.from(text.matchAll(pattern)).flatMap((match) => {
    const found = match[0]
    const reading = read(found)
    return reading === null
      ? []
      : [{ start: match.index, end: match.index + found.length, class: 'ip' as const, priority: PRIORITY.address, ...reading }]
  })
}

function macSpan(found: string): Reading {
  const original = found.toLowerCase().replaceAll('-', ':')
  return /^(?:00:){5}00$|^(?:ff:){5}ff$/.test(original) ? null : { kind: 'mac', original }
}

function ipSpan(found: string): Reading {
  const groups = parseIpGroups(found, 'decimal')
  const kind = groups && kindOf(groups)
  return kind ? { kind, original: formatIpGroups(groups) } : null
}

/** What an address is, or null when it identifies nobody. */
function kindOf(groups: Uint16Array): PseudonymKind | null {
  return isIpv4Mapped(groups) ? kindOfIpv4(groups[6]! >> 8, groups[6]! & 255, groups) : kindOfIpv6(groups)
}

function kindOfIpv4(first: number, second: number, groups: Uint16Array): PseudonymKind | null {
  if (first === 127 || first >= 224) return null
  if (first === 0 && second === 0 && groups[7] === 0) return null
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second < 128)
  return isPrivate ? 'ip-private' : 'ip-public'
}

function kindOfIpv6(groups: Uint16Array): PseudonymKind | null {
  const zeros = groups.subarray(0, 7).every((group) => group === 0)
  if ((zeros && groups[7]! < 2) || groups[0]! >= 0xff00) return null
  const isPrivate = (groups[0]! & 0xfe00) === 0xfc00 || (groups[0]! & 0xffc0) === 0xfe80
  return isPrivate ? 'ip6-private' : 'ip6-public'
}

/** Where the documentation networks end, the benchmark network and the reserved one follow: also nobody's. */
const PUBLIC_NETWORKS: readonly [base: number, size: number][] = [
  [0xcb007100, 254],
  [0xc6336400, 254],
  [0xc0000200, 254],
  [0xc6120000, 131_070],
  [0xf0000000, 200_000_000]
]

/** 10.200.0.0: seldom in use, and a known address is never given out. */
const PRIVATE_BASE = 0x0ac80000

/** The address that stands for number `n` (from 1) of a kind. */
export function addressPseudonym(kind: PseudonymKind, n: number): string {
  if (kind === 'ip-private') return dotted(PRIVATE_BASE + n)
  if (kind === 'ip6-private') return `fd00::${n.toString(16)}`
  if (kind === 'ip6-public') return `2001:db8::${n.toString(16)}`
  if (kind === 'mac')
    return `02:00:00${[16, 8, 0].map((bits) => `:${((n >> bits) & 255).toString(16).padStart(2, '0')}`).join('')}`
  let left = n
  for (const [base, size] of PUBLIC_NETWORKS) {
    if (left <= size) return dotted(base + left)
    left -= size
  }
  return '240.0.0.0'
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((bits) => (value >>> bits) & 255).join('.')
}

/** Other ways to write an IPv4 address that programs accept or names are made of: one number, dashes. */
export function addressVariants(canonical: string): string[] {
  if (!/^[\d.]+$/.test(canonical)) return []
  const [a, b, c, d] = canonical.split('.').map(Number) as [number, number, number, number]
  const value = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
  const hex = value.toString(16).padStart(8, '0')
  return [String(value), `0x${hex}`, hex, [a, b, c, d].join('-'), [d, c, b, a].join('.')].filter((text) => text.length >= 7)
}
