/** The rule files of a folder. Links to folders are not followed, so that a circle of them ends. */
import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SourceError } from '../../engine/source/bytes.ts'

const RULE_ENDING = /\.(toml|ndjson|jsonl|json|esql)$/i
/** Hidden folders and what package managers put there hold no rules. */
const PASSED_OVER = /^(?:\.|node_modules$)/
const MOST_FILES = 50_000

/** Paths below `path` in the order of their names; null when it is no folder. Throws SourceError for what cannot be read. */
export function listRuleFiles(path: string): string[] | null {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return null
  const files: string[] = []
  const open = [path]
  while (open.length > 0) {
    const folder = open.pop()!
    const entries = entriesOf(folder).filter(({ name }) => !PASSED_OVER.test(name))
    files.push(...entries.filter((entry) => isRuleFile(folder, entry)).map(({ name }) => join(folder, name)))
    if (files.length > MOST_FILES) throw new SourceError(`${path} holds more than ${MOST_FILES} rule files`)
    open.push(...entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name)))
  }
  return files.sort()
}

function isRuleFile(folder: string, entry: Dirent): boolean {
  if (!RULE_ENDING.test(entry.name)) return false
  return (
    entry.isFile() ||
    (entry.isSymbolicLink() && (statSync(join(folder, entry.name), { throwIfNoEntry: false })?.isFile() ?? false))
  )
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    throw new SourceError(`${folder} cannot be read: ${(error as Error).message}`)
  }
}
