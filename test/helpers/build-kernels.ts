/** Vitest global setup: builds the kernels when their sources are newer than the module. */
// @ts-expect-error a plain script without types
import { buildKernels } from '../../scripts/build-wasm.mjs'

let building: Promise<boolean> | undefined

export default async function setup(): Promise<void> {
  building ??= buildKernels() as Promise<boolean>
  await building
}
