/**
 * The packages that are part of what is released: run-time dependencies with all they need, as the lock file has them, and
 * AssemblyScript, whose library is compiled into the kernels.
 *
 * Out: sorted by name and version, so that everything written from the list is the same for the same lock file.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Development dependencies of which something ends up in the product. */
const COMPILED_IN = new Set(['assemblyscript'])

/** @returns {{ path: string, name: string, version: string, license: string, integrity: string }[]} */
export function shippedPackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(packages)
    .map(([path, entry]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), ...entry }))
    .filter(({ path, name, dev, devOptional }) => path !== '' && (COMPILED_IN.has(name) || (!dev && !devOptional)))
    .map(({ path, name, version, license, integrity }) => ({ path, name, version, license, integrity }))
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/** The licence text a package comes with; null when it has none. */
export function licenceText(root, { path }) {
  const folder = join(root, path)
  if (!existsSync(folder)) throw new Error(`${path} is not installed: npm ci`)
  const file = readdirSync(folder)
    .sort()
    .find((name) => /^licen[cs]e(\.\w+)?$/i.test(name))
  return file ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() : null
}
