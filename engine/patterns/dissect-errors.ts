/** What can be wrong with a DISSECT pattern. */

/** No keys, a key without a name, or modifiers that exclude each other. */
export class DissectPatternError extends Error {
  constructor() {
    super('Invalid pattern for dissect')
    this.name = 'DissectPatternError'
  }
}

/** `%{*a}` and `%{&a}`: names taken from the text, which a table of fixed columns cannot have. */
export class DissectReferenceError extends Error {
  constructor(readonly key: string) {
    super(`Reference keys not supported in dissect patterns: [%{*${key}}]`)
    this.name = 'DissectReferenceError'
  }
}
