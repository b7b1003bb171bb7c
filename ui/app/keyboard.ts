/** From a key press to an action of the table: who is typing is left alone, and so is a control with keys of its own. */
import type { AppState } from '../state/app-state.svelte.ts'
import { type Action, ACTIONS, type PageHands } from './actions.ts'

const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'
/** Controls that use Enter and arrows themselves. */
const OWN_KEYS = 'button, a, summary, [role=tab], [role=region], [role=grid], input[type=checkbox], input[type=radio]'
const ROWS = '[data-finding], [data-rule-row]'

const PLAIN = new Map<string, Action>()
const WITH_MOD = new Map<string, Action>()
for (const action of ACTIONS) {
  for (const key of action.keys) {
    if (key.startsWith('Mod+')) WITH_MOD.set(key.slice('Mod+'.length), action)
    else PLAIN.set(key, action)
  }
}

/** What is typed into; the editor's text stands in a shadow root, which events hide at the window. */
export function keyTarget(event: Event): Element | null {
  const target = event.composedPath()[0]
  return target instanceof Element ? target : null
}

/** Runs the action of a key press; true when there was one. */
export function handleKey(event: KeyboardEvent, app: AppState, hands: PageHands): boolean {
  if (event.isComposing || event.defaultPrevented || app.navigation.dialog) return false
  const action = actionOf(event, app)
  if (!action || !action.when(app)) return false
  action.run(app, hands)
  return true
}

function actionOf(event: KeyboardEvent, app: AppState): Action | undefined {
  if (event.ctrlKey || event.metaKey) return event.altKey || event.shiftKey ? undefined : WITH_MOD.get(event.key.toLowerCase())
  if (event.altKey) return undefined
  const target = keyTarget(event)
  const typing = target?.closest(TYPING) ?? null
  if (typing && event.key !== 'Escape') return undefined
  if (typing && !app.analysis.busy) return LEAVE
  const moves = event.key === 'Enter' || event.key.startsWith('Arrow')
  const row = target?.closest(ROWS)
  if (moves && !row && target?.closest(OWN_KEYS)) return undefined
  if (event.key === 'Enter' && row) return undefined
  if (moves && app.navigation.view === 'query') return undefined
  return PLAIN.get(event.key)
}

/** Esc in a field leaves the field. */
const LEAVE: Action = {
  id: 'leave',
  group: 'move',
  label: 'keys.out',
  keys: [],
  shown: '',
  when: () => true,
  run: () => {
    const { activeElement } = document
    const inner = activeElement?.shadowRoot?.activeElement ?? activeElement
    if (inner instanceof HTMLElement) inner.blur()
  }
}
