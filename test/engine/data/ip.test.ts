import { describe, expect, it } from 'vitest'
import { ipSortKey, parseIp } from '../../../engine/data/ip.ts'

describe('parseIp', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['::ffff:a01:203', '10.1.2.3'],
    ['::1.2.3.4', '::102:304'],
    ['fe80::1%eth0', 'fe80::1'],
    ['10.0.0.1%2', '10.0.0.1'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304']
  ])('%s is %s', (text, canonical) => {
    expect(parseIp(text)).toBe(canonical)
    expect(parseIp(canonical)).toBe(canonical)
  })

  it.each([
    '',
    ' ',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    '1.2.3.4 ',
    '1.2.3.-4',
    '1..2.3',
    'fe80::1%',
    ':',
    ':::',
    '1::2::3',
    '12345::',
    'g::',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7',
    '1:2:3:4::5:6:7:8',
    '1.2.3.4::',
    ':1:2:3:4:5:6:7',
    '١.1.1.1',
    '%',
    '%:1'
  ])('%j is no address', (text) => {
    expect(parseIp(text)).toBeNull()
  })
})

describe('ipSortKey', () => {
  it('orders addresses by their 16 bytes, IPv4 in mapped form', () => {
    const sorted = ['::', '::1', '1.2.3.4', '9.0.0.0', '10.0.0.0', '255.0.0.1', '2001:db8::1', 'ff02::1']
    const shuffled = [...sorted].reverse()
    shuffled.sort((a, b) => (ipSortKey(a) < ipSortKey(b) ? -1 : 1))
    expect(shuffled).toEqual(sorted)
  })
})
