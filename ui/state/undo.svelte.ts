/**
 * Undo: the one thing that can be taken back now, told in a line with a button.
 *
 * Holds: it stays until the next thing that can be taken back, until it was used, or until it is put away.
 */
export interface Undoable {
  /** What was done, as a sentence. */
  said: string
  /** Absent where there is nothing to take back and something to say. */
  back?: () => void | Promise<void>
}

export class Undo {
  last = $state.raw<Undoable | null>(null)

  /** Says what was done and how it is taken back. */
  offer(said: string, back?: () => void | Promise<void>): void {
    this.last = back ? { said, back } : { said }
  }

  /** Takes the last thing back. */
  async use(): Promise<void> {
    const { last } = this
    this.last = null
    await last?.back?.()
  }

  putAway(): void {
    this.last = null
  }
}
