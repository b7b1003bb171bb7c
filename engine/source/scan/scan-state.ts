/**
 * Lays a ScanPlan into kernel memory: the state of a scanner, its fields and conjuncts, the trie of keys, the automata,
 * and the arrays the kernel writes rows into. wasm/assembly/scan-layout.ts explains every word.
 */
import * as layout from '../../../wasm/assembly/scan-layout.ts'
import type { ScanPlan } from '../record-scanner.ts'
import { layAutomaton } from './automaton-layout.ts'
import { buildKeyTrie, layTrie } from './key-trie.ts'
import type { KernelMemory } from './kernel-memory.ts'

/** Limits of a scanner; the defaults are what the product runs with. */
export interface ScannerLimits {
  batchRows: number
  /** Skipped records listed between two calls of takeSkipped. */
  skips: number
  /** A dictionary with more than this begins a new epoch with the next batch. */
  epochBytes: number
  epochEntries: number
  /** A batch that added more than this to dictionaries or codes ends before it is full. */
  batchBytes: number
  batchCodes: number
}

export interface LaidPlan {
  state: number
  /** Address of the field that collects the values of plan field i. */
  fields: number[]
  conjuncts: number[]
}

/** Blocks the kernel allocates and grows by itself; the host gives them back at the end. */
const STATE_BLOCKS = [layout.STATE_BITMAPS, layout.STATE_BRACKETS, layout.STATE_CLOSERS, layout.STATE_VALUES, layout.STATE_POOL]
const FIELD_BLOCKS = [layout.FIELD_CODES, layout.FIELD_TEXT, layout.FIELD_ENTRIES, layout.FIELD_TABLE]
const FIRST_TABLE_SLOTS = 256
const STACK_BYTES = (layout.MAX_NESTING + 2) * 4

/** Writes everything the kernel needs before the first byte. */
export function layPlan(memory: KernelMemory, plan: ScanPlan, limits: ScannerLimits): LaidPlan {
  const state = memory.allocate(layout.STATE_BYTES)
  const fields = memory.allocate(Math.max(1, plan.fields.length) * layout.FIELD_BYTES)
  const conjuncts = memory.allocate(Math.max(1, plan.required.length) * layout.CONJUNCT_BYTES)
  const trie = buildKeyTrie(plan.fields, plan.shape)
  const fieldAt = (index: number) => fields + index * layout.FIELD_BYTES
  plan.fields.forEach((_, index) => layField(memory, fieldAt(index), limits))
  const conjunctAddresses = plan.required.map((_, index) => conjuncts + index * layout.CONJUNCT_BYTES)
  // the last one first, so that the chain of a field is in the order of the plan
  for (const [index, { field, automaton, quantifier }] of [...plan.required.entries()].reverse()) {
    const collector = trie.collectors[field]!
    const address = conjunctAddresses[index]!
    const { classes, start } = layAutomaton(memory, automaton)
    memory.setWord(address + layout.CONJUNCT_NEXT, memory.getWord(fieldAt(collector) + layout.FIELD_CONJUNCT))
    memory.setWord(address + layout.CONJUNCT_FIELD, collector)
    memory.setWord(address + layout.CONJUNCT_QUANTIFIER, quantifier === 'any' ? layout.QUANTIFIER_ANY : layout.QUANTIFIER_SINGLE)
    memory.setWord(address + layout.CONJUNCT_CLASSES, classes)
    memory.setWord(address + layout.CONJUNCT_START, start)
    memory.setWord(fieldAt(collector) + layout.FIELD_CONJUNCT, address)
  }
  const words = new Map<number, number>([
    [layout.STATE_ROOT_NODE, layTrie(memory, trie.root)],
    [layout.STATE_FIELDS, fields],
    [layout.STATE_FIELD_COUNT, plan.fields.length],
    [layout.STATE_CONJUNCTS, conjuncts],
    [layout.STATE_CONJUNCT_COUNT, plan.required.length],
    [layout.STATE_ROW_LIMIT, limits.batchRows],
    [layout.STATE_ROW_BYTE, memory.allocate(limits.batchRows * 8)],
    [layout.STATE_ROW_LENGTH, memory.allocate(limits.batchRows * 8)],
    [layout.STATE_ROW_LINE, memory.allocate(limits.batchRows * 8)],
    [layout.STATE_ROW_EVENT, memory.allocate(limits.batchRows * 8)],
    [layout.STATE_ROW_RECORD, memory.allocate(limits.batchRows * 4)],
    [layout.STATE_SKIPS, memory.allocate(limits.skips * layout.SKIP_BYTES)],
    [layout.STATE_SKIP_LIMIT, limits.skips],
    [layout.STATE_EPOCH_BYTES, limits.epochBytes],
    [layout.STATE_EPOCH_ENTRIES, limits.epochEntries],
    [layout.STATE_BATCH_BYTES, limits.batchBytes],
    [layout.STATE_BATCH_CODES, limits.batchCodes],
    [layout.STATE_BRACKET_STACK, memory.allocate(STACK_BYTES)],
    [layout.STATE_NODE_STACK, memory.allocate(STACK_BYTES)]
  ])
  for (const [offset, value] of words) memory.setWord(state + offset, value)
  memory.setDouble(state + layout.STATE_LINE, 1)
  const seed = crypto.getRandomValues(new Uint32Array(2))
  memory.setWord(state + layout.STATE_SEED, seed[0]!)
  memory.setWord(state + layout.STATE_SEED + 4, seed[1]!)
  return { state, fields: trie.collectors.map(fieldAt), conjuncts: conjunctAddresses }
}

function layField(memory: KernelMemory, field: number, limits: ScannerLimits): void {
  memory.setWord(field + layout.FIELD_OFFSETS, memory.allocate((limits.batchRows + 1) * 4))
  memory.setWord(field + layout.FIELD_TABLE, memory.kernels.allocateBlock(FIRST_TABLE_SLOTS * 4))
  memory.setWord(field + layout.FIELD_TABLE_MASK, FIRST_TABLE_SLOTS - 1)
}

/** Gives back what the kernel allocated for this scanner. */
export function releaseKernelBlocks(memory: KernelMemory, laid: LaidPlan): void {
  const { state } = laid
  const fields = memory.getWord(state + layout.STATE_FIELDS)
  const addresses = STATE_BLOCKS.map((offset) => state + offset)
  for (let index = 0; index < memory.getWord(state + layout.STATE_FIELD_COUNT); index++)
    for (const offset of FIELD_BLOCKS) addresses.push(fields + index * layout.FIELD_BYTES + offset)
  for (const address of addresses) memory.kernels.releaseBlock(memory.getWord(address))
}
