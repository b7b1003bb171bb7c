/** Builds dist-terminal/rarebit.js: kernels first, then one file, then the executable bit. */
import { chmod, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'
import { buildKernels } from './build-wasm.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Builds the terminal program and answers its path. */
export async function buildTerminal({ logLevel = 'warn' } = {}) {
  await buildKernels()
  await build({ root, configFile: join(root, 'vite.terminal.config.ts'), logLevel })
  const folder = join(root, 'dist-terminal')
  const files = (await readdir(folder)).filter((name) => !name.endsWith('.map'))
  if (files.join() !== 'rarebit.js') throw new Error(`the terminal program is not one file: ${files.join(', ')}`)
  const program = join(folder, 'rarebit.js')
  await chmod(program, 0o755)
  return program
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await buildTerminal({ logLevel: 'info' }))
