/**
 * Completion: what may stand at the cursor, from the language (commands, functions), the data (fields, index names, common
 * values) and the query so far (columns that earlier commands made or left).
 */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import { quotedName } from '../../engine/language/token.ts'
import type { CellValue, DataDescription, DataField, Field, LanguageDescription, TopValues } from '../../engine/worker/api.ts'
import { revealHidden } from '../format/hidden.ts'
import { count } from '../format/number.ts'
import { literal } from '../format/query-edit.ts'
import { queryContext, type QueryContext } from '../format/query-context.ts'
import { commandDocument, fieldDocument, functionDocument } from './documents.ts'

/** Where completion gets its facts; QueryHelp is one. */
export interface CompletionFacts {
  language(): Promise<LanguageDescription>
  data(): Promise<DataDescription>
  columnsBehind(text: string): Promise<Field[] | null>
  topValues(field: string): Promise<TopValues>
}

/** More options than anybody scrolls through. */
const MOST_FIELDS = 2000

/** The completion source over some facts. */
export function queryCompletion(facts: CompletionFacts) {
  return async ({ state, pos, explicit }: CompletionContext): Promise<CompletionResult | null> => {
    const context = queryContext(state.doc.toString(), pos)
    // Between words nothing opens by itself; a dot, a quote or a letter has been typed otherwise.
    if (!explicit && context.from === pos && context.place !== 'value') return null
    const options = await optionsAt(context, facts)
    if (options.length === 0) return null
    return { from: context.from, options, validFor: context.place === 'value' ? /^[^"\n]*$/ : /^[\w@.*`-]*$/ }
  }
}

/** Options of a place; exported for tests. */
export async function optionsAt(context: QueryContext, facts: CompletionFacts): Promise<Completion[]> {
  switch (context.place) {
    case 'none':
      return []
    case 'source-command':
    case 'command':
      return commandOptions(await facts.language(), context.place === 'command' ? 'processing' : 'source')
    case 'index':
      return (await facts.data()).indexNames.map((label) => ({ label, ...shownAs(label), type: 'index' }))
    case 'metadata':
      return METADATA.map((label) => ({ label, type: 'field' }))
    case 'operator':
      return operatorOptions(context)
    case 'value':
      return valueOptions(await facts.topValues(context.field!))
    case 'field':
      return fieldOptions(context, facts)
    case 'expression':
      return [...(await fieldOptions(context, facts)), ...functionOptions(await facts.language(), context), ...WORDS]
  }
}

const METADATA = ['_id', '_index', '_version', '_source', '_ignored']
const WORDS: Completion[] = ['NOT', 'NULL', 'TRUE', 'FALSE'].map((label) => ({ label, type: 'keyword', boost: -50 }))

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  from: ['METADATA'],
  stats: ['BY', 'WHERE'],
  'inline stats': ['BY', 'WHERE'],
  sort: ['ASC', 'DESC', 'NULLS FIRST', 'NULLS LAST'],
  rename: ['AS'],
  keep: [],
  drop: [],
  mv_expand: [],
  enrich: ['ON', 'WITH'],
  lookup: ['JOIN'],
  'lookup join': ['ON', 'AS']
}
const CONDITION_WORDS = ['AND', 'OR', 'IN', 'NOT IN', 'LIKE', 'NOT LIKE', 'RLIKE', 'IS NULL', 'IS NOT NULL']

function operatorOptions({ command, behindBy }: QueryContext): Completion[] {
  const words = behindBy ? [] : (OPERATORS[command] ?? CONDITION_WORDS)
  return words.map((label, index) => ({ label, type: 'keyword', boost: -index }))
}

function commandOptions({ commands }: LanguageDescription, place: 'source' | 'processing'): Completion[] {
  return commands
    .filter((command) => command.place === place)
    .map(({ name, doc, example }, index) => ({
      label: name,
      type: 'command',
      boost: -index,
      apply: `${name} `,
      info: () => commandDocument(doc, example)
    }))
}

function functionOptions({ functions }: LanguageDescription, { command, behindBy }: QueryContext): Completion[] {
  const aggregates = /stats$/.test(command) && !behindBy
  return functions
    .filter(({ kind }) => kind === 'scalar' || aggregates)
    .map((each) => ({
      label: each.name,
      type: 'function',
      detail: each.signatures[0]?.slice(each.name.length) ?? '(…)',
      boost: aggregates && each.kind === 'aggregate' ? 20 : -20,
      apply: applyCall,
      info: () => functionDocument(each)
    }))
}

/** Puts the name in with parentheses and the cursor between them. */
function applyCall(view: EditorView, { label }: Completion, from: number, to: number): void {
  const called = view.state.sliceDoc(to, to + 1) === '('
  view.dispatch({
    changes: { from, to, insert: called ? label : `${label}()` },
    selection: { anchor: from + label.length + 1 },
    userEvent: 'input.complete'
  })
}

/** Columns at this place, the common ones first. */
async function fieldOptions({ before }: QueryContext, facts: CompletionFacts): Promise<Completion[]> {
  const [data, behind] = await Promise.all([facts.data(), before === '' ? null : facts.columnsBehind(before)])
  const known = new Map(data.fields.map((field) => [field.name, field]))
  const fields = behind ?? data.fields
  return fields.slice(0, MOST_FIELDS).map((field) => fieldOption(field, known.get(field.name), data))
}

/** A name of the data may hold what cannot be seen; what is put in is the name. */
function shownAs(label: string): { displayLabel?: string } {
  const displayLabel = revealHidden(label)
  return displayLabel === label ? {} : { displayLabel }
}

function fieldOption({ name, type }: Field, known: DataField | undefined, { events, complete }: DataDescription): Completion {
  const label = quotedName(name)
  return {
    label,
    ...shownAs(label),
    type: 'field',
    detail: known && events > 0 ? `${type} · ${share(known.seen, events)}` : type,
    boost: known ? Math.round((known.seen / Math.max(1, events)) * 20) : 30,
    ...(known && { info: () => fieldDocument(known, events, complete) })
  }
}

/** `93 %`, and never 0 or 100 for what is neither none nor all. */
function share(seen: number, events: number): string {
  const percent = (seen / events) * 100
  if (percent > 0 && percent < 1) return '< 1 %'
  return `${percent < 100 ? Math.min(99, Math.round(percent)) : 100} %`
}

function valueOptions({ values }: TopValues): Completion[] {
  return values.flatMap(({ value, count: n }, index) => {
    const written = typeof value === 'string' ? literal('keyword', value as CellValue & string) : null
    if (written === null) return []
    const label = written.slice(1, -1)
    const shown = revealHidden(label.length > 80 ? `${label.slice(0, 80)}…` : label)
    return [{ label, displayLabel: shown, type: 'value', detail: count(n), boost: -index }]
  })
}
