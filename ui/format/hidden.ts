/**
 * Characters that cannot be seen but change what is read: bidi controls, zero-width and other invisible characters,
 * control codes and terminal escapes. A value is cut into plain text and named chips; joined again it is the value.
 */
export interface TextSegment {
  text: string
  /** Short name for a chip, null for plain text. */
  chip: string | null
}

/** Names an analyst knows; all others are shown by code point. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00, 'NUL'],
  [0x07, 'BEL'],
  [0x08, 'BS'],
  [0x09, 'TAB'],
  [0x0a, 'LF'],
  [0x0d, 'CR'],
  [0x1b, 'ESC'],
  [0x7f, 'DEL'],
  [0x85, 'NEL'],
  [0xa0, 'NBSP'],
  [0xad, 'SHY'],
  [0x061c, 'ALM'],
  [0x200b, 'ZWSP'],
  [0x200c, 'ZWNJ'],
  [0x200d, 'ZWJ'],
  [0x200e, 'LRM'],
  [0x200f, 'RLM'],
  [0x2028, 'LS'],
  [0x2029, 'PS'],
  [0x202a, 'LRE'],
  [0x202b, 'RLE'],
  [0x202c, 'PDF'],
  [0x202d, 'LRO'],
  [0x202e, 'RLO'],
  [0x2060, 'WJ'],
  [0x2066, 'LRI'],
  [0x2067, 'RLI'],
  [0x2068, 'FSI'],
  [0x2069, 'PDI'],
  [0xfeff, 'BOM']
])

/** One hidden character: controls, formats, separators, private use, halves, blanks that are no space. */
const HIDDEN_CHARACTER =
  '[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000\\u3164\\u115f\\u1160\\uffa0\\u034f\\u{e0100}-\\u{e01ef}]'
/** The same as a pattern for an editor, which tells line ends itself. */
export const HIDDEN_IN_LINE = new RegExp(`(?![\\n\\r\\t])${HIDDEN_CHARACTER}`, 'gu')

/**
 * A terminal escape sequence counts as one, what ends a command to the terminal (BEL, ESC \\) for itself, so that every character
 * has a name; then single characters: controls, formats, separators, private use, halves.
 */
const HIDDEN = new RegExp(
  `\\u001b\\[[0-?]*[ -/]*[@-~]|\\u001b\\](?:(?!${HIDDEN_CHARACTER}).){0,200}(?=\\u0007|\\u001b\\\\)|${HIDDEN_CHARACTER}`,
  'gu'
)

/** Cuts `text` into plain parts and hidden ones with a name. */
export function textSegments(text: string): TextSegment[] {
  const segments: TextSegment[] = []
  let end = 0
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > end) segments.push({ text: text.slice(end, match.index), chip: null })
    segments.push({ text: match[0], chip: chipName(match[0]) })
    end = match.index + match[0].length
  }
  if (end < text.length) segments.push({ text: text.slice(end), chip: null })
  return segments
}

/** Name of a hidden character, as its chip shows it. */
export function hiddenName(codePoint: number): string {
  return NAMES.get(codePoint) ?? codePointName(codePoint)
}

/** Whether a text holds what cannot be seen; line ends and tabs count unless they are what they are in texts of several lines. */
export function hidesSomething(text: string, options: { keepLines?: boolean } = {}): boolean {
  return textSegments(text).some(
    ({ text: part, chip }) => chip !== null && !(options.keepLines && (part === '\n' || part === '\t'))
  )
}

function chipName(hidden: string): string {
  if (hidden.length > 1 && hidden[0] === '\u001b') return `ESC${hidden.slice(1)}`
  return hiddenName(hidden.codePointAt(0)!)
}

/** `U+202E`. */
export function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}

/** The value with every hidden character replaced by its name in angle marks, for files that are read as text. */
export function revealHidden(text: string, options: { keepLines?: boolean } = {}): string {
  return textSegments(text)
    .map((segment) =>
      segment.chip === null || (options.keepLines && segment.text === '\n') ? segment.text : `⟨${segment.chip}⟩`
    )
    .join('')
}
