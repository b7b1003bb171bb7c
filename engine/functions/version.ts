/**
 * Software versions, ordered as Elasticsearch's `version` field orders them: numbers by value, a pre-release before its
 * release, and text that is no version behind all that are.
 */
import { compareCodePoints } from './code-points.ts'

interface VersionParts {
  main: string[]
  preRelease: string[] | null
  build: string
}

const VERSION = /^([0-9]+(?:\.[0-9]+)*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z.-]*))?$/

/** Order of two versions: negative, zero or positive; zero only for the same text. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0
  const left = parseVersion(a)
  const right = parseVersion(b)
  if (!left || !right) return left ? -1 : right ? 1 : compareCodePoints(a, b)
  return (
    compareLists(left.main, right.main) ||
    comparePreReleases(left.preRelease, right.preRelease) ||
    compareCodePoints(left.build, right.build) ||
    compareCodePoints(a, b)
  )
}

function parseVersion(text: string): VersionParts | null {
  const match = VERSION.exec(text)
  if (!match) return null
  return { main: match[1]!.split('.'), preRelease: match[2]?.split('.') ?? null, build: match[3] ?? '' }
}

function comparePreReleases(a: string[] | null, b: string[] | null): number {
  if (!a || !b) return a ? -1 : b ? 1 : 0
  return compareLists(a, b)
}

function compareLists(a: string[], b: string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareIdentifiers(a[i]!, b[i]!)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Numbers by value and before words; words by their bytes. */
function compareIdentifiers(a: string, b: string): number {
  const leftIsNumber = /^[0-9]+$/.test(a)
  const rightIsNumber = /^[0-9]+$/.test(b)
  if (leftIsNumber !== rightIsNumber) return leftIsNumber ? -1 : 1
  if (!leftIsNumber) return compareCodePoints(a, b)
  const left = a.replace(/^0+(?=.)/, '')
  const right = b.replace(/^0+(?=.)/, '')
  return left.length - right.length || compareCodePoints(left, right)
}
