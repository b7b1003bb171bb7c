/** Runs the built terminal program as a user does: a process with arguments, its streams and exit status. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The program; its global setup builds it. */
export const TERMINAL = fileURLToPath(new URL('../../dist-terminal/rarebit.js', import.meta.url))

export interface TerminalResult {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs `rarebit` with these arguments and, when given, this standard input. */
export function runTerminalProgram(args: readonly string[], input = ''): Promise<TerminalResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [TERMINAL, ...args], { stdio: 'pipe' })
    const streams = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8')
      child[name].on('data', (text: string) => void (streams[name] += text))
    }
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...streams }))
    child.stdin.end(input)
  })
}

/** What `hunt --format json` prints for one rule (the parts tests look at). */
export interface HuntJson {
  rule: { id: string | null; name: string }
  mode: 'whole' | 'replay'
  inputs: { name: string; bytes: number; events: number; skipped: { line: number; reason: string }[]; skippedTotal: number }[]
  columns: { name: string; type: string }[]
  runs: {
    run: string | null
    from: string | null
    to: string | null
    values: unknown[][]
    sources: { file: number; line: number; event: number; byte: number; length: number }[][]
    truncated: boolean[]
    droppedByKibana: number | null
  }[]
  warnings: string[]
}

/** Runs `rarebit hunt` and reads its JSON; throws with what it said when it gave none. */
export async function huntJson(...args: string[]): Promise<HuntJson> {
  const { status, stdout, stderr } = await runTerminalProgram(['hunt', ...args, '--format', 'json'])
  if (status !== 0) throw new Error(`rarebit hunt ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as HuntJson
}
