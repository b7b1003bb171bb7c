/**
 * RuleDesk: the rules that are loaded, and what each found in the loaded events when all were run at once.
 *
 * Holds: an answer overtaken by a newer question is dropped; outcomes are forgotten when the events change.
 */
import type { EngineApi, RuleInfo, RuleOutcome, RulePackReport, RulesResult, RunProgress } from '../../engine/worker/api.ts'
import { Loadable } from './loadable.svelte.ts'
import type { Analysis } from './analysis.svelte.ts'
import type { ScanQueue } from './scan-queue.ts'

/** What an analyst looks for in the list. */
export type RuleFilter = 'all' | 'found' | 'none' | 'cannot'

/** A rule with its outcome, as a row of the list. */
export interface RuleEntry {
  rule: RuleInfo
  /** Null before the rules were run. */
  outcome: RuleOutcome | null
  group: Exclude<RuleFilter, 'all'>
}

const SEVERITIES = ['critical', 'high', 'medium', 'low']
/** Silence that a change of the data may end comes before that which it cannot. */
const SILENCES = ['fields-missing', 'no-match', 'needs-alerts', 'source-absent']
const GROUPS: readonly RuleEntry['group'][] = ['found', 'none', 'cannot']

export class RuleDesk {
  filter = $state<RuleFilter>('all')
  search = $state('')
  selectedKey = $state<string | null>(null)
  progress = $state.raw<RunProgress | null>(null)
  /** What came of the files of the latest pack. */
  pack = $state.raw<RulePackReport | null>(null)
  readonly run = new Loadable<RulesResult>()

  readonly #analysis: Analysis

  entries = $derived.by(() => {
    const outcomes = new Map(this.run.value?.outcomes.map((outcome) => [outcome.ruleKey, outcome]))
    const entries = this.#analysis.rules.map((rule): RuleEntry => {
      const outcome = outcomes.get(rule.key) ?? null
      return { rule, outcome, group: groupOf(rule, outcome) }
    })
    return entries.toSorted(compareEntries)
  })
  counts = $derived.by(() => {
    const of = (group: RuleFilter) => this.entries.filter((entry) => group === 'all' || entry.group === group).length
    return { all: of('all'), found: of('found'), none: of('none'), cannot: of('cannot') }
  })
  shown = $derived.by(() => {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean)
    return this.entries.filter((entry) => (this.filter === 'all' || entry.group === this.filter) && matches(entry, words))
  })
  selectedIndex = $derived.by(() => this.shown.findIndex(({ rule }) => rule.key === this.selectedKey))
  busy = $derived(this.run.phase === 'loading')

  constructor(
    readonly engine: EngineApi,
    readonly scans: ScanQueue,
    analysis: Analysis
  ) {
    this.#analysis = analysis
  }

  /** Runs every rule over all inputs, in the mode of the analysis. */
  async runAll(): Promise<void> {
    const { rules, mode } = this.#analysis
    this.progress = null
    const request = { ruleKeys: rules.map((rule) => rule.key), mode }
    await this.run.load(() =>
      this.scans.add(() => this.engine.runRules(request, { progress: (progress) => (this.progress = progress) }))
    )
    if (this.run.failure?.kind === 'cancelled') this.run.reset()
  }

  /** Moves the selection; without one it starts at the first. */
  move(step: number): void {
    const last = this.shown.length - 1
    if (last < 0) return
    const from = this.selectedIndex < 0 ? (step > 0 ? -1 : 0) : this.selectedIndex
    this.selectedKey = this.shown[Math.min(last, Math.max(0, from + step))]!.rule.key
  }

  /** The events changed: what was found in them says nothing any more. */
  forget(): void {
    this.progress = null
    this.run.reset()
  }
}

function groupOf(rule: RuleInfo, outcome: RuleOutcome | null): RuleEntry['group'] {
  if (outcome) return outcome.findingCount > 0 ? 'found' : outcome.status === 'refused' ? 'cannot' : 'none'
  return rule.problems.length > 0 ? 'cannot' : 'none'
}

/** What found something first, most severe first; then by name. */
function compareEntries(a: RuleEntry, b: RuleEntry): number {
  return (
    GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
    severityRank(a) - severityRank(b) ||
    (b.outcome?.findingCount ?? 0) - (a.outcome?.findingCount ?? 0) ||
    SILENCES.indexOf(a.outcome?.reason ?? '') - SILENCES.indexOf(b.outcome?.reason ?? '') ||
    a.rule.name.localeCompare(b.rule.name)
  )
}

function severityRank({ rule, group }: RuleEntry): number {
  if (group !== 'found') return 0
  const at = SEVERITIES.indexOf(rule.severity?.toLowerCase() ?? '')
  return at < 0 ? SEVERITIES.length : at
}

/** Every word must occur in the name, the id, the techniques or the query. */
function matches({ rule }: RuleEntry, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = [rule.name, rule.id ?? '', ...rule.techniques, rule.query].join('\n').toLowerCase()
  return words.every((word) => text.includes(word))
}
