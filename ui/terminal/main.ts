/** The command `rarebit`: Node's streams and files as the terminal's host. */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { relative } from 'node:path'
import { SourceError } from '../../engine/source/bytes.ts'
import { version } from '../../package.json'
import kernelBytes from '../../wasm/build/kernels.wasm?bytes'
import { instantiateKernels } from '../../wasm/host/kernels.ts'
import { createTerminalEngine } from './create-engine.ts'
import type { EnginePort } from './engine-port.ts'
import { linesOf } from './lines-of.ts'
import { openNodeFile } from './node-bytes.ts'
import { listRuleFiles } from './rule-files.ts'
import { runTerminal } from './run-terminal.ts'
import type { TerminalHost } from './terminal-host.ts'

const { stdin, stdout, stderr } = process

/** Waits when the reader is slower; a reader that has gone (`| head`) ends the program without a word. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => {
    if (stdout.write(text)) resolve()
    else stdout.once('drain', resolve)
  })
}

stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70))

function readText(path: string): string | null {
  try {
    if (statSync(path).isDirectory()) throw new SourceError(`${path} cannot be read: it is a directory; name the files in it`)
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stdin) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}

async function openEngine(): Promise<EnginePort> {
  const module = await WebAssembly.compile(kernelBytes as BufferSource)
  return createTerminalEngine(() => instantiateKernels(module))
}

let engine: Promise<EnginePort> | null = null

const host: TerminalHost = {
  write,
  tell: (message) => void stderr.write(`${message}\n`),
  progress: stderr.isTTY ? { write: (text) => void stderr.write(text), columns: stderr.columns || 80 } : null,
  columns: stdout.isTTY ? stdout.columns || 80 : null,
  openFile: (path) => openNodeFile(path),
  readStandardInput,
  standardInputLines: () => linesOf(stdin),
  readText,
  listRuleFiles,
  relativePath: (path) => relative('.', path).replaceAll('\\', '/'),
  sha256,
  engine: () => (engine ??= openEngine()),
  nowMillis: () => Date.now()
}

process.exitCode = await runTerminal(process.argv.slice(2), host, version)
