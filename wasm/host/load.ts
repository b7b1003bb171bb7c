/** Loads the kernels from their bytes, which every host has in its own code: nothing is fetched. */
import type { Kernels } from '../abi/kernels.ts'
import { instantiateKernels } from './kernels.ts'

/** Compiles the module once; `instantiateKernels` makes as many instances of it as are needed. */
export function compileKernels(bytes: BufferSource): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes)
}

/** Compiles and instantiates. */
export async function loadKernels(bytes: BufferSource): Promise<Kernels> {
  return instantiateKernels(await compileKernels(bytes))
}
