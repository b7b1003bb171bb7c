/**
 * Typing over a selection, done by the editor instead of the browser. Chromium merges the lines it deletes and keeps their
 * look by inline styles, which the page's policy refuses: the text came out right, but each time with a violation.
 */
import { EditorView } from '@codemirror/view'

/** The extension. */
export const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { inputType, data, isComposing } = event as InputEvent
    if (inputType !== 'insertText' || !data || isComposing || view.composing) return false
    const { from, to } = replaced(view)
    if (from === to) return false
    // As the document holds it: line ends are one character there, whatever they were.
    const typed = view.state.toText(data)
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: typed },
        selection: { anchor: from + typed.length },
        userEvent: 'input.type',
        scrollIntoView: true
      })
    const handlers = view.state.facet(EditorView.inputHandler)
    if (!handlers.some((handler) => handler(view, from, to, data, insert))) view.dispatch(insert())
    event.preventDefault()
    return true
  }
})

/**
 * What the browser would replace: the selection on screen, which the editor may not have heard of yet. Events inside a shadow
 * root carry no target ranges, so the root itself is asked.
 */
function replaced(view: EditorView): { from: number; to: number } {
  const root = view.root as { getSelection?: () => Selection | null }
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = root.getSelection?.() ?? {}
  if (!anchorNode || !focusNode || !view.contentDOM.contains(anchorNode) || !view.contentDOM.contains(focusNode))
    return view.state.selection.main
  const anchor = view.posAtDOM(anchorNode, anchorOffset)
  const head = view.posAtDOM(focusNode, focusOffset)
  return { from: Math.min(anchor, head), to: Math.max(anchor, head) }
}
