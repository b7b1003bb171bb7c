/**
 * GROK: patterns to an extractor of typed fields.
 *
 * Several patterns are one: at each place of the text the first that matches there. Fields stand in order of their names;
 * all captures of a name are collected in their order; a field defined in two ways is refused, even with one type.
 */
import type { Value } from '../../data/data-type.ts'
import type { Schema } from '../../data/schema.ts'
import { PatternSyntaxError } from '../regex/tree.ts'
import { MatchStopped } from '../regex/stopped.ts'
import { RubyRegex } from '../ruby/ruby-regex.ts'
import type { ExtractedValue, TextExtractor } from '../text-extractor.ts'
import { type GrokCapture, captureOf } from './captures.ts'
import { expandGrok, GrokPatternError } from './expand.ts'
import { GROK_LIBRARY } from './library.ts'

/** A pattern that cannot run; `index` is its place among the patterns, -1 when it concerns all. */
export class GrokError extends Error {
  constructor(
    message: string,
    readonly index: number
  ) {
    super(message)
  }
}

/** Compiles the patterns of one command; throws GrokError with Elasticsearch's text. */
export function compileGrok(patterns: readonly string[]): TextExtractor {
  const single = patterns.map((pattern, index) => compile(pattern, index))
  const [first] = single
  const regex = single.length === 1 ? first! : compile(patterns.map((pattern) => `(?:${pattern})`).join('|'), 0)
  return new GrokExtractor(regex, fillsOf(regex, patterns))
}

function compile(pattern: string, index: number): RubyRegex {
  try {
    return new RubyRegex(expandGrok(pattern, GROK_LIBRARY))
  } catch (failure) {
    if (failure instanceof GrokPatternError) throw new GrokError(`Invalid pattern [${pattern}] for grok: ${failure.message}`, -1)
    if (failure instanceof PatternSyntaxError)
      throw new GrokError(`Invalid GROK pattern [${pattern}]: [${failure.message}]`, index)
    throw failure
  }
}

/** What a field is filled from. */
interface Fill {
  capture: GrokCapture
  groups: readonly number[]
}

function fillsOf(regex: RubyRegex, patterns: readonly string[]): Fill[] {
  const fills = new Map<string, Fill>()
  for (const [name, groups] of regex.names) {
    const capture = captureOf(name)
    if (fills.has(capture.field)) {
      const which = patterns.length > 1 ? `patterns [${patterns.join(', ')}]` : `pattern [${patterns[0]}]`
      throw new GrokError(
        `Invalid GROK ${which}: the attribute [${capture.field}] is defined multiple times with different types`,
        -1
      )
    }
    fills.set(capture.field, { capture, groups })
  }
  return [...fills.values()].toSorted((a, b) => (a.capture.field < b.capture.field ? -1 : 1))
}

class GrokExtractor implements TextExtractor {
  readonly fields: Schema

  constructor(
    private readonly regex: RubyRegex,
    private readonly fills: readonly Fill[]
  ) {
    this.fields = fills.map(({ capture }) => ({ name: capture.field, type: capture.type }))
  }

  match(text: string): readonly ExtractedValue[] | null {
    this.regex.reset(text)
    const result = this.regex.find()
    if (result === 'stopped') throw new MatchStopped()
    return result === 'none' ? null : this.fills.map((fill) => this.valueOf(fill, text))
  }

  private valueOf({ capture, groups }: Fill, text: string): ExtractedValue {
    const values: Value[] = []
    for (const group of groups) {
      const start = this.regex.start(group)
      const value = start < 0 ? null : capture.convert(text.slice(start, this.regex.end(group)))
      if (value !== null) values.push(value)
    }
    return values.length === 0 ? null : values.length === 1 ? values[0]! : values
  }
}
