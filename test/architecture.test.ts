/**
 * The house rules, executed: import order, no network, no HTML from text, sizes, dependencies, no names of places. Every guard
 * also sees a planted violation, so that none of them is green because it looks at nothing.
 */
import { describe, expect, test } from 'vitest'
import {
  dependencyViolations,
  importsOf,
  importViolations,
  lengthViolations,
  LONGEST,
  placeViolations,
  readSources,
  ROOT,
  RUNTIME_DEPENDENCIES,
  type SourceFile,
  wordViolations
} from './helpers/architecture.ts'

const files = readSources(ROOT)
const textOf = (path: string) => files.find((file) => file.path === path)!.text
const packageJson = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> }
const lock = JSON.parse(textOf('package-lock.json'))
const file = (path: string, text: string): SourceFile => ({ path, text })

describe('imports', () => {
  test('point up the order only', () => {
    expect(files.length).toBeGreaterThan(300)
    expect(importViolations(files)).toEqual([])
  })

  test.for([
    ['engine/data/a.ts', "import { x } from '../functions/b.ts'", 'engine/functions comes after engine/data'],
    ['engine/rules/a.ts', "import type { X } from '../session/types.ts'", 'engine/session comes after engine/rules'],
    ['engine/language/a.ts', "export * from '../data/b.ts'", 'language knows only base'],
    ['engine/source/a.ts', "import type { P } from '../plan/b.ts'", 'source knows nothing of queries beyond a ScanRequest'],
    ['engine/worker/a.ts', "const app = await import('../../ui/app/b.ts')", 'ui comes after engine/worker'],
    ['engine/execution/a.ts', "import { t } from '../../wasm/reference/b.ts'", 'the twins are for tests only'],
    [
      'ui/views/A.svelte',
      '<script lang="ts">import { S } from \'../../engine/session/session.ts\'</script>',
      'ui sees engine/worker/{api,client}.ts and engine/language/{token,lexer}.ts'
    ],
    [
      'ui/state/a.ts',
      "new Worker(new URL('../../engine/worker/worker.ts', import.meta.url))",
      'ui sees engine/worker/{api,client}.ts and engine/language/{token,lexer}.ts'
    ],
    [
      'ui/app/a.ts',
      "import { hunt } from '../terminal/hunt.ts'",
      'ui sees engine/worker/{api,client}.ts and engine/language/{token,lexer}.ts'
    ],
    [
      'ui/terminal/a.ts',
      "import { f } from '../../engine/execution/b.ts'",
      'the terminal is a host: session, lint, rules, source, base, data and wasm/host'
    ],
    ['extension/background.ts', "import { f } from '../engine/session/b.ts'", 'extension hands its surroundings to ui'],
    ['engine/helpers/a.ts', "import { x } from '../base/b.ts'", 'its folder stands nowhere in the order'],
    ['engine/base/a.ts', "import { x } from '../../test/helpers/b.ts'", 'its folder stands nowhere in the order']
  ] as const)('%s: %s', ([path, text, why]) => {
    expect(importViolations([file(path, text)])).toEqual([expect.stringContaining(`: ${why}`)])
  })

  test('what is allowed stays allowed', () => {
    const allowed = [
      file(
        'engine/source/a.ts',
        "import { L } from '../../wasm/assembly/layout.ts'\nimport type { K } from '../../wasm/abi/kernels.ts'"
      ),
      file('ui/format/a.ts', "import { lex } from '../../engine/language/lexer.ts'"),
      file(
        'ui/terminal/a.ts',
        "import bytes from '../../wasm/build/kernels.wasm?bytes'\nimport { h } from '../format/hidden.ts'"
      ),
      file('extension/a.ts', "import { mount } from '../ui/app/mount.ts'\nimport x from 'svelte'"),
      file('test/a.ts', "import { x } from '../wasm/reference/b.ts'")
    ]
    expect(importViolations(allowed)).toEqual([])
  })

  test('name files that exist', () => {
    const known = new Set(files.map(({ path }) => path))
    const code = files.filter(({ path }) => /^(wasm|engine|ui|extension)\/.*\.(ts|svelte)$/.test(path))
    const missing = code.flatMap((from) =>
      importsOf(from)
        .filter((to) => /\.(ts|svelte)$/.test(to) && !known.has(to))
        .map((to) => `${from.path} imports ${to}`)
    )
    expect(missing).toEqual([])
  })
})

describe('product code', () => {
  test('reaches no network, makes no elements of text, runs no text', () => {
    expect(wordViolations(files)).toEqual([])
  })

  test.for([
    ['engine/source/a.ts', 'await fetch(url)', 'fetch'],
    ['engine/source/a.ts', "globalThis['fetch'](url)", 'fetch'],
    ['ui/app/a.ts', 'new WebSocket(url)', 'WebSocket'],
    ['ui/app/a.ts', "navigator.sendBeacon('/', data)", 'sendBeacon'],
    ['extension/a.ts', 'new EventSource(url)', 'EventSource'],
    ['ui/views/A.svelte', '<p>{@html text}</p>', '{@html'],
    ['ui/app/a.ts', 'element.innerHTML = text', 'innerHTML'],
    ['engine/functions/a.ts', 'eval(text)', 'eval('],
    ['engine/functions/a.ts', "new Function('a', text)", 'new Function']
  ] as const)('%s: %s', ([path, text, word]) => {
    expect(wordViolations([file(path, text)])).toEqual([expect.stringContaining(`${path} holds [${word}]`)])
  })

  test('comments may speak of what code must not do; scripts and tests are no product', () => {
    const spoken = [
      file('engine/a.ts', '// no fetch here\n/* nor innerHTML */\nconst address = 1'),
      file('scripts/a.mjs', 'fetch(url)')
    ]
    expect(wordViolations(spoken)).toEqual([])
  })

  test('code behind a URL in a string is still looked at', () => {
    expect(wordViolations([file('ui/a.ts', "const a = 'http://localhost'; fetch(a)")])).toHaveLength(1)
  })
})

describe('the repository', () => {
  test(`has no file of more than ${LONGEST} lines that is no table`, () => {
    expect(lengthViolations(files)).toEqual([])
    expect(lengthViolations([file('ui/app/a.ts', 'x\n'.repeat(LONGEST + 1))])).toEqual([`ui/app/a.ts has ${LONGEST + 1} lines`])
    expect(lengthViolations([file('engine/source/a.generated.ts', 'x\n'.repeat(9999))])).toEqual([])
  })

  test('names no path of a machine and no registry', () => {
    expect(placeViolations(files)).toEqual([])
    const path = ['', 'work', 'main'].join('/')
    expect(placeViolations([file('README.md', `run it in ${path}`), file('a.ts', `const root = '${path}'`)])).toHaveLength(2)
    expect(placeViolations([file('README.md', 'see the framework/main page')])).toEqual([])
  })

  test('ships only the packages it decided on, all in use, all under a licence that fits', () => {
    expect(Object.keys(packageJson.dependencies).toSorted()).toEqual([...RUNTIME_DEPENDENCIES])
    expect(dependencyViolations(Object.keys(packageJson.dependencies), lock, files)).toEqual([])
    const planted = {
      packages: { '': {}, 'node_modules/a': { license: 'GPL-3.0' }, 'node_modules/b': {}, 'node_modules/c': { dev: true } }
    }
    expect(dependencyViolations(['a'], planted, [])).toEqual([
      'a is a runtime dependency nobody decided on',
      'a is a runtime dependency that nothing imports',
      'node_modules/a is under GPL-3.0',
      'node_modules/b is under no named licence'
    ])
  })
})
