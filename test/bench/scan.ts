/**
 * The scan kernel on process events made here: GB/s of the module beside its twin, over the same bytes, in one run. The
 * module's pieces are timed one by one and the best of each over all rounds counts: what else runs on the machine only
 * ever adds. The twin reads a small part of the bytes.
 */
import { compileLike } from '../../engine/data/like-pattern.ts'
import { compileOneOf } from '../../engine/data/automaton-sets.ts'
import type { ScanPlan } from '../../engine/source/record-scanner.ts'
import { createJsonScanner } from '../../engine/source/scan/json-scanner.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { createReferenceKernels } from '../../wasm/reference/kernels.ts'
import { randomNumbers } from '../helpers/kernel-memory.ts'

const PIECE_BYTES = 1024 * 1024
const EVENTS = 12_000
const TWIN_EVENTS = 200
const ROUNDS = 5

export interface ScanRate {
  plan: string
  gigabytesPerSecond: number
  twinGigabytesPerSecond: number
  ratio: number
  rows: number
}

const PATHS = [
  'process.name',
  'host.os.type',
  'event.type',
  'event.action',
  'process.command_line',
  'process.working_directory',
  'process.parent.name',
  'process.parent.executable',
  'user.name',
  'user.id',
  'agent.id',
  'host.name'
]
const SHELLS = ['bash', 'dash', 'sh', 'tcsh', 'csh', 'zsh', 'ksh', 'fish']
const fields = PATHS.map((path) => ({ path, root: false }))
const PLANS: readonly (ScanPlan & { name: string })[] = [
  { name: 'structure only', fields: [], required: [], shape: 'plain' },
  { name: 'one field', fields: fields.slice(0, 1), required: [], shape: 'plain' },
  { name: 'twelve fields', fields, required: [], shape: 'plain' },
  {
    name: 'twelve fields, five conjuncts',
    fields,
    shape: 'plain',
    required: [
      { field: 0, automaton: compileOneOf(SHELLS), quantifier: 'single' },
      { field: 1, automaton: compileOneOf(['linux']), quantifier: 'single' },
      { field: 2, automaton: compileOneOf(['start']), quantifier: 'single' },
      { field: 3, automaton: compileOneOf(['exec']), quantifier: 'any' },
      { field: 4, automaton: compileLike('* -c *'), quantifier: 'single' }
    ]
  }
]

/** Measures every plan; `kernels` is an instance of the built module. */
export function benchScan(kernels: Kernels): ScanRate[] {
  const bytes = makeEvents(EVENTS)
  const few = makeEvents(TWIN_EVENTS)
  return PLANS.map(({ name, ...plan }) => {
    const best: number[] = []
    let rows = 0
    for (let round = 0; round < ROUNDS; round++) rows = scanOnce(kernels, plan, bytes, best)
    const twinBest: number[] = []
    scanOnce(createReferenceKernels(), plan, few, twinBest)
    const gigabytesPerSecond = rate(bytes, best)
    const twinGigabytesPerSecond = rate(few, twinBest)
    return { plan: name, rows, gigabytesPerSecond, twinGigabytesPerSecond, ratio: gigabytesPerSecond / twinGigabytesPerSecond }
  })
}

/** The table as Markdown. */
export function formatScanRates(rates: readonly ScanRate[]): string {
  const lines = rates.map(
    ({ plan, gigabytesPerSecond, twinGigabytesPerSecond, ratio, rows }) =>
      `| ${plan} | ${gigabytesPerSecond.toFixed(2)} | ${twinGigabytesPerSecond.toFixed(4)} | ${ratio.toFixed(0)}x | ${rows} |`
  )
  return ['| scan | GB/s | twin GB/s | ratio | rows |', '|---|---|---|---|---|', ...lines].join('\n')
}

function rate(bytes: Uint8Array, millis: number[]): number {
  return bytes.length / millis.reduce((sum, piece) => sum + piece, 0) / 1e6
}

/** Scans all bytes; `best[i]` keeps the shortest time piece i ever took. */
function scanOnce(kernels: Kernels, plan: ScanPlan, bytes: Uint8Array, best: number[]): number {
  const scanner = createJsonScanner(kernels, plan)
  let rowCount = 0
  for (let at = 0, index = 0; at < bytes.length; at += PIECE_BYTES, index++) {
    const piece = bytes.subarray(at, at + PIECE_BYTES)
    scanner.inputView(piece.length).set(piece)
    const start = performance.now()
    scanner.advance(piece.length)
    for (let rows = scanner.next(); rows; rows = scanner.next()) rowCount += rows.rowCount
    best[index] = Math.min(best[index] ?? Infinity, performance.now() - start)
  }
  scanner.close()
  return rowCount
}

/** Process events of about 2.4 kB, one a line: nested objects nobody asks for, some escapes, one in a hundred wanted. */
function makeEvents(count: number): Uint8Array {
  const random = randomNumbers(7)
  const pick = (list: readonly string[]) => list[random() % list.length]!
  const hex = (length: number) => Array.from({ length }, () => (random() % 16).toString(16)).join('')
  const lines = Array.from({ length: count }, () => {
    const isWanted = random() % 100 === 0
    const name = isWanted ? 'sh' : pick(['python3', 'nginx', 'cron', 'bash', 'svchost.exe', 'kubelet', 'containerd-shim'])
    const command = isWanted
      ? 'sh -c id'
      : pick([`${name} --config=/etc/${name}.yml`, `C:\\Windows\\${name} -k "x"`, `${name} é`])
    const leader = () => ({
      entity_id: hex(40),
      executable: '/usr/lib/systemd/systemd',
      start: '2026-01-01T00:00:00.000Z',
      pid: random() % 90_000,
      user: { id: '0', name: 'root' },
      tty: { char_device: { major: 4, minor: 1 } }
    })
    return JSON.stringify({
      agent: { id: hex(32), type: 'endpoint', version: '8.10.2' },
      process: {
        Ext: { ancestry: [hex(40), hex(40)], code_signature: [{ trusted: true, status: 'trusted' }] },
        parent: {
          ...leader(),
          name: pick(['nginx', 'systemd', 'java']),
          args: ['--daemon'],
          command_line: 'nginx: worker process'
        },
        session_leader: leader(),
        entry_leader: leader(),
        name,
        args: command.split(' '),
        command_line: command,
        working_directory: pick(['/', '/var/www/html', '/home/a']),
        hash: { md5: hex(32), sha1: hex(40), sha256: hex(64) }
      },
      message: 'Endpoint process event',
      '@timestamp': '2026-01-01T00:00:00.000Z',
      host: {
        name: `host-${random() % 200}`,
        os: { type: pick(['linux', 'linux', 'windows']), kernel: hex(60) },
        ip: ['10.0.0.1']
      },
      event: {
        action: isWanted ? ['fork', 'exec'] : pick(['fork', 'exec', 'end']),
        type: ['start'],
        id: hex(24),
        sequence: random()
      },
      user: { name: pick(['root', 'www-data']), id: '33', Ext: { real: { name: 'root', id: '0' } } }
    })
  })
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}
