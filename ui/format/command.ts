/**
 * A command line cut into parts that are told apart on screen: programs, flags, paths, addresses, quoted text, operators.
 * For reading only: it follows no shell's grammar to the end, and the parts joined are always the text.
 */
export type CommandPart = 'program' | 'flag' | 'path' | 'address' | 'operator' | 'plain'

export interface CommandToken {
  text: string
  part: CommandPart
}

const WORD = /\s+|[|;&<>()]+|[^\s|;&<>()]+/g
const OPERATOR = /^[|;&<>()]+$/
/** After these a new program begins; after a redirection a file name follows. */
const STARTS_PROGRAM = /[|;&(]/
const ADDRESS = /^["']?(?:[a-z][a-z0-9+.-]*:\/\/\S+|(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\S*|\/dev\/(?:tcp|udp)\/\S+)$/i
const FLAG = /^["']?[-+][-\w]/
const PATH = /^["']?(?:~?\/|\.{1,2}\/|[A-Za-z]:\\)|^[\w@.+-]+\/[\w@./+-]/
const ASSIGNMENT = /^\w+=/
/** The text after a shell's -c is a command of its own. */
const SHELL = /(?:^|\/)(?:ba|da|z|k|c|tc|fi)?sh$/

/** Cuts a command line into tokens. */
export function commandTokens(text: string): CommandToken[] {
  const tokens: CommandToken[] = []
  let expectsProgram = true
  let inShell = false
  for (const [word] of text.matchAll(WORD)) {
    const part = classify(word, expectsProgram)
    tokens.push({ text: word, part })
    if (/^\s+$/.test(word)) continue
    if (part === 'operator') expectsProgram = STARTS_PROGRAM.test(word) && !/[<>]/.test(word)
    else if (part === 'flag') expectsProgram = inShell && /^-\w*c$/.test(word)
    else if (expectsProgram && !ASSIGNMENT.test(word)) {
      inShell = SHELL.test(word)
      expectsProgram = false
    }
  }
  return tokens
}

function classify(word: string, expectsProgram: boolean): CommandPart {
  if (/^\s+$/.test(word)) return 'plain'
  if (OPERATOR.test(word)) return 'operator'
  if (ADDRESS.test(word)) return 'address'
  if (FLAG.test(word)) return 'flag'
  if (expectsProgram && !ASSIGNMENT.test(word)) return 'program'
  return PATH.test(word) ? 'path' : 'plain'
}

/** The last part of a path: `/usr/sbin/php-fpm8.2` is `php-fpm8.2`. */
export function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  return name || path
}
