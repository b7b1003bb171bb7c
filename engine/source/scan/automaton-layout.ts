/**
 * A Dfa as the kernel runs it: 256 byte classes, and rows of next states where a state is the address of its row plus
 * two flags, so that one load a byte is all there is between two states.
 */
import { AUTOMATON_ACCEPTING, AUTOMATON_SINK } from '../../../wasm/assembly/scan-layout.ts'
import type { Dfa } from '../../data/automaton.ts'
import type { KernelMemory } from './kernel-memory.ts'

/** Writes the automaton into kernel memory. */
export function layAutomaton(memory: KernelMemory, dfa: Dfa): { classes: number; start: number } {
  const classes = memory.allocate(256)
  memory.bytes(classes, 256).set(dfa.classOf)
  const rowBytes = dfa.classCount * 4
  const rows = memory.allocate(dfa.stateCount * rowBytes)
  const stateWord = (state: number) =>
    rows + state * rowBytes + (dfa.accepting[state] ? AUTOMATON_ACCEPTING : 0) + (dfa.sink[state] ? AUTOMATON_SINK : 0)
  for (let entry = 0; entry < dfa.stateCount * dfa.classCount; entry++)
    memory.setWord(rows + entry * 4, stateWord(dfa.next[entry]!))
  return { classes, start: stateWord(0) }
}
