/**
 * PauseClock: when a long loop should let the event loop have its turn and when progress is worth telling.
 *
 * How to give the turn depends on the host. `setTimeout` is held back by browsers to 4 ms, which at 40 pauses a second costs
 * 16 % of the time; a MessageChannel is not. Node, though, handles up to a thousand messages of a port before it looks at
 * anything else, so that a loop which pauses through one starved timers and other ports until it was done (measured: a
 * cancel due at 60 ms came after the end); there `setImmediate` lets all others go first.
 */
const PAUSE_MILLIS = 25
const PROGRESS_MILLIS = 100

export interface PauseClock {
  pauseDue(): boolean
  progressDue(): boolean
  /** Lets waiting messages (a cancel) be handled. */
  pause(): Promise<void>
  close(): void
}

/** A clock for one loop; `close` it, since an open channel keeps its host alive. */
export function pauseClock(): PauseClock {
  const turn = turnOfHost()
  let paused = performance.now()
  let told = paused
  return {
    pauseDue: () => performance.now() - paused >= PAUSE_MILLIS,
    progressDue() {
      const due = performance.now() - told >= PROGRESS_MILLIS
      if (due) told = performance.now()
      return due
    },
    async pause() {
      await new Promise<void>((resolve) => turn.after(resolve))
      paused = performance.now()
    },
    close: () => turn.close()
  }
}

/** Calls back once everything that waits has had its turn. */
interface Turn {
  after(resume: () => void): void
  close(): void
}

function turnOfHost(): Turn {
  const immediate = (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate
  if (immediate) return { after: (resume) => immediate(resume), close() {} }
  const channel = new MessageChannel()
  return {
    after(resume) {
      channel.port1.onmessage = () => resume()
      channel.port2.postMessage(0)
    },
    close: () => channel.port1.close()
  }
}
