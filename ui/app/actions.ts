/**
 * Everything the app can be told to do, as one table: what it is called, which keys press it, when it can be done, what it
 * does. The keys, the palette and the list of keys all read this table and nothing else.
 */
import type { AppState } from '../state/app-state.svelte.ts'
import type { PlainKey } from '../text/text.ts'
import { SAMPLES, sampleFile } from './samples.ts'

/** Things only the page can do: move focus, press a control. */
export interface PageHands {
  focusFilter(): void
  openFiles(): void
  /** Presses the first control that matches, once it is drawn. */
  press(selector: string): void
}

export type ActionGroup = 'move' | 'finding' | 'show' | 'run' | 'files' | 'case' | 'help'

export interface Action {
  id: string
  group: ActionGroup
  label: PlainKey
  /** Values of KeyboardEvent.key; `Mod+` stands for Ctrl or Cmd. */
  keys: readonly string[]
  /** The keys as they are shown, separated by blanks. */
  shown: string
  /** Whether it can be done now. */
  when(app: AppState): boolean
  run(app: AppState, hands: PageHands): void
}

type Draft = Omit<Action, 'keys' | 'shown' | 'when' | 'group'> & Partial<Pick<Action, 'keys' | 'shown' | 'when'>>

const group = (name: ActionGroup, drafts: readonly Draft[]): Action[] =>
  drafts.map((draft) => ({ keys: [], shown: draft.keys?.[0] ?? '', when: () => true, group: name, ...draft }))

const hasInputs = (app: AppState) => app.analysis.inputs.length > 0
const hasFindings = (app: AppState) => app.analysis.findings.length > 0
const hasResult = (app: AppState) => app.analysis.result !== null
const selected = (app: AppState) => app.list.selected !== null
const busy = (app: AppState) => app.analysis.busy || app.ruleDesk.busy || app.desk.running
/** Files are open, or being opened. */
const begun = (app: AppState) => app.analysis.phase !== 'empty'
const hasRules = (app: AppState) => app.analysis.rules.length > 1 || begun(app)

/** Opens the finding and presses one of its controls. */
const inFinding = (selector: string) => (app: AppState, hands: PageHands) => {
  app.navigation.go('finding')
  hands.press(`[data-pane=finding] ${selector}`)
}

export const ACTIONS: readonly Action[] = [
  ...group('move', [
    { id: 'down', label: 'keys.down', keys: ['j', 'ArrowDown'], shown: 'j ↓', when: listed, run: (app) => listOf(app).move(1) },
    { id: 'up', label: 'keys.up', keys: ['k', 'ArrowUp'], shown: 'k ↑', when: listed, run: (app) => listOf(app).move(-1) },
    { id: 'in', label: 'keys.in', keys: ['Enter', 'l', 'ArrowRight'], shown: 'Enter →', when: listed, run: deeper },
    { id: 'out', label: 'keys.out', keys: ['Escape', 'h', 'ArrowLeft'], shown: 'Esc ←', run: outward },
    { id: 'filter', label: 'keys.filter', keys: ['/'], when: listed, run: (_, hands) => hands.focusFilter() }
  ]),
  ...group('finding', [
    { id: 'events', label: 'keys.events', keys: ['s'], when: selected, run: (app) => app.navigation.go('evidence', 'events') },
    { id: 'steps', label: 'keys.steps', keys: ['g'], when: selected, run: (app) => app.navigation.go('evidence', 'steps') },
    { id: 'near', label: 'keys.near', keys: ['n'], when: hasResult, run: (app) => app.navigation.go('evidence', 'near') },
    { id: 'star', label: 'action.star', keys: ['m'], when: selected, run: star },
    { id: 'tag', label: 'action.tag', keys: ['x'], when: selected, run: inFinding('[data-tag]') },
    { id: 'note', label: 'action.note', keys: ['c'], when: selected, run: inFinding('[data-note], [data-note-field]') },
    { id: 'copy', label: 'action.copy', keys: ['y'], when: selected, run: inFinding('[data-copy]') },
    { id: 'rarest', label: 'action.rarest', when: hasFindings, run: (app) => order(app, 'rarity') },
    { id: 'fewest', label: 'action.fewest', when: hasFindings, run: (app) => order(app, 'count') },
    { id: 'earliest', label: 'action.earliest', when: hasFindings, run: (app) => order(app, 'time') },
    { id: 'starred', label: 'action.starred', when: hasFindings, run: (app) => only(app, { by: 'star' }) },
    { id: 'noted', label: 'action.noted', when: hasFindings, run: (app) => only(app, { by: 'note' }) },
    { id: 'unfiltered', label: 'action.unfiltered', when: hasFindings, run: (app) => only(app, null) }
  ]),
  ...group('show', [
    { id: 'view-findings', label: 'keys.findings', keys: ['f'], run: (app) => app.navigation.show('findings') },
    { id: 'view-rules', label: 'keys.rules', keys: ['r'], when: hasRules, run: (app) => app.navigation.show('rules') },
    { id: 'view-query', label: 'keys.query', keys: ['q'], when: begun, run: (app) => app.navigation.show('query') },
    { id: 'view-prove', label: 'prove.open', run: (app) => app.navigation.show('prove') },
    { id: 'view-alert', label: 'action.alert', when: (app) => app.beside !== null, run: (app) => app.navigation.show('alert') }
  ]),
  ...group('run', [
    { id: 'run', label: 'action.run', when: hasInputs, run: (app) => void app.rerun({}) },
    { id: 'whole', label: 'action.whole', when: hasInputs, run: (app) => void app.rerun({ mode: 'whole' }) },
    { id: 'replay', label: 'action.replay', when: hasInputs, run: (app) => void app.rerun({ mode: 'replay' }) },
    { id: 'run-rules', label: 'action.runRules', when: hasInputs, run: runRules },
    { id: 'run-query', label: 'action.runQuery', when: hasInputs, run: runQuery },
    { id: 'look-near', label: 'near.look', when: hasResult, run: lookNear },
    { id: 'cancel', label: 'action.cancel', when: busy, run: (app) => void app.analysis.cancel() }
  ]),
  ...group('files', [
    { id: 'open', label: 'keys.open', keys: ['o'], run: (_, hands) => hands.openFiles() },
    { id: 'paste', label: 'action.paste', keys: ['p'], run: (app) => void (app.navigation.dialog = 'paste') },
    { id: 'export', label: 'keys.export', keys: ['e'], when: hasResult, run: openExport },
    { id: 'report', label: 'report.open', keys: ['w'], when: hasResult, run: (app) => app.reports.open() },
    { id: 'export-json', label: 'action.json', when: hasResult, run: (app) => app.reports.saveKnown('json') },
    { id: 'export-csv', label: 'action.csv', when: hasResult, run: (app) => app.reports.saveKnown('csv') },
    { id: 'export-markdown', label: 'action.markdown', when: hasResult, run: (app) => app.reports.saveKnown('markdown') },
    ...SAMPLES.map((sample) => ({
      id: `sample-${sample.id}`,
      label: sample.title,
      run: async (app: AppState) => app.open([await sampleFile(sample)])
    }))
  ]),
  ...group('case', [
    { id: 'undo', label: 'action.undo', keys: ['z'], when: (app) => app.undo.last?.back !== undefined, run: undo },
    { id: 'save-case', label: 'action.saveCase', when: hasInputs, run: (app) => void app.keeper.save(null) },
    {
      id: 'clear-history',
      label: 'action.clearHistory',
      when: (app) => app.desk.history.length > 0,
      run: (app) => app.clearHistory()
    },
    { id: 'keep', label: 'action.keep', run: (app) => app.keeper.setKeepNothing(!app.keeper.keepNothing) },
    { id: 'clear', label: 'action.clear', when: hasInputs, run: (app) => void app.startOver() }
  ]),
  ...group('help', [
    {
      id: 'palette',
      label: 'action.palette',
      keys: ['Mod+k'],
      shown: 'Ctrl+K',
      run: (app) => void (app.navigation.dialog = 'palette')
    },
    { id: 'keys', label: 'keys.overlay', keys: ['?'], run: (app) => void (app.navigation.dialog = 'keys') },
    {
      id: 'full-tab',
      label: 'app.fullTab',
      when: (app) => app.host.openFullTab !== undefined,
      run: (app) => app.host.openFullTab?.()
    }
  ])
]

/** Whether there is a list that up, down and Enter speak of. */
function listed(app: AppState): boolean {
  return app.navigation.view === 'rules' ? app.ruleDesk.shown.length > 0 : hasFindings(app)
}

/** The list that up and down move in. */
function listOf(app: AppState): { move(step: number): void } {
  return app.navigation.view === 'rules' ? app.ruleDesk : app.list
}

/** Ends a run; else leaves the chosen rule, or goes one depth out. */
function outward(app: AppState): void {
  if (app.analysis.busy || app.ruleDesk.busy) void app.analysis.cancel()
  else if (app.navigation.view === 'rules' && app.ruleDesk.selectedKey !== null) app.ruleDesk.selectedKey = null
  else app.navigation.back()
}

/** Enter goes one depth in; from the list without a selection it takes the first finding. */
function deeper(app: AppState): void {
  if (app.navigation.view === 'rules') {
    const chosen = app.ruleDesk.entries.find(({ rule }) => rule.key === app.ruleDesk.selectedKey)
    if (chosen?.outcome && chosen.outcome.findingCount > 0) void app.openRule(chosen.outcome)
    return
  }
  if (!app.list.selected) app.list.move(1)
  if (!app.list.selected) return
  app.navigation.go(app.navigation.depth === 'list' ? 'finding' : 'evidence')
}

function star(app: AppState): void {
  if (app.list.selected) app.marks.toggleStar(app.markTarget(app.list.selected.id))
}

function order(app: AppState, sort: AppState['list']['sort']): void {
  app.navigation.go('list')
  app.list.sort = sort
  app.list.rank()
}

function only(app: AppState, marked: AppState['list']['only']): void {
  app.navigation.go('list')
  app.list.only = marked
  if (marked === null) app.list.filter = ''
}

function runRules(app: AppState): void {
  app.navigation.show('rules')
  void app.ruleDesk.runAll()
}

function runQuery(app: AppState): void {
  app.navigation.show('query')
  void app.desk.run()
}

function lookNear(app: AppState): void {
  app.navigation.go('evidence', 'near')
  if (app.analysis.result) void app.nearMisses.look(app.analysis.result.runKey)
}

function openExport(app: AppState, hands: PageHands): void {
  app.navigation.go('list')
  hands.press('[data-export]')
}

function undo(app: AppState): void {
  void app.undo.use()
}
