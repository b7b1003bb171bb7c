/**
 * The rules of the tree as functions over a list of files, so that the same guards run over the repository and over planted
 * violations. Each answers one line a violation; none means that the rule holds.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, resolve } from 'node:path'

export interface SourceFile {
  /** From the root, with slashes. */
  path: string
  text: string
}

/** Files of the repository that are text of ours; what is built, installed or generated aside. */
export function readSources(root: string): SourceFile[] {
  return walk(root)
    .filter((path) => /\.(ts|mjs|svelte|json|md|html|css|yml|txt)$|(^|\/)(LICENSE|NOTICE|run|\.[a-z]+rc)$/.test(path))
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
}

const NOT_OURS = /^(node_modules|dist|dist-.*|\.git|\.bench|test-results)$/

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return NOT_OURS.test(entry.name) || path.endsWith('wasm/build') ? [] : walk(path)
    return entry.isFile() ? [path] : []
  })
}

// ---- imports ----

/** First to last: a folder may import from itself and from what stands before it. */
export const ORDER = [
  'wasm/assembly',
  'wasm/abi',
  'wasm/reference',
  'wasm/host',
  'engine/base',
  'engine/data',
  'engine/patterns',
  'engine/language',
  'engine/functions',
  'engine/plan',
  'engine/analysis',
  'engine/optimizer',
  'engine/execution',
  'engine/source',
  'engine/rules',
  'engine/lint',
  'engine/redaction',
  'engine/session',
  'engine/worker',
  'ui',
  'extension'
] as const

/** Where the order alone would allow too much: the only folders or files that may be imported. */
const ONLY: readonly { from: RegExp; to: RegExp; why: string }[] = [
  { from: /^engine\/language\//, to: /^engine\/(language|base)\//, why: 'language knows only base' },
  {
    from: /^engine\/source\//,
    to: /^(engine\/(source|base|data|functions)|wasm\/(abi|host|assembly))\//,
    why: 'source knows nothing of queries beyond a ScanRequest'
  },
  {
    from: /^ui\/terminal\//,
    to: /^(ui\/|engine\/(session|lint|rules|source|base|data)\/|wasm\/(host|abi)\/|wasm\/build\/kernels\.wasm$|package\.json$)/,
    why: 'the terminal is a host: session, lint, rules, source, base, data and wasm/host'
  },
  {
    from: /^ui\/standalone\//,
    to: /^(ui\/(?!terminal\/)|engine\/worker\/(api|client)\.ts$|package\.json$)/,
    why: 'the one-file page is a host: ui, engine/worker/{api,client}.ts and its version'
  },
  {
    from: /^ui\/(?!terminal\/)/,
    to: /^(ui\/(?!terminal\/)|engine\/worker\/(api|client)\.ts$|engine\/language\/(token|lexer)\.ts$)/,
    why: 'ui sees engine/worker/{api,client}.ts and engine/language/{token,lexer}.ts'
  },
  {
    from: /^extension\//,
    to: /^(extension\/|ui\/(?!terminal\/)|engine\/worker\/(api|client|start)\.ts$|package\.json$)/,
    why: 'extension hands its surroundings to ui'
  }
]

/** The wasm module and the manifest's version are no code. */
const PRODUCT = /^(wasm|engine|ui|extension)\//

/** Imports against the order, out of a folder's allowance, of the twins by product code, or of a file that is not there. */
export function importViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter(isCode)
    .flatMap((file) => (PRODUCT.test(file.path) ? importsOf(file).flatMap((to) => importProblem(file.path, to)) : []))
}

function importProblem(from: string, to: string): string[] {
  const line = `${from} imports ${to}`
  if (to.startsWith('wasm/reference/') && !from.startsWith('wasm/reference/')) return [`${line}: the twins are for tests only`]
  const rule = ONLY.find((one) => one.from.test(from))
  if (rule && !rule.to.test(to)) return [`${line}: ${rule.why}`]
  const [here, there] = [layerOf(from), layerOf(to)]
  if (here < 0) return [`${from}: its folder stands nowhere in the order`]
  if (there < 0)
    return /^(wasm\/build\/kernels\.wasm|package\.json)$/.test(to) ? [] : [`${line}: its folder stands nowhere in the order`]
  return there > here ? [`${line}: ${ORDER[there]} comes after ${ORDER[here]}`] : []
}

function layerOf(path: string): number {
  return ORDER.findIndex((folder) => path.startsWith(`${folder}/`))
}

/** Relative imports of a file as paths from the root: static, dynamic, re-exports, types, `new URL(..., import.meta.url)`. */
export function importsOf(file: SourceFile): string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\bnew URL\(\s*)(['"`])(\.[^'"`]+)\1/g
  return Array.from(file.text.matchAll(pattern), (match) => normalize(join(dirname(file.path), match[2]!.split('?')[0]!)))
}

// ---- words ----

interface Word {
  pattern: RegExp
  what: string
  /** Where it is allowed, and why it is there. */
  except?: RegExp
}

const FORBIDDEN: readonly Word[] = [
  {
    pattern: /\b(fetch|XMLHttpRequest|WebSocket|WebSocketStream|EventSource|sendBeacon|WebTransport|RTCPeerConnection)\b/,
    what: 'reaches the network',
    // The seals delete the constructors; prove/ tries each channel where the analyst asks for the proof; capture wraps the
    // page's own calls; ask.ts sends what the analyst allowed, from a list it holds itself.
    except: /^(ui\/app\/seal\.ts|engine\/worker\/seal\.ts|ui\/prove\/.*|extension\/content\/(capture\.iife|ask)\.ts)$/
  },
  {
    pattern: /\{@html\b|\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write)\b/,
    what: 'makes elements of text'
  },
  { pattern: /\beval\s*\(|\bnew Function\b/, what: 'runs text' },
  { pattern: /\bimport\s*\(\s*(['"`])https?:/, what: 'loads code from elsewhere' }
]

/** Words that no product code may hold. Comments may speak of them. */
export function wordViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => PRODUCT.test(file.path) && isCode(file))
    .flatMap((file) => {
      const code = withoutComments(file.text)
      return FORBIDDEN.filter(({ pattern, except }) => pattern.test(code) && !except?.test(file.path)).map(
        ({ pattern, what }) => `${file.path} holds [${pattern.exec(code)![0]}], which ${what}`
      )
    })
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<![:'"`\\])\/\/[^\n]*/g, ' ')
}

// ---- size ----

/** Longer files want to be a folder or a table. */
export const LONGEST = 600
const LONG_BY_NATURE = /\.generated(\.d)?\.ts$|^package-lock\.json$/

export function lengthViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => isCode(file) && !LONG_BY_NATURE.test(file.path))
    .map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > LONGEST)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}

// ---- places ----

/** Paths of a machine and hosts of registries; written in parts, because this file is looked at too. */
const PLACES = [
  ['', 'work', ''].join('/'),
  ['', 'home', 'runner'].join('/'),
  ['registry', 'npmjs', 'org'].join('.'),
  ['deb', 'debian', 'org'].join('.')
]

/** Paths of whoever built this and registry hosts have no business in the repository. */
export function placeViolations(files: readonly SourceFile[]): string[] {
  const inside = (text: string, place: string) => {
    const at = text.indexOf(place)
    // A place in the middle of a word or of a longer path is another folder.
    return at >= 0 && !(place.startsWith('/') && /[\w.-]/.test(text[at - 1] ?? ' '))
  }
  return files.flatMap((file) => PLACES.filter((place) => inside(file.text, place)).map((place) => `${file.path} names ${place}`))
}

// ---- dependencies ----

/** Decided on, with a reason in ARCHITECTURE.md. */
export const RUNTIME_DEPENDENCIES = [
  '@codemirror/autocomplete',
  '@codemirror/commands',
  '@codemirror/language',
  '@codemirror/lint',
  '@codemirror/state',
  '@codemirror/view',
  'comlink',
  'idb',
  'smol-toml',
  'svelte'
] as const
const LICENSES = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0']

interface Lock {
  packages: Record<string, { dev?: boolean; license?: string; devOptional?: boolean }>
}

/** Runtime dependencies nobody decided on, that nothing imports, or under another licence. */
export function dependencyViolations(declared: readonly string[], lock: Lock, files: readonly SourceFile[]): string[] {
  const allowed: readonly string[] = RUNTIME_DEPENDENCIES
  const product = files.filter((file) => PRODUCT.test(file.path) && isCode(file)).map(({ text }) => text)
  const imported = (name: string) => product.some((text) => new RegExp(`\\bfrom '${name}(/[^']*)?'`).test(text))
  const shipped = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
  return [
    ...declared.filter((name) => !allowed.includes(name)).map((name) => `${name} is a runtime dependency nobody decided on`),
    ...declared.filter((name) => !imported(name)).map((name) => `${name} is a runtime dependency that nothing imports`),
    ...shipped
      .filter(([, { license }]) => !license || !licenseFits(license))
      .map(([path, { license }]) => `${path} is under ${license ?? 'no named licence'}`)
  ]
}

function licenseFits(license: string): boolean {
  return license
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((part) => LICENSES.includes(part.trim())))
}

function isCode(file: SourceFile): boolean {
  return /\.(ts|mjs|svelte)$/.test(file.path)
}

/** Root of the repository. */
export const ROOT = resolve(import.meta.dirname, '../..')
