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
    const { from, to } = replaced(view, event as InputEvent)
    if (from === to) return false
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: data },
        selection: { anchor: from + data.length },
        userEvent: 'input.type',
        scrollIntoView: true
      })
    const handlers = view.state.facet(EditorView.inputHandler)
    if (!handlers.some((handler) => handler(view, from, to, data, insert))) view.dispatch(insert())
    event.preventDefault()
    return true
  }
})

/** What the browser would replace: the selection on screen, which the editor may not have heard of yet. */
function replaced(view: EditorView, event: InputEvent): { from: number; to: number } {
  const [range] = event.getTargetRanges()
  if (!range || !view.contentDOM.contains(range.startContainer) || !view.contentDOM.contains(range.endContainer))
    return view.state.selection.main
  const from = view.posAtDOM(range.startContainer, range.startOffset)
  const to = view.posAtDOM(range.endContainer, range.endOffset)
  return { from: Math.min(from, to), to: Math.max(from, to) }
}
