/** How sizes and places are written in messages. */

/** `12,345`. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US')
}

/** `1 byte`, `12,345 bytes`. */
export function formatBytes(value: number): string {
  return `${formatCount(value)} ${value === 1 ? 'byte' : 'bytes'}`
}
