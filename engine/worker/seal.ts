/**
 * Takes away what in a worker could reach the network. The policy refuses every connection already; with these gone an attempt
 * cannot even be written. Imported first by the worker, so that nothing runs before it.
 */
const CHANNELS = [
  'fetch',
  'fetchLater',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'RTCPeerConnection',
  'RTCDataChannel',
  'importScripts',
  'Worker'
] as const

// Some stand on the global object itself, some on what it inherits from.
for (const name of CHANNELS)
  for (let scope: object | null = globalThis; scope !== null; scope = Object.getPrototypeOf(scope) as object | null)
    Reflect.deleteProperty(scope, name)
