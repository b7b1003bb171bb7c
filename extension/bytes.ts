/** Bytes that came in pieces, as one. */
export function joined(pieces: readonly (ArrayBuffer | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece instanceof ArrayBuffer ? new Uint8Array(piece) : piece, at)
    at += piece.byteLength
  }
  return bytes
}
