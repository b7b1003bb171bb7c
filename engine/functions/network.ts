/** Functions on IP addresses. */
import { parseIpGroups, formatIpGroups, isIpv4Mapped } from '../data/ip.ts'
import { type ScalarFunction, ValueError } from './definition.ts'
import { type CidrBlock, cidrContains, parseCidr } from './ip.ts'
import { constantText, scalar } from './scalar.ts'
import { resolveSignatures } from './signatures.ts'

/** A block, or the error of a text that is none. */
function blockOf(text: string): CidrBlock {
  const block = parseCidr(text)
  if (!block) throw new ValueError(`java.lang.IllegalArgumentException: '${text}' is not an IP string literal.`)
  return block
}

function prefix(address: string, ipv4Bits: number, ipv6Bits: number): string {
  const groups = Uint16Array.from(parseIpGroups(address)!)
  const isIpv4 = isIpv4Mapped(groups)
  checkBits(ipv4Bits, 32)
  checkBits(ipv6Bits, 128)
  const bits = isIpv4 ? 96 + ipv4Bits : ipv6Bits
  for (let i = 0; i < 8; i++) {
    const kept = Math.max(0, Math.min(16, bits - 16 * i))
    groups[i]! &= (0xffff << (16 - kept)) & 0xffff
  }
  return formatIpGroups(groups)
}

function checkBits(bits: number, most: number): void {
  if (bits >= 0 && bits <= most) return
  const family = most === 32 ? 'v4' : 'v6'
  throw new ValueError(`java.lang.IllegalArgumentException: Prefix length ${family} must be in range [0, ${most}], found ${bits}`)
}

export const NETWORK_FUNCTIONS: readonly ScalarFunction[] = [
  scalar({
    name: 'CIDR_MATCH',
    doc: 'True when an address lies in one of the given blocks; a block without a slash is one address.',
    example: 'CIDR_MATCH(source.ip, "10.0.0.0/8", "192.168.0.0/16")',
    signatures: (args) => {
      if (args.length < 2) return { error: 'error building [cidr_match]: expects at least two arguments' }
      return resolveSignatures('CIDR_MATCH', ['ip, string... -> boolean'], args)
    },
    check: (args) => {
      const bad = args.slice(1).find((arg) => constantText(arg) !== null && !parseCidr(constantText(arg)!))
      return bad ? `'${constantText(bad)}' is not an IP string literal.` : null
    },
    bind(_params, args) {
      const known = args.slice(1).map((arg) => (constantText(arg) === null ? null : parseCidr(constantText(arg)!)))
      return (address: string, ...blocks: string[]) => {
        const groups = parseIpGroups(address)!
        return blocks.some((text, i) => cidrContains(known[i] ?? blockOf(text), groups))
      }
    }
  }),
  scalar({
    name: 'IP_PREFIX',
    doc: 'An address cut to a number of leading bits, one for IPv4 and one for IPv6.',
    example: 'IP_PREFIX(source.ip, 24, 64)',
    signatures: ['ip, integer, integer -> ip'],
    row: prefix
  })
]
