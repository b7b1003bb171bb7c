import { describe, expect, test } from 'vitest'
import { expandGrok } from '../../../../engine/patterns/grok/expand.ts'
import { compileGrok, GrokError } from '../../../../engine/patterns/grok/grok.ts'
import { GROK_LIBRARY } from '../../../../engine/patterns/grok/library.ts'
import { RubyRegex } from '../../../../engine/patterns/ruby/ruby-regex.ts'

/** What a named pattern takes out of a text, or null. */
function taken(name: string, text: string): unknown {
  return compileGrok([`%{${name}:x}`]).match(text)?.[0] ?? null
}

test('every pattern of the bank compiles', () => {
  const wrong = [...GROK_LIBRARY.keys()].filter((name) => {
    try {
      void new RubyRegex(expandGrok(`%{${name}}`, GROK_LIBRARY))
      return false
    } catch {
      return true
    }
  })
  expect(wrong).toEqual([])
})

test.for([
  ['INT', 'a -12', '-12'],
  ['NUMBER', 'v1.5', '1.5'],
  ['NUMBER', '.5', '.5'],
  ['NUMBER', '1.2.3', '1.2'],
  ['BASE16NUM', 'x 0xdeadBEEF', '0xdeadBEEF'],
  ['POSINT', '007 7', '7'],
  ['WORD', '--ab_1--', 'ab_1'],
  ['NOTSPACE', '  a!b c', 'a!b'],
  ['USERNAME', '@al.ice-1', 'al.ice-1'],
  ['EMAILADDRESS', '<a.b+c@mail.example.org>', 'a.b+c@mail.example.org'],
  ['QUOTEDSTRING', String.raw`say "a \" b" c`, String.raw`"a \" b"`],
  ['UUID', '{550e8400-e29b-41d4-a716-446655440000}', '550e8400-e29b-41d4-a716-446655440000'],
  ['URN', 'urn:isbn:0451450523', 'urn:isbn:0451450523'],
  ['MAC', 'at 00:11:22:aa:bb:cc', '00:11:22:aa:bb:cc'],
  ['MAC', '0011.22aa.bbcc', '0011.22aa.bbcc'],
  ['IPV4', '1.2.3.4', '1.2.3.4'],
  ['IPV4', '256.1.1.1', null],
  ['IP', '2001:db8::8a2e:370:7334', '2001:db8::8a2e:370:7334'],
  ['IP', '::1', '::1'],
  ['IP', '::ffff:10.0.0.1', '::ffff:10.0.0.1'],
  ['IP', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ['IP', '1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:1.2.3.4'],
  ['IP', 'fe80::', 'fe80::'],
  ['HOSTNAME', 'host-1.example.com', 'host-1.example.com'],
  ['HOSTPORT', 'db.local:5432', 'db.local:5432'],
  ['UNIXPATH', 'in /usr/local/bin/x', '/usr/local/bin/x'],
  ['WINPATH', String.raw`C:\Windows\System32`, String.raw`C:\Windows\System32`],
  ['TTY', '/dev/pts/0', '/dev/pts/0'],
  ['URI', 'see http://user:pw@example.com:8080/a?b=c#d now', 'http://user:pw@example.com:8080/a?b=c#d'],
  ['URIPATHPARAM', 'GET /a/b?c=d HTTP', '/a/b?c=d'],
  ['MONTH', '1 September', 'September'],
  ['MONTHDAY', '31', '31'],
  ['YEAR', '1999', '1999'],
  ['TIME', 'at 23:59:58.123', '23:59:58.123'],
  ['TIMESTAMP_ISO8601', '2023-01-23T12:15:00.000Z', '2023-01-23T12:15:00.000Z'],
  ['TIMESTAMP_ISO8601', '2023-01-23 12:15+01:00', '2023-01-23 12:15+01:00'],
  ['DATE_EU', '31.12.1999', '31.12.1999'],
  ['DATESTAMP_RFC2822', 'Mon, 02 Jan 2006 15:04:05 -0700', 'Mon, 02 Jan 2006 15:04:05 -0700'],
  ['SYSLOGTIMESTAMP', 'Mar  6 00:01:25', 'Mar  6 00:01:25'],
  ['HTTPDATE', '10/Oct/2000:13:55:36 -0700', '10/Oct/2000:13:55:36 -0700'],
  ['LOGLEVEL', '[WARNING]', 'WARNING'],
  ['JAVACLASS', 'at org.example.Foo$Bar', 'at'],
  ['MONGO_WORDDASH', 'a-b', 'a-b']
] as const)('%s in %j takes %j', ([name, text, want]) => {
  expect(taken(name, text)).toBe(want)
})

describe('a syslog line', () => {
  test('gives its parts, typed', () => {
    const extractor = compileGrok(['%{SYSLOGBASE} %{GREEDYDATA:message}'])
    const values = extractor.match('Mar 16 00:01:25 evita postfix/smtpd[1713]: connect from host.example')
    expect(Object.fromEntries(extractor.fields.map(({ name }, i) => [name, values![i]]))).toEqual({
      'host.hostname': 'evita',
      'log.syslog.facility.code': null,
      'log.syslog.priority': null,
      message: 'connect from host.example',
      'process.name': 'postfix/smtpd',
      'process.pid': 1713,
      timestamp: 'Mar 16 00:01:25'
    })
  })
})

test('fields stand in order of their names; a name used twice is one field', () => {
  expect(compileGrok(['%{WORD:b} %{INT:a:int} %{WORD:b}']).fields).toEqual([
    { name: 'a', type: 'integer' },
    { name: 'b', type: 'keyword' }
  ])
})

test('what is no number of the type is null', () => {
  expect(
    compileGrok(['%{NOTSPACE:n:int} %{NOTSPACE:m:long} %{NOTSPACE:d:double}']).match('2147483648 -9223372036854775808 x')
  ).toEqual([null, -9223372036854775808n, null])
})

test('circular and endless definitions end', () => {
  const looping = new Map([
    ['A', '%{B}'],
    ['B', '%{A}'],
    ['C', 'x%{C}']
  ])
  expect(() => expandGrok('%{C}', looping)).toThrow('circular reference in pattern back [C]')
  expect(() => expandGrok('%{A}', looping)).toThrow('Can not convert grok patterns to regular expression')
  expect(() => compileGrok(['%{constructor}'])).toThrow(GrokError)
})
