/** Finds the browsers of the tests: a Chromium that takes unpacked extensions from the command line (branded Chrome does not), a Firefox. */
import { existsSync } from 'node:fs'

const CHROMIUM = [process.env['RAREBIT_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium']
const FIREFOX = [process.env['RAREBIT_FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox', '/snap/bin/firefox']

/** Path of a Chromium, or null. */
export function findChromium(): string | null {
  return CHROMIUM.find((path) => path && existsSync(path)) ?? null
}

/** Path of a Firefox, or null. */
export function findFirefox(): string | null {
  return FIREFOX.find((path) => path && existsSync(path)) ?? null
}
