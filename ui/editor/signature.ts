/** What stands at the cursor or under the pointer, explained: the call that is being written, a function, a field. */
import { completionStatus } from '@codemirror/autocomplete'
import { type EditorState, StateEffect, StateField } from '@codemirror/state'
import { hoverTooltip, showTooltip, type Tooltip } from '@codemirror/view'
import { tokenize } from '../../engine/language/lexer.ts'
import type { LanguageDescription, LanguageFunction } from '../../engine/worker/api.ts'
import { nameAt } from '../format/query-edit.ts'
import type { CompletionFacts } from './completion.ts'
import { commandDocument, fieldDocument, functionDocument } from './documents.ts'

/** Tells the editor which functions there are, once they are known. */
export const setLanguage = StateEffect.define<LanguageDescription>()

function named(functions: readonly LanguageFunction[], name: string): LanguageFunction | null {
  const upper = name.toUpperCase()
  return functions.find((each) => each.name === upper || each.aliases.includes(upper)) ?? null
}

/** The innermost call around an offset: where its name starts. */
export function callAround(text: string, offset: number): { name: string; start: number } | null {
  const open: ({ name: string; start: number } | null)[] = []
  const { tokens } = tokenize(text)
  for (const [index, token] of tokens.entries()) {
    if (token.span.start >= offset) break
    if (token.word === '(') {
      const before = tokens[index - 1]
      open.push(before?.kind === 'function' ? { name: before.text, start: before.span.start } : null)
    } else if (token.word === ')') open.pop()
    else if (token.kind === 'pipe' && !token.nested) open.length = 0
  }
  return open.at(-1) ?? null
}

interface Signature {
  language: LanguageDescription | null
  tooltip: Tooltip | null
}

function signatureOf(state: EditorState, language: LanguageDescription | null): Tooltip | null {
  const { empty, head } = state.selection.main
  const call = language && empty ? callAround(state.doc.toString(), head) : null
  const known = call && named(language!.functions, call.name)
  if (!call || !known) return null
  return {
    pos: call.start,
    above: true,
    arrow: false,
    create: () => {
      const dom = functionDocument(known)
      dom.classList.add('esql-signature')
      return { dom }
    }
  }
}

/** The signature of the call that is being written, above it, after something was typed. */
export const signatureHelp = StateField.define<Signature>({
  create: () => ({ language: null, tooltip: null }),
  update({ language, tooltip }, transaction) {
    for (const effect of transaction.effects) if (effect.is(setLanguage)) language = effect.value
    if (completionStatus(transaction.state) !== null) return { language, tooltip: null }
    if (transaction.docChanged) tooltip = transaction.isUserEvent('input') ? signatureOf(transaction.state, language) : null
    else if (transaction.selection) tooltip = tooltip && signatureOf(transaction.state, language)
    return { language, tooltip }
  },
  provide: (field) => showTooltip.from(field, ({ tooltip }) => tooltip)
})

/** Documentation of the word under the pointer. */
export function hoverHelp(facts: CompletionFacts) {
  return hoverTooltip(async (view, offset): Promise<Tooltip | null> => {
    const { tokens } = tokenize(view.state.doc.toString())
    const index = tokens.findIndex(({ span }) => span.start <= offset && offset < span.end)
    const token = tokens[index]
    if (!token) return null
    const dom = await documentAt(index, tokens, facts)
    return dom && { pos: token.span.start, end: token.span.end, above: true, create: () => ({ dom }) }
  })
}

async function documentAt(
  index: number,
  tokens: ReturnType<typeof tokenize>['tokens'],
  facts: CompletionFacts
): Promise<HTMLElement | null> {
  const token = tokens[index]!
  if (token.kind === 'function') {
    const known = named((await facts.language()).functions, token.text)
    return known && functionDocument(known)
  }
  if (token.kind === 'command') {
    const { commands } = await facts.language()
    const known = commands.find(({ name }) => name.split(' ')[0]!.toLowerCase() === token.word)
    return known ? commandDocument(known.doc, known.example) : null
  }
  const name = nameAt(tokens, index)
  if (!name) return null
  const { fields, events, complete } = await facts.data()
  const field = fields.find((each) => each.name === name.text)
  return field ? fieldDocument(field, events, complete) : null
}
