/** Line and column of an offset, both from 1: how places of a query are written everywhere. */
export function placeInText(text: string, offset: number): { line: number; column: number } {
  const head = text.slice(0, offset)
  const line = head.split('\n').length
  return { line, column: offset - (head.lastIndexOf('\n') + 1) + 1 }
}
