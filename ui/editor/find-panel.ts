/** Find in the query: Ctrl+F opens, Enter goes on, Shift+Enter back, Esc closes. Plain text, any case. */
import { EditorSelection, type EditorState, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type EditorView, type KeyBinding, type Panel, showPanel, EditorView as View } from '@codemirror/view'
import { text } from '../text/text.ts'

const setFind = StateEffect.define<string | null>()

interface Find {
  needle: string
  places: { from: number; to: number }[]
}

/** Places of a text, not overlapping. */
export function findPlaces(haystack: string, needle: string): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = []
  if (needle === '') return places
  // Lower case may change a text's length; where it does, the case counts.
  const lower = haystack.toLowerCase()
  const [where, what] = lower.length === haystack.length ? [lower, needle.toLowerCase()] : [haystack, needle]
  for (let from = where.indexOf(what); from >= 0; from = where.indexOf(what, from + what.length)) {
    places.push({ from, to: from + what.length })
  }
  return places
}

/** Null while the panel is closed. */
const findState = StateField.define<Find | null>({
  create: () => null,
  update(find, transaction) {
    let needle = find?.needle ?? null
    for (const effect of transaction.effects) if (effect.is(setFind)) needle = effect.value
    if (needle === null) return null
    if (find?.needle === needle && !transaction.docChanged) return find
    return { needle, places: findPlaces(transaction.state.doc.toString(), needle) }
  },
  provide: (field) => [
    showPanel.from(field, (find) => (find ? findPanel : null)),
    View.decorations.from(field, (find) => Decoration.set((find?.places ?? []).map(({ from, to }) => MARK.range(from, to))))
  ]
})
const MARK = Decoration.mark({ class: 'esql-found' })

function step(view: EditorView, direction: 1 | -1): void {
  const { places = [] } = view.state.field(findState) ?? {}
  if (places.length === 0) return
  const { from, to } = view.state.selection.main
  const next =
    direction > 0
      ? (places.find((place) => place.from >= to && place.from !== from) ?? places[0]!)
      : (places.findLast((place) => place.to <= from) ?? places.at(-1)!)
  view.dispatch({ selection: EditorSelection.range(next.from, next.to), scrollIntoView: true })
}

function close(view: EditorView): boolean {
  if (view.state.field(findState) === null) return false
  view.dispatch({ effects: setFind.of(null) })
  view.focus()
  return true
}

function findPanel(view: EditorView): Panel {
  const dom = document.createElement('div')
  dom.className = 'esql-find'
  const input = document.createElement('input')
  input.type = 'text'
  input.setAttribute('aria-label', text('editor.find'))
  input.placeholder = text('editor.find')
  input.value = selectedText(view.state)
  const found = document.createElement('span')
  found.setAttribute('role', 'status')
  input.addEventListener('input', () => view.dispatch({ effects: setFind.of(input.value) }))
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') step(view, event.shiftKey ? -1 : 1)
    else if (event.key !== 'Escape' || !close(view)) return
    event.preventDefault()
    event.stopPropagation()
  })
  dom.append(input, found)
  const tell = () => {
    const { places = [], needle = '' } = view.state.field(findState) ?? {}
    found.textContent = needle === '' ? '' : text('editor.find.count', { n: places.length })
  }
  return {
    dom,
    top: true,
    mount() {
      input.select()
      if (input.value !== '') queueMicrotask(() => view.dispatch({ effects: setFind.of(input.value) }))
    },
    update: tell
  }
}

function selectedText(state: EditorState): string {
  const { from, to } = state.selection.main
  return state.sliceDoc(from, Math.min(to, from + 200))
}

function open(view: EditorView): boolean {
  if (view.state.field(findState) === null) view.dispatch({ effects: setFind.of('') })
  view.dom.querySelector<HTMLInputElement>('.esql-find input')?.focus()
  return true
}

/** The extension and its keys. */
export const findInQuery = findState
export const FIND_KEYS: readonly KeyBinding[] = [
  { key: 'Mod-f', run: open },
  { key: 'Escape', run: close }
]
