/** What each panel beside one page is told. */
import { expect, test } from 'vitest'
import { Listeners } from '../../extension/content/listeners.ts'
import type { FromPage } from '../../extension/messages.ts'

const part = (number: number) => ({ type: 'part', head: { id: 1 }, part: number, parts: 3, data: '' }) as unknown as FromPage

function panel(listeners: Listeners, told: (message: FromPage) => void): chrome.runtime.Port {
  const port = { postMessage: told } as unknown as chrome.runtime.Port
  listeners.add(port)
  listeners.start(port, false)
  return port
}

test('who joins in the middle of a body hears the next one from its first part', () => {
  const listeners = new Listeners()
  const first: FromPage[] = []
  const second: FromPage[] = []
  panel(listeners, (message) => first.push(message))
  listeners.tell(part(0))
  panel(listeners, (message) => second.push(message))
  for (const number of [1, 2, 0]) listeners.tell(part(number))
  expect(first).toEqual([part(0), part(1), part(2), part(0)])
  expect(second).toEqual([part(0)])
})

test('a port that has just closed keeps nothing from the others', () => {
  const listeners = new Listeners()
  const heard: FromPage[] = []
  panel(listeners, () => {
    throw new Error('Attempting to use a disconnected port object')
  })
  panel(listeners, (message) => heard.push(message))
  expect(() => listeners.tell(part(0))).toThrow('disconnected')
  expect(heard).toEqual([part(0)])
})
