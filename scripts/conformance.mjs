/**
 * `npm run conformance [-- OPTIONS]`: Elasticsearch's own ES|QL tests against `rarebit esql --stdio`, with the runner of the
 * shared facts (RAREBIT_SHARED). Options go to that runner; without any, its core selection is run.
 *
 * Exit status: 0 at or above the floor, 1 below it, 2 when the shared facts are absent.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildTerminalWhenStale, root } from './build-when-stale.mjs'

/** Share of tests that must pass, and share that may answer wrongly instead of refusing. */
export const FLOOR = { passed: 0.55, wrong: 0.03 }
const WRONG_KINDS = ['value', 'rows', 'order', 'columns', 'type', 'shape']

/** Folder of the runner, or null when the shared facts are absent. */
export function conformanceFolder() {
  const folder = resolve(process.env.RAREBIT_SHARED ?? join(root, '../shared'), 'esql/conformance')
  return existsSync(join(folder, 'run.mjs')) ? folder : null
}

/** Runs the tests from a copy of the folder (the runner writes beside its data) and answers its summary. */
export async function runConformance(folder, options = ['--core'], show = () => {}) {
  const work = await mkdtemp(join(tmpdir(), 'rarebit-conformance-'))
  try {
    await cp(folder, join(work, 'conformance'), { recursive: true })
    await makeWritable(join(work, 'conformance'))
    const out = join(work, 'results.json')
    const engine = `exec '${process.execPath}' '${join(root, 'dist-terminal/rarebit.js')}' esql --stdio`
    const output = await run(
      process.execPath,
      ['run.mjs', '--bundle', 'bundle/public.json', '--engine', engine, '--out', out, ...options],
      {
        cwd: join(work, 'conformance'),
        show
      }
    )
    const text = await readFile(out, 'utf8').catch(() => {
      throw new Error(`the runner wrote no results: ${output.slice(-2000)}`)
    })
    return summarise(JSON.parse(text).results)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

function summarise(results) {
  const failures = results.filter(({ status }) => status !== 'pass')
  const wrong = failures.filter(({ kind }) => WRONG_KINDS.includes(kind))
  const total = results.length
  const passed = total - failures.length
  const meetsFloor = total > 0 && passed / total >= FLOOR.passed && wrong.length / total < FLOOR.wrong
  return { total, passed, failures, wrong, meetsFloor }
}

/** The shared files are read-only, and so are copies of them. */
async function makeWritable(folder) {
  await run('chmod', ['-R', 'u+w', folder], {})
}

function run(command, args, { cwd = root, show = () => {} }) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text) => {
        output += text
        show(text)
      })
    }
    child.on('error', failed)
    child.on('close', () => done(output))
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = conformanceFolder()
  if (!folder) {
    console.error('The conformance tests are not here: set RAREBIT_SHARED to the folder that holds esql/conformance.')
    process.exit(2)
  }
  await buildTerminalWhenStale()
  const options = process.argv.slice(2)
  const { total, passed, wrong, meetsFloor } = await runConformance(folder, options.length > 0 ? options : ['--core'], (text) =>
    process.stdout.write(text)
  )
  const share = (count) => `${((100 * count) / Math.max(1, total)).toFixed(1)} %`
  console.log(`\n${passed} of ${total} pass (${share(passed)}; floor ${(100 * FLOOR.passed).toFixed(0)} %)`)
  console.log(`${wrong.length} answer wrongly (${share(wrong.length)}; below ${(100 * FLOOR.wrong).toFixed(0)} %)`)
  process.exitCode = meetsFloor ? 0 : 1
}
