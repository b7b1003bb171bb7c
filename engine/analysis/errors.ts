/** All texts of the analyzer and the verifier, worded as an Elastic user knows them. */
import type { Diagnostic } from '../base/diagnostic.ts'
import type { Span } from '../base/span.ts'
import { positionAt } from '../base/text-position.ts'
import { type DataType, messageName } from '../data/data-type.ts'
import type { FieldVariant } from './catalog.ts'

function error(code: string, message: string, span: Span): Diagnostic {
  return { severity: 'error', code, message, span }
}

const suggestion = (near: string | null) => (near === null ? '' : `, did you mean [${near}]?`)

export const unknownColumn = (name: string, near: string | null, span: Span) =>
  error('unknown-column', `Unknown column [${name}]${suggestion(near)}`, span)

export const unknownFunction = (name: string, near: string | null, span: Span) =>
  error('unknown-function', `Unknown function [${name}]${suggestion(near)}`, span)

export const noMatchFor = (pattern: string, span: Span) =>
  error('unknown-column', `No matches found for pattern [${pattern}]`, span)

export const absentField = (name: string, near: string | null, span: Span): Diagnostic => ({
  severity: 'note',
  code: 'absent-field',
  message: `[${name}] is in none of the sampled events and not a known field: it is null everywhere${suggestion(near)}`,
  span
})

export const unsupportedField = (name: string, span: Span) =>
  error('unsupported-field', `Cannot use field [${name}] with unsupported type`, span)

export const ambiguousField = (name: string, variants: readonly FieldVariant[], span: Span) => {
  const types = variants.map(({ mappedType, indices }) => `[${mappedType}] in [${indices.join(', ')}]`).join(', ')
  const count = variants.length
  return error(
    'unsupported-field',
    `Cannot use field [${name}] due to ambiguities being mapped as [${count}] incompatible types: ${types}`,
    span
  )
}

export const scoreIsCount = (span: Span): Diagnostic => ({
  severity: 'note',
  code: 'score',
  message:
    '[_score] is the number of full-text conditions a row fulfils: relevance as in Elasticsearch needs all documents of the index',
  span
})

export const conditionNotBoolean = (type: DataType, span: Span) =>
  error('type', `Condition expression needs to be boolean, found [${messageName(type).toUpperCase()}]`, span)

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
/** `first`, `second`, ...; `11th` from eleven on. */
export const ordinal = (index: number) => ORDINALS[index] ?? `${index + 1}th`

export const argumentType = (index: number, call: string, expected: string, argument: string, type: DataType, span: Span) =>
  error(
    'type',
    `${ordinal(index)} argument of [${call}] must be [${expected}], found value [${argument}] type [${messageName(type)}]`,
    span
  )

export const message = (text: string, span: Span) => error('type', text, span)

export const caseArguments = (call: string, span: Span) =>
  error('type', `[${call}] expects at least two arguments: a condition and a value`, span)

export const aggregateOutsideStats = (call: string, span: Span) =>
  error('aggregate', `aggregate function [${call}] not allowed outside STATS command`, span)

export const groupingOutsideStats = (call: string, span: Span) =>
  error('aggregate', `cannot use grouping function [${call}] outside of a STATS command`, span)

export const groupingOutsideBy = (call: string, span: Span) =>
  error('aggregate', `can only use grouping function [${call}] as part of the BY clause`, span)

export const dropsAll = (span: Span) => error('syntax', 'Removing all fields is not allowed [*]', span)

export const nestedAggregate = (call: string, span: Span) =>
  error('aggregate', `nested aggregations [${call}] not allowed inside other aggregations`, span)

export const notAggregated = (name: string, span: Span) =>
  error('aggregate', `column [${name}] must appear in the STATS BY clause or be used in an aggregate function`, span)

export const noAggregate = (text: string, span: Span) =>
  error('aggregate', `expected an aggregate function but found [${text}]`, span)

export const aggregateInGrouping = (call: string, span: Span) =>
  error('aggregate', `cannot use an aggregate [${call}] for grouping`, span)

export const optionNotConstant = (name: string, text: string, span: Span) =>
  error('type', `Option [${name}] must be a constant, found [${text}]`, span)

export const starOnlyForCount = (name: string, span: Span) =>
  error('type', `[${name}(*)] is not allowed: only COUNT takes [*]`, span)

export const badCast = (value: string, target: string, reason: string, span: Span) =>
  error('type', `Cannot convert string [${value}] to [${target.toUpperCase()}], error [${reason}]`, span)

export const unknownType = (name: string, span: Span) => error('type', `Unknown data type named [${name}]`, span)

export const wrongFullTextParent = (condition: string, inside: string, parent: string, span: Span) =>
  error('type', `Invalid condition [${condition}]. ${inside} can't be used with ${parent}`, span)

export const limitNotConstant = (text: string, span: Span) =>
  error('type', `Invalid value for LIMIT [${text}], expecting a non negative integer`, span)

export const badPattern = (keyword: string, pattern: string, reason: string, span: Span) =>
  error('type', `Invalid pattern for ${keyword} [${pattern}]: [${reason}]`, span)

export const patternNotText = (keyword: string, text: string, span: Span) =>
  error('type', `${keyword} needs a string pattern, found [${text}]`, span)

/** DISSECT and GROK read text. */
export const extractFromText = (command: string, text: string, type: DataType, span: Span) =>
  error(
    'type',
    `${command} only supports KEYWORD or TEXT values, found expression [${text}] type [${messageName(type).toUpperCase()}]`,
    span
  )

export const numberTooLarge = (text: string, span: Span) => error('type', `Number [${text}] is too large`, span)

export const unknownTimeUnit = (unit: string, span: Span) => error('type', `Unexpected temporal unit: '${unit}'`, span)

export const noSource = (span: Span) => error('syntax', 'A query starts with FROM or ROW', span)

export const misplacedSource = (keyword: string, span: Span) => error('syntax', `${keyword} can only start a query`, span)

export const inlineStatsBehindLimit = (command: string, limit: string, text: string, limitSpan: Span, span: Span) => {
  const { line, column } = positionAt(text, limitSpan.start)
  return error(
    'misplaced',
    `INLINE STATS cannot be used after an explicit or implicit LIMIT command, but was [${command}] after [${limit}] [@${line}:${column}]`,
    span
  )
}

export const unknownLookup = (name: string, near: string | null, span: Span) =>
  error('unknown-table', `Unknown index [${name}]: no lookup table of that name is loaded${suggestion(near)}`, span)

export const unknownPolicy = (name: string, near: string | null, span: Span) =>
  error('unknown-table', `cannot find enrich policy [${name}]: no lookup table of that name is loaded${suggestion(near)}`, span)

export const unknownEnrichField = (name: string, policy: string, near: string | null, span: Span) =>
  error('unknown-column', `Enrich field [${name}] not found in enrich policy [${policy}]${suggestion(near)}`, span)

export const unknownRightColumn = (name: string, span: Span) =>
  error('unknown-column', `Unknown column [${name}] in right side of join`, span)

export const unjoinableField = (name: string, type: DataType, span: Span) =>
  error('type', `JOIN with right field [${name}] of type [${typeName(type)}] is not supported`, span)

export const joinTypes = (left: string, leftType: DataType, right: string, rightType: DataType, span: Span) =>
  error(
    'type',
    `JOIN left field [${left}] of type [${typeName(leftType)}] is incompatible with right field [${right}] of type [${typeName(rightType)}]`,
    span
  )

const typeName = (type: DataType) => messageName(type).toUpperCase()

/** The warning of Elasticsearch that a join behind SORT may answer in any order. */
export const lostOrder = (text: string, span: Span) => {
  const { line, column } = positionAt(text, span.start)
  return `Line ${line}:${column}: SORT is followed by a LOOKUP JOIN which does not preserve order; add another SORT after the LOOKUP JOIN if order is required`
}

export const promptNotText = (type: DataType, span: Span) =>
  error('type', `prompt must be of type [text] but is [${messageName(type)}]`, span)

/** The warning that a query ends before its COMPLETION. */
export const completionNotRun = (text: string, span: Span, promptColumn: string) => {
  const { line, column } = positionAt(text, span.start)
  return (
    `Line ${line}:${column}: COMPLETION needs a language model and was not run: nothing was sent, column [${promptColumn}] holds ` +
    'the prompts, and the commands behind it were not run'
  )
}

/** Parsed, known, but not run by this version; it is refused instead of answered wrongly. */
export const notRunYet = (what: string, span: Span, reason?: string) =>
  error('unsupported', `${what} is not run by this version yet${reason === undefined ? '' : `: ${reason}`}`, span)

/** A time span computes dates and is no value of a column. */
export const spanAsColumn = (command: 'row' | 'eval', type: string, text: string, span: Span) =>
  error(
    'type',
    command === 'row'
      ? `cannot use [${text}] directly in a row assignment`
      : `EVAL does not support type [${type}] as the return data type of expression [${text}]`,
    span
  )

/** The warning that two outputs of STATS share a name. */
export const shadowedField = (name: string, line: number, column: number) =>
  `Field '${name}' shadowed by field at line ${line}:${column}`
