/** For comparing trees made from different texts. */

/** A copy of a tree without its `span`s. */
export function withoutSpans(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSpans)
  if (node === null || typeof node !== 'object') return node
  const entries = Object.entries(node).filter(([key]) => key !== 'span')
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutSpans(value)]))
}
