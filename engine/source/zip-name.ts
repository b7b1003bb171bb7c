/**
 * Names of zip members: UTF-8 when flagged or when the bytes are valid UTF-8 (most archivers forget the flag), else code
 * page 437, the format's original.
 */

const CP437_UPPER =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/** Decodes a member's name; never used as a path, only shown. */
export function decodeMemberName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437_UPPER[byte - 128]!)).join('')
  }
}

/** Directories and what macOS adds beside every file are no inputs. */
export function isNoise(name: string): boolean {
  const last = name.slice(name.lastIndexOf('/') + 1)
  return (name !== '' && last === '') || name.startsWith('__MACOSX/') || last.startsWith('._') || last === '.DS_Store'
}
