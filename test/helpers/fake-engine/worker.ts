import { serveEngine } from '../../../engine/worker/serve.ts'
import { FakeEngine } from './fake-engine.ts'

serveEngine(Promise.resolve(new FakeEngine()))
