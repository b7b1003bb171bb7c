/**
 * Cases kept in the browser (IndexedDB): heads to find and list them, contents, and the texts of their rules.
 *
 * Holds: a write is one transaction over all three stores and is flushed to disk, so a case is old or new and never half.
 * A case that another window wrote meanwhile is not written over: the answer says so. Nothing here throws; what the browser
 * refuses is told as a reason.
 */
import { type IDBPDatabase, openDB } from 'idb'
import { CASE_KIND, CASE_VERSION, type CaseData, type CaseInput, readCase } from '../format/case-format.ts'

const NAME = 'rarebit-cases'
const STORES = ['heads', 'contents', 'rules'] as const

export interface CaseHead {
  id: string
  /** The prints of the inputs, sorted: the same files in any order and under any names. */
  binding: string
  savedAt: number
  /** Counts the writes; tells whether somebody else wrote. */
  revision: number
  inputs: CaseInput[]
  findings: number
  notes: number
}

/** Why nothing was kept: full disk, no storage here, another window's version is newer, anything else. */
export type Refusal = 'full' | 'absent' | 'changed' | 'failed'
export type Kept = { revision: number } | { refused: Refusal }

/** Where cases are kept; tests put a failing one in its place. */
export interface CaseMemory {
  /** Writes a case. `after` is the revision known here, 0 for a new one. Rules are written only where `withRules` says so. */
  keep(data: CaseData, after: number, withRules: boolean): Promise<Kept>
  /** The newest case of these files. */
  find(prints: readonly string[]): Promise<{ data: CaseData; revision: number } | null>
  open(id: string): Promise<{ data: CaseData; revision: number } | null>
  list(): Promise<CaseHead[]>
  remove(id: string): Promise<boolean>
  /** False where the browser keeps nothing. */
  available(): Promise<boolean>
}

export const bindingOf = (prints: readonly string[]) => [...prints].toSorted().join(' ')

export function headOf(data: CaseData, revision: number): CaseHead {
  const marks = [...data.findings, ...data.events].map(([, mark]) => mark)
  const steps = data.steps.flatMap(([, own]) => own.map(([, mark]) => mark))
  return {
    id: data.id,
    binding: bindingOf(data.inputs.map(({ print }) => print)),
    savedAt: data.savedAt,
    revision,
    inputs: data.inputs,
    findings: data.findings.length,
    notes: [...marks, ...steps].filter(({ note }) => note !== '').length
  }
}

/** The browser's own storage. */
export function browserMemory(name = NAME): CaseMemory {
  let opening: Promise<IDBPDatabase> | null = null
  const database = () => {
    opening ??= openDB(name, 1, {
      upgrade(db) {
        db.createObjectStore('heads', { keyPath: 'id' }).createIndex('binding', 'binding')
        db.createObjectStore('contents', { keyPath: 'id' })
        db.createObjectStore('rules', { keyPath: 'id' })
      },
      // Another window wants a newer schema, or the browser closed the storage: the next call opens it again.
      blocking: (_, __, event) => (event.target as IDBDatabase).close(),
      terminated: () => (opening = null)
    })
    // A failure to open is no answer to keep.
    opening.catch(() => (opening = null))
    return opening
  }

  async function read(id: string): Promise<{ data: CaseData; revision: number } | null> {
    const db = await database()
    const transaction = db.transaction(STORES)
    const [head, content, rules] = (await Promise.all([
      transaction.objectStore('heads').get(id),
      transaction.objectStore('contents').get(id),
      transaction.objectStore('rules').get(id)
    ])) as [CaseHead | undefined, { version: number } | undefined, { rules: unknown } | undefined]
    if (!head || !content) return null
    const answer = readCase({ kind: CASE_KIND, ...content, rules: rules?.rules ?? [] })
    return 'read' in answer ? { data: answer.read, revision: head.revision } : null
  }

  return {
    async keep(data, after, withRules) {
      try {
        const db = await database()
        const transaction = db.transaction(STORES, 'readwrite', { durability: 'strict' })
        const heads = transaction.objectStore('heads')
        const known = ((await heads.get(data.id)) as CaseHead | undefined)?.revision ?? 0
        if (known !== after) {
          transaction.abort()
          await transaction.done.catch(() => undefined)
          return { refused: 'changed' }
        }
        const { rules, ...content } = data
        const puts = [
          heads.put(headOf(data, after + 1)),
          transaction.objectStore('contents').put({ version: CASE_VERSION, ...content })
        ]
        if (withRules) puts.push(transaction.objectStore('rules').put({ id: data.id, rules }))
        transaction.commit()
        await Promise.all([...puts, transaction.done])
        return { revision: after + 1 }
      } catch (error) {
        return { refused: refusalOf(error) }
      }
    },
    async find(prints) {
      try {
        const heads = (await (await database()).getAllFromIndex('heads', 'binding', bindingOf(prints))) as CaseHead[]
        for (const { id } of heads.toSorted((a, b) => b.savedAt - a.savedAt)) {
          const found = await read(id)
          if (found) return found
        }
        return null
      } catch {
        return null
      }
    },
    open: (id) => read(id).catch(() => null),
    async list() {
      try {
        const heads = (await (await database()).getAll('heads')) as CaseHead[]
        return heads.toSorted((a, b) => b.savedAt - a.savedAt)
      } catch {
        return []
      }
    },
    async remove(id) {
      try {
        const transaction = (await database()).transaction(STORES, 'readwrite')
        for (const store of STORES) void transaction.objectStore(store).delete(id)
        await transaction.done
        return true
      } catch {
        return false
      }
    },
    async available() {
      try {
        await database()
        return true
      } catch {
        return false
      }
    }
  }
}

function refusalOf(error: unknown): Refusal {
  const name = error instanceof DOMException || error instanceof Error ? error.name : ''
  if (name === 'QuotaExceededError') return 'full'
  return name === 'SecurityError' || name === 'InvalidStateError' || typeof indexedDB === 'undefined' ? 'absent' : 'failed'
}
