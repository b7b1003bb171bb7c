/**
 * What functions do with IP addresses: byte keys and CIDR blocks. Parsing is `engine/data/ip.ts`, since the loader needs it too.
 */
import { isIpv4Mapped, parseIpGroups } from '../data/ip.ts'

export { ipSortKey, parseIp } from '../data/ip.ts'

/** The 16 bytes of an address, IPv4 in its mapped form: the key Elasticsearch compares. Null when `text` is no address. */
export function ipBytes(text: string): Uint8Array | null {
  const groups = parseIpGroups(text)
  if (!groups) return null
  const bytes = new Uint8Array(16)
  groups.forEach((group, i) => {
    bytes[2 * i] = group >> 8
    bytes[2 * i + 1] = group & 255
  })
  return bytes
}

/** A block of addresses: those that agree with `groups` in the first `prefixBits` bits. */
export interface CidrBlock {
  groups: Uint16Array
  prefixBits: number
}

/** Parses `10.0.0.0/8` or a bare address (a block of one); null when it is neither. */
export function parseCidr(text: string): CidrBlock | null {
  const slash = text.indexOf('/')
  const groups = parseIpGroups(slash < 0 ? text : text.slice(0, slash))
  if (!groups) return null
  if (slash < 0) return { groups, prefixBits: 128 }
  const suffix = text.slice(slash + 1)
  if (!/^[0-9]{1,3}$/.test(suffix)) return null
  const bits = Number(suffix)
  const isIpv4 = isIpv4Mapped(groups)
  // A mapped address may count its bits either way: `::ffff:10.0.0.0/8` and `/104` are the same block.
  if (isIpv4 && bits <= 32) return { groups, prefixBits: 96 + bits }
  return bits > 128 || (isIpv4 && !text.includes(':')) ? null : { groups, prefixBits: bits }
}

/** True when the address (its eight groups) lies in the block. */
export function cidrContains(block: CidrBlock, groups: Uint16Array): boolean {
  for (let i = 0, bits = block.prefixBits; bits > 0; i++, bits -= 16) {
    const mask = bits >= 16 ? 0xffff : (0xffff << (16 - bits)) & 0xffff
    if (((block.groups[i]! ^ groups[i]!) & mask) !== 0) return false
  }
  return true
}
