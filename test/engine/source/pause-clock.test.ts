import { afterEach, describe, expect, it, vi } from 'vitest'
import { pauseClock } from '../../../engine/source/pause-clock.ts'

/** Works for `millis`, pausing when due; answers how long a timer due at once was kept waiting. */
async function timerDelay(millis: number): Promise<number> {
  const clock = pauseClock()
  // The first pause begins from here, the later ones from within a resumed turn: that is where timers starved.
  await clock.pause()
  const start = performance.now()
  let fired = Infinity
  setTimeout(() => (fired = performance.now() - start), 0)
  while (performance.now() - start < millis) if (clock.pauseDue()) await clock.pause()
  clock.close()
  return fired
}

describe('pauseClock', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('lets timers run while a loop goes on', async () => {
    expect(await timerDelay(500)).toBeLessThan(500)
  })

  it('pauses through a channel where there is no setImmediate', async () => {
    vi.stubGlobal('setImmediate', undefined)
    const clock = pauseClock()
    for (let i = 0; i < 3; i++) await clock.pause()
    clock.close()
  })

  it('tells progress at most every 100 ms', async () => {
    const clock = pauseClock()
    const end = performance.now() + 350
    let told = 0
    while (performance.now() < end) if (clock.progressDue()) told++
    clock.close()
    expect(told).toBeGreaterThan(0)
    expect(told).toBeLessThanOrEqual(3)
  })
})
