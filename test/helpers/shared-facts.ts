/** The shared facts (RAREBIT_SHARED, default `../shared`): a path into them, or null with one loud line when absent. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = process.env['RAREBIT_SHARED'] ?? resolve(fileURLToPath(new URL('../..', import.meta.url)), '../shared')
let warned = false

/** Path of `name` below the shared facts, null when it is not there. */
export function sharedPath(name: string): string | null {
  const path = resolve(root, name)
  if (existsSync(path)) return path
  if (!warned) console.warn(`SKIPPED: ${path} is absent; set RAREBIT_SHARED to run the tests that need it`)
  warned = true
  return null
}
