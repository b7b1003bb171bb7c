/**
 * Shared scan: many plans over one pass of the inputs.
 *
 * In:   plans that begin with FROM. Out: for each what executePlan gives for it alone, or what it failed with; and what was
 *       seen on the way: which indexes, which of the wanted fields.
 * Holds: the scan reads the columns that any rule wants, of all events; what a rule alone would have had the scan drop is
 *        dropped before its pipe, once for all rules that ask the same. A scan that had to build columns from the text of the
 *        records would be slow for all, so rules that want such columns have a pass of their own.
 */
import type { Batch } from '../data/batch.ts'
import type { Field, Schema } from '../data/schema.ts'
import type { FromNode } from '../plan/logical-plan.ts'
import { INDEX_NAME_COLUMN } from '../source/index-names.ts'
import { pauseClock } from '../source/pause-clock.ts'
import type { InputReport, ScanProgress } from '../source/scan-request.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { type Executed, type ExecuteRequest, RunningPipe } from './execute.ts'
import type { InputScanner, ScanOptions } from './input-scanner.ts'
import { RequiredConditions, SharedConditions } from './shared-conditions.ts'
import { type IndexGroup, SharedIndexes } from './shared-indexes.ts'
import { SharedPipe } from './shared-pipe.ts'
import type { Survey } from './survey.ts'

/** Rules in one pass at most: each holds operators, and the columns of all are read for every event. */
export const RULES_A_PASS = 250

export interface SharedResult {
  executed: Executed | null
  /** What the rule failed with; null when it did not. */
  failure: unknown
  /** Events of an index that its FROM names. */
  matched: number
  /** What is to be known of its FROM patterns. */
  notes: readonly string[]
}

export interface SharedOutcome {
  /** Parallel to the requests. */
  results: SharedResult[]
  inputs: InputReport[]
  /** Of the fields that the rules want: those some event has. */
  present: ReadonlySet<string>
  cancelled: boolean
}

/** Runs all requests over one pass (or few); rules of which the survey saw no source are given no event. */
export async function scanShared(
  requests: readonly ExecuteRequest[],
  survey: Survey,
  scanner: InputScanner,
  options: ScanOptions,
  createKernels: () => Kernels,
  onProgress: (progress: ScanProgress & { pass: number; passes: number }) => void
): Promise<SharedOutcome> {
  const results = new Array<SharedResult>(requests.length)
  const outcome: SharedOutcome = { results, inputs: [], present: new Set(), cancelled: false }
  const passes = passesOf(requests)
  for (const [at, members] of passes.entries()) {
    const pass = new SharedPass(
      members.map((index) => requests[index]!),
      survey,
      createKernels
    )
    const progress = (now: ScanProgress) => onProgress({ ...now, pass: at + 1, passes: passes.length })
    const part = await pass.run(scanner, options, progress)
    for (const [i, index] of members.entries()) results[index] = part.results[i]!
    if (at === 0) outcome.inputs = part.inputs
    outcome.present = new Set([...outcome.present, ...part.present])
    outcome.cancelled ||= part.cancelled
  }
  return outcome
}

/** Indexes of requests by pass. */
function passesOf(requests: readonly ExecuteRequest[]): number[][] {
  const plain: number[] = []
  const texts: number[] = []
  for (const [index, { plan }] of requests.entries()) {
    const from = plan.nodes[0]
    const wantsText = from?.type === 'from' && from.schema.some(({ name }) => TEXT_COLUMNS.has(name))
    ;(wantsText ? texts : plain).push(index)
  }
  return [...portions(plain, RULES_A_PASS), ...portions(texts, RULES_A_PASS)]
}

const TEXT_COLUMNS = new Set(['_source', '_ignored'])

function portions<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}

/** One pass: the columns of its rules, their pipes, and what was seen. */
class SharedPass {
  private readonly columns = new SharedColumns()
  private readonly indexes = new SharedIndexes()
  private readonly conditions = new SharedConditions()
  private readonly pipes: (SharedPipe | null)[] = []
  private readonly results: SharedResult[]

  constructor(
    private readonly requests: readonly ExecuteRequest[],
    private readonly survey: Survey,
    private readonly createKernels: () => Kernels
  ) {
    this.results = requests.map(() => ({ executed: null, failure: null, matched: 0, notes: [] }))
  }

  /** The pipe of a request; null when it cannot be made, or needed no input and has run. */
  private async open(request: ExecuteRequest, kernels: Kernels, result: SharedResult): Promise<SharedPipe | null> {
    let pipe: RunningPipe | null = null
    try {
      pipe = new RunningPipe(request, kernels, (await request.lookups?.load(request.plan, kernels)) ?? new Map())
      if (!pipe.planned) {
        result.executed = pipe.runRows()
        pipe.close()
        return null
      }
      const { from, required, pushed } = pipe.planned
      const index = this.indexes.group(from.patterns)
      result.notes = index.matcher.notes
      if (!this.isLoaded(index)) return new SharedPipe(pipe, null)
      const picks = from.schema.map((field) => this.columns.place(field))
      const asked = required.map((conjunct, i) =>
        this.conditions.share(picks[conjunct.column]!, conjunct, pushed[i]!.condition.text)
      )
      return new SharedPipe(pipe, { index, conditions: new RequiredConditions(asked), picks, schema: from.schema })
    } catch (error) {
      result.failure = error
      pipe?.close()
      return null
    }
  }

  /** Whether any event is, or may be, of an index that these patterns match. */
  private isLoaded({ matcher }: IndexGroup): boolean {
    const { indexes, indexesFull, nameless } = this.survey
    return indexesFull || nameless > 0 || [...indexes].some((name) => matcher.matches(name))
  }

  async run(scanner: InputScanner, options: ScanOptions, onProgress: (progress: ScanProgress) => void): Promise<SharedOutcome> {
    // Groups of many rules live here: what they need must not be taken from the scan.
    const kernels = this.createKernels()
    for (const [at, request] of this.requests.entries()) this.pipes.push(await this.open(request, kernels, this.results[at]!))
    const schema = this.columns.schema()
    const from: Pick<FromNode, 'patterns' | 'schema'> = { patterns: ['*'], schema }
    const names = schema.length - 1
    try {
      const scan = await scanner.scan(
        { from, required: [], options, deferred: true },
        { push: (batch) => this.push(batch, names) },
        this.createKernels(),
        onProgress
      )
      await this.finish(scan.inputs, scan.cancelled)
      return {
        results: this.results,
        inputs: scan.inputs,
        present: this.columns.present,
        cancelled: scan.cancelled
      }
    } finally {
      for (const pipe of this.pipes) pipe?.close()
    }
  }

  private push(batch: Batch, namesAt: number): 'more' {
    const names = batch.columns[namesAt]!
    this.columns.note(batch)
    for (const pipe of this.pipes) pipe?.push(batch, names)
    return 'more'
  }

  /** Sorting and the like may take its time: the event loop has its turn between rules. */
  private async finish(inputs: InputReport[], cancelled: boolean): Promise<void> {
    const clock = pauseClock()
    for (const [at, pipe] of this.pipes.entries()) {
      if (!pipe) continue
      const result = this.results[at]!
      result.executed = pipe.finish(inputs, cancelled)
      result.failure = pipe.failure
      result.matched = pipe.matched
      pipe.close()
      if (clock.pauseDue()) await clock.pause()
    }
    clock.close()
  }
}

/** The columns of a shared batch: what any rule wants, each once. */
class SharedColumns {
  /** Fields of which some event had a value. */
  readonly present = new Set<string>()
  private readonly fields: Field[] = []
  private readonly places = new Map<string, number>()
  /** Places of fields that no event had yet. */
  private unseen: number[] | null = null

  /** Place of a rule's column; -1 for a field of the type null, which is read as text only to see whether it is there. */
  place({ name, type }: Field): number {
    const key = `${type === 'null' ? 'keyword' : type} ${name}`
    let at = this.places.get(key)
    if (at === undefined) {
      at = this.fields.push({ name, type: type === 'null' ? 'keyword' : type }) - 1
      this.places.set(key, at)
    }
    return type === 'null' ? -1 : at
  }

  /** All columns, the index of the event last. */
  schema(): Schema {
    return [...this.fields, { name: INDEX_NAME_COLUMN, type: 'keyword' }]
  }

  /** Notes which fields have values in a batch. */
  note(batch: Batch): void {
    this.unseen ??= this.fields.map((_, at) => at)
    if (this.unseen.length === 0) return
    this.unseen = this.unseen.filter((at) => {
      const { nulls, offsets, rowCount } = batch.columns[at]!
      const seen = offsets ? offsets[rowCount]! > 0 : !nulls || nulls.includes(0)
      if (seen) this.present.add(this.fields[at]!.name)
      return !seen
    })
  }
}
