/**
 * Lines of a byte stream, parted at LF only: Node's readline also parts at U+2028, which JSON text may hold.
 */

/** Every line as it comes, without its end; a last line without one too. */
export async function* linesOf(chunks: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  // Pieces of a line longer than a chunk are joined once, at its end.
  let pieces: string[] = []
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk as Uint8Array, { stream: true }).split('\n')
    for (const part of parts.slice(0, -1)) {
      yield withoutReturn(pieces.join('') + part)
      pieces = []
    }
    pieces.push(parts.at(-1)!)
  }
  const rest = pieces.join('') + decoder.decode()
  if (rest !== '') yield withoutReturn(rest)
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
