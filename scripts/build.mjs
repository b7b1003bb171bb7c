/** `npm run build`: kernels, extension (dist/), what is released (also there) and terminal program, whatever was there before. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildExtensionWhenStale, buildReleaseWhenStale, buildTerminalWhenStale, root } from './build-when-stale.mjs'
import { buildKernels } from './build-wasm.mjs'

await buildKernels({ force: true })
await buildExtensionWhenStale({ force: true })
await buildReleaseWhenStale({ force: true })
await buildTerminalWhenStale({ force: true })
console.log(`dist/                     the extension, to be loaded unpacked
dist/rarebit.html         the app in one file
dist-terminal/rarebit.js  the command line, one file

SHA-256 (dist/SHA256SUMS)
${await readFile(join(root, 'dist/SHA256SUMS'), 'utf8')}`)
