/** Kernels inlined by the build (vite.terminal.config.ts). */
declare module '*.wasm?bytes' {
  const bytes: Uint8Array
  export default bytes
}
