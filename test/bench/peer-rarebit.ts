/**
 * One measured process of ours: `node peer-rarebit.js FILE QUERYFILE KERNELS`. Prints one JSON line: milliseconds from the
 * first byte to the rows (kernels compiled before), peak memory, columns and rows. Lineage is kept, as in every run; the
 * background passes (presence of fields, rarity, near misses) are not part of it.
 */
import { readFileSync } from 'node:fs'
import { cellRows } from '../../engine/session/cells.ts'
import { Session } from '../../engine/session/session.ts'
import { instantiateKernels } from '../../wasm/host/kernels.ts'
import { openNodeFile } from '../../ui/terminal/node-bytes.ts'
import type { Rule } from '../../engine/rules/rule.ts'
import { readRules } from '../../engine/rules/rule-pack.ts'

const [file, queryFile, kernelFile] = process.argv.slice(2) as [string, string, string]
const kernels = await WebAssembly.compile(readFileSync(kernelFile))
const session = new Session({ createKernels: () => instantiateKernels(kernels) })
const rule: Rule = readRules('bench.esql', readFileSync(queryFile, 'utf8')).rules[0]!

const started = performance.now()
await session.addInputs([openNodeFile(file)])
const { run } = await session.runRows({ ruleKey: session.rules.add(rule), mode: 'whole' }, { progress: () => undefined })
const rows = cellRows(run.runs[0]!.rows)
const millis = performance.now() - started

const usage = process.resourceUsage()
const report = {
  millis,
  peakMegabytes: usage.maxRSS / 1024,
  columns: run.schema.map(({ name }) => name),
  rows
}
console.log(JSON.stringify(report, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)))
