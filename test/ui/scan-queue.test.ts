/** The queue of scans: one at a time, what waits can be dropped, idle work gives way and comes back. */
import { expect, test, vi } from 'vitest'
import { ScanQueue } from '../../ui/state/scan-queue.ts'

test('idle work waits for scans, is paused by a new one and goes on afterwards', async () => {
  vi.useFakeTimers()
  const log: string[] = []
  let wake = () => undefined as void
  let left = 2
  const queue = new ScanQueue()
  let endScan = () => undefined as void
  const first = queue.add(() => new Promise<void>((resolve) => (endScan = resolve)))
  queue.whileIdle({
    run: async () => {
      log.push('work')
      await new Promise<void>((resolve) => (wake = resolve))
      return --left === 0
    },
    pause: () => {
      log.push('pause')
      wake()
    }
  })
  await vi.advanceTimersByTimeAsync(1000)
  expect(log).toEqual([])
  endScan()
  await first
  await vi.advanceTimersByTimeAsync(1000)
  expect(log).toEqual(['work'])
  await queue.add(async () => void log.push('scan'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(log).toEqual(['work', 'pause', 'scan', 'work'])
  wake()
  await vi.advanceTimersByTimeAsync(1000)
  await queue.add(async () => undefined)
  await vi.advanceTimersByTimeAsync(1000)
  expect(log).toEqual(['work', 'pause', 'scan', 'work'])
  vi.useRealTimers()
})

test('what has not begun is dropped', async () => {
  const queue = new ScanQueue()
  let end = () => undefined as void
  const running = queue.add(() => new Promise<void>((resolve) => (end = resolve)))
  const waiting = queue.add(async () => 'never')
  // The first has begun once its turn came.
  await Promise.resolve()
  queue.dropWaiting()
  end()
  await running
  await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' })
})
