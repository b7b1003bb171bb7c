/** What a page needs of the engine: to speak to a worker that serves it, and to make a worker that its policy lets start. */
export { asFailure } from './failure.ts'
export { connectEngine, type EngineClient } from './connect.ts'
export { TrustedWorker } from './trusted-worker.ts'
