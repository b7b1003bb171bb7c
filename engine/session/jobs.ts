/** Passes over the data that are running, so that all of them can be ended. */
export class Jobs {
  private readonly running = new Set<{ aborted: boolean }>()

  /** Runs a pass; `work` looks at the signal between batches. */
  async run<Answer>(work: (signal: { readonly aborted: boolean }) => Promise<Answer>): Promise<Answer> {
    const signal = { aborted: false }
    this.running.add(signal)
    try {
      return await work(signal)
    } finally {
      this.running.delete(signal)
    }
  }

  /** Ends every pass that is running. */
  cancel(): void {
    for (const signal of this.running) signal.aborted = true
  }
}
