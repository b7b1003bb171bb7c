import type { Span } from './span.ts'
import { positionAt } from './text-position.ts'

/** A message made before a query runs. `error` forbids running; `note` and `warning` do not. */
export interface Diagnostic {
  severity: 'error' | 'warning' | 'note'
  /** Stable kebab-case name of the kind, for tests and for the editor: `unknown-column`, `syntax`, `unsupported-command`. */
  code: string
  /** Without position: `Unknown column [proces.name], did you mean [process.name]?` */
  message: string
  span: Span
}

/** `line 1:23: Unknown column [proces.name]`: how a diagnostic is shown to a person. */
export function formatDiagnostic(text: string, diagnostic: Diagnostic): string {
  const { line, column } = positionAt(text, diagnostic.span.start)
  return `line ${line}:${column}: ${diagnostic.message}`
}
