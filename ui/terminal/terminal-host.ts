/** TerminalHost: the outside world of the terminal, so that a test can be one. main.ts builds the real one. */
import type { RandomAccessBytes } from '../../engine/source/bytes.ts'
import type { EnginePort } from './engine-port.ts'

export interface TerminalHost {
  /** Writes to standard output; settles when more may be written. */
  write(text: string): Promise<void>
  /** A message to standard error, with a line end. */
  tell(message: string): void
  /** Where progress goes: standard error when it is a terminal, else null. */
  readonly progress: { write(text: string): void; columns: number } | null
  /** Columns of standard output when it is a terminal, else null: a table is cut to them only then. */
  readonly columns: number | null
  /** Opens a file; throws SourceError with a message for the analyst. */
  openFile(path: string): RandomAccessBytes
  /** All of standard input. */
  readStandardInput(): Promise<Uint8Array>
  /** Standard input line by line. */
  standardInputLines(): AsyncIterable<string>
  /** Text of a rule file; null when there is no such file. Throws SourceError for what cannot be read. */
  readText(path: string): string | null
  /** Paths of the rule files in a folder and below it, in order; null when the path is no folder. Throws SourceError. */
  listRuleFiles(path: string): string[] | null
  /** The path from the working folder, with slashes. */
  relativePath(path: string): string
  /** SHA-256 of a file on disk, hex. */
  sha256(path: string): Promise<string>
  /** The engine, loaded at the first call. */
  engine(): Promise<EnginePort>
  nowMillis(): number
}

/** Exit statuses, CONTRACTS of the terminal. */
export const EXIT = { ran: 0, findings: 1, badArguments: 2, nothingReadable: 3 } as const
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT]
