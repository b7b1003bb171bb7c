/**
 * The panels that hear one page: the side panel, and the same in a full tab. Each hears every body from its first part on, and the
 * answers to its own questions.
 */
import type { FromPage } from '../messages.ts'

interface Listener {
  started: boolean
  binary: boolean
  /** Joined in the middle of a body: its parts are nothing without the first. */
  waitsForBody: boolean
}

export class Listeners {
  private readonly ports = new Map<chrome.runtime.Port, Listener>()

  get any(): boolean {
    return this.ports.size > 0
  }

  /** Somebody has said that it listens. */
  get started(): boolean {
    return [...this.ports.values()].some(({ started }) => started)
  }

  /** Every one of them can be told bytes. */
  get binary(): boolean {
    return [...this.ports.values()].every(({ started, binary }) => !started || binary)
  }

  add(port: chrome.runtime.Port): void {
    this.ports.set(port, { started: false, binary: false, waitsForBody: true })
  }

  start(port: chrome.runtime.Port, binary: boolean): void {
    const listener = this.ports.get(port)
    if (listener) Object.assign(listener, { started: true, binary })
  }

  delete(port: chrome.runtime.Port): void {
    this.ports.delete(port)
  }

  clear(): void {
    this.ports.clear()
  }

  /** Tells all of them, and throws afterwards when one could not be told: its port has just closed, or the extension is gone. */
  tell(message: FromPage): void {
    let failure: unknown = null
    for (const [port, listener] of this.ports) {
      if (message.type === 'part') {
        if (message.part === 0 && listener.started) listener.waitsForBody = false
        if (listener.waitsForBody) continue
      }
      try {
        port.postMessage(message)
      } catch (error) {
        failure = error
      }
    }
    if (failure !== null) throw failure
  }
}
