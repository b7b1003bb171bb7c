/**
 * QueryHelp: what the editor asks of the engine, with answers kept where asking again would give the same. `forget` when
 * the data changed.
 */
import type {
  DataDescription,
  EngineApi,
  Field,
  LanguageDescription,
  LintFinding,
  QueryProblem,
  TopValues
} from '../../engine/worker/api.ts'

const KEPT = 50
const SEVERITIES = { error: 0, warning: 1, note: 2 } as const

export class QueryHelp {
  #language: Promise<LanguageDescription> | null = null
  #data: Promise<DataDescription> | null = null
  readonly #columns = new Map<string, Promise<Field[] | null>>()
  readonly #values = new Map<string, Promise<TopValues>>()

  constructor(readonly engine: EngineApi) {}

  language(): Promise<LanguageDescription> {
    return (this.#language ??= this.engine.describeLanguage())
  }

  data(): Promise<DataDescription> {
    return (this.#data ??= this.engine.describeData())
  }

  columnsBehind(text: string): Promise<Field[] | null> {
    return kept(this.#columns, text, () => this.engine.columnsBehind(text))
  }

  topValues(field: string): Promise<TopValues> {
    return kept(this.#values, field, () => this.engine.topValues(field))
  }

  /** Everything to say about a text: what forbids running first, then what the linter found. */
  async problems(text: string): Promise<QueryProblem[]> {
    if (text.trim() === '') return []
    const [checked, linted] = await Promise.all([this.engine.checkQuery(text), this.engine.lint({ query: text })])
    const places = new Set(checked.map(placeOf))
    const found = linted.map(lintProblem).filter((problem) => problem.severity !== 'error' || !places.has(placeOf(problem)))
    return [...checked, ...found].toSorted((a, b) => SEVERITIES[a.severity] - SEVERITIES[b.severity] || a.start - b.start)
  }

  forget(): void {
    this.#data = null
    this.#columns.clear()
    this.#values.clear()
  }
}

function lintProblem(finding: LintFinding): QueryProblem {
  const { severity, check, message, explanation, example, span, rewrite } = finding
  const edits = rewrite ? [{ start: rewrite.span.start, end: rewrite.span.end, text: rewrite.replacement }] : []
  return {
    severity,
    code: check,
    message,
    explanation: `${explanation}\n${example.data}\n${example.outcome}${rewrite ? `\n${rewrite.effect}` : ''}`,
    start: span.start,
    end: span.end,
    fixes: rewrite ? [{ label: rewrite.replacement, edits }] : []
  }
}

const placeOf = ({ start, end }: QueryProblem) => `${start}:${end}`

async function kept<Answer>(store: Map<string, Promise<Answer>>, key: string, ask: () => Promise<Answer>): Promise<Answer> {
  let answer = store.get(key)
  if (!answer) {
    answer = ask()
    store.set(key, answer)
    for (const old of [...store.keys()].slice(0, -KEPT)) store.delete(old)
    // A failure is no answer to keep.
    answer.catch(() => store.delete(key))
  }
  return answer
}
