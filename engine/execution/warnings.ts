/**
 * Warnings: values that became null while running. Per expression the first twenty failures are kept in full, the rest
 * counted, with Elasticsearch's texts.
 */
import type { Span } from '../base/span.ts'
import { positionAt } from '../base/text-position.ts'

const KEPT_PER_EXPRESSION = 20

/** Where warnings of one expression go. */
export interface WarningSite {
  /** `javaText`: `java.lang.ArithmeticException: / by zero`. */
  add(javaText: string): void
}

export class WarningCollector {
  private readonly sites = new Map<string, { head: string; position: string; texts: Set<string>; failures: number }>()

  constructor(private readonly queryText: string) {}

  /** The place for failures of the expression at `span`; `outcome` is what its rows become. */
  site(span: Span, text: string, outcome: 'null' | 'false' = 'null'): WarningSite {
    const { line, column } = positionAt(this.queryText, span.start)
    const position = `Line ${line}:${column}: `
    const key = `${position}${outcome}${text}`
    return {
      add: (javaText) => {
        let site = this.sites.get(key)
        if (!site) {
          const head = `${position}evaluation of [${text}] failed, treating result as ${outcome}. Only first ${KEPT_PER_EXPRESSION} failures recorded.`
          site = { head, position, texts: new Set(), failures: 0 }
          this.sites.set(key, site)
        }
        if (site.failures++ < KEPT_PER_EXPRESSION) site.texts.add(javaText)
      }
    }
  }

  /** Head line, then each distinct failure, expression by expression in order of first failure. */
  texts(): string[] {
    return [...this.sites.values()].flatMap(({ head, position, texts }) => [head, ...[...texts].map((text) => position + text)])
  }
}
