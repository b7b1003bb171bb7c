/** Small documents shown beside the editor's text: of a function, of a field. Elements made by hand; text nodes only. */
import type { DataField, LanguageFunction } from '../../engine/worker/api.ts'
import { codePointName, hiddenName, revealHidden, textSegments } from '../format/hidden.ts'
import { count } from '../format/number.ts'
import { text } from '../text/text.ts'

function element(name: string, className: string, content: string): HTMLElement {
  const made = document.createElement(name)
  made.className = className
  made.textContent = content
  return made
}

/** The chip of what cannot be seen, as everywhere else. */
export function hiddenChip(hidden: string, name: string): HTMLElement {
  const chip = element('span', 'hidden-chip', name)
  chip.title = Array.from(hidden, (character) => codePointName(character.codePointAt(0)!)).join(' ')
  return chip
}

/** The chip of one character. */
export const characterChip = (codePoint: number): HTMLElement =>
  hiddenChip(String.fromCodePoint(codePoint), hiddenName(codePoint))

/** A sentence that quotes the query, with chips for what cannot be seen in it. */
export function sentence(content: string): HTMLElement {
  const made = element('span', 'esql-said', '')
  for (const { text: part, chip } of textSegments(content))
    made.append(chip === null || part === '\n' ? part : hiddenChip(part, chip))
  return made
}

function documentOf(...parts: (HTMLElement | null)[]): HTMLElement {
  const made = document.createElement('div')
  made.className = 'esql-doc'
  made.append(...parts.filter((part) => part !== null))
  return made
}

/** Signature, line and example of a function. */
export function functionDocument({ name, signatures, doc, example }: LanguageFunction): HTMLElement {
  const forms = signatures.length > 0 ? signatures : [`${name}(…)`]
  return documentOf(
    ...forms.slice(0, 4).map((form) => element('code', 'esql-doc-form', form)),
    element('p', 'esql-doc-line', doc),
    element('code', 'esql-doc-example', example)
  )
}

/** Line and example of a command. */
export function commandDocument(doc: string, example: string): HTMLElement {
  return documentOf(element('p', 'esql-doc-line', doc), element('code', 'esql-doc-example', example))
}

/** Type and presence of a field. */
export function fieldDocument(field: DataField, events: number, complete: boolean): HTMLElement {
  const seen = { n: count(field.seen), all: count(events) }
  return documentOf(
    element('code', 'esql-doc-form', revealHidden(field.name)),
    element('p', 'esql-doc-line', field.array ? text('editor.field.array', { type: field.type }) : field.type),
    element('p', 'esql-doc-line', complete ? text('editor.field.seen', seen) : text('editor.field.sampled', seen))
  )
}
