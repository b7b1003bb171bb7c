/**
 * Reads rule files: detection-rules TOML, Kibana rule exports (one JSON object a line), bare .esql, JSON objects and lists.
 *
 * In: a file's name and text, both untrusted. Out: the rules that can be tried and, for everything else, what it was and
 * where it stood; nothing is lost in silence. The content decides what a file is, the name only breaks a tie.
 */
import { parse as parseToml, TomlError } from 'smol-toml'
import { type Rule, type RuleProblem, kindOf, member, toRule } from './rule.ts'

export interface RulePack {
  rules: Rule[]
  problems: RuleProblem[]
}

/** Longest rule file read: the whole prebuilt package as NDJSON is about 20 MB. */
export const MAX_RULE_FILE_LENGTH = 64 * 1024 * 1024
/** Problems kept of one file; the last entry counts the rest. */
const MAX_PROBLEMS = 1000

type RuleFileKind = 'json' | 'ndjson' | 'toml' | 'esql'

/** All rules of a file and all problems found in it. */
export function readRules(fileName: string, text: string): RulePack {
  const pack: RulePack = { rules: [], problems: [] }
  const content = text.startsWith('\ufeff') ? text.slice(1) : text
  if (content.length > MAX_RULE_FILE_LENGTH) {
    pack.problems.push({
      message: `Rule file of ${content.length} characters, the most read is ${MAX_RULE_FILE_LENGTH}`,
      place: 'file'
    })
    return pack
  }
  if (content.trim() === '') {
    pack.problems.push({ message: 'Empty rule file', place: 'line 1' })
    return pack
  }
  if (content.includes('\0')) {
    pack.problems.push({ message: 'Not a text file: it holds NUL characters', place: lineOf(content, content.indexOf('\0')) })
    return pack
  }
  READERS[kindOfFile(fileName, content)](baseName(fileName), content, pack)
  boundProblems(pack)
  return pack
}

const READERS: Record<RuleFileKind, (name: string, text: string, pack: RulePack) => void> = {
  json: readJson,
  ndjson: readNdjson,
  toml: readToml,
  esql: readEsql
}

/** A query begins with a command or a comment; TOML with a table or a key; JSON with a bracket. */
const QUERY_START = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*(?:from|row|show|ts|set)\s/i
const TOML_TABLE = /^[ \t]*\[\[?[ \tA-Za-z0-9_."'-]+\]\]?[ \t]*(?:#.*)?\r?$/m
const TOML_KEY = /^\s*(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*[A-Za-z0-9_-]+)*\s*=\s*(?!=)\S/

function kindOfFile(fileName: string, text: string): RuleFileKind {
  const start = text.trimStart()
  const firstLine = start.slice(0, lineEnd(start, 0))
  if (start.startsWith('{')) return isJsonLine(firstLine) ? 'ndjson' : 'json'
  if (QUERY_START.test(text.slice(0, 100_000))) return 'esql'
  if (start.startsWith('[') && !TOML_TABLE.test(firstLine)) return 'json'
  if (TOML_TABLE.test(firstLine) || (TOML_TABLE.test(text) && TOML_KEY.test(firstUncommented(start)))) return 'toml'
  if (start.startsWith('#') && TOML_TABLE.test(text)) return 'toml'
  const ending = /\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase()
  return ending === 'toml' ? 'toml' : ending === 'ndjson' || ending === 'jsonl' ? 'ndjson' : ending === 'json' ? 'json' : 'esql'
}

function isJsonLine(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

function firstUncommented(text: string): string {
  return text.split('\n', 200).find((line) => line.trim() !== '' && !line.trimStart().startsWith('#')) ?? ''
}

// ---- bare query ----

function readEsql(name: string, text: string, pack: RulePack): void {
  // The name of a bare query is its file's name; it has no id and runs on the default schedule.
  add(pack, toRule({ rule: { query: text, language: 'esql' }, fallbackName: name, place: 'file' }))
}

// ---- TOML ----

function readToml(name: string, text: string, pack: RulePack): void {
  let document: unknown
  try {
    document = parseToml(text, { integersAsBigInt: 'asNeeded' })
  } catch (error) {
    pack.problems.push(tomlProblem(error))
    return
  }
  const rule = member(document, 'rule')
  if (rule === undefined) {
    // Some tools write the rule's keys at the root.
    if (member(document, 'query') !== undefined) add(pack, toRule({ rule: document, fallbackName: name, place: 'file' }))
    else pack.problems.push({ message: 'TOML without a [rule] table: no rule in it', place: 'file' })
    return
  }
  if (Array.isArray(rule)) {
    rule.forEach((entry, index) => addObject(pack, entry, member(document, 'metadata'), name, `rule[${index}]`))
    return
  }
  addObject(pack, rule, member(document, 'metadata'), name, 'rule')
}

function tomlProblem(error: unknown): RuleProblem {
  if (error instanceof TomlError) {
    const sentence = error.message.split('\n', 1)[0]!.replace(/^Invalid TOML document: /, '')
    return { message: `Invalid TOML: ${sentence}`, place: `line ${error.line}:${error.column}` }
  }
  // Nesting beyond the parser's depth ends in a RangeError.
  return { message: `Invalid TOML: ${error instanceof Error ? error.message : 'unreadable'}`, place: 'file' }
}

// ---- JSON ----

function readJson(name: string, text: string, pack: RulePack): void {
  const parsed = parseJson(text)
  if ('problem' in parsed) {
    pack.problems.push({ message: parsed.problem, place: parsed.offset === null ? 'file' : lineOf(text, parsed.offset) })
    return
  }
  addJsonValue(pack, parsed.value, name, 'rule')
}

function addJsonValue(pack: RulePack, value: unknown, name: string, place: string): void {
  if (Array.isArray(value)) {
    if (value.length === 0) pack.problems.push({ message: 'Empty list: no rule in it', place })
    value.forEach((entry, index) => addWrapped(pack, entry, name, `rule[${index}]`))
    return
  }
  // The find API answers {"data":[...]}, an Elasticsearch search {"hits":{"hits":[...]}}.
  const entries = member(value, 'data') ?? member(member(value, 'hits'), 'hits')
  if (Array.isArray(entries) && member(value, 'query') === undefined) {
    entries.forEach((entry, index) => addWrapped(pack, entry, name, `rule[${index}]`))
    return
  }
  addWrapped(pack, value, name, place)
}

function readNdjson(name: string, text: string, pack: RulePack): void {
  let line = 0
  for (let start = 0; start < text.length;) {
    const end = lineEnd(text, start)
    const content = text.slice(start, end).trim()
    start = end + 1
    line++
    if (content === '') continue
    const parsed = parseJson(content)
    const place = `line ${line}`
    if ('problem' in parsed) {
      const at = parsed.offset === null ? place : `line ${line}:${parsed.offset + 1}`
      pack.problems.push({ message: parsed.problem, place: at })
    } else addLine(pack, parsed.value, name, place)
  }
  if (pack.rules.length === 0 && pack.problems.length === 0) pack.problems.push({ message: 'No rule in the file', place: 'file' })
}

/** A line of an export: a rule, a part of the export that is no rule, or the summary at its end. */
function addLine(pack: RulePack, value: unknown, name: string, place: string): void {
  if (isExportSummary(value)) return
  const kind = exportPart(value)
  if (kind !== null) {
    pack.problems.push({ message: `${kind}: not read with the rules`, place })
    return
  }
  addJsonValue(pack, value, name, place)
}

function isExportSummary(value: unknown): boolean {
  return (
    member(value, 'exported_count') !== undefined &&
    member(value, 'query') === undefined &&
    member(value, 'rule_id') === undefined
  )
}

/** Exception lists and connectors travel in the same file as the rules. */
function exportPart(value: unknown): string | null {
  if (member(value, 'query') !== undefined) return null
  const listId = member(value, 'list_id')
  if (typeof listId === 'string') return member(value, 'item_id') !== undefined ? 'Exception item' : 'Exception list'
  return member(value, 'attributes') !== undefined && member(value, 'type') === 'action' ? 'Connector' : null
}

/** A saved object, an alert or a search hit holds the rule one or two levels down. */
const WRAPPERS: readonly (readonly string[])[] = [
  ['_source'],
  ['attributes'],
  ['params'],
  ['rule'],
  ['kibana.alert.rule.parameters']
]
const MAX_UNWRAP = 3

function addWrapped(pack: RulePack, value: unknown, name: string, place: string): void {
  let object = value
  let metadata: unknown
  for (let depth = 0; depth < MAX_UNWRAP && member(object, 'query') === undefined; depth++) {
    const inner = WRAPPERS.map(([key]) => member(object, key!)).find(
      (candidate) => candidate !== undefined && kindOf(candidate) === 'an object'
    )
    if (inner === undefined) break
    metadata ??= member(object, 'metadata')
    // A saved object keeps the name beside its params.
    const outerName = member(object, 'name')
    object = inner
    if (typeof outerName === 'string' && member(inner, 'name') === undefined) object = { ...(inner as object), name: outerName }
  }
  addObject(pack, object, metadata, name, place)
}

function addObject(pack: RulePack, object: unknown, metadata: unknown, name: string, place: string): void {
  if (kindOf(object) !== 'an object') {
    pack.problems.push({ message: `Expected a rule, found ${kindOf(object)}`, place })
    return
  }
  add(pack, toRule({ rule: object, metadata, fallbackName: name, place }))
}

function add(pack: RulePack, result: ReturnType<typeof toRule>): void {
  if ('rule' in result) pack.rules.push(result.rule)
  else pack.problems.push(result.problem)
}

function parseJson(text: string): { value: unknown } | { problem: string; offset: number | null } {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unreadable'
    const position = /at position (\d+)/.exec(message)
    const atEnd = /end of JSON input/.test(message)
    const what = message.replace(/,? ?"[^]*" is not valid JSON$/, '').replace(/ in JSON at position.*$/s, '')
    return { problem: `Invalid JSON: ${what}`, offset: position ? Number(position[1]) : atEnd ? text.length : null }
  }
}

// ---- places ----

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function lineOf(text: string, offset: number): string {
  let line = 1
  let lineStart = 0
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) {
    line++
    lineStart = end + 1
  }
  return `line ${line}:${offset - lineStart + 1}`
}

function baseName(fileName: string): string {
  return fileName.split(/[\\/]/).at(-1) || fileName
}

function boundProblems(pack: RulePack): void {
  const more = pack.problems.length - MAX_PROBLEMS
  if (more > 0) pack.problems.splice(MAX_PROBLEMS, more, { message: `${more} more problems`, place: 'file' })
}
