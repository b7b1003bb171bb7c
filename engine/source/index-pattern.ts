/**
 * Index patterns of FROM against the index an event came from.
 *
 * In: patterns as written (`logs-endpoint.events.process-*`, `-logs-x*`, `remote:logs-*`), names as events carry them.
 * Out: does the event take part; `null` name (the event carries none): it always does.
 * Holds: as in Elasticsearch an exclusion takes away from what stands before it; a data stream's backing index is matched
 * by the data stream's name. Remote clusters: a dropped file may come from any, so the prefix is passed over, with a note.
 */

/** Patterns ready to match. */
export interface IndexMatcher {
  /** As the query wrote them, without cluster prefixes. */
  readonly patterns: readonly string[]
  /** True when every name matches: no need to read the index of events. */
  readonly matchesAll: boolean
  readonly notes: readonly string[]
  matches(indexName: string): boolean
}

interface Step {
  exclude: boolean
  accepts(name: string): boolean
}

/** Compiles the patterns of FROM; each may itself be a comma list. No pattern at all matches everything. */
export function compileIndexPatterns(written: readonly string[]): IndexMatcher {
  const remote: string[] = []
  const patterns = written
    .flatMap((text) => text.split(','))
    .map((text) => withoutCluster(text.trim(), remote))
    .filter((text) => text !== '')
  const steps = patterns.map(stepOf)
  const notes =
    remote.length > 0 ? [`The cluster part of [${remote.join(', ')}] is passed over: files carry no cluster name.`] : []
  return {
    patterns,
    matchesAll:
      patterns.length === 0 || (patterns.some((text) => text === '*' || text === '_all') && !steps.some((step) => step.exclude)),
    notes,
    matches(indexName) {
      const name = logicalIndexName(indexName)
      let inside = patterns.length === 0
      // `-x` takes away what stood before it; a pattern after it may add again.
      for (const step of steps) if (step.exclude === inside && step.accepts(name)) inside = !step.exclude
      return inside
    }
  }
}

/**
 * The name patterns are written for: `.ds-logs-x-default-2025.11.17-000001` is `logs-x-default`, likewise `.internal.`
 * with only a generation; other names stay as they are.
 */
export function logicalIndexName(indexName: string): string {
  const name = withoutCluster(indexName, [])
  const dataStream = /^\.ds-(.+)-\d{4}\.\d{2}\.\d{2}-\d{6,}$/.exec(name)
  if (dataStream) return dataStream[1]!
  const internal = /^\.internal(\..+?)(?:-\d{4}\.\d{2}\.\d{2})?-\d{6,}$/.exec(name)
  return internal ? internal[1]! : name
}

/** `type-dataset-namespace`, or null when a part is missing. */
export function dataStreamName(type: string | null, dataset: string | null, namespace: string | null): string | null {
  return type !== null && dataset !== null && namespace !== null ? `${type}-${dataset}-${namespace}` : null
}

/** The note for patterns that no index of the data matches; null when one does or the data names none. */
export function noMatchNote(matcher: IndexMatcher, indexNames: Iterable<string>): string | null {
  const names = [...new Set(Array.from(indexNames, logicalIndexName))].sort()
  if (names.length === 0 || names.some((name) => matcher.matches(name))) return null
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
  return `No event is of an index that matches [${matcher.patterns.join(', ')}]; the events are of [${shown}].`
}

function stepOf(text: string): Step {
  const exclude = text.length > 1 && text.startsWith('-')
  const pattern = exclude ? text.slice(1) : text
  if (pattern === '_all') return { exclude, accepts: () => true }
  return { exclude, accepts: wildcard(logicalIndexName(pattern)) }
}

/** `cluster:name` without its cluster, which is told to `remote`; `name::selector` loses its selector. */
function withoutCluster(text: string, remote: string[]): string {
  const selector = text.indexOf('::')
  const name = selector > 0 ? text.slice(0, selector) : text
  const colon = name.indexOf(':')
  if (colon < 0) return name
  remote.push(text)
  return (name.startsWith('-') ? '-' : '') + name.slice(colon + 1)
}

/** `*` stands for any run of characters; linear time per star by going back to the last one only. */
function wildcard(pattern: string): (name: string) => boolean {
  if (!pattern.includes('*')) return (name) => name === pattern
  const parts = pattern.split('*')
  const first = parts[0]!
  const last = parts.at(-1)!
  return (name) => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false
    const end = name.length - last.length
    let at = first.length
    for (const part of parts.slice(1, -1)) {
      const found = name.indexOf(part, at)
      if (found < 0 || found + part.length > end) return false
      at = found + part.length
    }
    return true
  }
}
