/**
 * IP addresses as text: parsing by Elasticsearch's rules, the canonical form, and keys for sorting and ranges.
 * (`engine/functions/ip.ts` re-exports what functions need: parsing is here because the loader needs it too.)
 *
 * An address is eight 16-bit groups; IPv4 is its IPv4-mapped form `::ffff:a.b.c.d`, as Lucene orders and compares it.
 * Accepted: ASCII only; IPv4 with exactly four decimal octets without leading zeros; IPv6 with `::`, with a trailing
 * dotted IPv4 part; a zone (`%eth0`, not empty) is ignored. Canonical text is RFC 5952; IPv4-mapped prints as IPv4.
 */

/** What an octet such as 010 is: no address, ten, or eight. */
export type LeadingZeros = 'reject' | 'decimal' | 'octal'

const IPV4_OCTETS = 4
const IPV6_GROUPS = 8

/** Canonical RFC 5952 text of an address, or null when `text` is none. */
export function parseIp(text: string, zeros: LeadingZeros = 'reject'): string | null {
  const groups = parseIpGroups(text, zeros)
  return groups && formatIpGroups(groups)
}

/** The eight 16-bit groups of an address (IPv4 in mapped form), or null when `text` is none. */
export function parseIpGroups(text: string, zeros: LeadingZeros = 'reject'): Uint16Array | null {
  const zone = text.indexOf('%')
  if (zone >= 0 && zone === text.length - 1) return null
  const address = zone < 0 ? text : text.slice(0, zone)
  return address.includes(':') ? parseIpv6(address, zeros) : parseIpv4(address, zeros)
}

/** True when the groups hold an IPv4 address in mapped form. */
export function isIpv4Mapped(groups: Uint16Array): boolean {
  return groups[5] === 0xffff && groups.subarray(0, 5).every((group) => group === 0)
}

/** Canonical text of eight groups. */
export function formatIpGroups(groups: Uint16Array): string {
  if (isIpv4Mapped(groups)) return [groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.')
  const run = longestZeroRun(groups)
  const hex = (from: number, to: number) => Array.from(groups.subarray(from, to), (group) => group.toString(16)).join(':')
  if (run.length < 2) return hex(0, IPV6_GROUPS)
  return `${hex(0, run.start)}::${hex(run.start + run.length, IPV6_GROUPS)}`
}

/**
 * A string whose order by UTF-16 code units (`<`, default `sort`) is the order of the addresses: one unit a group.
 * `canonical` must be an address.
 */
export function ipSortKey(canonical: string): string {
  const groups = parseIpGroups(canonical)
  return groups ? String.fromCharCode(...groups) : canonical
}

function parseIpv4(text: string, zeros: LeadingZeros): Uint16Array | null {
  const octets = parseOctets(text, zeros)
  return octets && Uint16Array.of(0, 0, 0, 0, 0, 0xffff, (octets[0]! << 8) | octets[1]!, (octets[2]! << 8) | octets[3]!)
}

const OCTETS: Record<LeadingZeros, RegExp> = {
  reject: /^(0|[1-9][0-9]{0,2})$/,
  decimal: /^[0-9]{1,3}$/,
  octal: /^(0[0-7]{0,3}|[1-9][0-9]{0,2})$/
}

function parseOctets(text: string, zeros: LeadingZeros): number[] | null {
  const parts = text.split('.', IPV4_OCTETS + 1)
  if (parts.length !== IPV4_OCTETS) return null
  const octets: number[] = []
  for (const part of parts) {
    if (!OCTETS[zeros].test(part)) return null
    const octet = parseInt(part, zeros === 'octal' && part.startsWith('0') ? 8 : 10)
    if (octet > 255) return null
    octets.push(octet)
  }
  return octets
}

function parseIpv6(address: string, zeros: LeadingZeros): Uint16Array | null {
  const gap = address.indexOf('::')
  if (gap < 0) {
    const all = parseGroups(address, true, zeros)
    return all?.length === IPV6_GROUPS ? Uint16Array.from(all) : null
  }
  const head = gap === 0 ? [] : parseGroups(address.slice(0, gap), false, zeros)
  const tail = gap + 2 === address.length ? [] : parseGroups(address.slice(gap + 2), true, zeros)
  // `::` stands for at least one group.
  if (!head || !tail || head.length + tail.length >= IPV6_GROUPS) return null
  const groups = new Uint16Array(IPV6_GROUPS)
  groups.set(head)
  groups.set(tail, IPV6_GROUPS - tail.length)
  return groups
}

function parseGroups(text: string, mayEndInIpv4: boolean, zeros: LeadingZeros): number[] | null {
  const groups: number[] = []
  const parts = text.split(':', IPV6_GROUPS + 1)
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    if (mayEndInIpv4 && i === parts.length - 1 && part.includes('.')) {
      const octets = parseOctets(part, zeros)
      if (!octets) return null
      groups.push((octets[0]! << 8) | octets[1]!, (octets[2]! << 8) | octets[3]!)
    } else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) groups.push(parseInt(part, 16))
    else return null
  }
  return groups
}

/** The longest run of zero groups, the leftmost of equal ones. */
function longestZeroRun(groups: Uint16Array): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let i = 0; i < IPV6_GROUPS; i++) {
    let end = i
    while (end < IPV6_GROUPS && groups[end] === 0) end++
    if (end - i > best.length) best = { start: i, length: end - i }
  }
  return best
}
