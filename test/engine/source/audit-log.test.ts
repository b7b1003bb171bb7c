/** Linux audit logs: fields as they are written, records joined to events, damage that costs itself only, places. */
import { describe, expect, it } from 'vitest'
import { detect } from '../../../engine/source/detect.ts'
import { parseFields } from '../../../engine/source/readers/audit-log-line.ts'
import { hostOfFile } from '../../../engine/source/readers/audit-log-notes.ts'
import { argumentsOf, socketAddress, textOf, titleWords } from '../../../engine/source/readers/audit-log-values.ts'
import { auditLine, auditText, callLine, GS, startLines } from '../../helpers/audit-lines.ts'
import { flat, readAudit } from '../../helpers/audit-events.ts'

const shell = { serial: 7, pid: 410, ppid: 400, exe: '/usr/bin/dash', comm: 'sh', args: ['sh', '-c', 'id; ls -la'] }

describe('fields', () => {
  it('reads what is quoted as it stands and what is in hexadecimal as bytes', () => {
    const fields = parseFields(' a0="cafe" a1=CAFE a2=636166C3A9 name=(null) exe="/usr/bin/a b" tty=? odd=ABC')
    const texts = Object.fromEntries([...fields].map(([name, raw]) => [name, textOf(raw)]))
    expect(texts).toEqual({
      a0: 'cafe',
      a1: '\ufffd\ufffd',
      a2: 'café',
      name: null,
      exe: '/usr/bin/a b',
      tty: null,
      odd: 'ABC'
    })
  })

  it.each([
    ['with the byte before the added fields', `key=(null)${GS}ARCH=x86_64 UID="www-data"`],
    ['where a clipboard lost that byte', 'key=(null)ARCH=x86_64 UID="www-data"'],
    ['behind a quoted value', 'key="exec"ARCH=x86_64 UID="www-data"']
  ])('finds added names %s', (_, body) => {
    const fields = parseFields(body)
    expect([fields.get('ARCH'), fields.get('UID')]).toEqual(['x86_64', '"www-data"'])
    expect(textOf(fields.get('key'))).toBe(body.includes('exec') ? 'exec' : null)
  })

  it('tells hexadecimal digits from the name that follows them', () => {
    expect([...parseFields('name=2F746D702FOUID="root" cap_frootid=0OGID="root" hex=2FEUID="x"')]).toEqual([
      ['name', '2F746D702F'],
      ['OUID', '"root"'],
      ['cap_frootid', '0'],
      ['OGID', '"root"'],
      ['hex', '2F'],
      ['EUID', '"x"']
    ])
  })

  it('leaves upper-case text alone that is a value', () => {
    expect([...parseFields('name="xUID=0" a1="UID=root" subj==unconfined')]).toEqual([
      ['name', '"xUID=0"'],
      ['a1', '"UID=root"'],
      ['subj', '=unconfined']
    ])
  })

  it('reads the fields a program put in one quoted text', () => {
    const fields = parseFields(`pid=9 uid=0 msg='op=login acct="o'brien" uid=7 res=success'${GS}UID="root"`)
    expect(Object.fromEntries(fields)).toMatchObject({ pid: '9', uid: '0', acct: `"o'brien"`, res: 'success', UID: '"root"' })
  })

  it('is not led deep by texts in texts', () => {
    const fields = parseFields(`pid=9 msg='${"a='b=".repeat(20_000)}`)
    expect(fields.get('pid')).toBe('9')
  })

  it('puts arguments together that stand in pieces over several records', () => {
    const long = `printf ${'ä'.repeat(50)}`
    const hex = Buffer.from(long).toString('hex').toUpperCase()
    const records = [
      `argc=4 a0="sh" a1="-c" a2_len=${hex.length} a2[0]=${hex.slice(0, 15)}`,
      `a2[1]=${hex.slice(15, 40)}`,
      `a2[2]=${hex.slice(40)} a3=""`
    ]
    expect(argumentsOf(records.map((body) => parseFields(body)))).toEqual(['sh', '-c', long, ''])
    expect(argumentsOf([parseFields('argc=2 a0="x" a1_len=6 a1[0]="abc"'), parseFields('a1[1]="def"')])).toEqual(['x', 'abcdef'])
  })

  it('reads process titles and socket addresses', () => {
    expect(titleWords('7368002D63006964')).toEqual(['sh', '-c', 'id'])
    expect(titleWords('"bash"')).toEqual(['bash'])
    expect(socketAddress('02001F40C6336417' + '0'.repeat(16), true)).toEqual({ ip: '198.51.100.23', port: 8000 })
    expect(socketAddress('0002D903CB00710A', false)).toEqual({ ip: '203.0.113.10', port: 55555 })
    const six = '0A0001BB00000000' + '20010DB8000000000000000000000001' + '00000000'
    expect(socketAddress(six, true)).toEqual({ ip: '2001:db8::1', port: 443 })
    expect(socketAddress('0100', true)).toBeNull()
  })
})

describe('events', () => {
  it('makes a process start of the records of an execve', async () => {
    const { events } = await readAudit(
      startLines({ ...shell, extra: ` key="exec"${GS}SYSCALL=execve AUID="unset" UID="www-data"` })
    )
    expect(events).toHaveLength(1)
    expect(flat(events[0]!)).toMatchObject({
      '@timestamp': '2026-03-04T07:00:00.000Z',
      'event.action': 'exec',
      'event.type': ['start'],
      'event.category': ['process'],
      'event.outcome': 'success',
      'event.sequence': 7,
      'labels.original_action': 'executed',
      'labels.parent_from': 'unknown',
      'process.name': 'sh',
      'process.executable': '/usr/bin/dash',
      'process.args': ['sh', '-c', 'id; ls -la'],
      'process.command_line': 'sh -c id; ls -la',
      'process.title': 'sh -c id; ls -la',
      'process.working_directory': '/var/www/html',
      'process.pid': 410,
      'process.parent.pid': 400,
      'user.id': '33',
      'user.name': 'www-data',
      'host.os.type': 'linux',
      'host.name': 'web-01',
      'agent.id': 'web-01',
      tags: ['exec']
    })
    expect(flat(events[0]!)).not.toHaveProperty('user.audit.id')
  })

  it.each([
    ['/usr/bin/sh', 'sh', 'sh'],
    ['/opt/app/a-program-with-a-long-name', 'a-program-with-', 'a-program-with-a-long-name'],
    ['./tool.pl', 'tool.pl', 'tool.pl'],
    ['/usr/bin/dash', 'sh', 'sh']
  ])('names a process started by %s with comm %s', async (path, comm, name) => {
    const { events } = await readAudit(startLines({ ...shell, comm, path }))
    expect(flat(events[0]!)['process.name']).toBe(name)
  })

  it('joins records that stand between those of other events, without an end mark', async () => {
    const one = startLines(shell)
    const other = startLines({ ...shell, serial: 8, at: 4, pid: 411, args: ['id'], exe: '/usr/bin/id', comm: 'id' })
    const mixed = [one[0]!, other[0]!, one[1]!, other[1]!, other[2]!, one[2]!, one[3]!, other[3]!, one[4]!, other[4]!]
    const { events, records } = await readAudit(mixed)
    expect(events.map((event) => flat(event)['process.command_line'])).toEqual(['sh -c id; ls -la', 'id'])
    expect(records.map(({ line }) => line)).toEqual([1, 2])
    const text = mixed.join('\n')
    expect(text.slice(records[0]!.byte).slice(0, records[0]!.length).split('\n')).toEqual(mixed.slice(0, 9))
  })

  it('keeps hosts and boots apart though they count alike', async () => {
    const { events } = await readAudit([
      ...startLines({ ...shell, node: 'web-a' }),
      ...startLines({ ...shell, node: 'web-b', args: ['sh', '-c', 'w'] }),
      ...startLines({ ...shell, at: 60_000, node: 'web-a', args: ['sh', '-c', 'who'] })
    ])
    expect(events.map((event) => [flat(event)['host.name'], flat(event)['process.command_line']])).toEqual([
      ['web-a', 'sh -c id; ls -la'],
      ['web-b', 'sh -c w'],
      ['web-a', 'sh -c who']
    ])
  })

  it('takes arguments from PROCTITLE only where EXECVE is lost, and says so', async () => {
    const lines = startLines(shell)
    lines.splice(1, 1)
    const { events, notes } = await readAudit(lines)
    expect(flat(events[0]!)).toMatchObject({ 'event.action': 'exec', 'process.args': ['sh', '-c', 'id; ls -la'] })
    expect(notes.join('\n')).toContain('1 process start has no EXECVE record')
  })

  it('takes a failed execve for no start', async () => {
    const lines = startLines({
      ...shell,
      success: 'no',
      exit: -2,
      exe: '/usr/sbin/apache2',
      comm: 'apache2',
      path: '/usr/bin/bosh'
    })
    lines.splice(1, 1)
    const { events } = await readAudit(lines)
    expect(flat(events[0]!)).toMatchObject({
      'event.action': 'exec_failed',
      'event.type': ['info'],
      'event.outcome': 'failure',
      'process.name': 'apache2',
      'file.path': '/usr/bin/bosh'
    })
    expect(flat(events[0]!)).not.toHaveProperty('process.command_line')
  })

  it('reads connections, files and what programs report', async () => {
    const head = { serial: 20 }
    const path = (item: number, name: string, kind: string) =>
      auditLine({ serial: 21 }, 'PATH', `item=${item} name=${auditText(name)} inode=3 nametype=${kind}`)
    const { events } = await readAudit([
      callLine({ ...shell, ...head, syscall: 42, success: 'no', exit: -115, exe: '/usr/bin/curl' }),
      auditLine(head, 'SOCKADDR', 'saddr=02001F40C63364170000000000000000'),
      callLine({ ...shell, serial: 21, syscall: 257, a2: '241', exe: '/usr/bin/dash' }),
      auditLine({ serial: 21 }, 'CWD', 'cwd="/var/www/html/"'),
      path(0, 'up', 'PARENT'),
      path(1, 'up/x.php', 'CREATE'),
      auditLine(
        { serial: 22 },
        'USER_LOGIN',
        `pid=9 uid=0 auid=1001 ses=3 msg='op=login acct="ops" exe="/usr/sbin/sshd" addr=192.0.2.4 res=failed'`
      )
    ])
    expect(flat(events[0]!)).toMatchObject({
      'event.action': 'connection_attempted',
      'event.outcome': 'unknown',
      'destination.ip': '198.51.100.23',
      'destination.port': 8000
    })
    expect(flat(events[1]!)).toMatchObject({
      'event.action': 'creation',
      'event.category': ['file'],
      'file.path': '/var/www/html/up/x.php',
      'file.name': 'x.php'
    })
    expect(flat(events[2]!)).toMatchObject({
      'event.action': 'user_login',
      'event.outcome': 'failure',
      'process.executable': '/usr/sbin/sshd',
      'user.audit.id': '1001',
      'source.ip': '192.0.2.4'
    })
  })
})

describe('what cannot be read', () => {
  it('lists lines that are no records and events without their SYSCALL record, and reads the others', async () => {
    const lines = [
      ...startLines(shell),
      'type=SYSCALL msg=audit(oops',
      '----',
      'time->Wed Mar  4 07:00:00 2026',
      ...startLines({ ...shell, serial: 8, at: 3 }).slice(1),
      auditLine({ serial: 9, at: 5 }, 'EOE', ''),
      ...startLines({ ...shell, serial: 10, at: 6, pid: 412 })
    ]
    const { events, skipped, records } = await readAudit(lines)
    expect(events.map((event) => flat(event)['process.pid'])).toEqual([410, 412])
    expect(skipped.map(({ line, reason }) => [line, reason])).toEqual([
      [6, 'not an audit record'],
      [9, 'an incomplete event: EXECVE, CWD, PATH, PROCTITLE without a SYSCALL record']
    ])
    expect(records.map(({ line }) => line)).toEqual([1, 14])
  })

  it('is not led astray by one damaged time', async () => {
    const starts = Array.from({ length: 6 }, (_, i) => startLines({ ...shell, serial: 10 + i, at: i * 900, pid: 500 + i }))
    starts[2]![1] = starts[2]![1]!.replace(/audit\(\d/, 'audit(9')
    starts[3]![0] = starts[3]![0]!.replace(/audit\(\d{2}/, 'audit(10')
    const { events } = await readAudit(starts.flat())
    const complete = events.filter((event) => flat(event)['process.args'] !== undefined)
    expect(complete.map((event) => flat(event)['process.pid'])).toEqual([500, 501, 502, 504, 505])
  })

  it('takes a record that comes late for nothing more', async () => {
    const before = startLines(shell)
    const after = startLines({ ...shell, serial: 8, at: 7000, pid: 411 })
    const mixed = [...before.slice(0, 3), after[0]!, before[3]!, ...after.slice(1), before[4]!]
    const { events, skipped } = await readAudit(mixed)
    expect(events.map((event) => flat(event)['process.args'])).toEqual([shell.args, shell.args])
    expect(skipped.map(({ reason }) => reason)).toEqual(['an incomplete event: PROCTITLE without a SYSCALL record'])
  })

  it.each([
    ['forward', 3_600_000],
    ['back', -3_600_000]
  ])('follows a clock that goes far %s', async (_, jump) => {
    const before = Array.from({ length: 3 }, (_, i) => startLines({ ...shell, serial: 10 + i, at: i * 700, pid: 500 + i }))
    const after = Array.from({ length: 3 }, (_, i) => startLines({ ...shell, serial: 90 + i, at: jump + i * 700, pid: 600 + i }))
    const { events, skipped } = await readAudit([...before, ...after].flat())
    expect(events.map((event) => flat(event)['process.args'])).toEqual(Array.from({ length: 6 }, () => shell.args))
    expect(skipped).toEqual([])
  })

  it('gives up a line longer than a record can be', async () => {
    const { events, skipped } = await readAudit([
      auditLine({ serial: 1 }, 'EXECVE', `a0="${'x'.repeat(70_000)}"`),
      ...startLines(shell)
    ])
    expect(events).toHaveLength(1)
    expect(skipped.map(({ reason }) => reason)).toEqual(['longer than an audit record can be'])
  })
})

describe('hosts and notes', () => {
  it.each([
    ['web-01.audit.log', 'web-01'],
    ['web-01-audit.log.3.gz', 'web-01'],
    ['audit.log', 'audit'],
    ['audit.log.1', 'audit'],
    ['/var/log/audit/audit.log', 'audit'],
    ['case/web-02/var/log/audit/audit.log', 'web-02'],
    ['web-03/audit.log', 'web-03/audit'],
    ['all.zip!web-04/audit.log', 'web-04/audit'],
    ['', 'audit']
  ])('%s is of host %s', (name, host) => {
    expect(hostOfFile(name)).toBe(host)
  })

  it('says what was filled in, once', async () => {
    const { notes } = await readAudit([...startLines(shell), ...startLines({ ...shell, serial: 8, pid: 411, ppid: 410, at: 1 })])
    expect(notes).toEqual([
      'host.name and agent.id are filled from the file name: [web-01]. Audit records carry no agent.',
      'process.command_line is the arguments joined with blanks; event.action is exec where Auditbeat says executed.',
      "process.parent.* is joined from earlier records of the parent's pid (labels.parent_from): exec 1. For 1 of 2 process starts no record names the parent: process.parent.executable is absent there, and a rule that says NOT of it passes over them.",
      'user.name is absent: the log holds ids only (auditd writes names with log_format = ENRICHED).'
    ])
    const named = await readAudit(startLines({ ...shell, node: 'web-a' }))
    expect(named.notes[0]).toBe('host.name and agent.id are filled from node=: audit records carry no agent.')
  })
})

describe('detection', () => {
  it.each([
    ['records', startLines(shell).join('\n')],
    ['records of a node', startLines({ ...shell, node: 'web-a' }).join('\n')],
    ['records behind a damaged line', `half a line: "x"}\n\n${startLines(shell).join('\r\n')}`]
  ])('knows %s', (_, text) => {
    expect(detect(Buffer.from(text))).toMatchObject({ kind: 'audit-log', shape: 'plain' })
  })

  it('says why the output of ausearch -i is not read', () => {
    const text = 'type=SYSCALL msg=audit(03/04/26 07:00:00.000:7) : arch=x86_64 syscall=execve success=yes\n'
    expect(detect(Buffer.from(text))).toMatchObject({ kind: 'unknown', description: expect.stringContaining('ausearch --raw') })
  })

  it('leaves other forms as they are', () => {
    expect(detect(Buffer.from('{"message":"type=SYSCALL msg=audit(1.000:1): x"}\n')).kind).toBe('ndjson')
    expect(detect(Buffer.from('process.name,user.id\nsh,33\n')).kind).toBe('csv')
  })
})
