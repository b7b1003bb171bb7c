/**
 * Markdown that does nothing: text from a log cannot become a link, an image, HTML, a table border or a mention.
 * Every character that Markdown or a forge's extensions give meaning to is escaped or written as an entity.
 */
import type { CellValue } from '../../engine/worker/api.ts'
import { cellText } from './cell.ts'
import { revealHidden } from './hidden.ts'

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['|', '&#124;'],
  ['`', '&#96;'],
  // Autolinks and mentions: the forge sees no `@name`, no `scheme://`, no `www.`.
  ['@', '&#64;'],
  [':', '&#58;'],
  ['/', '&#47;'],
  ['$', '&#36;']
])
const ESCAPED = /[\\*_{}[\]#~]/g
const ENTITY = /[&<>|`@:/$]/g
/** `www.` alone already makes a link on a forge. */
const LINK_DOT = /\b(www|ftp)\./gi
/** What begins a list, a heading underline or a numbered list only at the start of a line. */
const LINE_START = /^(\s*\d*)([-+=]|[.)](?=\s|$))/

/** Inert text for running Markdown or a table cell: one line, hidden characters named. */
export function markdownText(text: string): string {
  const line = revealHidden(text.replace(/\r\n|\r|\n/g, '⏎'))
  return line
    .replace(ENTITY, (character) => ENTITIES.get(character)!)
    .replace(ESCAPED, (character, at: number, whole: string) => (isEntity(whole, at) ? character : `\\${character}`))
    .replace(LINK_DOT, '$1&#46;')
    .replace(LINE_START, '$1\\$2')
}

/** True when the `#` at `at` belongs to an entity written a moment ago: a raw `&` is `&amp;` by now. */
function isEntity(text: string, at: number): boolean {
  return text[at] === '#' && text[at - 1] === '&'
}

/** A fenced block longer than any run of backticks inside; its content is shown as it is, hidden characters named. */
export function markdownBlock(text: string): string {
  const shown = revealHidden(text, { keepLines: true })
  const longest = Math.max(2, ...Array.from(shown.matchAll(/`+/g), (run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${shown}\n${fence}`
}

/** A Markdown table with inert cells. */
export function markdownTable(header: readonly string[], rows: readonly (readonly CellValue[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  return (
    line(header.map(markdownText)) +
    line(header.map(() => '---')) +
    rows.map((row) => line(row.map((cell) => markdownText(cellText(cell))))).join('')
  )
}
