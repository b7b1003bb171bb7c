/**
 * Puts the parts of the one-file page into its HTML, and writes the policy over exactly what stands there.
 *
 * In:  the template, the scripts and styles as text, what is packed as bytes by name. Out: the text of the file.
 * Holds: the policy's hashes are of the final text of each element; packed parts are the same for the same bytes everywhere
 * (fflate instead of zlib, whose output changes with the version of Node).
 */
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'fflate'

/** The text of the one-file page. */
export function assemblePage({ template, icon, seal, style, page, packed }) {
  const scripts = { seal: scriptText(seal), page: scriptText(page) }
  const styleText = style.trim().replaceAll('</style', '<\\/style')
  const places = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${policyOf(Object.values(scripts), styleText)}" />`,
    icon: `<link rel="icon" type="image/png" href="data:image/png;base64,${Buffer.from(icon).toString('base64')}" />`,
    seal: `<script>${scripts.seal}</script>`,
    style: `<style>${styleText}</style>`,
    packed: [...packed].map(([name, bytes]) => packedElement(name, bytes)).join('\n    '),
    page: `<script>${scripts.page}</script>`
  }
  return template.replaceAll(/<!-- place: (\w+) -->/g, (_, name) => places[name])
}

/** The policy of CONTRACTS, with the hashes of the scripts and the style that stand in the page. */
function policyOf(scripts, style) {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(sourceHash).join(' ')} 'wasm-unsafe-eval'`,
    `style-src ${sourceHash(style)}`,
    'img-src data: blob:',
    'worker-src blob:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html rarebit-worker'
  ].join('; ')
}

function sourceHash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/**
 * Text that may stand in a script element: nothing in it ends the element or opens a comment that swallows its end. In built
 * code both stand in strings, templates and regular expressions only, where `\/` and `\!` are the same characters.
 */
function scriptText(code) {
  return code
    .trim()
    .replaceAll(/<\/(?=script)/gi, '<\\/')
    .replaceAll('<!--', '<\\!--')
}

function packedElement(name, bytes) {
  const base64 = Buffer.from(gzipSync(bytes, { level: 9, mtime: 0 })).toString('base64')
  return `<script type="application/gzip" id="packed-${name}">${base64}</script>`
}

/** What is packed in a one-file page, unpacked again: name to bytes, in order. For whoever wants to read what runs. */
export function unpackParts(html) {
  const pattern = /<script type="application\/gzip" id="packed-([^"]+)">([^<]*)<\/script>/g
  return new Map(Array.from(html.matchAll(pattern), ([, name, base64]) => [name, gunzipSync(Buffer.from(base64, 'base64'))]))
}
