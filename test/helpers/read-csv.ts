/** CSV read back by its grammar (RFC 4180): rows of cells. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /("(?:[^"]|"")*"|[^,\r\n"]*)(,|\r\n|$)/gy
  for (let match = cell.exec(text); match && match.index < text.length; match = cell.exec(text)) {
    const [, value, end] = match
    rows.at(-1)!.push(value!.startsWith('"') ? value!.slice(1, -1).replaceAll('""', '"') : value!)
    if (end === '\r\n') rows.push([])
  }
  return rows.filter((row) => row.length > 0)
}
