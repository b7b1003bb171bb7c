/** The kernels as tests use them: the module built by the global setup, and its twins. */
import { readFile } from 'node:fs/promises'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { compileKernels } from '../../wasm/host/load.ts'
import { instantiateKernels } from '../../wasm/host/kernels.ts'
import { createReferenceKernels } from '../../wasm/reference/kernels.ts'

let compiled: Promise<WebAssembly.Module> | undefined

/** A fresh instance of the built module, with a memory of its own. */
export async function loadTestKernels(): Promise<Kernels> {
  return instantiateKernels(await compileTestModule())
}

/** The built module itself. */
export function compileTestModule(): Promise<WebAssembly.Module> {
  compiled ??= readFile(new URL('../../wasm/build/kernels.wasm', import.meta.url)).then(compileKernels)
  return compiled
}

/** Both implementations, for tests that must hold for each of them. */
export async function bothKernels(): Promise<{ name: string; kernels: Kernels }[]> {
  return [
    { name: 'reference', kernels: createReferenceKernels() },
    { name: 'wasm', kernels: await loadTestKernels() }
  ]
}
