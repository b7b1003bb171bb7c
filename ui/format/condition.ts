/** Conditions of a rule as they are shown: as written, without the indentation they had inside the query. */

/** Takes the indentation that all lines after the first share away; blanks inside strings of one line stay. */
export function withoutIndent(text: string): string {
  const [first = '', ...rest] = text.split('\n')
  const depths = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const shared = depths.length > 0 ? Math.min(...depths) : 0
  return [first.trimStart(), ...rest.map((line) => line.slice(Math.min(shared, line.length - line.trimStart().length)))].join(
    '\n'
  )
}
