/**
 * The editor's look, from the app's tokens: custom properties reach into the shadow root, so both themes are one.
 * Given as a module of CodeMirror, whose sheets are constructed and adopted: no inline style, nothing for the policy to refuse.
 */
import { EditorView } from '@codemirror/view'

const wavy = (colour: string) => ({
  backgroundImage: 'none',
  textDecoration: `underline wavy ${colour} 1px`,
  textUnderlineOffset: '3px',
  textDecorationSkipInk: 'none'
})

const MONO = '0.8125rem/1.6 var(--mono)'

export const editorTheme = EditorView.theme({
  '&': {
    color: 'var(--ink)',
    background: 'var(--paper-sunk)',
    border: '1px solid var(--line-firm)',
    borderRadius: 'var(--round)',
    font: MONO
  },
  '&.cm-focused': { outline: '2px solid var(--ink)', outlineOffset: '1px' },
  '.cm-scroller': { font: MONO, maxHeight: '40vh', overflow: 'auto' },
  '.cm-content': { padding: 'var(--gap-2) 0', minHeight: '6.5rem', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 var(--gap-3) 0 var(--gap-2)', unicodeBidi: 'plaintext' },
  '.hidden-chip': {
    padding: '0 0.3em',
    margin: '0 0.1em',
    border: '1px solid var(--line-firm)',
    borderRadius: 'var(--round)',
    font: '0.8em/1.35 var(--sans)',
    color: 'var(--ink-soft)',
    unicodeBidi: 'isolate'
  },
  '.cm-gutters': { background: 'none', border: 'none', color: 'var(--ink-faint)', minHeight: '100%' },
  '.cm-lineNumbers .cm-gutterElement': {
    padding: '0 var(--gap-1) 0 var(--gap-2)',
    minWidth: '2rem',
    fontSize: '0.6875rem',
    lineHeight: '1.3rem',
    userSelect: 'none'
  },
  '.cm-activeLineGutter': { background: 'none', color: 'var(--ink)' },
  '.cm-content ::selection, .cm-content::selection': { background: 'color-mix(in oklab, var(--ink) 22%, transparent)' },

  '.esql-command': { fontWeight: '650' },
  '.esql-keyword': { fontWeight: '650', color: 'var(--ink-soft)' },
  '.esql-function': { color: 'var(--part-flag)' },
  '.esql-string': { color: 'var(--part-address)' },
  '.esql-number, .esql-source': { color: 'var(--part-path)' },
  '.esql-comment': { color: 'var(--ink-faint)', fontStyle: 'italic' },
  '.esql-operator, .esql-pipe': { color: 'var(--ink-faint)' },
  '.esql-pipe': { fontWeight: '650' },
  '&.cm-focused .cm-matchingBracket': { background: 'var(--paper-chosen)', outline: '1px solid var(--line-firm)' },
  '&.cm-focused .cm-nonmatchingBracket': { background: 'none', outline: '1px dashed var(--line-firm)' },

  '.cm-lintRange-error': wavy('var(--wrong)'),
  '.cm-lintRange-warning': wavy('var(--doubt)'),
  '.cm-lintRange-info': { ...wavy('var(--ink-faint)'), textDecorationStyle: 'dotted' },
  '.cm-lintRange-active': { background: 'none' },
  '.cm-lintPoint::after': { borderBottomColor: 'var(--wrong)' },

  '.cm-tooltip': {
    color: 'var(--ink)',
    background: 'var(--paper-lifted)',
    border: '1px solid var(--line-firm)',
    borderRadius: 'var(--round)',
    boxShadow: '0 4px 16px color-mix(in oklab, black 14%, transparent)',
    font: 'var(--size)/1.45 var(--sans)',
    maxWidth: 'min(34rem, calc(100vw - 2rem))',
    zIndex: '5'
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: '0.75rem/1.5rem var(--mono)', maxHeight: '16rem', minWidth: '14rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: 'var(--gap-3)',
    padding: '0 var(--gap-2)',
    lineHeight: '1.5rem',
    alignItems: 'baseline'
  },
  '.cm-tooltip-autocomplete ul li[aria-selected], .cm-tooltip-autocomplete ul:focus li[aria-selected]': {
    color: 'var(--paper)',
    background: 'var(--ink)'
  },
  '.cm-completionLabel': { overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    paddingLeft: 'var(--gap-3)',
    fontStyle: 'normal',
    font: '0.6875rem var(--sans)',
    color: 'var(--ink-soft)',
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap'
  },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-tooltip.cm-completionInfo': { padding: 'var(--gap-2) var(--gap-3)', maxWidth: '22rem', whiteSpace: 'normal' },

  '.esql-doc': { display: 'grid', gap: 'var(--gap-1)', padding: 'var(--gap-1)' },
  '.esql-doc p': { margin: '0' },
  '.esql-doc code': { font: '0.75rem/1.5 var(--mono)', overflowWrap: 'anywhere' },
  '.esql-doc-form': { fontWeight: '600' },
  '.esql-doc-line, .esql-doc-example': { color: 'var(--ink-soft)' },
  '.cm-tooltip-hover .esql-doc, .esql-signature': { padding: 'var(--gap-2) var(--gap-3)' },

  '.cm-diagnostic': { padding: 'var(--gap-2) var(--gap-3)', borderLeft: '3px solid var(--ink-faint)', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--wrong)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--doubt)' },
  '.cm-diagnosticAction': {
    margin: 'var(--gap-2) var(--gap-2) 0 0',
    padding: '0 var(--gap-3)',
    minHeight: 'var(--target)',
    color: 'var(--paper)',
    background: 'var(--ink)',
    border: '0',
    borderRadius: 'var(--round)',
    font: 'inherit',
    cursor: 'pointer'
  },

  '.cm-panels': { color: 'var(--ink)', background: 'var(--paper)', borderColor: 'var(--line)' },
  '.esql-find': { display: 'flex', gap: 'var(--gap-2)', padding: 'var(--gap-1) var(--gap-2)', alignItems: 'center' },
  '.esql-find input': {
    flex: '1',
    minWidth: '0',
    minHeight: 'var(--target)',
    padding: '0 var(--gap-2)',
    color: 'inherit',
    background: 'var(--paper-lifted)',
    border: '1px solid var(--line-firm)',
    borderRadius: 'var(--round)',
    font: MONO
  },
  '.esql-find span': { font: 'var(--size-small) var(--sans)', color: 'var(--ink-soft)', fontVariantNumeric: 'tabular-nums' },
  '.esql-found': { background: 'var(--paper-chosen)', outline: '1px solid var(--line-firm)' }
})
