/**
 * `npm test`: installs what it needs, builds, and runs everything: checks, unit and architecture tests, scenarios and
 * acceptance, and the built extension in a real Chromium. The last line counts what the runners reported.
 *
 * Nothing is left out quietly: what cannot run counts as failed and says what to do; skipped tests are counted as such.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CHROMIUM_HELP,
  findChromium,
  findFirefox,
  FIREFOX_HELP,
  installChromium,
  installFirefox,
  installPackages,
  run
} from './prepare.mjs'

const total = { passed: 0, failed: 0, skipped: 0 }
const failures = []

function count(name, { passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  if (failed > 0) failures.push(`${name}: ${failed} failed`)
}

/** Runs a step as one thing that passes or fails; answers whether it passed. */
async function step(name, work) {
  console.log(`\n== ${name}`)
  const started = Date.now()
  let passed = false
  try {
    passed = (await work()) !== false
  } catch (error) {
    console.error(String(error?.stack ?? error))
  }
  console.log(`${passed ? 'ok' : 'FAILED'} (${seconds(started)} s)`)
  count(name, passed ? { passed: 1 } : { failed: 1 })
  return passed
}

async function checks() {
  console.log('\n== checks')
  const { runChecks } = await import('./check.mjs')
  count('checks', await runChecks())
}

/** Projects of vitest in one run, whose files share `workers`; counted from its own report. */
async function vitest(projects, workers = '1') {
  const name = projects.join(', ')
  console.log(`\n== tests: ${name}`)
  const started = Date.now()
  const folder = await mkdtemp(join(tmpdir(), 'rarebit-report-'))
  const report = join(folder, 'report.json')
  try {
    const args = [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      `--maxWorkers=${workers}`,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`
    ]
    const status = await run(process.execPath, args, {
      env: { ...process.env, CI: 'true', ...(!process.stdout.isTTY && { NO_COLOR: '1' }) }
    })
    const text = await readFile(report, 'utf8').catch(() => null)
    count(name, text === null ? { failed: 1 } : countReport(JSON.parse(text), status))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  console.log(`(${seconds(started)} s)`)
}

/** A file that could not be loaded has no tests in the report: it counts as one failure. */
function countReport({ testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests }, status) {
  const broken = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed')
  )
  for (const { name, message } of broken) console.error(`${name}: ${message}`)
  const failed = numFailedTests + broken.length
  return { passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed, skipped: numPendingTests + numTodoTests }
}

const seconds = (started) => ((Date.now() - started) / 1000).toFixed(0)

async function endToEnd(built) {
  if (!built) return count('e2e', { failed: 1 })
  if (!findChromium() && !(await installChromium())) {
    console.error(`\n== tests: e2e\nNo Chromium was found, so the tests in a browser cannot run.\n${CHROMIUM_HELP}`)
    return count('e2e', { failed: 1 })
  }
  // The other tests in a browser do not need it: those of the one-file page in Firefox then fail one by one.
  if (!findFirefox() && !(await installFirefox()))
    console.error(`\n== tests: e2e\nNo Firefox was found, so the one-file page cannot be tried in it.\n${FIREFOX_HELP}`)
  // Beside a browser: its processes take the other cores, and what is timed there must not wait for tests.
  await vitest(['e2e'])
}

function finish() {
  if (failures.length > 0) console.log(`\n${failures.join('\n')}`)
  console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
  process.exitCode = total.failed > 0 ? 1 : 0
}

if (await step('packages', () => installPackages())) {
  const { buildExtensionWhenStale, buildReleaseWhenStale, buildTerminalWhenStale } = await import('./build-when-stale.mjs')
  const { buildKernels } = await import('./build-wasm.mjs')
  // Reads the committed types of the kernels before the build renews them.
  await import('./check.mjs')
  const kernels = await step('build: kernels', () => buildKernels().then(() => true))
  const extension = kernels && (await step('build: extension', () => buildExtensionWhenStale().then(() => true)))
  const release = extension && (await step('build: one file', () => buildReleaseWhenStale().then(() => true)))
  if (kernels) await step('build: terminal', () => buildTerminalWhenStale().then(() => true))
  await checks()
  if (kernels) {
    // Vitest itself would leave a core idle, and one long file at the end of a project another.
    await vitest(['unit', 'differential', 'exerciser', 'spec'], '100%')
  }
  await endToEnd(release)
}
finish()
