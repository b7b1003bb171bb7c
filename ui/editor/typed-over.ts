/**
 * Typing over a selection, done by the editor instead of the browser. Chromium merges the lines it deletes and keeps their
 * look by inline styles, which the page's policy refuses: the text came out right, but each time with a violation.
 */
import { EditorView } from '@codemirror/view'

/** The extension. */
export const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { inputType, data, isComposing } = event as InputEvent
    const { from, to, empty } = view.state.selection.main
    if (inputType !== 'insertText' || !data || isComposing || view.composing || empty) return false
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
