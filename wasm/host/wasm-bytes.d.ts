/** Kernels inlined by the build (scripts/vite-plugins.ts). */
declare module '*.wasm?bytes' {
  const bytes: Uint8Array<ArrayBuffer>
  export default bytes
}
