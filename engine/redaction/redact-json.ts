/**
 * Redacts the string values of one JSON document as text: keys, numbers and structure stay to the letter, so a 64-bit number
 * keeps all its digits; blanks between tokens go, so that the document is one line.
 *
 * Holds: no recursion and no parsed tree, whatever the depth; a document that is no JSON comes back redacted as plain text.
 */

/** One line of JSON with every string value put through `redact`. */
export function redactJson(json: string, redact: (text: string) => string): string {
  const parts: string[] = []
  let at = 0
  while (at < json.length) {
    if (json[at] === '"') {
      const end = stringEnd(json, at)
      if (end < 0) return JSON.stringify(redact(json))
      const literal = json.slice(at, end)
      parts.push(isKey(json, end) ? literal : redactLiteral(literal, redact))
      at = end
    } else {
      const next = json.indexOf('"', at)
      parts.push(json.slice(at, next < 0 ? json.length : next).replace(/\s+/g, ''))
      at = next < 0 ? json.length : next
    }
  }
  return parts.join('')
}

/** Every string value of a document. */
export function jsonStrings(json: string): string[] {
  const values: string[] = []
  redactJson(json, (text) => {
    values.push(text)
    return text
  })
  return values
}

function stringEnd(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === '\\') at++
    else if (json[at] === '"') return at + 1
  }
  return -1
}

function isKey(json: string, end: number): boolean {
  let at = end
  while (at < json.length && /\s/.test(json[at]!)) at++
  return json[at] === ':'
}

function redactLiteral(literal: string, redact: (text: string) => string): string {
  let value: string
  try {
    value = JSON.parse(literal) as string
  } catch {
    // A raw control character: read as it is.
    value = literal.slice(1, -1)
  }
  const redacted = redact(value)
  return redacted === value ? literal : JSON.stringify(redacted)
}
