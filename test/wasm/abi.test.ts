import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { instantiateKernels } from '../../wasm/host/kernels.ts'
import { createReferenceKernels } from '../../wasm/reference/kernels.ts'
import { compileTestModule } from '../helpers/kernels.ts'

/** The ABI, one name a line. A change here is a change of the contract: raise ABI_VERSION. */
const EXPORTS = [
  'abiVersion',
  'allocate',
  'allocateBlock',
  'bitmapAnd',
  'bitmapCount',
  'bitmapToRows',
  'groupTableClose',
  'groupTableCount',
  'groupTableCreate',
  'groupTableInsert',
  'groupTableKeys',
  'kleeneAnd',
  'kleeneNot',
  'kleeneOr',
  'mark',
  'memory',
  'release',
  'releaseBlock',
  'scanJson',
  'selectTrue'
]

test('the module imports nothing', async () => {
  expect(WebAssembly.Module.imports(await compileTestModule())).toEqual([])
})

test('the module exports the ABI and nothing else', async () => {
  const names = WebAssembly.Module.exports(await compileTestModule()).map(({ name }) => name)
  expect(names.sort()).toEqual(EXPORTS)
})

test('the twins answer to the same names', async () => {
  const twins = createReferenceKernels()
  expect(Object.keys(twins).sort()).toEqual(EXPORTS)
  expect(twins.abiVersion()).toBe(instantiateKernels(await compileTestModule()).abiVersion())
})

test('the type of the exports names every export', async () => {
  const types = await readFile(new URL('../../wasm/host/kernels.generated.d.ts', import.meta.url), 'utf8')
  const names = [...types.matchAll(/export (?:function|const) (\w+)/g)].map((match) => match[1])
  expect(names.sort()).toEqual(EXPORTS)
})
