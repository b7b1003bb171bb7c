/**
 * The bundle gate: no built script, page or style holds a way to reach a host, but for the code on a list with its reason. A policy
 * does not stop new windows, navigation and connections ahead of use; so they must not be in the code.
 *
 * In:  the texts of a build (bundle-texts.mjs). Out: one line a finding; none means that the gate lets the build through.
 * It reads text: code that puts a name together from pieces gets past it, which is what the counting tests are for.
 *
 * `npm run gate [-- FOLDER]` looks at dist/ or another build.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundleTexts } from './bundle-texts.mjs'
import { ALLOWED, WAYS_OUT } from './ways-out.mjs'

const AROUND = 60

/** What in the texts is a way out and on no list. */
export function gateFindings(texts) {
  return [...texts].flatMap(([name, text]) => findingsIn(name, withoutAllowed(name, text)))
}

/** Allowances that no text made use of: the code they speak of has changed, or is gone. */
export function unusedAllowances(texts) {
  return ALLOWED.flatMap(({ where, code }) =>
    code.filter((shape) => ![...texts].some(([name, text]) => where.test(name) && shapePattern(shape).test(text)))
  )
}

function findingsIn(name, text) {
  return WAYS_OUT.filter(({ only }) => !only || only.test(name)).flatMap(({ name: way, pattern }) =>
    Array.from(text.matchAll(pattern), ({ index, 0: found }) => {
      const around = text.slice(Math.max(0, index - AROUND), index + found.length + AROUND).replaceAll(/\s+/g, ' ')
      return `${name}: ${way} [${found}] in ${around}`
    })
  )
}

/** The text with what is allowed in it blanked, each shape at most as often as the list says. */
function withoutAllowed(name, text) {
  for (const { where, most = 1, code } of ALLOWED) {
    if (!where.test(name)) continue
    for (const shape of code) {
      let left = most
      text = text.replaceAll(shapePattern(shape), (found) => (left-- > 0 ? ' '.repeat(found.length) : found))
    }
  }
  return text
}

/** A shape as a pattern: `§` is a name the minifier chose, a space is any space or comment of the bundler. */
function shapePattern(shape) {
  const source = shape
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('§', '[\\w$]+')
    .replaceAll('import\\([\\w$]+\\)', 'import\\((?:\\s*/\\* @vite-ignore \\*/)?\\s*[\\w$]+\\s*\\)')
  return new RegExp(source, 'g')
}

/** Throws with every finding when the build in `folder` holds a way out, or when the list speaks of code that is not there. */
export function assertNoWayOut(folder) {
  const texts = bundleTexts(folder)
  const unused = unusedAllowances(texts).map((shape) => `on the list of ways-out.mjs and not in the build: ${shape}`)
  const lines = [...gateFindings(texts), ...unused]
  if (lines.length > 0) throw new Error(`the bundle gate holds this build back:\n${lines.join('\n')}`)
  return texts.size
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  try {
    console.log(`no way out in ${assertNoWayOut(process.argv[2] ?? join(root, 'dist'))} texts`)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
