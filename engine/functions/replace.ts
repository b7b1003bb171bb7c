/**
 * REPLACE: every match of a java.util.regex pattern. A constant pattern is compiled once and refused before the query runs
 * when it is wrong; one from a column gives null and a warning, as does a match that takes too many steps.
 */
import { JavaRegex, javaSyntaxMessage } from '../patterns/java/java-regex.ts'
import { JavaReplacement } from '../patterns/java/java-replacement.ts'
import { MatchStopped } from '../patterns/regex/stopped.ts'
import { PatternSyntaxError } from '../patterns/regex/tree.ts'
import { type ScalarFunction, ValueError } from './definition.ts'
import { constantText, scalar } from './scalar.ts'

/** Patterns of a column are compiled once each, up to so many. */
const KEPT_PATTERNS = 64

const SYNTAX = 'java.util.regex.PatternSyntaxException: '

function compile(pattern: string): JavaRegex {
  try {
    return new JavaRegex(pattern)
  } catch (failure) {
    if (failure instanceof PatternSyntaxError) throw new ValueError(SYNTAX + javaSyntaxMessage(failure))
    throw failure
  }
}

/** The error of a pattern that does not compile, or null. */
function checkPattern(pattern: string | null): string | null {
  try {
    if (pattern !== null) void new JavaRegex(pattern)
    return null
  } catch (failure) {
    if (failure instanceof PatternSyntaxError) return `Invalid regular expression in [{call}]: ${javaSyntaxMessage(failure)}`
    throw failure
  }
}

function bindReplace(): (text: string, pattern: string, replacement: string) => string {
  const regexes = new Map<string, JavaRegex>()
  let last: JavaReplacement | null = null
  let lastPattern = ''
  let lastText = ''
  const regexOf = (pattern: string): JavaRegex => {
    let regex = regexes.get(pattern)
    if (!regex) {
      if (regexes.size >= KEPT_PATTERNS) regexes.clear()
      regexes.set(pattern, (regex = compile(pattern)))
    }
    return regex
  }
  return (text, pattern, replacement) => {
    if (last === null || pattern !== lastPattern || replacement !== lastText) {
      last = new JavaReplacement(regexOf(pattern), replacement)
      lastPattern = pattern
      lastText = replacement
    }
    const replaced = last.replaceAll(text)
    if ('stopped' in replaced) throw new ValueError(new MatchStopped().message)
    if ('error' in replaced) throw new ValueError(replaced.error)
    return replaced.text
  }
}

export const PATTERN_FUNCTIONS: readonly ScalarFunction[] = [
  scalar({
    name: 'REPLACE',
    doc: 'The string with every match of a Java regular expression replaced; $1 and ${name} stand for its groups.',
    example: 'REPLACE(process.command_line, "[0-9]+", "#")',
    signatures: ['string, string, string -> keyword'],
    check: (args) => checkPattern(constantText(args[1])),
    bind: bindReplace
  })
]
