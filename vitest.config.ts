/**
 * Test projects: unit (fast, Node), differential (against an interpreter), exerciser (events made from rules), spec (scenarios
 * as Markdown), e2e (a real Chromium with the built extension).
 */
import { defineConfig } from 'vitest/config'

/** Builds the kernels when their sources changed. */
const globalSetup = ['test/helpers/build-kernels.ts']
/** Builds the terminal program too: these tests run it as a process. */
const withTerminal = [...globalSetup, 'test/helpers/build-terminal.ts']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          globalSetup,
          include: ['test/{engine,wasm,ui,extension,house}/**/*.test.ts', 'test/*.test.ts'],
          testTimeout: 30_000
        }
      },
      { test: { name: 'differential', globalSetup, include: ['test/differential/**/*.test.ts'], testTimeout: 900_000 } },
      { test: { name: 'exerciser', globalSetup, include: ['test/exerciser/**/*.test.ts'], testTimeout: 900_000 } },
      { test: { name: 'spec', globalSetup: withTerminal, include: ['test/spec/**/*.test.ts'], testTimeout: 120_000 } },
      {
        test: {
          name: 'e2e',
          globalSetup,
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // The default second is too short for a page that builds or runs on a busy machine.
          expect: { poll: { timeout: 20_000 } },
          fileParallelism: false
        }
      }
    ]
  }
})
