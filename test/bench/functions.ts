/**
 * Cost of every function of the registry on values that are all different: microseconds a value, the best of some rounds.
 * What is slower than the bound needs a note here that says why.
 */
import { analyzeQuery } from '../../engine/analysis/analyzer.ts'
import type { FieldCatalog } from '../../engine/analysis/catalog.ts'
import type { Batch } from '../../engine/data/batch.ts'
import { ColumnBuilder } from '../../engine/data/column.ts'
import type { Cell, DataType } from '../../engine/data/data-type.ts'
import { compileExpression } from '../../engine/execution/evaluator.ts'
import { WarningCollector } from '../../engine/execution/warnings.ts'
import { allFunctions } from '../../engine/functions/registry.ts'
import { parseQuery } from '../../engine/language/parser.ts'
import type { PlanNode } from '../../engine/plan/logical-plan.ts'
import { createReferenceKernels } from '../../wasm/reference/kernels.ts'
import { CALLS } from './function-calls.ts'

/** Values of one round: few, so that some rounds are undisturbed on a busy machine. */
const ROWS = 512
const ROUNDS = 60

/** Functions that may cost more, each with the reason. */
export const NOTES: ReadonlyMap<string, string> = new Map([
  ['MD5', 'a digest: 64 rounds a block of 64 bytes'],
  ['SHA1', 'a digest: 80 rounds a block of 64 bytes'],
  ['SHA256', 'a digest: 64 rounds a block of 64 bytes'],
  ['HASH', 'a digest: 64 rounds a block of 64 bytes'],
  ['DATE_PARSE', 'reads a text by a pattern of the user'],
  ['DATE_FORMAT', 'writes a text by a pattern of the user'],
  ['SPLIT', 'makes several texts of one, each interned'],
  ['MV_ZIP', 'makes several texts of two lists, each interned'],
  ['TO_GEOSHAPE', 'reads and writes well-known text of any shape'],
  ['TO_CARTESIANSHAPE', 'reads and writes well-known text of any shape'],
  ['IP_PREFIX', 'reads the address from its text and writes it again'],
  ['TO_IP', 'reads the address and writes its canonical form']
])

const TYPES: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ['words', 'keyword'],
  ['many', 'keyword'],
  ['fraction', 'double'],
  ['share', 'double'],
  ['numbers', 'double'],
  ['whole', 'integer'],
  ['instant', 'date'],
  ['address', 'ip'],
  ['place', 'geo_point'],
  ...'json encoded dated addressed numbered pointed'.split(' ').map((name) => [name, 'keyword'] as const)
])

const VALUES: Record<string, (i: number) => Cell> = {
  words: (i) => `value ${i} of /usr/bin/thing-${i}`,
  many: (i) => [`b${i}`, `a${i}`, `c${i % 7}`],
  fraction: (i) => i * 1.37 + 0.01,
  share: (i) => (i + 0.5) / ROWS,
  numbers: (i) => [i * 1.5, i - 3.25, 7],
  whole: (i) => i * 37 - 1000,
  instant: (i) => 1_700_000_000_000n + BigInt(i) * 61_001n,
  address: (i) => `10.${i >> 8}.${i & 255}.7`,
  place: (i) => `POINT (${i / 100}.25 ${(i % 90) + 0.5})`,
  json: (i) => `{"user": {"id": ${i}, "name": "user-${i}"}, "more": [1, 2, 3]}`,
  encoded: (i) => btoa(`value ${i} of some`),
  dated: (i) => new Date(1_700_000_000_000 + i * 61_001).toISOString(),
  addressed: (i) => `2001:0db8::${i.toString(16)}`,
  numbered: (i) => String(i * 37),
  pointed: (i) => `POINT (${i / 100} ${i % 90})`
}

const FIELDS: FieldCatalog = {
  strict: true,
  field: (name) => TYPES.get(name) ?? null,
  allFields: () => [...TYPES].map(([name, type]) => ({ name, type })),
  names: () => TYPES.keys()
}

export interface FunctionCost {
  name: string
  call: string
  micros: number
}

/** Every function of the registry that has no call here. */
export function unmeasured(): string[] {
  return allFunctions()
    .map(({ name }) => name)
    .filter((name) => !CALLS.has(name))
}

/** Measures each call; a call that does not resolve throws. */
export function measureFunctions(): FunctionCost[] {
  return allFunctions().map(({ name, kind }) => {
    const call = CALLS.get(name)!
    const run = kind === 'aggregate' ? aggregateRun(call) : scalarRun(call)
    let best = Infinity
    for (let round = 0; round < ROUNDS; round++) best = Math.min(best, run())
    return { name, call, micros: (best * 1000) / ROWS }
  })
}

function planOf(command: string): PlanNode[] {
  const text = `FROM logs | ${command}`
  const parsed = parseQuery(text)
  if (!parsed.query) throw new Error(`${text}: ${parsed.diagnostics[0]!.message}`)
  const { plan, diagnostics } = analyzeQuery(text, parsed.query, FIELDS, { implicitLimit: null })
  if (!plan) throw new Error(`${text}: ${diagnostics[0]!.message}`)
  return plan.nodes
}

function contextOf() {
  return { kernels: createReferenceKernels(), nowMillis: 1_800_000_000_000n, warnings: new WarningCollector('') }
}

/** One round: compiled anew, so that nothing is remembered, and timed over a batch. */
function scalarRun(call: string): () => number {
  const grouping = call.startsWith('BUCKET')
  const nodes = planOf(grouping ? `STATS n = COUNT(*) BY x = ${call}` : `EVAL x = ${call}`)
  const evaluation = nodes.find((node) => node.type === 'eval')!
  const schema = nodes[0]!.type === 'from' ? nodes[0]!.schema : []
  const batch = batchOf(schema)
  return () => {
    const evaluate = compileExpression(evaluation.fields[0]!.expression, schema, contextOf())
    const start = performance.now()
    evaluate(batch)
    return performance.now() - start
  }
}

function aggregateRun(call: string): () => number {
  const nodes = planOf(`STATS x = ${call}`)
  const node = nodes.find((each) => each.type === 'aggregate')!
  const schema = nodes[0]!.type === 'from' ? nodes[0]!.schema : []
  const batch = batchOf(schema)
  return () => {
    const context = contextOf()
    // AVG and its like are several aggregates.
    const running = node.aggregates.map(({ call: bound }) => ({
      columns: bound.args.map((arg) => compileExpression(arg, schema, context)(batch)),
      state: bound.function.create(
        bound.params,
        bound.args.map((arg) => ({
          type: arg.dataType,
          constant: arg.type === 'literal' ? arg.value : undefined,
          text: arg.text
        })),
        { ...context, warn: () => undefined }
      )
    }))
    const groups = new Int32Array(ROWS)
    const start = performance.now()
    for (const { state, columns } of running) {
      state.add(groups, columns, ROWS)
      state.finish(1)
    }
    return performance.now() - start
  }
}

function batchOf(schema: readonly { name: string; type: DataType }[]): Batch {
  const columns = schema.map(({ name, type }) => {
    const builder = new ColumnBuilder(type, ROWS)
    for (let i = 0; i < ROWS; i++) builder.append(VALUES[name]!(i))
    return builder.finish()
  })
  return { rowCount: ROWS, columns, lineage: null }
}
