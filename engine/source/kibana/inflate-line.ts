/** One compressed line of Kibana's old batched route: base64 of a zlib stream that was flushed, not ended. */
import { MemoryStream } from '../hosts/memory-bytes.ts'
import { CompressedInput, InflateDamage, Inflater } from '../inflate.ts'

/** A line may unfold to this much. */
const MAX_BYTES = 64 << 20
const ZLIB_HEADER_BYTES = 2

/** The JSON text of the line; null when it is no base64, damaged, or unfolds beyond the limit. */
export async function inflateLine(base64: string): Promise<Uint8Array | null> {
  const packed = bytesOfBase64(base64)
  if (!packed || packed.length < ZLIB_HEADER_BYTES || (packed[0]! & 15) !== 8) return null
  const input = new CompressedInput(new MemoryStream(packed.subarray(ZLIB_HEADER_BYTES)))
  const inflater = new Inflater(input)
  inflater.begin()
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const state = inflater.decode()
      while (inflater.pending > 0) {
        const part = new Uint8Array(inflater.pending)
        inflater.take(part)
        parts.push(part)
        size += part.length
      }
      if (size > MAX_BYTES) return null
      // A flush ends on a byte border, so the end of the input is the end of the text.
      if (state === 'done' || (state === 'need-input' && !(await input.fill()))) break
    }
  } catch (error) {
    if (error instanceof InflateDamage) return null
    throw error
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function bytesOfBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
