/**
 * What may stand at a place of a query: the question that completion asks. Answered from the tokens before the place, so
 * that half-written text is no obstacle.
 */
import { tokenize } from '../../engine/language/lexer.ts'
import type { Token } from '../../engine/language/token.ts'
import { nameAt } from './query-edit.ts'

export type QueryPlace =
  /** The first word. */
  | 'source-command'
  /** Behind a pipe. */
  | 'command'
  | 'index'
  | 'metadata'
  /** A column and nothing else: KEEP, DROP, RENAME, MV_EXPAND, BY of an ENRICH. */
  | 'field'
  /** A column, a function, a value. */
  | 'expression'
  /** A value has just been written: an operator or a keyword follows. */
  | 'operator'
  /** Inside a string that is compared with `field`. */
  | 'value'
  | 'none'

export interface QueryContext {
  place: QueryPlace
  /** Start of what is being written. */
  from: number
  /** Lower-case command, empty before one. */
  command: string
  /** In STATS, behind BY. */
  behindBy: boolean
  /** The query before this command: its columns are what may be named. */
  before: string
  /** The column that the string is compared with. */
  field: string | null
}

const FIELD_COMMANDS = new Set(['keep', 'drop', 'rename', 'mv_expand'])
const VALUE_ENDS = new Set(['identifier', 'quoted-identifier', 'string', 'number', 'pattern'])

/** The context of an offset. */
export function queryContext(text: string, offset: number): QueryContext {
  const head = text.slice(0, offset)
  const { tokens } = tokenize(head, { comments: true })
  tokens.pop()
  const last = tokens.at(-1)
  const pipe = tokens.findLastIndex(({ kind, nested }) => kind === 'pipe' && !nested)
  const inCommand = tokens.slice(pipe + 1).filter(({ kind }) => kind !== 'comment')
  const command = inCommand[0]?.kind === 'command' ? commandOf(inCommand) : ''
  const context: QueryContext = {
    place: 'none',
    from: head.length - (command === 'from' ? INDEX_WORD : NAME_WORD).exec(head)![0].length,
    command,
    behindBy: inCommand.some(({ kind, word }) => kind === 'keyword' && word === 'by'),
    before: pipe < 0 ? '' : head.slice(0, tokens[pipe]!.span.start),
    field: null
  }
  if (last?.kind === 'comment' && last.span.end === offset && !last.text.endsWith('*/')) return context
  const typing = inCommand.length > 0 && inCommand.at(-1)!.span.end === offset ? inCommand.at(-1)! : null
  if (typing?.kind === 'string' && !closed(typing)) return valueContext(context, inCommand, typing)
  const isWord = typing !== null && context.from < offset
  const done = isWord ? withoutTyped(inCommand, context.from) : inCommand
  if (command === '' || done.length === 0) return { ...context, place: placeOfCommand(done, pipe) }
  return { ...context, place: placeIn(context, done) }
}

function commandOf(tokens: readonly Token[]): string {
  const second = tokens[1]
  return second?.kind === 'command' ? `${tokens[0]!.word} ${second.word}` : tokens[0]!.word
}

/** The dotted word that ends here, backticks and wildcards included; index patterns take almost any character. */
const NAME_WORD = /(?:[\w@`][\w@.*`]*)?$/
const INDEX_WORD = /[^\s,|"()[\]]*$/

function withoutTyped(tokens: readonly Token[], from: number): Token[] {
  return tokens.filter(({ span }) => span.end <= from)
}

function closed({ text, raw, broken }: Token): boolean {
  return !broken && text.length >= (raw ? 6 : 2)
}

function placeOfCommand(done: readonly Token[], pipe: number): QueryPlace {
  if (done.length > 0) return 'none'
  return pipe < 0 ? 'source-command' : 'command'
}

function placeIn({ command }: QueryContext, done: readonly Token[]): QueryPlace {
  const last = done.at(-1)!
  if (command === 'from' || command === 'ts') {
    if (done.some(({ word }) => word === 'metadata')) return 'metadata'
    return last.kind === 'source' || last.kind === 'string' ? 'operator' : 'index'
  }
  if (command === 'limit' || command === 'sample') return 'none'
  if (FIELD_COMMANDS.has(command)) return isValueEnd(last) ? 'operator' : 'field'
  if (command === 'dissect' || command === 'grok') return last.kind === 'command' ? 'field' : 'none'
  if (command === 'enrich' || command.startsWith('lookup')) return last.word === 'on' || last.word === ',' ? 'field' : 'operator'
  if (isValueEnd(last)) return 'operator'
  return 'expression'
}

function isValueEnd(token: Token): boolean {
  return VALUE_ENDS.has(token.kind) || token.word === ')' || /^(null|true|false|asc|desc|first|last)$/.test(token.word)
}

/** The string's column: the name before `==`, `!=`, `:`, LIKE, or before the `IN (` that it stands in. */
function valueContext(context: QueryContext, tokens: readonly Token[], typing: Token): QueryContext {
  const quotes = typing.text.startsWith('"""') ? 3 : 1
  let at = tokens.length - 2
  if (tokens[at]?.word === '(' || tokens[at]?.word === ',') {
    while (at >= 0 && (tokens[at]!.kind === 'string' || tokens[at]!.word === ',')) at--
    if (tokens[at]?.word === '(') at--
  }
  const operator = tokens[at]?.word ?? ''
  if (!['==', '!=', '=~', ':', 'in', 'like', 'rlike'].includes(operator)) return context
  if (tokens[at - 1]?.word === 'not') at--
  const name = nameAt(tokens, at - 1)
  return name ? { ...context, place: 'value', from: typing.span.start + quotes, field: name.text } : context
}
