/**
 * The commands of ES|QL as one table: where each may stand and how the text behind its word is lexed. Lexer, parser and
 * the suggestions of diagnostics read it.
 *
 * Holds: every command of the language is listed, so an unknown word is a typo and never a command we forgot to name.
 */

/** How the words behind a command are lexed; each has its own keywords and name characters. */
export type LexicalMode = 'command' | 'expression' | 'source' | 'join' | 'policy' | 'enrich-names' | 'names' | 'rename' | 'field'

export interface CommandShape {
  /** `setting` stands before the query, `source` starts it, `processing` follows a pipe. */
  place: 'setting' | 'source' | 'processing'
  mode: LexicalMode
  /** Known so that it can be refused by its name, never suggested. */
  hidden?: true
}

const processing = (mode: LexicalMode): CommandShape => ({ place: 'processing', mode })
const source = (mode: LexicalMode): CommandShape => ({ place: 'source', mode })

export const COMMANDS: ReadonlyMap<string, CommandShape> = new Map([
  ['set', { place: 'setting', mode: 'expression' }],

  ['from', source('source')],
  ['row', source('expression')],
  ['show', source('expression')],
  ['ts', source('source')],
  ['promql', source('expression')],
  ['explain', source('expression')],

  ['where', processing('expression')],
  ['eval', processing('expression')],
  ['stats', processing('expression')],
  ['inline', processing('expression')],
  ['inlinestats', processing('expression')],
  ['keep', processing('names')],
  ['drop', processing('names')],
  ['rename', processing('rename')],
  ['sort', processing('expression')],
  ['limit', processing('expression')],
  ['mv_expand', processing('field')],
  ['dissect', processing('expression')],
  ['grok', processing('expression')],
  ['enrich', processing('policy')],
  ['lookup', processing('join')],
  ['completion', processing('expression')],
  ['change_point', processing('expression')],
  ['dedup', processing('expression')],
  ['fork', processing('expression')],
  ['fuse', processing('expression')],
  ['highlight', processing('expression')],
  ['insist', processing('names')],
  ['ip_location', processing('expression')],
  ['metrics_info', processing('expression')],
  ['mmr', processing('expression')],
  ['registered_domain', processing('expression')],
  ['rerank', processing('expression')],
  ['sample', processing('expression')],
  ['ts_collapse', processing('expression')],
  ['ts_info', processing('expression')],
  ['uri_parts', processing('expression')],
  ['user_agent', processing('expression')],
  ['external', { ...source('source'), hidden: true }],
  ['join', { ...processing('join'), hidden: true }],
  ['left', { ...processing('join'), hidden: true }],
  ['right', { ...processing('join'), hidden: true }],
  ['full', { ...processing('join'), hidden: true }]
] satisfies [string, CommandShape][])

const wordsAt = (...places: CommandShape['place'][]): readonly string[] =>
  [...COMMANDS].filter(([, shape]) => places.includes(shape.place) && !shape.hidden).map(([word]) => word)

/** Words a query may begin with. */
export const SOURCE_COMMANDS = wordsAt('source')
/** Words that may follow a pipe. */
export const PROCESSING_COMMANDS = wordsAt('processing')
