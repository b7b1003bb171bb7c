/**
 * `npm run bench [-- --check] [--events N] [--rounds N] [--only scan|kernels|parse|plan|lint|patterns|functions|page]`: (a) queries over
 * generated process events against native DuckDB on one thread in the same run, answers compared; (b) kernels against their
 * twins; (c) parsing of the rule corpus; (d) parse and plan of its 212 rules; (e) the linter over them; (f) every pattern of the
 * corpus on values made to be costly for it; (g) every function on values that are all different; (h) what listening costs a page, in a real browser. `--check` ends with 1 when a bound is broken.
 *
 * Times run from the first byte to the rows, start-up of the process and opening of the engine left out on both sides;
 * rounds are interleaved and the best of each counts. Every measured run is a process of its own.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg, release, type } from 'node:os'
import { dirname, join } from 'node:path'
import { buildOurPeer, bundle, measure, preparePeers, rulesFile, sizeOf } from './bench/peers.mjs'
import { buildExtensionWhenStale, buildTerminalWhenStale, root } from './build-when-stale.mjs'
import { buildKernels } from './build-wasm.mjs'

const BOUNDS = {
  ratio: 2,
  megabytes: 300,
  parseMillis: 1000,
  planMillis: 500,
  lintMillis: 2000,
  patternMillis: 25,
  patternRatio: 2.6,
  functionMicros: 2,
  pageOpen: 1.1,
  /** 1.00 within the noise of one run. */
  pageClosed: 1.05,
  followMillis: 300
}
const broken = []

const options = parseArguments(process.argv.slice(2))
console.log(
  `${new Date().toISOString()}, ${cpus().length} x ${cpus()[0]?.model}, ${type()} ${release()}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`
)
await buildKernels()
/** Parts that need the corpus alone, not the generated events and the peer's package. */
const alone = ['plan', 'lint', 'patterns', 'functions', 'page'].includes(options.only)
const peers = alone ? null : await preparePeers(options.events)
if (!peers && !alone) console.warn('SKIPPED: the shared perf folder is absent; set RAREBIT_SHARED to compare with peers')
if (peers && wants('scan')) await benchScan(peers)
if (wants('kernels')) await benchKernels()
if (peers && wants('parse')) await benchParse()
if (wants('plan')) await benchPlan()
if (wants('lint')) await benchLint()
if (wants('patterns')) await benchPatterns()
if (wants('functions')) await benchFunctions()
if (wants('page')) await benchPage()
for (const text of broken) console.log(`BOUND BROKEN: ${text}`)
if (options.check && broken.length > 0) process.exitCode = 1

function wants(part) {
  return options.only === null || options.only === part
}

function parseArguments(args) {
  const parsed = { check: false, events: 1_000_000, rounds: 3, only: null }
  while (args.length > 0) {
    const name = args.shift()
    if (name === '--check') parsed.check = true
    else if (name === '--events' || name === '--rounds') parsed[name.slice(2)] = Number(args.shift())
    else if (name === '--only') parsed.only = args.shift()
    else throw new Error(`unknown option ${name}`)
  }
  return parsed
}

// ---- queries ----

async function benchScan(peers) {
  const { canon } = await import(peers.common)
  const workloads = [
    {
      name: 'seed',
      title: 'the seed rule',
      query: await readFile(peers.seed, 'utf8'),
      canonical: (rows) => canon(rows.map(seedRow)).sha
    },
    {
      name: 'count',
      title: 'STATS n = COUNT(*) BY process.name',
      query: 'FROM * | STATS n = COUNT(*) BY process.name',
      canonical: (rows) => hashOf(rows.map(({ n, name, 'process.name': ours }) => `${name ?? ours ?? null} ${n}`))
    },
    {
      name: 'like',
      title: 'WHERE process.command_line LIKE "*/dev/tcp/*" | STATS n = COUNT(*)',
      query: 'FROM * | WHERE process.command_line LIKE "*/dev/tcp/*" | STATS n = COUNT(*)',
      canonical: (rows) => hashOf(rows.map(({ n }) => String(n)))
    }
  ]
  const program = await buildOurPeer()
  const bytes = await sizeOf(peers.file)
  if (!peers.duckdb)
    console.warn('\nNATIVE DUCKDB COULD NOT BE INSTALLED: the peer is tuned plain JavaScript, for the seed rule only')
  console.log(
    `\n## Queries over ${options.events.toLocaleString('en')} events, ${(bytes / 1e9).toFixed(2)} GB, one thread, best of ${options.rounds}\n`
  )
  console.log(
    '| query | Rarebit ms | GB/s | peak MB | peer | peer ms | GB/s | peak MB | ratio | answers |\n|---|---|---|---|---|---|---|---|---|---|'
  )
  for (const workload of workloads) await benchWorkload(workload, program, peers, bytes)
}

async function benchWorkload(workload, program, peers, bytes) {
  const queryFile = join(peers.folder, `${workload.name}.esql`)
  await writeFile(queryFile, workload.query)
  const peer = peerOf(workload, peers)
  const best = { ours: null, theirs: null }
  for (let round = 0; round < options.rounds; round++) {
    best.ours = better(best.ours, await measureOurs(program, peers.file, queryFile, workload))
    if (peer) best.theirs = better(best.theirs, await peer.measure())
  }
  const { ours, theirs } = best
  const cells = ({ millis, peakMegabytes }) =>
    `${millis.toFixed(0)} | ${(bytes / millis / 1e6).toFixed(2)} | ${peakMegabytes.toFixed(0)}`
  const ratio = theirs ? theirs.millis / ours.millis : null
  const agree = theirs
    ? theirs.hash === ours.hash
      ? `agree (${ours.hash})`
      : `DIFFER (${ours.hash}, ${theirs.hash})`
    : `not compared (${ours.hash})`
  console.log(
    `| ${workload.title.replaceAll('|', '\\|')} | ${cells(ours)} | ${peer?.name ?? 'none'} | ${theirs ? cells(theirs) : '| |'} | ${ratio ? `${ratio.toFixed(1)}x` : ''} | ${agree} |`
  )
  if (theirs && theirs.hash !== ours.hash) broken.push(`${workload.name}: the answers differ`)
  if (workload.name === 'seed' && peers.duckdb && ratio < BOUNDS.ratio)
    broken.push(`seed: ${ratio.toFixed(2)}x of native DuckDB, at least ${BOUNDS.ratio}x is due`)
  if (ours.peakMegabytes >= BOUNDS.megabytes)
    broken.push(`${workload.name}: ${ours.peakMegabytes.toFixed(0)} MB, under ${BOUNDS.megabytes} is due`)
}

async function measureOurs(program, file, queryFile, { canonical }) {
  const { columns, rows, ...figures } = await measure(program, [file, queryFile, join(root, 'wasm/build/kernels.wasm')])
  const named = rows.map((row) => Object.fromEntries(row.map((cell, at) => [columns[at], cell])))
  return { ...figures, hash: canonical(named) }
}

function peerOf({ name, canonical }, peers) {
  if (peers.duckdb)
    return {
      name: 'native DuckDB 1.5.6, columns, 1 thread',
      measure: async () => {
        const { rows, ...figures } = await measure(join(peers.folder, 'peer-duckdb.mjs'), [peers.file, name, peers.common])
        return { ...figures, hash: canonical(rows) }
      }
    }
  if (name !== 'seed') return null
  return {
    name: 'plain JavaScript, tuned',
    measure: async () => {
      const { ms, peakMB, sha } = await measure(join(peers.folder, 'peers/js-plain.mjs'), [peers.file, 'tuned', '1'])
      return { millis: ms, peakMegabytes: peakMB, hash: sha }
    }
  }
}

/** A row of ours in the names of the peers' canonical form; theirs have them already. */
function seedRow(row) {
  if ('cl' in row) return row
  const list = (cell) => [cell ?? []].flat()
  return {
    cl: row['process.command_line'],
    wd: row['process.working_directory'],
    pe: row['process.parent.executable'],
    n: row['Esql.event_count'],
    acd: row['Esql.agent_id_count_distinct'],
    hosts: list(row['Esql.host_name_values']),
    agents: list(row['Esql.agent_id_values']),
    datasets: list(row['Esql.event_dataset_values']),
    namespaces: list(row['Esql.data_stream_namespace_values'])
  }
}

function hashOf(lines) {
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 16)
}

/** The faster of two measurements, with the greater of their peaks. */
function better(best, next) {
  if (!best) return next
  const faster = next.millis < best.millis ? next : best
  return { ...faster, peakMegabytes: Math.max(best.peakMegabytes, next.peakMegabytes) }
}

// ---- kernels and parser ----

async function load(path) {
  const { runnerImport } = await import('vite')
  return (await runnerImport(join(root, path), { root, configFile: false, logLevel: 'error' })).module
}

async function benchKernels() {
  const { benchKernels: measureKernels, formatRatios } = await load('test/bench/kernels.ts')
  const { benchScan: measureScan, formatScanRates } = await load('test/bench/scan.ts')
  const { instantiateKernels } = await load('wasm/host/kernels.ts')
  const module = await WebAssembly.compile(await readFile(join(root, 'wasm/build/kernels.wasm')))
  console.log(`\n## Kernels against their twins in TypeScript\n\n${formatRatios(measureKernels(instantiateKernels(module)))}`)
  console.log(`\n## The scan kernel against its twin\n\n${formatScanRates(measureScan(instantiateKernels(module)))}`)
}

async function benchParse() {
  const { measureParse } = await load('test/bench/parse-corpus.ts')
  const queries = await corpusQueries()
  const cold = measureParse(queries).millis
  const warm = Math.min(...Array.from({ length: 5 }, () => measureParse(queries).millis))
  console.log(
    `\n## Parser\n\n${queries.length} rules and hunts: ${cold.toFixed(0)} ms the first time, ${warm.toFixed(0)} ms warm`
  )
  if (cold >= BOUNDS.parseMillis) broken.push(`parser: ${cold.toFixed(0)} ms, under ${BOUNDS.parseMillis} is due`)
}

async function benchPlan() {
  const file = rulesFile()
  if (!existsSync(file)) return console.warn('SKIPPED: the rule corpus is absent; set RAREBIT_SHARED to plan it')
  const { measurePlan } = await load('test/bench/plan-corpus.ts')
  const queries = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).query)
  const { millis: cold, planned, refused } = measurePlan(queries)
  const warm = Math.min(...Array.from({ length: 5 }, () => measurePlan(queries).millis))
  console.log(
    `\n## Parse and plan\n\n${queries.length} rules, ${planned} planned: ${cold.toFixed(0)} ms the first time, ${warm.toFixed(0)} ms warm`
  )
  for (const reason of new Set(refused)) console.log(`refused: ${reason}`)
  if (cold >= BOUNDS.planMillis) broken.push(`plan: ${cold.toFixed(0)} ms, under ${BOUNDS.planMillis} is due`)
}

async function benchLint() {
  const file = rulesFile()
  if (!existsSync(file)) return console.warn('SKIPPED: the rule corpus is absent; set RAREBIT_SHARED to lint it')
  const { measureLint } = await load('test/bench/lint-corpus.ts')
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  const cold = measureLint(lines)
  const warm = Math.min(...Array.from({ length: 5 }, () => measureLint(lines).millis))
  console.log(
    `\n## Linter\n\n${cold.rules} rules, ${cold.findings} findings: ${cold.millis.toFixed(0)} ms the first time, ${warm.toFixed(0)} ms warm`
  )
  if (cold.millis >= BOUNDS.lintMillis) broken.push(`linter: ${cold.millis.toFixed(0)} ms, under ${BOUNDS.lintMillis} is due`)
}

// ---- patterns ----

async function benchPatterns() {
  const { formatCosts, HARD_PATTERNS, measurePattern, patternsOf, VALUE_BYTES } = await import(await bundle('patterns'))
  const ofCorpus = patternsOf(await corpusQueries())
  // Warm-up: the engine's code is compiled.
  for (const use of HARD_PATTERNS.slice(0, 3)) await measurePattern(use)
  const costs = []
  for (const use of [...ofCorpus, ...HARD_PATTERNS]) costs.push(await measurePattern(use))
  console.log(
    `\n## Patterns on values of ${VALUE_BYTES.toLocaleString('en')} bytes made to be costly\n\n${formatCosts(costs, ofCorpus.length)}`
  )
  costs.forEach(({ use, millis, ratio, stopped }, i) => {
    const name = `${use.language} ${use.pattern.slice(0, 60)}`
    if (millis > BOUNDS.patternMillis) broken.push(`${name}: ${millis.toFixed(1)} ms, at most ${BOUNDS.patternMillis} are due`)
    if (ratio > BOUNDS.patternRatio) broken.push(`${name}: ${ratio.toFixed(2)}x at twice the length`)
    if (stopped > 0 && i < ofCorpus.length) broken.push(`${name}: stopped on ${stopped} values`)
  })
}

// ---- functions ----

async function benchFunctions() {
  const { measureFunctions, NOTES, unmeasured } = await import(await bundle('functions'))
  const costs = measureFunctions().sort((a, b) => b.micros - a.micros)
  const slow = costs.filter(({ micros }) => micros > BOUNDS.functionMicros)
  console.log(
    `\n## Functions on distinct values\n\n${costs.length} functions, ${slow.length} slower than ${BOUNDS.functionMicros} µs a value\n`
  )
  console.log('| call | µs a value | why |\n|---|---|---|')
  const shown = costs.filter(({ micros }, i) => micros > BOUNDS.functionMicros || i < 12)
  for (const { name, call, micros } of shown) console.log(`| ${call} | ${micros.toFixed(2)} | ${NOTES.get(name) ?? ''} |`)
  for (const { name, micros } of slow) {
    if (!NOTES.has(name)) broken.push(`${name}: ${micros.toFixed(2)} µs a value without a note, ${BOUNDS.functionMicros} are due`)
  }
  for (const name of unmeasured()) broken.push(`${name}: not measured`)
}

// ---- the page beside the panel ----

async function benchPage() {
  const { findChromium } = await load('test/helpers/browser.ts')
  if (!findChromium()) return console.warn('SKIPPED: no Chromium to measure a page in')
  await buildExtensionWhenStale()
  await buildTerminalWhenStale()
  const { measureFollowing, measurePageCost, RESPONSES, SIZES } = await load('test/bench/page-cost.ts')
  console.log(`\n## What listening costs a page: ${RESPONSES} answers a cell, interleaved, median ms of fetch and json()\n`)
  console.log(
    '| answer | without | without again | panel closed | panel open | noise | closed | open |\n|---|---|---|---|---|---|---|---|'
  )
  for (const { megabytes, without, again, closed, open } of await measurePageCost(SIZES, RESPONSES)) {
    const bare = (without + again) / 2
    const ratio = { noise: Math.max(without, again) / Math.min(without, again), closed: closed / bare, open: open / bare }
    const cells = [
      ...[without, again, closed, open].map((millis) => millis.toFixed(1)),
      ...Object.values(ratio).map((x) => `${x.toFixed(2)}x`)
    ]
    console.log(`| ${megabytes} MB | ${cells.join(' | ')} |`)
    for (const [state, most] of Object.entries({ open: BOUNDS.pageOpen, closed: BOUNDS.pageClosed }))
      if (ratio[state] > most)
        broken.push(`page, ${megabytes} MB, panel ${state}: ${ratio[state].toFixed(2)}x, at most ${most}x is due`)
  }
  const { p50, p95 } = await measureFollowing(RESPONSES)
  console.log(
    `\nAn alert's data to the panel showing it, ${RESPONSES} alerts: ${p50.toFixed(0)} ms p50, ${p95.toFixed(0)} ms p95`
  )
  if (p95 > BOUNDS.followMillis)
    broken.push(`page: the panel follows within ${p95.toFixed(0)} ms p95, ${BOUNDS.followMillis} are due`)
}

/** Queries of all rules and hunts; none, said loudly, without the corpus. */
async function corpusQueries() {
  const rules = rulesFile()
  if (!existsSync(rules)) {
    console.warn('SKIPPED: the rule corpus is absent; set RAREBIT_SHARED to measure its patterns')
    return []
  }
  const texts = await Promise.all([rules, join(dirname(rules), 'hunts.ndjson')].map((file) => readFile(file, 'utf8')))
  return texts.flatMap((text) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).query)
  )
}
