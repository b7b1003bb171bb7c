/**
 * Expansion of GROK: every `%{NAME}`, `%{NAME:field}` and `%{NAME:field:type}` is replaced by the pattern it names, until none
 * is left, as Elasticsearch does it: leftmost first, the whole reference being the name of the group.
 */
const REFERENCE = /%\{((?:([A-z0-9]+))(?::([\p{Alphabetic}\p{Nd}@[\]_:.-]+))?)(?:=((?:[^{}]|\\.)+))?\}/u
/** More replacements than any pattern of the bank needs by far; a chain of definitions that never ends is stopped here. */
const MAX_REPLACED = 10_000
const MAX_LENGTH = 1 << 20

/** A pattern that cannot be expanded, in Elasticsearch's words. */
export class GrokPatternError extends Error {}

/** The plain expression a pattern stands for. */
export function expandGrok(pattern: string, library: ReadonlyMap<string, string>): string {
  let done = ''
  let rest = pattern
  for (let replaced = 0; ; replaced++) {
    const reference = REFERENCE.exec(rest)
    if (!reference) return done + rest
    const [whole, group, name, field] = reference
    const expression = library.get(name!)
    if (expression === undefined) throw new GrokPatternError(`Unable to find pattern [${name}] in Grok's pattern dictionary`)
    if (expression.includes(`%{${name}}`) || expression.includes(`%{${name}:`)) {
      throw new GrokPatternError(`circular reference in pattern back [${name}]`)
    }
    done += rest.slice(0, reference.index)
    rest = `${field === undefined ? '(?:' : `(?<${group}>`}${expression})${rest.slice(reference.index + whole.length)}`
    if (replaced > MAX_REPLACED || done.length + rest.length > MAX_LENGTH) {
      throw new GrokPatternError('Can not convert grok patterns to regular expression')
    }
  }
}
