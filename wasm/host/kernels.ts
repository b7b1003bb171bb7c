/** From a compiled module to Kernels. The module imports nothing, so there is nothing to hand in and nothing to trust. */
import type { Kernels } from '../abi/kernels.ts'
import { ABI_VERSION } from '../assembly/layout.ts'
import type { instantiate } from './kernels.generated.d.ts'

type KernelExports = Awaited<ReturnType<typeof instantiate>>

/** Makes an instance with a memory of its own; throws when the module was built for another ABI. */
export function instantiateKernels(module: WebAssembly.Module): Kernels {
  const kernels: Kernels = new WebAssembly.Instance(module, {}).exports as unknown as KernelExports
  const version = kernels.abiVersion()
  if (version !== ABI_VERSION) throw new Error(`kernels of ABI ${version} cannot serve an engine of ABI ${ABI_VERSION}`)
  return kernels
}
