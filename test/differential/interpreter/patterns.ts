/** LIKE, by trying: a star takes none or one more character. */

interface Step {
  kind: 'one' | 'any' | 'literal'
  character: string
}

function steps(pattern: string): Step[] {
  const list: Step[] = []
  const characters = Array.from(pattern)
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!
    if (character === '*') list.push({ kind: 'any', character })
    else if (character === '?') list.push({ kind: 'one', character })
    else list.push({ kind: 'literal', character: character === '\\' ? characters[++i]! : character })
  }
  return list
}

/** Whether the whole text is as the pattern says. */
export function like(text: string, pattern: string): boolean {
  const characters = Array.from(text)
  const wanted = steps(pattern)
  const matches = (at: number, step: number): boolean => {
    const next = wanted[step]
    if (!next) return at === characters.length
    if (next.kind === 'any') return matches(at, step + 1) || (at < characters.length && matches(at + 1, step))
    return at < characters.length && (next.kind === 'one' || characters[at] === next.character) && matches(at + 1, step + 1)
  }
  return matches(0, 0)
}
