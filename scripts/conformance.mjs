/**
 * `npm run conformance [-- OPTIONS]`: Elasticsearch's own ES|QL tests against `rarebit esql --stdio`, with the runner of the
 * shared facts (RAREBIT_SHARED). Options go to that runner; without any, every public test is run and judged: nothing may
 * differ but what `conformance-expected.mjs` lists, and the floors hold.
 *
 * Exit status: 0 as expected, 1 not, 2 when the shared facts are absent.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildTerminalWhenStale, root } from './build-when-stale.mjs'
import { DIFFERENT_ANSWERS, DIFFERENT_WARNINGS, FLOOR } from './conformance-expected.mjs'

/** Folder of the runner, or null when the shared facts are absent. */
export function conformanceFolder() {
  const folder = resolve(process.env.RAREBIT_SHARED ?? join(root, '../shared'), 'esql/conformance')
  return existsSync(join(folder, 'run.mjs')) ? folder : null
}

/** Runs the tests from a copy of the folder (the runner writes beside its data) and answers its summary. */
export async function runConformance(folder, options = [], show = () => {}) {
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
  const failed = results.filter(({ status }) => status !== 'pass')
  const passed = results.filter(({ status }) => status === 'pass')
  const core = results.filter(({ core }) => core)
  const passedOf = (tests) => tests.filter(({ status }) => status === 'pass').length
  const warned = passed.filter(({ warnings }) => warnings !== 'ok')
  return {
    total: results.length,
    passed: passed.length,
    core: { total: core.length, passed: passedOf(core) },
    others: { total: results.length - core.length, passed: passed.length - passedOf(core) },
    warningsRight: passed.length - warned.length,
    failed,
    warned
  }
}

/** What is not as expected of a run of every public test: one sentence each. */
export function surprises({ core, others, passed, warningsRight, failed, warned }) {
  const told = ({ id, kind, detail, warningDetail }) => `${id} [${kind ?? 'warnings'}] ${detail ?? warningDetail ?? ''}`
  const absent = (expected, found) => [...expected.keys()].filter((id) => !found.some((test) => test.id === id))
  const sentences = [
    ...failed.filter(({ id }) => !DIFFERENT_ANSWERS.has(id)).map((test) => `fails: ${told(test)}`),
    ...warned.filter(({ id }) => !DIFFERENT_WARNINGS.has(id)).map((test) => `warns differently: ${told(test)}`),
    ...absent(DIFFERENT_ANSWERS, failed).map((id) => `passes, take it off the list: ${id}`),
    ...absent(DIFFERENT_WARNINGS, warned).map((id) => `warns rightly, take it off the list: ${id}`)
  ]
  if (core.passed < FLOOR.core * core.total) sentences.push(`only ${core.passed} of ${core.total} core tests pass`)
  if (others.passed < FLOOR.others) sentences.push(`only ${others.passed} of ${others.total} other tests pass`)
  if (warningsRight < FLOOR.warnings * passed) sentences.push(`warnings are right in only ${warningsRight} of ${passed}`)
  return sentences
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
  const outcome = await runConformance(folder, options, (text) => process.stdout.write(text))
  const { core, others, passed, warningsRight } = outcome
  const share = (count, of) => `${count} of ${of} (${((100 * count) / Math.max(1, of)).toFixed(1)} %)`
  console.log(`\ncore: ${share(core.passed, core.total)} pass, others: ${share(others.passed, others.total)}`)
  console.log(`warnings: right in ${share(warningsRight, passed)} of those that pass`)
  // A selection says nothing of the tests it leaves out.
  const unexpected = options.length > 0 ? [] : surprises(outcome)
  for (const sentence of unexpected) console.log(sentence)
  process.exitCode = unexpected.length > 0 ? 1 : 0
}
