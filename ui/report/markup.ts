/**
 * HTML that cannot be broken by a value: a tagged template that escapes everything put into it but other markup.
 *
 * Holds: a Markup is made here only. Templates put values into element content or into attributes in double quotes.
 */
import { codePointName, textSegments } from '../format/hidden.ts'

export class Markup {
  constructor(readonly html: string) {}
}

type Insert = Markup | string | number | bigint | null | readonly Insert[]

/** Escapes inserts, joins lists, leaves null out. */
export function html(strings: TemplateStringsArray, ...inserts: Insert[]): Markup {
  return new Markup(strings.map((part, at) => part + (at < inserts.length ? inserted(inserts[at]!) : '')).join(''))
}

function inserted(insert: Insert): string {
  if (insert === null) return ''
  if (insert instanceof Markup) return insert.html
  if (Array.isArray(insert)) return insert.map(inserted).join('')
  return escapeHtml(String(insert))
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['`', '&#96;'],
  ['=', '&#61;']
])

/** Text for element content and for quoted attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`=]/g, (character) => ENTITIES.get(character)!)
}

/** Longer values fold: the beginning is shown, all of it is inside. */
const FOLD = 600
const FOLDED = 240

/**
 * A value of the data: isolated from the text around it, with named chips for what cannot be seen. `lines`: line ends and tabs are
 * what they are, as in a query.
 */
export function valueMarkup(value: string, options: { lines?: boolean; label?: (n: number) => string } = {}): Markup {
  if (value.length <= FOLD || !options.label) return isolated(value, options.lines ?? false)
  const head = value.slice(0, FOLDED)
  return html`<details class="long">
    <summary>
      <span class="head">${isolatedPart(head, options.lines ?? false)}…</span>
      <span class="quiet">${options.label(value.length)}</span>
    </summary>
    ${isolated(value, options.lines ?? false)}
  </details>`
}

function isolated(value: string, lines: boolean): Markup {
  return html`<bdi class="v">${isolatedPart(value, lines)}</bdi>`
}

function isolatedPart(value: string, lines: boolean): Markup[] {
  return textSegments(value).map(({ text, chip }) => {
    if (chip === null || (lines && (text === '\n' || text === '\t'))) return html`${text}`
    return html`<span class="chip" title="${codePoints(text)}">${chip}</span>`
  })
}

/** `U+202E`, one a character: the value can be put together again from them. */
function codePoints(hidden: string): string {
  return Array.from(hidden, (character) => codePointName(character.codePointAt(0)!)).join(' ')
}
