/** Compares a file with what was built: is it one of them, or else which one it was meant to be, and where it differs first. */
import { basename, extname } from 'node:path'

/** @returns {{ same: boolean, text: string }} the name of the build, or what differs. */
export function compareBuild(file, bytes, built) {
  for (const [name, expected] of built) if (expected.equals(bytes)) return { same: true, text: name }
  const meant = built.has(basename(file)) ? basename(file) : [...built.keys()].find((name) => extname(name) === extname(file))
  if (!meant) return { same: false, text: `it is none of ${[...built.keys()].join(', ')}` }
  return { same: false, text: differenceOf(meant, bytes, built.get(meant)) }
}

function differenceOf(name, bytes, expected) {
  const shorter = Math.min(bytes.length, expected.length)
  let at = 0
  while (at < shorter && bytes[at] === expected[at]) at++
  const sizes = bytes.length === expected.length ? '' : ` It has ${bytes.length} bytes, ${name} has ${expected.length}.`
  if (at === shorter) return `it is the same as ${name} up to byte ${at}, where one of them ends.${sizes}`
  const line = countLines(bytes, at)
  const around = (all) => JSON.stringify(all.subarray(Math.max(0, at - 20), at + 20).toString('latin1'))
  return `it differs from ${name} first at byte ${at} (line ${line}): ${around(bytes)} instead of ${around(expected)}.${sizes}`
}

function countLines(bytes, end) {
  let lines = 1
  for (let i = 0; i < end; i++) if (bytes[i] === 0x0a) lines++
  return lines
}
