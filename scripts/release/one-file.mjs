/** Builds the one-file page: each script for itself (vite.standalone.config.ts), then all of them into one HTML file. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { assemblePage } from './assemble.mjs'

const SAMPLES = ['web-shell.ndjson', 'web-shell.audit.log', 'quiet-day.ndjson', 'many-hosts.csv']

/** More would no longer pass as a file that travels on a stick or in a mail. */
export const LARGEST = 1_500_000

/** The text of rarebit.html, from the sources below `root`; `licences` are those of what is in it. The kernels must have been built. */
export async function buildOneFile(root, licences) {
  const seal = await buildScript(root, 'seal')
  const engine = await buildScript(root, 'engine')
  const proof = await buildScript(root, 'proof')
  const page = await buildScript(root, 'page')
  const packed = new Map([
    ['engine', Buffer.from(engine.code)],
    ['proof', Buffer.from(proof.code)]
  ])
  for (const name of SAMPLES) packed.set(name, await readFile(join(root, 'ui/samples', name)))
  packed.set('licences.txt', Buffer.from(licences))
  const text = assemblePage({
    template: await readFile(join(root, 'ui/standalone/index.html'), 'utf8'),
    icon: await readFile(join(root, 'extension/icons/32.png')),
    seal: seal.code,
    style: page.style,
    page: page.code,
    packed
  })
  const size = Buffer.byteLength(text)
  if (size > LARGEST) throw new Error(`the one-file page has ${size} bytes, more than ${LARGEST}`)
  return text
}

/** One script of vite.standalone.config.ts and its style; refuses a build that left something beside them. */
export async function buildScript(root, mode) {
  const built = await build({
    root,
    configFile: join(root, 'vite.standalone.config.ts'),
    mode,
    logLevel: 'warn',
    build: { write: false }
  })
  const { output } = Array.isArray(built) ? built[0] : built
  const scripts = output.filter(({ type }) => type === 'chunk')
  const styles = output.filter(({ fileName }) => fileName.endsWith('.css'))
  if (scripts.length !== 1 || scripts.length + styles.length !== output.length)
    throw new Error(`${mode} is not one script: ${output.map(({ fileName }) => fileName).join(', ')}`)
  return { code: scripts[0].code, style: styles.map(({ source }) => source.toString()).join('') }
}
