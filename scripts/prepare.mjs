/**
 * What a fresh machine needs before anything runs: packages as the lock file says, a Chromium that takes unpacked extensions
 * from the command line, and a Firefox for the one-file page. Uses Node alone, because nothing may be installed yet.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Branded Chrome is not among them: it ignores --load-extension. */
const CHROMIUM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium'
]

const FIREFOX_PLACES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox'
]

export const CHROMIUM_HELP = [
  'Install Chromium (Debian: apt-get install chromium; Fedora: dnf install chromium; macOS: brew install --cask chromium)',
  'or name one in RAREBIT_CHROMIUM. Google Chrome does not do: it ignores extensions given on the command line.'
].join('\n')

export const FIREFOX_HELP = [
  'Install Firefox (Debian: apt-get install firefox-esr; Fedora: dnf install firefox; macOS: brew install --cask firefox)',
  'or name one in RAREBIT_FIREFOX.'
].join('\n')

/** Runs `npm ci` when node_modules is missing or not what the lock file says. Answers false when that failed. */
export async function installPackages(tell = console.log) {
  if (installedAsLocked()) return true
  tell('Installing packages (npm ci)')
  return (await run('npm', ['ci', '--no-audit', '--no-fund'])) === 0
}

/** npm writes what it installed to node_modules/.package-lock.json. */
function installedAsLocked() {
  const wanted = packagesOf('package-lock.json')
  const installed = packagesOf('node_modules/.package-lock.json')
  if (!wanted || !installed) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    return installed[path]?.version === version || (optional === true && !installed[path])
  })
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return null
  }
}

/** Path of a Chromium, or null. */
export function findChromium() {
  return findAt(process.env.RAREBIT_CHROMIUM, CHROMIUM_PLACES)
}

/** Path of a Firefox, or null. */
export function findFirefox() {
  return findAt(process.env.RAREBIT_FIREFOX, FIREFOX_PLACES)
}

function findAt(named, places) {
  return (named ? [named] : places).find((path) => existsSync(path)) ?? null
}

/** Installs Chromium through apt-get when that exists and the user may. Answers its path, or null. */
export async function installChromium(tell = console.log) {
  if (process.env.RAREBIT_CHROMIUM) return null
  return installThroughApt('Chromium', ['chromium', 'chromium-browser'], findChromium, tell)
}

/** The same for Firefox. */
export async function installFirefox(tell = console.log) {
  if (process.env.RAREBIT_FIREFOX) return null
  return installThroughApt('Firefox', ['firefox-esr', 'firefox'], findFirefox, tell)
}

async function installThroughApt(title, names, find, tell) {
  if (!has('apt-get')) return null
  const asRoot =
    process.getuid?.() === 0
      ? []
      : has('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
        ? ['sudo', '-n']
        : null
  if (!asRoot) return null
  tell(`Installing ${title} (apt-get)`)
  const apt = (...args) => {
    const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', ...args]
    return run(command, rest)
  }
  await apt('update')
  for (const name of names) {
    if ((await apt('install', '--no-install-recommends', name)) === 0 && find()) return find()
  }
  return null
}

function has(command) {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, command)))
}

/** Runs a program with its output shown and no input; resolves to its exit status. */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options })
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`)
      done(127)
    })
    child.on('close', (status, signal) => done(status ?? (signal ? 1 : 0)))
  })
}
