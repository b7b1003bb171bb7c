/**
 * What the bench compares with, in .bench/: a copy of the shared `perf` folder, its event file, the package of the peer, and
 * our own measured program built from test/bench/peer-rarebit.ts.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { root } from '../build-when-stale.mjs'
import { run } from '../prepare.mjs'

const DUCKDB = { name: '@duckdb/node-api', version: '1.5.6-r.1' }
const folder = join(root, '.bench')

const sharedFolder = () => resolve(process.env.RAREBIT_SHARED ?? join(root, '../shared'))

/** The corpus of detection rules, a rule a line; it may be absent. */
export const rulesFile = () => join(sharedFolder(), 'esql/corpus/rules.ndjson')

/** Paths of everything in .bench; `duckdb` is false when its package could not be installed. Null without the shared facts. */
export async function preparePeers(events) {
  const shared = sharedFolder()
  if (!existsSync(join(shared, 'perf/gen.mjs'))) return null
  await mkdir(join(folder, 'data'), { recursive: true })
  await cp(join(shared, 'perf'), folder, { recursive: true, filter: (path) => !path.endsWith('package.json') })
  spawnSync('chmod', ['-R', 'u+w', folder])
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  await copyFile(join(root, 'scripts/bench/peer-duckdb.mjs'), join(folder, 'peer-duckdb.mjs'))
  return {
    file: await eventFile(events),
    common: join(folder, 'peers/common.mjs'),
    seed: join(shared, 'esql/corpus/seed.esql'),
    corpus: [join(shared, 'esql/corpus/rules.ndjson'), join(shared, 'esql/corpus/hunts.ndjson')],
    duckdb: await installDuckDb(),
    folder
  }
}

async function eventFile(events) {
  const file = join(folder, 'data', `${events}.ndjson`)
  if (existsSync(file)) return file
  console.log(`Making ${events.toLocaleString('en')} events: ${file}`)
  const status = await run(process.execPath, [join(folder, 'gen.mjs'), String(events), `${file}.part`])
  if (status !== 0) throw new Error('the event generator failed')
  await rename(`${file}.part`, file)
  return file
}

async function installDuckDb() {
  if (existsSync(join(folder, 'node_modules', DUCKDB.name))) return true
  console.log(`Installing the peer ${DUCKDB.name} ${DUCKDB.version} into .bench/`)
  const arguments_ = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${DUCKDB.name}@${DUCKDB.version}`]
  return (await run('npm', arguments_)) === 0
}

/** Builds our measured program; answers its path. */
export const buildOurPeer = () => bundle('peer-rarebit')

/** One file of test/bench with all it needs, as a build would make it: modules loaded one by one cost up to three times as much. */
export async function bundle(name) {
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: `test/bench/${name}.ts`,
      outDir: `.bench/${name}`,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: `${name}.mjs`, codeSplitting: false } }
    }
  })
  return join(folder, `${name}/${name}.mjs`)
}

/** Runs a peer as a process of its own and reads its line. */
export function measure(script, args) {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (output[name] += text))
    child.on('error', failed)
    child.on('close', () => {
      const line = output.stdout
        .trim()
        .split('\n')
        .findLast((one) => one.startsWith('{'))
      if (line) done(JSON.parse(line))
      else failed(new Error(`${script} gave no result: ${output.stderr.slice(-1000)}`))
    })
  })
}

/** Size of a file in bytes. */
export async function sizeOf(file) {
  return (await stat(file)).size
}
