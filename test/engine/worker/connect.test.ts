/** The RPC: calls cross a real port, failures keep their kind, and nothing hangs when the worker dies. */
import { MessageChannel, type MessagePort as NodePort } from 'node:worker_threads'
import { expose } from 'comlink'
import { afterEach, expect, test, vi } from 'vitest'
import type { EngineApi, RunHandlers, RunResult } from '../../../engine/worker/api.ts'
import { connectEngine, type EngineClient } from '../../../engine/worker/connect.ts'
import { asFailure } from '../../../engine/worker/failure.ts'
import { engineServer } from '../../../engine/worker/serve.ts'

const ports: NodePort[] = []
afterEach(() => ports.splice(0).forEach((port) => port.close()))

/** A port of Node as the endpoint comlink expects: listeners get events instead of bare data. */
function endpointOf(port: NodePort) {
  const wrapped = new Map<unknown, (data: unknown) => void>()
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    addEventListener(_: string, listener: (event: { data: unknown }) => void) {
      wrapped.set(listener, (data) => listener({ data }))
      port.on('message', wrapped.get(listener)!)
    },
    removeEventListener: (_: string, listener: unknown) => port.off('message', wrapped.get(listener)!)
  }
}

/** A client and a server over a MessageChannel; `fail` plays the worker's error event. */
function connected(api: Partial<EngineApi>): { client: EngineClient; fail(message: string): void } {
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  expose(engineServer(Promise.resolve(api as EngineApi)), endpointOf(port2) as never)
  const listeners = new Map<string, (event: { message: string }) => void>()
  const endpoint = endpointOf(port1)
  const worker = {
    postMessage: endpoint.postMessage,
    terminate: () => undefined,
    addEventListener: (type: string, listener: never) =>
      type === 'message' ? endpoint.addEventListener(type, listener) : listeners.set(type, listener),
    removeEventListener: endpoint.removeEventListener
  }
  return { client: connectEngine(worker as unknown as Worker), fail: (message) => listeners.get('error')!({ message }) }
}

test('answers and failures cross', async () => {
  const { client } = connected({
    listRules: async () => [],
    explain: async () => {
      throw { kind: 'query', message: '', diagnostics: ['line 1:2: no'] }
    },
    steps: async () => {
      throw new Error('broken')
    }
  })
  expect(await client.listRules()).toEqual([])
  await expect(client.explain('r', { file: 0, line: 1, event: 1, byte: 0, length: 1 })).rejects.toEqual({
    kind: 'query',
    message: '',
    diagnostics: ['line 1:2: no']
  })
  await expect(client.steps('r', 'f')).rejects.toEqual({ kind: 'fault', message: 'broken', diagnostics: [] })
})

test('a dead worker rejects what waits and what comes', async () => {
  const { client, fail } = connected({ listRules: () => new Promise(() => undefined) })
  const waiting = client.listRules()
  fail('out of memory')
  await expect(waiting).rejects.toMatchObject({ kind: 'fault', message: 'out of memory' })
  await expect(client.listRules()).rejects.toMatchObject({ kind: 'fault' })
})

test('handlers are called without being waited for', async () => {
  const progress = vi.fn()
  const api = engineServer(
    Promise.resolve({
      run: async (_: unknown, handlers: RunHandlers) => {
        handlers.progress({ bytesRead: 1, bytesTotal: 2, events: 3, rows: 0, stage: 'reading', elapsedMillis: 4 })
        handlers.partial?.([])
        return { runKey: 'r' } as RunResult
      }
    } as unknown as EngineApi)
  )
  expect(await api.run({ ruleKey: 'k', mode: 'whole' }, { progress, partial: () => undefined })).toEqual({ runKey: 'r' })
  expect(progress).toHaveBeenCalledOnce()
})

test('whatever is thrown becomes a failure', () => {
  expect(asFailure('text')).toEqual({ kind: 'fault', message: 'text', diagnostics: [] })
  expect(asFailure({ kind: 'nonsense', message: 'm' })).toEqual({ kind: 'fault', message: 'm', diagnostics: [] })
  expect(asFailure({ kind: 'source', message: 'm', diagnostics: [1, 'a'] })).toEqual({
    kind: 'source',
    message: 'm',
    diagnostics: ['a']
  })
})
