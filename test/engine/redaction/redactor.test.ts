/** Each class of what identifies: what is found, what stays, what stands for it. */
import { describe, expect, test } from 'vitest'
import { Redactor } from '../../../engine/redaction/redactor.ts'
import { REDACTION_CLASSES, type RedactionClass } from '../../../engine/redaction/redaction.ts'

const KEY = '000102030405060708090a0b0c0d0e0f'
const FIELDS: readonly (readonly [string, string])[] = [
  ['host.name', 'web-03'],
  ['host.hostname', 'db-01.corp.example.org'],
  ['agent.id', '7d1e6a52-0a56-4b0c-9a77-1c8f7d1b2c3d'],
  ['user.name', 'anna'],
  ['user.domain', 'ACME'],
  ['source.ip', '10.1.2.3']
]

function redactor(texts: readonly string[], fields = FIELDS): Redactor {
  const made = new Redactor(KEY)
  for (const [name, value] of fields) made.learnField(name, [value])
  for (const text of texts) made.learnText(text)
  made.settle()
  return made
}

/** Redacts one text with everything on. */
function redact(text: string, classes: readonly RedactionClass[] = REDACTION_CLASSES): string {
  return redactor([text]).redact(text, { classes: [...classes], kept: [] })
}

const b64 = (text: string) => Buffer.from(text).toString('base64')

describe('names from fields', () => {
  test.each([
    ['web-03', 'host-1'],
    ['ping web-03 -c1', 'ping host-1 -c1'],
    ['/var/log/web-03.log', '/var/log/host-1.log'],
    ['WEB-03', 'HOST-1'],
    ['web-031 stays', 'web-031 stays'],
    ['ls /srv/anna', 'ls /srv/user-1'],
    ['joanna and annabel', 'joanna and annabel'],
    ['%2Fsrv%2Fanna%2Fx', '%2Fsrv%2Fuser-1%2Fx'],
    ['a\\nanna', 'a\\nuser-1'],
    ['7d1e6a52-0a56-4b0c-9a77-1c8f7d1b2c3d', 'host-id-1'],
    ['ACME\\anna', 'REALM-1\\user-1']
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected.replace('host-1', redact('web-03')).replace('HOST-1', redact('WEB-03')))
  })

  test('a full name is a machine and a domain; its first label alone is the same machine', () => {
    const full = redact('db-01.corp.example.org')
    expect(full).toMatch(/^host-\d\.domain-\d\.example$/)
    expect(redact('ssh db-01')).toBe(`ssh ${full.split('.')[0]}`)
    expect(redact('dig corp.example.org')).toBe(`dig ${full.slice(full.indexOf('.') + 1)}`)
  })

  test('system accounts, local names and numbers stay', () => {
    const text = 'root www-data 1000 admin localhost'
    const made = redactor(
      [text],
      [
        ...text
          .split(' ')
          .slice(0, 4)
          .map((value) => ['user.name', value] as const),
        ['host.name', 'localhost'],
        ['user.domain', 'NT AUTHORITY']
      ]
    )
    expect(made.redact(text, Redactor.everything)).toBe(text)
  })

  test('a name of two characters counts as a whole value only', () => {
    const made = redactor([], [['user.name', 'id']])
    expect(made.redact('sh -c id', Redactor.everything)).toBe('sh -c id')
    expect(made.redact('id', Redactor.everything)).toBe('user-1')
  })

  test('composed and decomposed letters are the same name', () => {
    const made = redactor([], [['user.name', 'zoë']])
    expect(made.redact('/srv/zoe\u0308/x', Redactor.everything)).toBe('/srv/user-1/x')
  })
})

describe('addresses', () => {
  test('private and public keep their class, the same is the same', () => {
    expect(redact('nc 10.1.2.3 4444; nc 192.168.7.9; nc 10.1.2.3')).toMatch(
      /^nc (10\.200\.0\.\d) 4444; nc 10\.200\.0\.\d; nc \1$/
    )
    expect(redact('curl http://8.8.4.4:80/x')).toMatch(/^curl http:\/\/203\.0\.113\.\d:80\/x$/)
    expect(redact('ping 2a02:8071::12 fe80::1%eth0')).toMatch(/^ping 2001:db8::\d fd00::\d%eth0$/)
    expect(redact('::ffff:10.1.2.3')).toMatch(/10\.200\.0\.\d/)
    expect(redact('0a:1b:2c:3d:4e:5f 0A-1B-2C-3D-4E-5F')).toMatch(/^(02:00:00:00:00:0\d) 02-00-00-00-00-0\d$/)
  })

  test('loopback, unspecified and multicast stay; so do versions and times', () => {
    for (const text of ['127.0.0.1', '0.0.0.0', '::1', '::', '224.0.0.251', '12:34:56', 'v1.2.3', 'std::string', '1.2.3.400'])
      expect(redact(text)).toBe(text)
  })

  test('as one number, in hexadecimal, with dashes', () => {
    const made = redactor(['8.8.4.4'])
    for (const text of ['http://134743044/', '0x08080404', 'ip-8-8-4-4'])
      expect(made.redact(text, Redactor.everything)).toContain('203.0.113.1')
  })
})

describe('domains and e-mail', () => {
  test.each(['dig files.acme.example.com', 'curl https://evil.sh/a', 'www.acme.name', 'https://wiki/x', 'dns evil.ru.'])(
    '%s',
    (text) => {
      expect(redact(text)).not.toMatch(/acme|evil|wiki/)
    }
  )
  test.each([
    'bash a.sh',
    'lib.so',
    'index.php',
    'process.name',
    'process.parent.name == "x"',
    'README.md',
    'node server.js',
    'x.y'
  ])('%s stays', (text) => expect(redact(text)).toBe(text))
  test('e-mail', () => {
    expect(redact('mail anna.smith@acme.com')).toBe('mail mail-1@mail.example')
    expect(redact('u=anna.smith%40acme.com')).toBe('u=mail-1@mail.example')
  })
  test('logins', () => expect(redact('ssh bob@wiki -p 22')).toMatch(/^ssh user-\d@host-\d -p 22$/))
  test('shares', () => expect(redact('net use \\\\filer7\\data')).toMatch(/^net use \\\\host-\d\\data$/))
})

describe('homes and accounts', () => {
  test.each([
    ['cat /home/bob/.ssh/id_rsa', /^cat \/home\/user-\d\/\.ssh\/id_rsa$/],
    ['/Users/bob/x', /^\/Users\/user-\d\/x$/],
    ['C:\\Users\\bob\\x', /^C:\\Users\\user-\d\\x$/],
    ['ls ~bob/x', /^ls ~user-\d\/x$/],
    ['S-1-5-21-1-2-3-1001', /^S-1-5-21-0-0-0-100\d$/]
  ])('%s', (text, expected) => expect(redact(text)).toMatch(expected))
  test.each(['/home/ubuntu/x', 'C:\\Users\\Public\\x', '/root/x', 'S-1-5-18'])('%s stays', (text) =>
    expect(redact(text)).toBe(text)
  )
})

const SECRETS: readonly (readonly [string, string])[] = [
  ['aws AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
  ['curl -H "Authorization: Bearer abcdef123456"', 'abcdef123456'],
  ["curl -H 'X-Api-Key: k3yk3yk3y'", 'k3yk3yk3y'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'eyJzdWIiOiIxIn0'],
  ['git clone https://bob:hunter22@host/x', 'hunter22'],
  ['ghp_0123456789abcdefghijABCDEFGHIJ012345', 'ghp_0123456789abcdefghijABCDEFGHIJ012345'],
  ['xoxb-123456789012-abcdefghijkl', 'xoxb-123456789012-abcdefghijkl'],
  ['AIzaSyA1234567890abcdefghijklmnopqrstuv', 'AIzaSyA1234567890'],
  ['mysql -u root -phunter22 db', 'hunter22'],
  ['sshpass -p hunter22 ssh x', 'hunter22'],
  ['DB_PASSWORD=hunter22 ./run', 'hunter22'],
  ['cmd --password hunter22', 'hunter22'],
  ['cmd --password="hunter 22"', 'hunter 22'],
  ['{"password":"hunter22"}', 'hunter22'],
  ['curl -u bob:hunter22 http://x/', 'hunter22'],
  ['echo -----BEGIN RSA PRIVATE KEY-----\nMIIEdata\n-----END RSA PRIVATE KEY----- > k', 'MIIEdata'],
  ['net user bob hunter22 /add', 'hunter22'],
  ['k 0123456789abcdef0123456789abcdef', '0123456789abcdef'],
  ['k dGhpc0lzTm90/VGV4dA9Xk2PqLz7RmYw3Bv8', 'VGV4dA9Xk2PqLz7RmYw3Bv8']
]

describe('secrets', () => {
  test.each(SECRETS)('%s', (text, secret) => {
    expect(redact(text)).not.toContain(secret)
    expect(redact(text)).toMatch(/secret-\d/)
  })

  test.each([
    'mkdir -p /tmp/x',
    'ssh -p 22 x',
    'PASSWORD=$SECRET',
    'echo pass',
    'PWD=/srv',
    'compass=north',
    'bypass: 1',
    'design=x',
    'tokenize: yes',
    '--no-password'
  ])('%s stays', (text) => expect(redact(text)).toBe(text))

  test('a password is found again where nothing says that it is one', () => {
    const made = redactor(['mysql -phunter22'])
    expect(made.redact('args: hunter22', Redactor.everything)).toBe('args: secret-1')
  })

  test('digests and ids of processes are no secrets', () => {
    const hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    const made = redactor([], [['process.hash.sha256', hash]])
    expect(made.redact(hash, Redactor.everything)).toBe(hash)
  })
})

describe('disguises', () => {
  test('base64 is encoded again, so that the command keeps its shape', () => {
    const text = `echo ${b64('ls /home/anna; ping web-03')} | base64 -d | sh`
    const [, inner] = /^echo (\S+) \| base64 -d \| sh$/.exec(redact(text))!
    expect(Buffer.from(inner!, 'base64').toString()).toMatch(/^ls \/home\/user-\d; ping host-\d$/)
  })

  test.each([
    ['base64 of UTF-16', `powershell -enc ${Buffer.from('ping web-03', 'utf16le').toString('base64')}`],
    ['base64 in base64', b64(`echo ${b64('ping web-03')}`)],
    ['base64 for URLs', Buffer.from('>>>web-03???').toString('base64url')],
    ['base64 cut at its start', `x=${b64('....ping web-03 now').slice(1)}`],
    ['base64 behind a slash', `/d/${b64('ping web-03')}`],
    ['hexadecimal', Buffer.from('ping\0web-03').toString('hex').toUpperCase()],
    ['percent', 'q=%77%65%62-03'],
    ['backslash', "echo $'\\x77\\x65\\x62\\x2d\\x30\\x33'"],
    ['empty quotes', "ping we''b-03"],
    ['zip or the like', Buffer.concat([Buffer.from([1, 2, 3, 0xff, 0xfe, 0, 9, 8]), Buffer.from('web-03')]).toString('base64')]
  ])('%s', (_, text) => {
    const out = redact(text)
    expect(out).not.toBe(text)
    expect(everyReading(out)).not.toMatch(/web-03/i)
  })

  test('what hides nothing stays', () => {
    for (const text of [`echo ${b64('id; uname -a')} | base64 -d`, 'a%20b', "x''y", '2F62696E2F7368'])
      expect(redact(text)).toBe(text)
  })
})

/** A text and whatever its words decode to. */
function everyReading(text: string): string {
  const words = text.match(/[A-Za-z0-9+/=_-]{6,}/g) ?? []
  const decoded = words.flatMap((word) =>
    [0, 1, 2, 3].flatMap((shift) => {
      const bytes = Buffer.from(word.slice(shift), 'base64')
      return [bytes.toString('latin1'), bytes.toString('utf16le')]
    })
  )
  const hex = (text.match(/[0-9a-fA-F]{6,}/g) ?? []).map((word) => Buffer.from(word, 'hex').toString('latin1'))
  const unquoted = text.replaceAll(/''|""/g, '')
  return [text, ...decoded, ...hex, unquoted, decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'))].join('\n')
}

describe('choice', () => {
  test('a class that is off stays', () => {
    expect(redact('anna@web-03 10.1.2.3', ['ip'])).toBe('anna@web-03 10.200.0.1')
  })

  test('one replacement that is off stays, the others go', () => {
    const made = redactor(['anna web-03'])
    const tally = new Map()
    made.redact('anna web-03 anna', Redactor.everything, tally)
    const lines = made.replacements(tally)
    expect(lines.map(({ original, class: cls, count }) => [cls, original, count])).toEqual([
      ['host', 'web-03', 1],
      ['user', 'anna', 2]
    ])
    const kept = [lines[0]!.id]
    expect(made.redact('anna web-03', { ...Redactor.everything, kept })).toBe('user-1 web-03')
  })

  test('numbers follow the key, not the order of sight', () => {
    const order = (key: string) => {
      const made = new Redactor(key)
      const names = Array.from({ length: 12 }, (_, i) => `machine-${String.fromCharCode(97 + i)}`)
      for (const name of names) made.learnField('host.name', [name])
      made.settle()
      return names.map((name) => made.redact(name, Redactor.everything)).join()
    }
    expect(order(KEY)).toBe(order(KEY))
    expect(order(KEY)).not.toBe(order('ff'.repeat(16)))
  })

  test('no pseudonym is a name of the data', () => {
    const made = redactor(
      [],
      [
        ['host.name', 'host-1'],
        ['host.name', 'host-2'],
        ['host.name', 'zeus']
      ]
    )
    expect(['host-1', 'host-2', 'zeus'].map((name) => made.redact(name, Redactor.everything)).toSorted()).toEqual([
      'host-3',
      'host-4',
      'host-5'
    ])
  })

  test('a long hostile text takes no time', () => {
    const texts = [
      'a.'.repeat(200_000),
      '%41'.repeat(100_000),
      'A'.repeat(400_000),
      '10.1.1.1 '.repeat(40_000),
      'mysql -p'.repeat(40_000),
      ':'.repeat(200_000),
      'password='.repeat(40_000),
      'a@'.repeat(100_000),
      "x''".repeat(50_000)
    ]
    for (const text of texts) expect(redact(text).length).toBeGreaterThan(0)
  })
})
