/** A server on loopback that counts what reaches it: connections, whether or not a byte follows, and requests by their path. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Counter {
  address: string
  /** Method and path of each request. */
  requests: string[]
  connections: number
  reset(): void
  close(): Promise<void>
}

/** Starts it on a free port. */
export async function startCounter(): Promise<Counter> {
  const server = createServer((request, response) => {
    counter.requests.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'access-control-allow-origin': '*', connection: 'close' }).end('seen')
  })
  // A connection is counted when it is made; some never carry a request.
  server.on('connection', () => counter.connections++)
  server.on('upgrade', (request, socket) => {
    counter.requests.push(`UPGRADE ${request.url}`)
    socket.destroy()
  })
  server.on('clientError', (_, socket) => {
    counter.requests.push('not HTTP')
    socket.destroy()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const counter: Counter = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    connections: 0,
    reset() {
      counter.requests.length = 0
      counter.connections = 0
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((closed) => server.close(() => closed()))
    }
  }
  return counter
}
