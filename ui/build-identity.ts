/** Which build this is: put in by the build (scripts/source-hash.mjs), so that a report can say what made it. */
declare const __SOURCE_HASH__: string

/** SHA-256 over the sources of this build, in hex. */
export const SOURCE_HASH = __SOURCE_HASH__
