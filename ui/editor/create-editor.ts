/**
 * The query editor: CodeMirror in a shadow root, so that its sheets are adopted ones and no inline style is needed.
 *
 * In:  a text, facts for completion, problems found elsewhere. Out: changes of the text, and the wish to run or cancel.
 * Holds: Tab is not taken (but for an open list of completions), so the keyboard never stays inside.
 */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { type Action, type Diagnostic, forceLinting, linter, lintKeymap } from '@codemirror/lint'
import { Compartment, EditorState, Transaction } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap, lineNumbers, tooltips } from '@codemirror/view'
import type { LanguageDescription, QueryFix, QueryProblem } from '../../engine/worker/api.ts'
import { HIDDEN_IN_LINE, revealHidden } from '../format/hidden.ts'
import { text } from '../text/text.ts'
import { type CompletionFacts, queryCompletion } from './completion.ts'
import { characterChip, sentence } from './documents.ts'
import { FIND_KEYS, findInQuery } from './find-panel.ts'
import { queryHighlight } from './highlight.ts'
import { hoverHelp, setLanguage, signatureHelp } from './signature.ts'
import { editorTheme } from './theme.ts'
import { typedOver } from './typed-over.ts'

export interface EditorHost {
  label: string
  facts: CompletionFacts
  changed(text: string): void
  run(): void
  /** True when there was something to cancel. */
  cancel(): boolean
  check(text: string): Promise<QueryProblem[]>
  checked(problems: QueryProblem[]): void
}

export interface QueryEditorHandle {
  /** Puts a text in from outside; undo brings the old one back. */
  setText(text: string): void
  /** Says what it says by itself in the language now in use. */
  relabel(label: string): void
  /** Applies a fix to the text it was made for. */
  apply(fix: QueryFix): void
  select(start: number, end: number): void
  focus(): void
  /** Checks anew: the data changed. */
  recheck(): void
  destroy(): void
}

const CHECK_DELAY_MILLIS = 300
const SEVERITY = { error: 'error', warning: 'warning', note: 'info' } as const

/** What changes with the language: the label, and the few words CodeMirror's own parts say. */
const spoken = new Compartment()
const words = (label: string) => [
  EditorView.contentAttributes.of({ 'aria-label': label }),
  EditorState.phrases.of({
    Completions: text('editor.phrase.completions'),
    Diagnostics: text('editor.phrase.diagnostics'),
    'No diagnostics': text('editor.phrase.noDiagnostics'),
    close: text('editor.phrase.close'),
    'Control character': text('editor.phrase.control')
  })
]

/** Makes an editor inside `parent`. */
export function createEditor(parent: HTMLElement, initial: string, host: EditorHost): QueryEditorHandle {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open' })
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({ doc: initial, extensions: [spoken.of(words(host.label)), extensions(host)] })
  })
  const tell = (language: LanguageDescription) => view.dispatch({ effects: setLanguage.of(language) })
  void host.facts.language().then(tell, () => undefined)
  return {
    setText(given) {
      const doc = view.state.doc.toString()
      // The document has one kind of line end; a text from elsewhere may have others.
      const next = view.state.toText(given).toString()
      if (next === doc) return
      view.dispatch({
        ...smallestChange(doc, next),
        annotations: Transaction.userEvent.of('input.outside'),
        selection: { anchor: next.length }
      })
    },
    relabel: (label) => view.dispatch({ effects: spoken.reconfigure(words(label)) }),
    apply: (fix) => applyFix(view, fix),
    select(start, end) {
      const limit = view.state.doc.length
      view.dispatch({
        selection: { anchor: Math.min(start, limit), head: Math.min(end, limit) },
        scrollIntoView: true
      })
      view.focus()
    },
    focus: () => view.focus(),
    recheck: () => forceLinting(view),
    destroy: () => view.destroy()
  }
}

/** One change between two texts: what both begin and end with stays, and with it the places of diagnostics. */
function smallestChange(from: string, to: string): { changes: { from: number; to: number; insert: string } } {
  const most = Math.min(from.length, to.length)
  let start = 0
  while (start < most && from[start] === to[start]) start++
  let end = 0
  while (end < most - start && from.at(-1 - end) === to.at(-1 - end)) end++
  return { changes: { from: start, to: from.length - end, insert: to.slice(start, to.length - end) } }
}

function applyFix(view: EditorView, { edits }: QueryFix): void {
  view.dispatch({
    changes: edits.map(({ start, end, text: insert }) => ({ from: start, to: end, insert })),
    userEvent: 'input.fix'
  })
  view.focus()
}

function extensions(host: EditorHost) {
  return [
    lineNumbers(),
    highlightSpecialChars({ specialChars: HIDDEN_IN_LINE, render: characterChip }),
    history(),
    queryHighlight,
    bracketMatching(),
    closeBrackets(),
    typedOver,
    autocompletion({
      override: [queryCompletion(host.facts)],
      icons: false,
      maxRenderedOptions: 60,
      activateOnTypingDelay: 80
    }),
    signatureHelp,
    hoverHelp(host.facts),
    findInQuery,
    problemLinter(host),
    tooltips({ position: 'fixed' }),
    EditorState.languageData.of(() => [
      { commentTokens: { line: '//', block: { open: '/*', close: '*/' } }, closeBrackets: { brackets: ['(', '[', '"', '`'] } }
    ]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ spellcheck: 'false', autocapitalize: 'off' }),
    EditorView.updateListener.of((update) => update.docChanged && host.changed(update.state.doc.toString())),
    keymap.of([
      { key: 'Mod-Enter', run: (view) => runQuery(view, host) },
      { key: 'Tab', run: acceptCompletion },
      ...completionKeymap,
      ...FIND_KEYS,
      { key: 'Escape', run: (view) => completionStatus(view.state) === null && host.cancel() },
      ...closeBracketsKeymap,
      ...lintKeymap,
      ...historyKeymap,
      ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')
    ]),
    editorTheme
  ]
}

function runQuery(view: EditorView, host: EditorHost): boolean {
  closeCompletion(view)
  host.run()
  return true
}

/** Problems as marks in the text; the list beneath the editor shows the same. */
function problemLinter(host: EditorHost) {
  return linter(
    async (view): Promise<Diagnostic[]> => {
      const doc = view.state.doc.toString()
      const problems = await host.check(doc).catch((): QueryProblem[] => [])
      if (view.state.doc.toString() !== doc) return []
      host.checked(problems)
      return problems.map((problem) => ({
        from: problem.start,
        // A place of no width (a missing word) marks the character before it.
        to: Math.max(problem.end, problem.start),
        severity: SEVERITY[problem.severity],
        message: wordsOf(problem),
        renderMessage: () => sentence(wordsOf(problem)),
        actions: problem.fixes.map((fix): Action => ({
          name: revealHidden(fixName(problem, fix)),
          apply: (on) => applyFix(on, fix)
        }))
      }))
    },
    { delay: CHECK_DELAY_MILLIS }
  )
}

const wordsOf = ({ message, explanation }: QueryProblem) => (explanation === null ? message : `${message}\n\n${explanation}`)

/** What a button that applies a fix says. */
export function fixName({ explanation }: QueryProblem, { label }: QueryFix): string {
  const short = label.length > 60 ? `${label.slice(0, 60)}…` : label
  return explanation === null ? text('editor.fix.name', { name: short }) : text('editor.fix.rewrite')
}
