/** The analyst ended a pass; what it had is dropped. */
export class CancelledError extends Error {
  constructor() {
    super('Cancelled')
  }
}
