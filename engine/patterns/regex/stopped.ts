/** A match that took more steps than a value may cost: neither found nor absent. */
export class MatchStopped extends Error {
  constructor() {
    super('pattern matching was stopped: it takes too many steps on this value')
  }
}
