/** Test projects: unit (fast, Node), spec (scenarios as Markdown), e2e (a real Chromium with the built extension). */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/{engine,wasm,ui,house}/**/*.test.ts', 'test/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'spec', include: ['test/spec/**/*.test.ts'], testTimeout: 120_000 } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false } }
    ]
  }
})
