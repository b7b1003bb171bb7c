/**
 * Analysis: the inputs, the rule and its run, with progress, failure and the rarity that is counted behind it.
 *
 * Holds: an answer that arrives after a newer question is dropped; findings seen before a cancel or failure stay.
 */
import type {
  EngineApi,
  EngineFailure,
  Finding,
  InputInfo,
  Rarity,
  RuleInfo,
  RulePackReport,
  RunProgress,
  RunResult
} from '../../engine/worker/api.ts'
import { asFailure } from '../../engine/worker/client.ts'
import type { NamedBlob } from '../ports.ts'
import type { ScanQueue } from './scan-queue.ts'

export type Phase = 'empty' | 'opening' | 'running' | 'done' | 'stopped' | 'failed'
export type RarityPhase = 'none' | 'counting' | 'done' | 'stopped' | 'failed'

export class Analysis {
  phase = $state<Phase>('empty')
  inputs = $state.raw<InputInfo[]>([])
  rules = $state.raw<RuleInfo[]>([])
  /** Files of rules that were added, as texts; a later file of the same name takes the place of the earlier. */
  ruleFiles = $state.raw<readonly { name: string; text: string }[]>([])
  ruleKey = $state('')
  mode = $state<'whole' | 'replay'>('whole')
  /** Only events of this time, both ends included (ISO): the window of the alert in view. */
  window = $state.raw<{ from: string; to: string } | null>(null)
  progress = $state.raw<RunProgress | null>(null)
  result = $state.raw<RunResult | null>(null)
  failure = $state.raw<EngineFailure | null>(null)
  rarity = $state.raw<ReadonlyMap<string, Rarity>>(new Map())
  rarityPhase = $state<RarityPhase>('none')
  /** A short word about what just happened, for the status line. */
  said = $state.raw<{ name: string; rules: number } | null>(null)

  #partial = $state.raw<Finding[]>([])
  #question = 0

  findings = $derived(this.result?.findings ?? this.#partial)
  rule = $derived(this.rules.find((rule) => rule.key === this.ruleKey) ?? null)
  busy = $derived(this.phase === 'opening' || this.phase === 'running')

  constructor(
    readonly engine: EngineApi,
    readonly scans: ScanQueue
  ) {}

  /** Loads the list of rules; the built-in one is chosen. */
  async start(): Promise<void> {
    try {
      this.rules = await this.engine.listRules()
      this.ruleKey ||= this.rules[0]?.key ?? ''
    } catch (error) {
      this.failure = asFailure(error)
      this.phase = 'failed'
    }
  }

  /** Adds files to the inputs and runs the chosen rule over all of them. */
  async addInputs(files: NamedBlob[]): Promise<void> {
    if (files.length === 0) return
    const question = await this.#supersede()
    this.phase = 'opening'
    this.failure = null
    try {
      const added = await this.scans.add(() => this.engine.addInputs(files))
      if (question !== this.#question) return
      this.inputs = merge(this.inputs, added)
      if (this.inputs.some((input) => input.readable)) await this.run()
      else this.#fail({ kind: 'source', message: added.map((input) => input.problem ?? input.name).join('; '), diagnostics: [] })
    } catch (error) {
      if (question === this.#question) this.#fail(asFailure(error))
    }
  }

  /** Reads rule files; a single rule becomes the chosen one and runs. Null when there was nothing to read. */
  async addRulePack(files: NamedBlob[]): Promise<RulePackReport | null> {
    try {
      const texts = await Promise.all(files.map(async ({ name, blob }) => ({ name, text: await blob.text() })))
      const pack = await this.engine.addRulePack(texts)
      if (pack.rules.length === 0 && pack.otherLanguages.length === 0) {
        const diagnostics = pack.problems.map(({ file, place, message }) => `${file}, ${place}: ${message}`)
        this.#fail({ kind: 'query', message: '', diagnostics })
        return null
      }
      this.#rememberRules(texts)
      this.rules = await this.engine.listRules()
      this.said = { name: files[0]!.name, rules: pack.rules.length }
      const [only] = pack.rules
      if (!only || pack.rules.length > 1) return pack
      this.ruleKey = only.key
      if (this.inputs.length > 0) await this.run()
      return pack
    } catch (error) {
      this.#fail(asFailure(error))
      return null
    }
  }

  #rememberRules(files: readonly { name: string; text: string }[]): void {
    const byName = new Map([...this.ruleFiles, ...files].map((file) => [file.name, file]))
    this.ruleFiles = [...byName.values()]
  }

  /** Adds the rules of a kept case that are not here yet; those that cannot be read any more are left out. */
  async restoreRules(files: readonly { name: string; text: string }[]): Promise<void> {
    const missing = files.filter(({ name, text }) => !this.ruleFiles.some((known) => known.name === name && known.text === text))
    if (missing.length === 0) return
    await this.engine.addRulePack([...missing])
    this.#rememberRules(missing)
    this.rules = await this.engine.listRules()
  }

  /** Puts a run that the engine keeps on screen. */
  async show(runKey: string): Promise<void> {
    const question = await this.#supersede()
    const current = () => question === this.#question
    try {
      const result = await this.engine.result(runKey)
      if (!current()) return
      this.ruleKey = result.ruleKey
      this.mode = result.mode
      this.failure = null
      this.progress = null
      this.rarity = new Map()
      this.rarityPhase = 'none'
      this.result = result
      this.phase = 'done'
      if (result.findings.length > 0) void this.#countRarity(result, current)
    } catch (error) {
      if (current()) this.#fail(asFailure(error))
    }
  }

  /** Takes over inputs and rules that the engine got by other ways than files, and runs one rule over a window. */
  async runLive(inputs: InputInfo[], ruleKey: string, window: { from: string; to: string } | null): Promise<void> {
    this.inputs = inputs
    this.rules = await this.engine.listRules()
    this.ruleKey = ruleKey
    this.mode = 'whole'
    this.window = window
    await this.run()
  }

  /** Runs the chosen rule in the chosen mode; rarity follows in the background. */
  async run(): Promise<void> {
    const rule = this.rule
    if (!rule || this.inputs.length === 0) return
    const question = await this.#supersede()
    this.phase = 'running'
    this.failure = null
    this.result = null
    this.#partial = []
    this.progress = null
    this.rarity = new Map()
    this.rarityPhase = 'none'
    if (rule.problems.length > 0) {
      this.#fail({ kind: 'query', message: '', diagnostics: rule.problems })
      return
    }
    const current = () => question === this.#question
    try {
      const result = await this.scans.add(() =>
        this.engine.run(
          {
            ruleKey: rule.key,
            mode: this.mode,
            ...(this.window && { fromTime: this.window.from, toTime: this.window.to })
          },
          {
            progress: (progress) => current() && (this.progress = progress),
            partial: (findings) => current() && (this.#partial = findings)
          }
        )
      )
      if (!current()) return
      this.result = result
      this.phase = result.cancelled ? 'stopped' : 'done'
      if (result.findings.length > 0 && !result.cancelled) void this.#countRarity(result, current)
    } catch (error) {
      if (!current()) return
      const failure = asFailure(error)
      if (failure.kind === 'cancelled') this.phase = 'stopped'
      else this.#fail(failure)
    }
  }

  /** Stops what runs; findings known so far stay on screen. */
  async cancel(): Promise<void> {
    this.scans.dropWaiting()
    await this.engine.cancel()
  }

  /** Forgets inputs and findings; added rules stay. */
  async clear(): Promise<void> {
    await this.#supersede()
    await this.engine.clearInputs()
    this.inputs = []
    this.window = null
    this.result = null
    this.#partial = []
    this.failure = null
    this.progress = null
    this.rarity = new Map()
    this.rarityPhase = 'none'
    this.phase = 'empty'
  }

  async #countRarity(result: RunResult, current: () => boolean): Promise<void> {
    this.rarityPhase = 'counting'
    try {
      const counted = await this.scans.add(() => this.engine.rarity(result.runKey, { progress: () => undefined }))
      if (!current()) return
      this.rarity = new Map(counted.map((rarity) => [rarity.findingId, rarity]))
      this.rarityPhase = 'done'
    } catch (error) {
      if (current()) this.rarityPhase = asFailure(error).kind === 'cancelled' ? 'stopped' : 'failed'
    }
  }

  /** Makes older answers stale and frees the engine for a new question. */
  async #supersede(): Promise<number> {
    const question = ++this.#question
    if (this.scans.busy) await this.cancel()
    return question
  }

  #fail(failure: EngineFailure): void {
    this.failure = failure
    this.phase = 'failed'
  }
}

/** The engine may answer with the added inputs or with all of them; the index tells which is which. */
function merge(known: readonly InputInfo[], added: readonly InputInfo[]): InputInfo[] {
  const byIndex = new Map([...known, ...added].map((input) => [input.index, input]))
  return [...byIndex.values()].toSorted((a, b) => a.index - b.index)
}
