/**
 * The texts of a build that a browser would run or read as a page: scripts, pages and styles of the extension, and of the
 * one-file page each script by itself, the packed ones unpacked.
 *
 * Out: name to text. Parts of rarebit.html are named `rarebit.html!part`. Left out: source maps, which nothing runs, and the
 * packed samples and licences, which are data and text.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { unpackParts } from './assemble.mjs'

const DATA_PARTS = /\.(ndjson|csv|log|txt)$/

/** All texts below `folder`, a build's dist/. */
export function bundleTexts(folder) {
  const texts = new Map()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(m?js|html|css)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).replaceAll('\\', '/')
    const text = readFileSync(path, 'utf8')
    if (name === 'rarebit.html') for (const [part, content] of partsOf(text)) texts.set(`${name}!${part}`, content)
    else texts.set(name, text)
  }
  return texts
}

/** A one-file page in parts: the page without its scripts, each script that runs, each that is packed. */
export function partsOf(html) {
  const parts = new Map()
  const scripts = /<script>([\s\S]*?)<\/script>/g
  let count = 0
  for (const [, code] of html.matchAll(scripts)) parts.set(`script-${++count}`, code)
  for (const [name, bytes] of unpackParts(html)) if (!DATA_PARTS.test(name)) parts.set(name, Buffer.from(bytes).toString('utf8'))
  parts.set('page', html.replaceAll(/<script[\s\S]*?<\/script>/g, ''))
  return parts
}
