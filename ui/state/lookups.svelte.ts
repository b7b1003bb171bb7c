/**
 * Lookups: which of the dropped files are tables for LOOKUP JOIN and ENRICH instead of events.
 *
 * Holds: the files are kept (as handles, not read), since a file that changes its part means that the others are opened anew.
 */
import type { EngineApi, EngineFailure, LookupTableInfo } from '../../engine/worker/api.ts'
import { asFailure } from '../../engine/worker/client.ts'
import type { NamedBlob } from '../ports.ts'

export class Lookups {
  tables = $state.raw<LookupTableInfo[]>([])
  failure = $state.raw<EngineFailure | null>(null)
  #files = $state.raw<NamedBlob[]>([])

  constructor(private readonly engine: EngineApi) {}

  /** Notes files that were handed over. */
  remember(files: readonly NamedBlob[]): void {
    this.#files = [...this.#files, ...files]
  }

  /** Whether a file of this name can change its part; members of archives cannot. */
  knows(file: string): boolean {
    return this.#files.some(({ name }) => name === file)
  }

  /** Every file that was handed over. */
  get files(): readonly NamedBlob[] {
    return this.#files
  }

  /** The files that are events. */
  events(): NamedBlob[] {
    return this.#files.filter(({ name }) => !this.tables.some(({ file }) => file === name))
  }

  /** Makes a file a table named like it; answers whether that worked. */
  async add(fileName: string): Promise<boolean> {
    const file = this.#files.find(({ name }) => name === fileName)
    if (!file) return false
    this.failure = null
    try {
      const table = await this.engine.addLookup(tableName(fileName), file)
      this.tables = [...this.tables.filter(({ name }) => name !== table.name), table]
      return true
    } catch (error) {
      this.failure = asFailure(error)
      return false
    }
  }

  /** Makes a table a file of events again. */
  async remove(name: string): Promise<void> {
    await this.engine.removeLookup(name)
    this.tables = this.tables.filter((table) => table.name !== name)
  }

  async clear(): Promise<void> {
    for (const { name } of this.tables) await this.engine.removeLookup(name)
    this.tables = []
    this.failure = null
    this.#files = []
  }
}

/** `lists/users.csv.gz` is called `users`. */
function tableName(file: string): string {
  const base = file.slice(file.lastIndexOf('/') + 1)
  return base.replace(/(?<=.)\..*$/, '')
}
