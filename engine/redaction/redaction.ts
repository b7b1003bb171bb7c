/** The words of redaction: what is looked for, what was found, what the analyst chose. Plain data. */

/** What is made anonymous, in the order it is shown. */
export const REDACTION_CLASSES = ['host', 'user', 'ip', 'domain', 'email', 'home', 'secret'] as const
export type RedactionClass = (typeof REDACTION_CLASSES)[number]

/** How a pseudonym looks, and which numbers it shares: one sequence a kind. */
export type PseudonymKind =
  | 'host'
  | 'fqdn'
  | 'host-id'
  | 'user'
  | 'sid'
  | 'ip-private'
  | 'ip-public'
  | 'ip6-private'
  | 'ip6-public'
  | 'mac'
  | 'domain'
  | 'realm'
  | 'mail'
  | 'secret'

/** A place in a text that identifies something. */
export interface Span {
  start: number
  end: number
  class: RedactionClass
  kind: PseudonymKind
  /** What is identified: the text of the place, or the address it writes. */
  original: string
  /** Lower wins where places overlap; of equals the longer. */
  priority: number
}

export interface RedactionChoice {
  /** 128 random bits in hexadecimal: one redaction. The same key gives the same pseudonyms while the session lives. */
  key: string
  classes: RedactionClass[]
  /** Ids of replacements that the analyst switched off. */
  kept: string[]
}

/** One line of the preview. */
export interface Replacement {
  id: string
  class: RedactionClass
  original: string
  pseudonym: string
  count: number
}

/** Priorities of overlapping places. */
export const PRIORITY = { pattern: 0, encoded: 1, email: 2, address: 3, name: 4, entropy: 5 } as const
