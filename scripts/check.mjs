/**
 * `npm run check`: types of every project, Svelte, lint, format, generated files. Each is one check, run two at a time;
 * what fails is shown in full.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './build-when-stale.mjs'

const TYPE_PROJECTS = ['wasm/assembly', 'wasm', 'engine', 'ui/terminal', 'extension', 'test']
const AT_A_TIME = 2

/** Every check: its name and what to run; a check resolves to null or to the text of what is wrong. */
const CHECKS = [
  ...TYPE_PROJECTS.map((project) => ({
    name: `types: ${project}`,
    run: () => tool('typescript/bin/tsc', ['-p', project, '--noEmit'])
  })),
  {
    name: 'types: ui (svelte-check)',
    run: () => tool('svelte-check/bin/svelte-check', ['--tsconfig', 'ui/tsconfig.json', '--fail-on-warnings'])
  },
  { name: 'lint', run: () => tool('oxlint/bin/oxlint', ['--deny-warnings', '.']) },
  { name: 'format', run: () => tool('prettier/bin/prettier.cjs', ['--check', '.']) },
  { name: 'generated: kernel types', run: kernelTypesAreFresh },
  { name: 'generated: field types', run: fieldTypesAreFresh },
  { name: 'generated: samples', run: samplesAreFresh }
]

/** Runs all checks; `tell` gets one line each, and what is wrong. Answers how many passed and failed. */
export async function runChecks(tell = console.log) {
  const waiting = [...CHECKS]
  const counts = { passed: 0, failed: 0 }
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const problem = await check.run().catch((error) => String(error?.stack ?? error))
      if (problem === null) counts.passed++
      else counts.failed++
      tell(problem === null ? `  ok      ${check.name}` : `  FAILED  ${check.name}\n${problem.trimEnd()}`)
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  return counts
}

function tool(script, args) {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('error', failed)
    child.on('close', (status) => done(status === 0 ? null : output || `ended with ${status}`))
  })
}

/** Text of the committed types, read before anything here builds and so rewrites them. */
const committedKernelTypes = readFile(join(root, 'wasm/host/kernels.generated.d.ts'), 'utf8')

async function kernelTypesAreFresh() {
  const { kernelTypes } = await import('./build-wasm.mjs')
  const fresh = (await committedKernelTypes) === (await kernelTypes())
  return fresh ? null : 'wasm/host/kernels.generated.d.ts was not what wasm/assembly exports: npm run build:wasm, then commit it'
}

/** Needs the list of fields; without it the file can only be looked at by a machine that has it. */
async function fieldTypesAreFresh() {
  const list = resolve(process.env.RAREBIT_SHARED ?? join(root, '../shared'), 'esql/field-types.tsv')
  if (!existsSync(list)) {
    console.warn(`SKIPPED: ${list} is absent; set RAREBIT_SHARED to compare the field types`)
    return null
  }
  const { fieldTypeTable } = await import('./generate-field-types.mjs')
  const file = join(root, 'engine/source/field-types.generated.ts')
  return (await readFile(file, 'utf8')) === fieldTypeTable(await readFile(list, 'utf8'))
    ? null
    : `${file} is stale: node scripts/generate-field-types.mjs`
}

async function samplesAreFresh() {
  const { makeSamples } = await import('./make-samples.mjs')
  const stale = []
  for (const [name, text] of makeSamples()) {
    const found = await readFile(join(root, 'ui/samples', name), 'utf8').catch(() => null)
    if (found !== text) stale.push(`ui/samples/${name}`)
  }
  return stale.length === 0 ? null : `${stale.join(', ')}: node scripts/make-samples.mjs`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { failed } = await runChecks()
  process.exitCode = failed > 0 ? 1 : 0
}
