/**
 * ES|QL cut into coloured parts while it is being typed. It accepts anything, half-written text above all, and the parts
 * joined are the text; the engine's lexer decides what a query means.
 */
export type QueryPart = 'command' | 'function' | 'string' | 'number' | 'comment' | 'operator' | 'plain'

export interface QueryToken {
  text: string
  part: QueryPart
}

const SHAPES: readonly { part: QueryPart; shape: string }[] = [
  { part: 'comment', shape: String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)` },
  { part: 'string', shape: String.raw`"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?` },
  { part: 'number', shape: String.raw`\b\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\b` },
  {
    part: 'command',
    shape: String.raw`\b(?:FROM|ROW|WHERE|EVAL|STATS|INLINE|KEEP|DROP|RENAME|SORT|LIMIT|MV_EXPAND|DISSECT|GROK|ENRICH|LOOKUP|JOIN|METADATA|BY|AND|OR|NOT|IN|LIKE|RLIKE|IS|NULL|NULLS|FIRST|LAST|ASC|DESC|AS|ON|WITH|TRUE|FALSE)\b(?!\.)`
  },
  { part: 'function', shape: String.raw`\b[A-Za-z_]\w*(?=\()` },
  { part: 'plain', shape: String.raw`[A-Za-z_@][\w.@*-]*|\`[^\`]*\`?` },
  { part: 'operator', shape: String.raw`[|,()=<>!+*/%:-]+` }
]
const TOKEN = new RegExp(SHAPES.map(({ shape }) => `(${shape})`).join('|'), 'gi')

/** Cuts a query into parts. */
export function queryTokens(query: string): QueryToken[] {
  const tokens: QueryToken[] = []
  let end = 0
  for (const match of query.matchAll(TOKEN)) {
    if (match.index > end) tokens.push({ text: query.slice(end, match.index), part: 'plain' })
    const shape = match.slice(1).findIndex((group) => group !== undefined)
    tokens.push({ text: match[0], part: SHAPES[shape]!.part })
    end = match.index + match[0].length
  }
  if (end < query.length) tokens.push({ text: query.slice(end), part: 'plain' })
  return tokens
}
