/** Audit events by their places: read again with the same parent, as the lines they were written in; damage; a naive twin. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEventTexts } from '../../../engine/session/event-texts.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { openInputs } from '../../../engine/source/open-input.ts'
import { auditLine, callLine, startLines } from '../../helpers/audit-lines.ts'
import { flat, readAudit } from '../../helpers/audit-events.ts'

/** A worker and its shell, their lines mixed with those of others. */
const LINES = [
  ...startLines({ serial: 1, pid: 100, ppid: 1, exe: '/usr/sbin/apache2', args: ['apache2', '-k', 'start'], cwd: '/' }),
  callLine({ serial: 2, at: 40, pid: 100, ppid: 1, exe: '/usr/sbin/apache2', syscall: 56, exit: 101, a0: '1200011' }),
  ...mixed(
    startLines({
      serial: 3,
      at: 90,
      pid: 200,
      ppid: 101,
      exe: '/usr/bin/dash',
      comm: 'sh',
      args: ['sh', '-c', 'id; ls -la "ü"']
    }),
    startLines({ serial: 4, at: 91, pid: 201, ppid: 200, exe: '/usr/bin/id', args: ['id'] })
  )
]

function mixed(a: string[], b: string[]): string[] {
  return a.flatMap((line, i) => [line, b[i]!])
}

const FORMS: [string, (text: string) => Buffer][] = [
  ['as it is', (text) => Buffer.from(text)],
  ['with CRLF', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['with lone CR', (text) => Buffer.from(text.replaceAll('\n', '\r'))],
  ['with a mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['in UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['gzipped', (text) => gzipSync(text)]
]

describe.each(FORMS)('a log %s', (_, encode) => {
  it('gives each event again with its fields and its lines', async () => {
    const bytes = encode(LINES.join('\n'))
    const [input] = await openInputs([bytesOf('web-01.log', bytes)])
    expect(input!.detection?.kind).toBe('audit-log')
    const plain = await readAudit(_ === 'gzipped' ? Buffer.from(LINES.join('\n')) : bytes)
    const sources = plain.records.map(({ byte, length, line }, i) => ({ file: 0, line, event: i + 1, byte, length }))
    // Asked for in another order than they stand in.
    const texts = await readEventTexts([input!], sources.toReversed())
    for (const [i, { source, text, lines, fields }] of texts.toReversed().entries()) {
      expect(source).toEqual(sources[i])
      const read = Object.fromEntries(fields.map(({ name, value }) => [name, value]))
      expect(read).toEqual(
        Object.fromEntries(Object.entries(flat(plain.events[i]!)).map(([name, value]) => [name, scalar(value)]))
      )
      const own = LINES.map((written, at) => ({ line: at + 1, text: written })).filter(({ text: written }) =>
        written.includes(`:${String(read['event.sequence'])}): `)
      )
      expect(lines).toEqual(own)
      expect(text).toBe(own.map(({ text: written }) => written).join('\n'))
    }
    expect(texts).toHaveLength(4)
    expect(texts[1]!.fields.find(({ name }) => name === 'labels.parent_from')?.value).toBe('fork>exec')
  })
})

const scalar = (value: unknown) => (Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value)

describe('reading', () => {
  it.each([1, 7, 4096])('gives the same in pieces of %i bytes', async (step) => {
    const bytes = Buffer.from(LINES.join('\n'))
    expect(await readAudit(bytes, {}, step)).toEqual(await readAudit(bytes))
  })

  it('never throws for damage, and loses only the events it touched', async () => {
    const starts = Array.from({ length: 12 }, (_, i) =>
      startLines({ serial: 50 + i, at: i * 300, pid: 700 + i, ppid: 600, exe: '/usr/bin/dash', args: ['sh', '-c', `echo ${i}`] })
    )
    const text = Buffer.from(starts.flat().join('\n') + '\n')
    const ends = starts.map(
      (_, i) =>
        Buffer.byteLength(
          starts
            .slice(0, i + 1)
            .flat()
            .join('\n')
        ) + 1
    )
    const eventAt = (byte: number) => ends.findIndex((end) => byte < end)
    const damage = fc.record({ at: fc.nat(text.length - 1), with: fc.nat(255), cut: fc.nat(40) })
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        const hurt = new Set<number>()
        let bytes: Uint8Array = Uint8Array.from(text)
        for (const { at, with: byte } of damages) {
          bytes[at] = byte
          // A line end that is gone joins the last line of one event to the first of the next.
          hurt.add(eventAt(at)).add(eventAt(Math.min(at + 1, text.length - 1)))
        }
        const { at, cut } = damages[0]!
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(at + cut, bytes.length))])
        for (let i = at; i <= Math.min(at + cut, text.length - 1); i++) hurt.add(eventAt(i))
        const { events } = await readAudit(bytes)
        const commands = new Set(events.map((event) => flat(event)['process.command_line']))
        for (let i = 0; i < starts.length; i++) if (!hurt.has(i)) expect(commands).toContain(`sh -c echo ${i}`)
      }),
      { numRuns: 300, seed: 20260304 }
    )
  })

  it('reads any bytes behind one record without throwing', async () => {
    const first = Buffer.from(`${auditLine({ serial: 1 }, 'EOE', '')}\n`)
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .constantFrom(...LINES, '\n', 'type=SYSCALL msg=audit(99999999999.999:1): pid=1 syscall=59 success=yes')
        .map((text) => Buffer.from(text))
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const { records } = await readAudit(Buffer.concat([first, ...pieces]))
        for (const { text } of records) JSON.parse(text)
      }),
      { numRuns: 300, seed: 20260304 }
    )
  })
})

/** The obvious way: all lines of a file by their key, no window, no memory bound. */
function naiveEvents(lines: readonly string[]): Map<string, string[]> {
  const events = new Map<string, string[]>()
  for (const line of lines) {
    const key = /^(?:node=(\S+) )?type=\S+ msg=audit\(([^)]*)\)/.exec(line)!
    const name = `${key[1] ?? ''} ${key[2]}`
    events.set(name, [...(events.get(name) ?? []), line])
  }
  return events
}

describe('against joining the whole file', () => {
  it('joins the same records, whatever stands between them within the window', async () => {
    const steps = fc.array(
      fc.record({ gap: fc.constantFrom(0, 3, 40, 700, 90_000), node: fc.constantFrom('a', 'b', undefined), late: fc.nat(6) }),
      {
        minLength: 1,
        maxLength: 25
      }
    )
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        let at = 0
        const placed = list.flatMap(({ gap, node, late }, i) => {
          at += gap
          const lines = startLines({
            serial: i + 1,
            at,
            ...(node === undefined ? {} : { node }),
            pid: 900 + i,
            ppid: 1,
            exe: '/usr/bin/id',
            args: ['id', String(i)]
          })
          // Later records of an event fall behind those of the next ones, by less than the window.
          return lines.map((line, k) => ({ line, order: at + (k > 1 ? late * 40 : 0) + k / 10 }))
        })
        const lines = placed.toSorted((a, b) => a.order - b.order).map(({ line }) => line)
        const { events } = await readAudit(lines)
        const joined = events.map(
          (event) => `${String(flat(event)['event.sequence'])}: ${String(flat(event)['process.command_line'])}`
        )
        expect(new Set(joined)).toEqual(new Set(list.map((_, i) => `${i + 1}: id ${i}`)))
        expect(events).toHaveLength(naiveEvents(lines).size)
      }),
      { numRuns: 200, seed: 20260304 }
    )
  })
})
