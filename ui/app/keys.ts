/** The keys of the app, as one table: what is pressed, what it does, how the overlay calls it. */
import type { AppState } from '../state/app-state.svelte.ts'
import type { PlainKey } from '../text/text.ts'

/** Things only the page can do: move focus, click a control. */
export interface KeyTargets {
  focusFilter(): void
  openFiles(): void
  openExport(): void
}

export interface KeyBinding {
  keys: readonly string[]
  shown: string
  label: PlainKey
  run(app: AppState, targets: KeyTargets): void
}

export const KEY_BINDINGS: readonly KeyBinding[] = [
  { keys: ['j', 'ArrowDown'], shown: 'j ↓', label: 'keys.down', run: (app) => listOf(app).move(1) },
  { keys: ['k', 'ArrowUp'], shown: 'k ↑', label: 'keys.up', run: (app) => listOf(app).move(-1) },
  { keys: ['Enter', 'l', 'ArrowRight'], shown: 'Enter →', label: 'keys.in', run: deeper },
  {
    keys: ['Escape', 'h', 'ArrowLeft'],
    shown: 'Esc ←',
    label: 'keys.out',
    run: outward
  },
  { keys: ['/'], shown: '/', label: 'keys.filter', run: (_, targets) => targets.focusFilter() },
  { keys: ['s'], shown: 's', label: 'keys.events', run: (app) => app.list.selected && app.navigation.go('evidence', 'events') },
  { keys: ['g'], shown: 'g', label: 'keys.steps', run: (app) => app.list.selected && app.navigation.go('evidence', 'steps') },
  { keys: ['n'], shown: 'n', label: 'keys.near', run: (app) => app.analysis.result && app.navigation.go('evidence', 'near') },
  { keys: ['r'], shown: 'r', label: 'keys.rules', run: (app) => app.navigation.show('rules') },
  { keys: ['q'], shown: 'q', label: 'keys.query', run: (app) => (app.navigation.view = 'query') },
  { keys: ['f'], shown: 'f', label: 'keys.findings', run: (app) => (app.navigation.view = 'findings') },
  { keys: ['o'], shown: 'o', label: 'keys.open', run: (_, targets) => targets.openFiles() },
  { keys: ['e'], shown: 'e', label: 'keys.export', run: (_, targets) => targets.openExport() },
  { keys: ['?'], shown: '?', label: 'keys.overlay', run: (app) => (app.navigation.dialog = 'keys') }
]

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

const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable]'
/** Controls that use Enter and arrows themselves. */
const OWN_KEYS = 'button, a, summary, [role=tab], [role=region], [role=grid], input[type=checkbox]'

/** What is typed into; the editor's text stands in a shadow root, which events hide at the window. */
export function keyTarget(event: Event): Element | null {
  const target = event.composedPath()[0]
  return target instanceof Element ? target : null
}

/** Runs the binding of a key press; true when there was one. */
export function handleKey(event: KeyboardEvent, app: AppState, targets: KeyTargets): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || app.navigation.dialog) return false
  if (event.defaultPrevented) return false
  const target = keyTarget(event)
  const typing = target?.closest(TYPING) ?? null
  if (typing && event.key !== 'Escape') return false
  if (typing && !app.analysis.busy) {
    ;(typing as HTMLElement).blur()
    return true
  }
  const row = target?.closest('[data-finding], [data-rule-row]')
  if (!row && target?.closest(OWN_KEYS) && (event.key === 'Enter' || event.key.startsWith('Arrow'))) return false
  if (row && event.key === 'Enter') return false
  const binding = KEY_BINDINGS.find((candidate) => candidate.keys.includes(event.key))
  if (!binding || (app.navigation.view === 'query' && /Arrow|^Enter$/.test(event.key))) return false
  binding.run(app, targets)
  return true
}
