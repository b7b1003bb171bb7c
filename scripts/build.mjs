/** `npm run build`: kernels, extension (dist/) and terminal program (dist-terminal/rarebit.js), whatever was there before. */
import { buildExtensionWhenStale, buildTerminalWhenStale } from './build-when-stale.mjs'
import { buildKernels } from './build-wasm.mjs'

await buildKernels({ force: true })
await buildExtensionWhenStale({ force: true })
await buildTerminalWhenStale({ force: true })
console.log('dist/                     the extension, to be loaded unpacked')
console.log('dist-terminal/rarebit.js  the command line, one file')
