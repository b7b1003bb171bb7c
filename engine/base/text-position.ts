/** Line and column of an offset, as Elasticsearch counts them: both 1-based, columns in UTF-16 units. */
export interface TextPosition {
  line: number
  column: number
}

/** Position of `offset` in `text`; offsets past the end give the end. */
export function positionAt(text: string, offset: number): TextPosition {
  const end = Math.min(offset, text.length)
  let line = 1
  let lineStart = 0
  for (let i = text.indexOf('\n'); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) {
    line++
    lineStart = i + 1
  }
  return { line, column: end - lineStart + 1 }
}
