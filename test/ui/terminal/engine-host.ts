/** A terminal host with the real engine and real files; output is collected. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createTerminalEngine } from '../../../ui/terminal/create-engine.ts'
import { openNodeFile } from '../../../ui/terminal/node-bytes.ts'
import { listRuleFiles } from '../../../ui/terminal/rule-files.ts'
import { runTerminal } from '../../../ui/terminal/run-terminal.ts'
import type { TerminalHost } from '../../../ui/terminal/terminal-host.ts'
import { instantiateKernels } from '../../../wasm/host/kernels.ts'
import { compileTestModule } from '../../helpers/kernels.ts'

export interface TerminalAnswer {
  status: number
  output: string
  told: string[]
}

/** Runs `rarebit` with these words in this process. */
export async function runRarebit(words: readonly string[], stdin = ''): Promise<TerminalAnswer> {
  const module = await compileTestModule()
  const answer: TerminalAnswer = { status: -1, output: '', told: [] }
  const engine = createTerminalEngine(() => instantiateKernels(module))
  const host: TerminalHost = {
    write: async (text) => void (answer.output += text),
    tell: (message) => void answer.told.push(message),
    progress: null,
    columns: null,
    openFile: (path) => openNodeFile(path),
    readStandardInput: async () => new TextEncoder().encode(stdin),
    standardInputLines: async function* () {
      yield* stdin.split('\n')
    },
    readText: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
    listRuleFiles,
    relativePath: (path) => path,
    sha256: async (path) => createHash('sha256').update(readFileSync(path)).digest('hex'),
    engine: async () => engine,
    nowMillis: () => Date.UTC(2026, 0, 1)
  }
  answer.status = await runTerminal(words, host, '0')
  return answer
}
