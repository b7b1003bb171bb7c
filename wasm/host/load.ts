/**
 * Loads the kernels from bytes, a Response of our own .wasm file, its URL, or a compiled module. The only place of the
 * product that may fetch, and what it fetches is a file of its own package.
 */
import type { Kernels } from '../abi/kernels.ts'
import { instantiateKernels } from './kernels.ts'

export type KernelModuleSource = BufferSource | Response | WebAssembly.Module | URL

/** Compiles the module once; `instantiateKernels` makes as many instances of it as are needed. */
export async function compileKernels(source: KernelModuleSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source
  if (source instanceof URL) return compileKernels(await fetch(source))
  if (typeof Response !== 'undefined' && source instanceof Response) return WebAssembly.compile(await source.arrayBuffer())
  return WebAssembly.compile(source as BufferSource)
}

/** Compiles and instantiates. */
export async function loadKernels(source: KernelModuleSource): Promise<Kernels> {
  return instantiateKernels(await compileKernels(source))
}
