/** JSON_EXTRACT and the digest functions. */
import { type ScalarFunction, ValueError } from './definition.ts'
import { type DigestName, digest, digestNamed } from './digest.ts'
import { findJson, parseJsonPath, type PathStep } from './json-path.ts'
import { constantText, scalar } from './scalar.ts'

const illegal = (text: string) => new ValueError(`java.lang.IllegalArgumentException: ${text}`)

function stepsOf(path: string): PathStep[] {
  try {
    return parseJsonPath(path)
  } catch (failure) {
    throw illegal((failure as Error).message)
  }
}

function extract(json: string, path: string, steps: readonly PathStep[]): string | null {
  const found = findJson(json, steps)
  if ('text' in found) return found.text
  if ('invalid' in found) throw illegal('invalid JSON input')
  throw illegal(found.missing === 'index' ? 'array index out of bounds' : `path [${path}] does not exist`)
}

function digestFunction(name: DigestName, title: string): ScalarFunction {
  const upper = name.toUpperCase()
  return scalar({
    name: upper,
    doc: `${title} of a string, in hexadecimal.`,
    example: `${upper}(process.command_line)`,
    signatures: ['string -> keyword'],
    row: (text: string) => digest(name, text)
  })
}

const unknownAlgorithm = (algorithm: string) =>
  `Unknown algorithm [${algorithm}]; known are MD5, SHA-1, SHA-256, SHA-384 and SHA-512`

export const EXTRACTION_FUNCTIONS: readonly ScalarFunction[] = [
  scalar({
    name: 'JSON_EXTRACT',
    doc: "One value out of JSON text, by a path such as a.b[0] or ['a.b'].",
    example: 'JSON_EXTRACT(message, "user.name")',
    signatures: ['string|_source, string -> keyword'],
    bind(_params, args) {
      const known = constantText(args[1])
      let last = known ?? ''
      let steps: PathStep[] | null = null
      return (json: string, path: string) => {
        if (steps === null || path !== last) {
          steps = stepsOf(path)
          last = path
        }
        return extract(json, path, steps)
      }
    }
  }),
  scalar({
    name: 'HASH',
    doc: 'Digest of a string by the named algorithm (md5, sha1, sha256, sha384, sha512), in hexadecimal.',
    example: 'HASH("sha256", process.command_line)',
    signatures: ['string, string -> keyword'],
    check: (args) => {
      const algorithm = constantText(args[0])
      return algorithm !== null && !digestNamed(algorithm) ? unknownAlgorithm(algorithm) : null
    },
    row: (algorithm: string, text: string) => {
      const name = digestNamed(algorithm)
      if (!name) throw new ValueError(`java.security.NoSuchAlgorithmException: ${algorithm} MessageDigest not available`)
      return digest(name, text)
    }
  }),
  digestFunction('md5', 'MD5 digest'),
  digestFunction('sha1', 'SHA-1 digest'),
  digestFunction('sha256', 'SHA-256 digest')
]
