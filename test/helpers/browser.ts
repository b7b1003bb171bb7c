/** Finds a Chromium that takes unpacked extensions from the command line. Branded Chrome does not. */
import { existsSync } from 'node:fs'

const CANDIDATES = [process.env['RAREBIT_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium']

/** Path of a Chromium, or null. */
export function findChromium(): string | null {
  return CANDIDATES.find((path) => path && existsSync(path)) ?? null
}
