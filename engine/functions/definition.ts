/**
 * What a function is: one record that feeds the analyzer (types), the evaluator (values), completion and the docs.
 *
 * Adding a function is one entry in its family file, plus a spec.
 */
import type { Column } from '../data/column.ts'
import type { Cell, DataType, Value } from '../data/data-type.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'

/** An argument as the analyzer knows it before running. */
export interface ArgumentInfo {
  type: DataType
  /** The value when the argument is a constant expression; undefined when it varies by row. */
  constant: Cell | undefined
  /** Source text, for messages. */
  text: string
}

/** Types the arguments are converted to before the function sees them, and the type of the result; or why not. */
export type Resolution = { params: readonly DataType[]; returns: DataType } | { error: string }

/** Facts of one run that a function may use. */
export interface RunContext {
  /** NOW(), epoch milliseconds. */
  nowMillis: bigint
}

/**
 * Computes one row. Arguments arrive as `multivalue` and `nulls` say; the result null means null.
 * Throws ValueError for a value that cannot be computed: the row becomes null and a warning is kept.
 */
export type RowFunction = (...args: never[]) => Cell

interface FunctionRecord {
  /** Upper case. */
  name: string
  aliases?: readonly string[]
  /** One sentence in our own words. */
  doc: string
  /** A call that parses and resolves: `LENGTH(host.name)`. */
  example: string
  /** Parameters and result as text (see signatures.ts), where they can be stated so; for people, not for resolving. */
  signatures?: readonly string[]
  /**
   * Checks argument count and types; error texts worded as Elasticsearch does, without position.
   * `{call}` in an error stands for the call as written, which the caller puts in.
   */
  resolve(args: readonly ArgumentInfo[]): Resolution
}

export interface ScalarFunction extends FunctionRecord {
  kind: 'scalar'
  /** The function with the constants of a trailing `{"name": value}`, or what is wrong with them; absent: it takes none. */
  withOptions?(options: ReadonlyMap<string, Cell>): ScalarFunction | { error: string }
  /**
   * reject: a multi-value in any argument gives null and the single-value warning; arguments arrive as Value.
   * each: the first argument is mapped value by value (conversions, TO_LOWER); failing values vanish with a warning.
   * whole: arguments arrive as Cell (arrays for multi-values).
   */
  multivalue: 'reject' | 'each' | 'whole'
  /** propagate: any null argument gives null without a call. see: nulls arrive. */
  nulls: 'propagate' | 'see'
  /** Called once per use in a query, with the resolved parameter types. Constant patterns are compiled here. */
  bind(params: readonly DataType[], args: readonly ArgumentInfo[], context: RunContext): RowFunction
}

/** State of one aggregate over all groups. */
export interface Accumulator {
  /** Adds rows: `groups[i]` is the group of row i, or -1 for a row that takes no part. `columns` are the arguments. */
  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void
  /** One row per group, 0 .. groupCount - 1; groups never added to get the value of an empty input. */
  finish(groupCount: number): Column
}

export interface AggregateContext extends RunContext {
  kernels: Kernels
  /** Keeps a warning such as `java.lang.ArithmeticException: long overflow`. */
  warn(message: string): void
}

export interface AggregateFunction extends FunctionRecord {
  kind: 'aggregate'
  create(params: readonly DataType[], args: readonly ArgumentInfo[], context: AggregateContext): Accumulator
}

export type FunctionDefinition = ScalarFunction | AggregateFunction

/** A value that cannot be computed. `javaText` as Elasticsearch reports it: `java.lang.ArithmeticException: / by zero`. */
export class ValueError extends Error {
  constructor(readonly javaText: string) {
    super(javaText)
  }
}

/** The text of the warning for a multi-value where one value is needed. */
export const MULTI_VALUE_TEXT = 'java.lang.IllegalArgumentException: single-value function encountered multi-value'

export type { Cell, DataType, Value }
