/**
 * DISSECT (and, with an entry of its own, GROK): the pattern is compiled once here, so that what is wrong with it is said
 * before anything runs and its columns are known; the plan carries it as text and the operator compiles it again.
 */
import type { Span } from '../base/span.ts'
import { isString } from '../data/data-type.ts'
import type { DissectCommand, GrokCommand } from '../language/ast.ts'
import { compileDissect, DissectPatternError, DissectReferenceError } from '../patterns/dissect.ts'
import { compileGrok, GrokError } from '../patterns/grok/grok.ts'
import type { ExtractPattern, TextExtractor } from '../patterns/text-extractor.ts'
import type { BoundExpression } from '../plan/expression.ts'
import type { ExtractNode } from '../plan/logical-plan.ts'
import type { Analysis } from './analyzer.ts'
import * as errors from './errors.ts'

/** Adds DISSECT to the plan and its columns to the scope. */
export function analyzeDissect(analysis: Analysis, command: DissectCommand): void {
  const input = analyzeInput(analysis, 'Dissect', command)
  const appendSeparator = separatorOf(analysis, command)
  const text = command.pattern.value
  try {
    const extractor = compileDissect(text, appendSeparator)
    addExtract(analysis, 'DISSECT', input, extractor, { kind: 'dissect', text, appendSeparator }, command.span)
  } catch (failure) {
    if (failure instanceof DissectReferenceError) analysis.diagnostics.push(errors.message(failure.message, command.span))
    else if (failure instanceof DissectPatternError) {
      analysis.diagnostics.push(errors.message(`Invalid pattern for dissect: [${text}]`, command.span))
    } else throw failure
  }
}

/** Adds GROK to the plan and its columns to the scope. */
export function analyzeGrok(analysis: Analysis, command: GrokCommand): void {
  const input = analyzeInput(analysis, 'Grok', command)
  const patterns = command.patterns.map(({ value }) => value)
  try {
    addExtract(analysis, 'GROK', input, compileGrok(patterns), { kind: 'grok', patterns }, command.span)
  } catch (failure) {
    if (!(failure instanceof GrokError)) throw failure
    analysis.diagnostics.push(errors.message(failure.message, command.patterns[failure.index]?.span ?? command.span))
  }
}

/** Binds what a pattern is applied to; `word` is the command as Elasticsearch writes it in messages. */
export function analyzeInput(analysis: Analysis, word: string, command: Pick<DissectCommand, 'input'>): BoundExpression {
  const input = analysis.expressions().bind(command.input)
  if (!isString(input.dataType) && input.dataType !== 'null') {
    analysis.diagnostics.push(errors.extractFromText(word, input.text, input.dataType, command.input.span))
  }
  return input
}

/** Adds the node; its columns take the place of those of their names. */
export function addExtract(
  analysis: Analysis,
  command: ExtractNode['command'],
  input: BoundExpression,
  extractor: TextExtractor,
  pattern: ExtractPattern,
  span: Span
): void {
  const { fields } = extractor
  analysis.pending.push({ type: 'extract', command, input, fields, pattern, span })
  analysis.scope = analysis.scope.assign(fields)
}

function separatorOf(analysis: Analysis, command: DissectCommand): string {
  let separator = ''
  for (const { name, value } of command.options) {
    const bound = analysis.expressions().bind(value)
    const isSeparator = name.toLowerCase() === 'append_separator'
    if (!isSeparator) {
      analysis.diagnostics.push(errors.message(`Invalid option for dissect: [${name}]`, command.span))
    } else if (bound.type === 'literal' && typeof bound.value === 'string') separator = bound.value
    else {
      const text = `Invalid value for dissect append_separator: expected a string, but was [${bound.text}]`
      analysis.diagnostics.push(errors.message(text, command.span))
    }
  }
  return separator
}
