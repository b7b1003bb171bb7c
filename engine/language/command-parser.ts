/**
 * One function a command: from the token behind the command's word to the node. The table at the end is the only place
 * where a word meets its function; a command without an entry is kept as OtherCommand with its text.
 */
import type {
  AggregateAssignment,
  Assignment,
  Command,
  CompletionCommand,
  DissectCommand,
  EnrichCommand,
  FromCommand,
  LookupJoinCommand,
  NamePattern,
  OtherCommand,
  RenameCommand,
  SortKey
} from './ast.ts'
import { emptyStats, noViableAlternative } from './errors.ts'
import { parseConstant, parseExpression, parseMap, parsePrimaryExpression, parseString } from './expression-parser.ts'
import { assignmentFollows, parseColumn, parseIdentifier, parseNamePattern } from './name-parser.ts'
import type { TokenCursor } from './token-cursor.ts'
import type { Token } from './token.ts'

type CommandParser = (cursor: TokenCursor, word: Token) => Command

/** Parses the command whose word is under the cursor. */
export function parseCommand(cursor: TokenCursor): Command {
  const word = cursor.advance()
  return (COMMAND_PARSERS.get(word.word) ?? parseOther)(cursor, word)
}

// ---- sources ----

function parseFrom(cursor: TokenCursor, word: Token): FromCommand {
  const patterns = parseSeveral(cursor, parseIndexPattern)
  const metadata = cursor.accept('metadata') ? parseSeveral(cursor, parseMetadataName) : []
  return { type: 'from', patterns, metadata, span: cursor.spanFrom(word.span.start) }
}

/** `index`, `cluster:index`, `index::selector` or a string; what is unquoted is joined without white space. */
function parseIndexPattern(cursor: TokenCursor): FromCommand['patterns'][number] {
  const start = cursor.start()
  if (cursor.current.word === '(') cursor.failUnsupported('a subquery in FROM', cursor.current.span)
  if (cursor.atKind('string')) return { text: cursor.advance().value, span: cursor.spanFrom(start) }
  let text = cursor.expectKind('source').text
  if (cursor.accept(':')) text += `:${cursor.expectKind('source').text}`
  if (cursor.accept('::')) text += `::${cursor.expectKind('source').text}`
  return { text, span: cursor.spanFrom(start) }
}

function parseMetadataName(cursor: TokenCursor): FromCommand['metadata'][number] {
  const { text, span } = cursor.expectKind('source')
  return { name: text, span }
}

// ---- fields ----

/** `name = expression` or an expression alone. */
function parseAssignment(cursor: TokenCursor): Assignment {
  const start = cursor.start()
  const name = assignmentFollows(cursor) ? parseColumn(cursor) : null
  if (name !== null) cursor.expect('=')
  const expression = parseExpression(cursor)
  const span = cursor.spanFrom(start)
  return { type: 'assignment', name, expression, text: name === null ? textOf(cursor, span) : null, span }
}

function parseAggregate(cursor: TokenCursor): AggregateAssignment {
  const start = cursor.start()
  const { name, expression } = parseAssignment(cursor)
  const filter = cursor.accept('where') ? parseExpression(cursor) : null
  const span = cursor.spanFrom(start)
  return { type: 'aggregate', name, expression, filter, text: name === null ? textOf(cursor, span) : null, span }
}

function parseStats(cursor: TokenCursor, word: Token): Command {
  return parseStatsRest(cursor, word, false)
}

function parseInlineStats(cursor: TokenCursor, word: Token): Command {
  if (word.word === 'inline') cursor.expect('stats')
  return parseStatsRest(cursor, word, true)
}

function parseStatsRest(cursor: TokenCursor, word: Token, inline: boolean): Command {
  const ended = cursor.current.kind === 'pipe' || cursor.current.kind === 'end'
  if (ended) cursor.failWith(emptyStats(inline ? 'INLINE STATS' : 'STATS'), cursor.spanFrom(word.span.start))
  const aggregates = !inline && cursor.at('by') ? [] : parseSeveral(cursor, parseAggregate)
  const groupings = cursor.accept('by') ? parseSeveral(cursor, parseAssignment) : []
  return { type: 'stats', inline, aggregates, groupings, span: cursor.spanFrom(word.span.start) }
}

// ---- names ----

function parseRename(cursor: TokenCursor): RenameCommand['renames'][number] {
  const start = cursor.start()
  const first = parseNamePattern(cursor)
  if (cursor.accept('=')) {
    return { from: parseNamePattern(cursor), to: first, style: 'assign', span: cursor.spanFrom(start) }
  }
  cursor.expect('as')
  return { from: first, to: parseNamePattern(cursor), style: 'as', span: cursor.spanFrom(start) }
}

function parseEnrich(cursor: TokenCursor, word: Token): EnrichCommand {
  const policy = (cursor.atKind('string') ? cursor.advance() : cursor.expectKind('source')).value
  const on = cursor.accept('on') ? parseNamePattern(cursor) : null
  const fields = cursor.accept('with') ? parseSeveral(cursor, parseEnrichField) : []
  return { type: 'enrich', policy, on, with: fields, span: cursor.spanFrom(word.span.start) }
}

function parseEnrichField(cursor: TokenCursor): { name: NamePattern | null; field: NamePattern } {
  const first = parseNamePattern(cursor)
  return cursor.accept('=') ? { name: first, field: parseNamePattern(cursor) } : { name: null, field: first }
}

function parseLookupJoin(cursor: TokenCursor, word: Token): LookupJoinCommand {
  cursor.expect('join')
  const index = parseIndexPattern(cursor).text
  const alias = cursor.accept('as') ? cursor.expectKind('source').text : null
  cursor.expect('on')
  const on = parseSeveral(cursor, parseExpression)
  return { type: 'lookup-join', index, alias, on, span: cursor.spanFrom(word.span.start) }
}

// ---- rows ----

function parseSortKey(cursor: TokenCursor): SortKey {
  const start = cursor.start()
  const expression = parseExpression(cursor)
  const direction = cursor.accept('asc') ? 'asc' : cursor.accept('desc') ? 'desc' : null
  const nulls = cursor.accept('nulls') ? parseNullsOrder(cursor) : null
  return { expression, direction, nulls, span: cursor.spanFrom(start) }
}

function parseNullsOrder(cursor: TokenCursor): 'first' | 'last' {
  if (cursor.accept('first')) return 'first'
  cursor.expect('last')
  return 'last'
}

function parseLimit(cursor: TokenCursor, word: Token): Command {
  const count = parseConstant(cursor)
  const keys = cursor.accept('by') ? parseSeveral(cursor, parseExpression) : null
  const span = cursor.spanFrom(word.span.start)
  return keys === null ? { type: 'limit', count, span } : { type: 'limit-by', count, keys, span }
}

// ---- text ----

function parseDissect(cursor: TokenCursor, word: Token): DissectCommand {
  const input = parsePrimaryExpression(cursor)
  const pattern = parseString(cursor)
  const hasOptions = cursor.current.kind === 'identifier' || cursor.current.kind === 'quoted-identifier'
  const options = hasOptions ? parseSeveral(cursor, parseDissectOption) : []
  return { type: 'dissect', input, pattern, options, span: cursor.spanFrom(word.span.start) }
}

function parseDissectOption(cursor: TokenCursor): DissectCommand['options'][number] {
  const start = cursor.start()
  const name = parseIdentifier(cursor).value
  cursor.expect('=')
  return { name, value: parseConstant(cursor), span: cursor.spanFrom(start) }
}

function parseCompletion(cursor: TokenCursor, word: Token): CompletionCommand {
  const target = assignmentFollows(cursor) ? parseColumn(cursor) : null
  if (target !== null) cursor.expect('=')
  const prompt = parsePrimaryExpression(cursor)
  const options = cursor.accept('with') ? parseMap(cursor) : null
  return { type: 'completion', target, prompt, options, span: cursor.spanFrom(word.span.start) }
}

// ---- everything else ----

/** `SET name = value`; the `;` behind it is the caller's. */
function parseSet(cursor: TokenCursor, word: Token): OtherCommand {
  const start = cursor.start()
  parseIdentifier(cursor)
  cursor.expect('=')
  if (cursor.at('{')) parseMap(cursor)
  else parseConstant(cursor)
  const body = textOf(cursor, cursor.spanFrom(start))
  return { type: 'other', keyword: 'SET', body, span: cursor.spanFrom(word.span.start) }
}

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}']
])
const CLOSING: ReadonlySet<string> = new Set(CLOSERS.values())

/** Takes the text up to the pipe that ends the command; its brackets must balance and its tokens be tokens. */
function parseOther(cursor: TokenCursor, word: Token): Command {
  const open: string[] = []
  const start = cursor.start()
  const fail = (): never =>
    cursor.failWith(
      noViableAlternative(textOf(cursor, { start: word.span.start, end: cursor.current.span.end })),
      cursor.current.span
    )
  for (;;) {
    const { current } = cursor
    if (current.kind === 'end' || (current.kind === 'pipe' && !current.nested)) break
    if (current.broken) fail()
    const closer = CLOSERS.get(current.word)
    if (closer !== undefined) open.push(closer)
    else if (CLOSING.has(current.word) && open.pop() !== current.word) fail()
    cursor.advance()
  }
  if (open.length > 0) fail()
  const body = textOf(cursor, cursor.spanFrom(start))
  return { type: 'other', keyword: word.word.toUpperCase(), body, span: cursor.spanFrom(word.span.start) }
}

// ---- plumbing ----

/** One or more between commas. */
function parseSeveral<T>(cursor: TokenCursor, parse: (cursor: TokenCursor) => T): T[] {
  const items = [parse(cursor)]
  while (cursor.accept(',')) items.push(parse(cursor))
  return items
}

function textOf(cursor: TokenCursor, span: { start: number; end: number }): string {
  return cursor.text.slice(span.start, span.end)
}

const spanOf = (cursor: TokenCursor, word: Token) => cursor.spanFrom(word.span.start)

const COMMAND_PARSERS: ReadonlyMap<string, CommandParser> = new Map<string, CommandParser>([
  ['set', parseSet],
  ['from', parseFrom],
  ['row', (cursor, word) => ({ type: 'row', fields: parseSeveral(cursor, parseAssignment), span: spanOf(cursor, word) })],
  ['where', (cursor, word) => ({ type: 'where', condition: parseExpression(cursor), span: spanOf(cursor, word) })],
  ['eval', (cursor, word) => ({ type: 'eval', fields: parseSeveral(cursor, parseAssignment), span: spanOf(cursor, word) })],
  ['stats', parseStats],
  ['inline', parseInlineStats],
  ['inlinestats', parseInlineStats],
  ['keep', (cursor, word) => ({ type: 'keep', names: parseSeveral(cursor, parseNamePattern), span: spanOf(cursor, word) })],
  ['drop', (cursor, word) => ({ type: 'drop', names: parseSeveral(cursor, parseNamePattern), span: spanOf(cursor, word) })],
  ['rename', (cursor, word) => ({ type: 'rename', renames: parseSeveral(cursor, parseRename), span: spanOf(cursor, word) })],
  ['sort', (cursor, word) => ({ type: 'sort', keys: parseSeveral(cursor, parseSortKey), span: spanOf(cursor, word) })],
  ['limit', parseLimit],
  ['mv_expand', (cursor, word) => ({ type: 'mv-expand', field: parseColumn(cursor), span: spanOf(cursor, word) })],
  ['dissect', parseDissect],
  [
    'grok',
    (cursor, word) => ({
      type: 'grok',
      input: parsePrimaryExpression(cursor),
      patterns: parseSeveral(cursor, parseString),
      span: spanOf(cursor, word)
    })
  ],
  ['enrich', parseEnrich],
  ['lookup', parseLookupJoin],
  ['completion', parseCompletion]
])
