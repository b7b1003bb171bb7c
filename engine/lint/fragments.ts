/**
 * Conditions of commands that do not parse, as far as their tokens allow.
 *
 * The text of such a command is cut at AND, OR, pipes and unmatched parentheses; each piece that is an expression by itself
 * is given. A piece with a slip in it is lost, its neighbours are not.
 */
import { joinSpans, type Span } from '../base/span.ts'
import type { Command, Expression } from '../language/ast.ts'
import { parseExpression } from '../language/parser.ts'
import type { Token } from '../language/token.ts'

/** Pieces looked at in one query: text that is no query could have one a word. */
const MAX_PIECES = 2000

/** The conditions that can be read in what `commands` does not cover. */
export function readFragments(text: string, tokens: readonly Token[], commands: readonly Command[]): Expression[] {
  const covered = (token: Token) => commands.some(({ span }) => token.span.start >= span.start && token.span.end <= span.end)
  const pieces: Token[][] = []
  let piece: Token[] = []
  const close = () => {
    if (piece.length > 1 && pieces.length < MAX_PIECES) pieces.push(piece)
    piece = []
  }
  for (const token of tokens) {
    const ends = token.kind === 'pipe' || token.kind === 'end' || token.kind === 'command' || isConnective(token)
    if (ends || covered(token)) close()
    else piece.push(token)
  }
  close()
  return pieces.flatMap((one) => readPiece(text, one))
}

function isConnective({ kind, word }: Token): boolean {
  return kind === 'keyword' && (word === 'and' || word === 'or')
}

/** Drops parentheses that are not closed in the piece, at both ends, and a leading NOT in front of them. */
function readPiece(text: string, tokens: readonly Token[]): Expression[] {
  let [first, last] = [0, tokens.length - 1]
  let open = 0
  for (const { word } of tokens) open += opens(word)
  for (; first < last && open > 0 && ['(', 'not'].includes(tokens[first]!.word); first++) open -= opens(tokens[first]!.word)
  for (; first < last && open < 0 && tokens[last]!.word === ')'; last--) open++
  if (first >= last) return []
  const span = joinSpans(tokens[first]!.span, tokens[last]!.span)
  const { expression } = parseExpression(text.slice(span.start, span.end))
  return expression ? [moved(expression, span.start - PREFIX)] : []
}

const opens = (word: string) => (word === '(' ? 1 : word === ')' ? -1 : 0)

/** Spans of parseExpression count from the `WHERE ` it puts in front. */
const PREFIX = 'WHERE '.length

/** The same tree with every span moved. */
function moved<T>(node: T, by: number): T {
  if (Array.isArray(node)) return node.map((item: unknown) => moved(item, by)) as T
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => [
    key,
    key === 'span' ? { start: (value as Span).start + by, end: (value as Span).end + by } : moved<unknown>(value, by)
  ])
  return Object.fromEntries(entries) as T
}
