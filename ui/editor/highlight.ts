/**
 * Colours of a query by the engine's own lexer: what the editor shows as a command or a name is what the parser reads.
 * Queries are short (the language caps them), so the whole text is lexed anew at each change.
 */
import { RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { tokenize } from '../../engine/language/lexer.ts'
import type { TokenKind } from '../../engine/language/token.ts'

const CLASSES: Partial<Record<TokenKind, string>> = {
  command: 'esql-command',
  keyword: 'esql-keyword',
  function: 'esql-function',
  string: 'esql-string',
  number: 'esql-number',
  source: 'esql-source',
  comment: 'esql-comment',
  operator: 'esql-operator',
  punctuation: 'esql-operator',
  pipe: 'esql-pipe',
  parameter: 'esql-number',
  unknown: 'esql-unknown'
}
const MARKS = new Map(Object.values(CLASSES).map((name) => [name, Decoration.mark({ class: name })]))

/** Longer texts than a query can be are left plain. */
const LONGEST = 200_000

function decorate(text: string): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  if (text.length > LONGEST) return builder.finish()
  for (const { kind, span } of tokenize(text, { comments: true }).tokens) {
    const name = CLASSES[kind]
    if (name !== undefined && span.end > span.start) builder.add(span.start, span.end, MARKS.get(name)!)
  }
  return builder.finish()
}

/** The extension. */
export const queryHighlight = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = decorate(view.state.doc.toString())
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = decorate(update.state.doc.toString())
    }
  },
  { decorations: ({ decorations }) => decorations }
)
