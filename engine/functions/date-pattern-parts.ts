/**
 * The parts of a java.time date pattern: letters with their count, literal text, optional sections in brackets.
 * Which letters there are is decided here, what they mean in `date-pattern-format.ts` and `date-pattern-parse.ts`.
 */
export interface PatternField {
  letter: string
  count: number
}
export type PatternPart = PatternField | { literal: string } | { optional: PatternPart[] }

export const MONTHS = 'January February March April May June July August September October November December'.split(' ')
export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** A name by the count of its letter: 4 full, 5 the initial, else three letters. */
export function formatName(name: string, count: number): string {
  return count === 4 ? name : count === 5 ? name[0]! : name.slice(0, 3)
}

const LETTERS = 'GyuYDMLdQqwEecFahKkHmsSAnNVzOXxZ'
export const MAX_PATTERN = 1000

/** Reads a pattern; throws an Error that says what is wrong with it. */
export function parsePattern(pattern: string): PatternPart[] {
  if (pattern.length > MAX_PATTERN) throw new Error(`Invalid format: pattern longer than ${MAX_PATTERN} characters`)
  const stack: PatternPart[][] = [[]]
  for (let i = 0; i < pattern.length;) {
    const character = pattern[i]!
    const open = stack.at(-1)!
    if (character === "'") {
      const { literal, end } = readQuoted(pattern, i)
      open.push({ literal })
      i = end
    } else if (/[A-Za-z]/.test(character)) {
      let end = i
      while (pattern[end] === character) end++
      if (!LETTERS.includes(character)) throw new Error(`Invalid format: [${pattern}]: Unknown pattern letter: ${character}`)
      open.push({ letter: character, count: end - i })
      i = end
    } else {
      if (character === '[') stack.push([])
      else if (character === ']') {
        if (stack.length === 1)
          throw new Error(`Invalid format: [${pattern}]: Pattern invalid as it contains ] without previous [`)
        stack.at(-2)!.push({ optional: stack.pop()! })
      } else if ('{}#'.includes(character)) {
        throw new Error(`Invalid format: [${pattern}]: Pattern includes reserved character: '${character}'`)
      } else open.push({ literal: character })
      i++
    }
  }
  // An optional part may stay open to the end.
  while (stack.length > 1) stack.at(-2)!.push({ optional: stack.pop()! })
  return stack[0]!
}

function readQuoted(pattern: string, start: number): { literal: string; end: number } {
  if (pattern[start + 1] === "'") return { literal: "'", end: start + 2 }
  let literal = ''
  for (let i = start + 1; i < pattern.length; i++) {
    if (pattern[i] !== "'") literal += pattern[i]
    else if (pattern[i + 1] === "'") literal += pattern[i++]
    else return { literal, end: i + 1 }
  }
  throw new Error(`Invalid format: [${pattern}]: Pattern ends with an incomplete string literal: ${pattern}`)
}
