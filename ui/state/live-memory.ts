/**
 * What was heard, kept over the end of the panel: closing destroys it, and so do a reload and an update of the extension.
 *
 * One record an origin and tab, in IndexedDB; the newest few stay. A browser that keeps nothing (private windows, full disk)
 * makes the panel forget, not fail.
 */
import { type IDBPDatabase, openDB } from 'idb'
import type { LiveSnapshot } from '../../engine/worker/api.ts'
import type { Mark } from './case-marks.svelte.ts'

const NAME = 'rarebit-live'
const STORE = 'panels'
/** Panels remembered; the oldest go first. */
const MAX_PANELS = 8

export interface PanelRecord {
  /** `origin tab` */
  key: string
  savedAt: number
  snapshot: LiveSnapshot
  /** Marks of steps by finding, as the analyst left them. */
  marks: [finding: string, marks: [step: string, mark: { done: boolean; note: string }][]][]
  /** Stars, tags and notes by finding; absent in records of earlier versions. */
  findingMarks?: [finding: string, mark: Mark][]
}

let opening: Promise<IDBPDatabase> | null = null
const database = () =>
  (opening ??= openDB(NAME, 1, {
    upgrade(db) {
      db.createObjectStore(STORE, { keyPath: 'key' }).createIndex('savedAt', 'savedAt')
    }
  }))

export const panelKey = (origin: string, tabId: number) => `${origin} ${tabId}`

/** Keeps a panel's state; answers whether it was kept. */
export async function keepPanel(record: PanelRecord): Promise<boolean> {
  try {
    const db = await database()
    const transaction = db.transaction(STORE, 'readwrite')
    await transaction.store.put(record)
    const keys = await transaction.store.index('savedAt').getAllKeys()
    for (const key of keys.slice(0, Math.max(0, keys.length - MAX_PANELS))) await transaction.store.delete(key)
    await transaction.done
    return true
  } catch {
    return false
  }
}

/** The state of the panel that was beside this tab; null when there is none. */
export async function recallPanel(key: string): Promise<PanelRecord | null> {
  try {
    return ((await (await database()).get(STORE, key)) as PanelRecord | undefined) ?? null
  } catch {
    return null
  }
}

/** Forgets the state of one panel. */
export async function forgetPanel(key: string): Promise<void> {
  try {
    await (await database()).delete(STORE, key)
  } catch {
    // Nothing was kept.
  }
}
