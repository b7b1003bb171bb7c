/** Who was the parent: each way to know it from other records of the file, in the order of how sure it is. */
import { describe, expect, it } from 'vitest'
import { callLine, startLines, type Call, type Start } from '../../helpers/audit-lines.ts'
import { flat, readAudit } from '../../helpers/audit-events.ts'

let serial = 0
const start = (at: number, pid: number, ppid: number, args: string[], more: Partial<Start> = {}) =>
  startLines({ serial: ++serial, at, pid, ppid, exe: `/usr/bin/${args[0]}`, args, cwd: '/srv', ...more })
const call = (at: number, pid: number, ppid: number, exe: string, more: Partial<Call> = {}) => [
  callLine({ serial: ++serial, at, pid, ppid, exe, syscall: 42, ...more })
]
const fork = (at: number, pid: number, ppid: number, exe: string, child: number, more: Partial<Call> = {}) =>
  call(at, pid, ppid, exe, { syscall: 56, exit: child, a0: '1200011', ...more })

/** What is said of the parent of the last process start. */
async function parentIn(...lines: string[][]) {
  const { events } = await readAudit(lines.flat())
  const starts = events.map((event) => flat(event)).filter((event) => event['event.action'] === 'exec')
  const last = starts.reduce((a, b) => (String(a['@timestamp']) > String(b['@timestamp']) ? a : b))
  const parent = Object.fromEntries(
    ['name', 'executable', 'command_line', 'working_directory'].map((name) => [name, last[`process.parent.${name}`]])
  )
  return { from: last['labels.parent_from'], ...parent }
}

const APACHE = { name: 'apache2', executable: '/usr/bin/apache2', command_line: 'apache2 -k start', working_directory: '/srv' }
const apache = (at = 0, pid = 100) => start(at, pid, 1, ['apache2', '-k', 'start'])
const id = (at: number, ppid: number, pid = 300) => start(at, pid, ppid, ['id'])

describe('parents', () => {
  it('is the last program the parent started as', async () => {
    const shell = start(50, 200, 100, ['env', 'sh'])
    expect(await parentIn(apache(), shell, start(60, 200, 100, ['sh', '-c', 'id']), id(70, 200))).toEqual({
      from: 'exec',
      name: 'sh',
      executable: '/usr/bin/sh',
      command_line: 'sh -c id',
      working_directory: '/srv'
    })
  })

  it('is whom a worker that was never started is a copy of', async () => {
    const worker = fork(10, 100, 1, '/usr/bin/apache2', 101)
    expect(await parentIn(apache(), worker, id(20, 101))).toEqual({ from: 'fork>exec', ...APACHE })
    const second = fork(15, 101, 100, '/usr/bin/apache2', 102)
    expect(await parentIn(apache(), worker, second, id(20, 102))).toEqual({ from: 'fork>fork>exec', ...APACHE })
  })

  it('is no copy any more when a record of the pid names another program', async () => {
    const lines = [apache(), fork(10, 100, 1, '/usr/bin/apache2', 101), call(12, 101, 100, '/usr/bin/other')]
    expect(await parentIn(...lines, id(20, 101))).toMatchObject({ from: 'record', executable: '/usr/bin/other' })
  })

  it('is named by any record, after its program and not after a thread', async () => {
    const record = call(5, 150, 1, '/usr/lib/jvm/bin/java', { comm: 'http-nio-8080-e' })
    expect(await parentIn(record, id(20, 150))).toEqual({
      from: 'record',
      name: 'java',
      executable: '/usr/lib/jvm/bin/java',
      command_line: undefined,
      working_directory: undefined
    })
  })

  it('is named by a later record within two seconds when nothing came before', async () => {
    expect(await parentIn(id(20, 150), call(900, 150, 1, '/usr/bin/java'))).toMatchObject({ from: 'later', name: 'java' })
  })

  it('is unknown otherwise, and then nothing is filled in', async () => {
    expect(await parentIn(apache(), id(20, 150))).toEqual({
      from: 'unknown',
      name: undefined,
      executable: undefined,
      command_line: undefined,
      working_directory: undefined
    })
  })

  it('is the child itself though the record of its vfork comes after its start', async () => {
    const child = start(100, 160, 100, ['sh', '-c', 'id'])
    const late = fork(90, 100, 1, '/usr/bin/apache2', 160, { syscall: 58, at: 101 })
    expect(await parentIn(apache(), child, late, id(120, 160))).toMatchObject({ from: 'exec', command_line: 'sh -c id' })
  })

  it('is another process when a fork gives the pid anew, or after an end', async () => {
    const old = start(10, 170, 1, ['perl', 'x'])
    const again = fork(9000, 100, 1, '/usr/bin/apache2', 170)
    expect(await parentIn(apache(), old, again, id(9100, 170))).toEqual({ from: 'fork>exec', ...APACHE })
    const ended = call(20, 170, 1, '/usr/bin/perl', { syscall: 231 })
    expect(await parentIn(old, ended, id(9100, 170))).toMatchObject({ from: 'unknown' })
    const reused = call(9000, 170, 55, '/usr/bin/nginx')
    expect(await parentIn(old, reused, id(9100, 170))).toMatchObject({ from: 'record', name: 'nginx' })
  })

  it('takes no thread for a process', async () => {
    const thread = fork(10, 100, 1, '/usr/bin/apache2', 180, { a0: '3d0f00' })
    expect(await parentIn(apache(), thread, id(20, 180))).toMatchObject({ from: 'unknown' })
  })

  it('keeps the order of time where the file does not', async () => {
    const shell = start(50, 200, 100, ['sh', '-c', 'id'])
    const child = id(52, 200)
    expect(await parentIn(child, shell)).toMatchObject({ from: 'exec', command_line: 'sh -c id' })
  })

  it('knows hosts apart', async () => {
    const other = start(0, 100, 1, ['apache2', '-k', 'start'], { node: 'web-b' })
    expect(await parentIn(other, start(20, 300, 100, ['id'], { node: 'web-a' }))).toMatchObject({ from: 'unknown' })
  })
})
