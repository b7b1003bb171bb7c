/** A field's dictionary of one epoch, read from kernel memory when a text is asked for. */
import * as layout from '../../../wasm/assembly/scan-layout.ts'
import type { ScalarKind, ScanDictionary } from '../record-scanner.ts'
import type { KernelMemory } from './kernel-memory.ts'

/** A leading U+FEFF belongs to the value. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export class KernelDictionary implements ScanDictionary {
  constructor(
    private readonly memory: KernelMemory,
    private readonly field: number,
    readonly epoch: number
  ) {}

  get size(): number {
    return this.memory.getWord(this.field + layout.FIELD_ENTRY_COUNT)
  }

  kind(code: number): ScalarKind {
    return this.memory.getWord(this.entry(code) + layout.ENTRY_KIND) as ScalarKind
  }

  text(code: number): string {
    const entry = this.entry(code)
    const texts = this.memory.getWord(this.field + layout.FIELD_TEXT)
    const offset = this.memory.getWord(entry + layout.ENTRY_OFFSET)
    return decoder.decode(this.memory.bytes(texts + offset, this.memory.getWord(entry + layout.ENTRY_LENGTH)))
  }

  private entry(code: number): number {
    return this.memory.getWord(this.field + layout.FIELD_ENTRIES) + code * layout.ENTRY_BYTES
  }
}
