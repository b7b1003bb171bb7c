/**
 * What the file carries beside the page's own script: workers and samples, each gzipped in base64 in an inert
 * `<script type="application/gzip">`, so that the whole stays small and the page's script can be read.
 */

/** Unpacks a part by its name. */
export async function unpack(name: string): Promise<Blob> {
  const base64 = document.getElementById(`packed-${name}`)?.textContent?.trim()
  if (!base64) throw new Error(`this file is not whole: ${name} is missing`)
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).blob()
}

/** Unpacks a text. */
export async function unpackText(name: string): Promise<string> {
  return (await unpack(name)).text()
}

/** Unpacks a script, for a worker. */
export async function unpackScript(name: string): Promise<URL> {
  return new URL(URL.createObjectURL(new Blob([await unpack(name)], { type: 'text/javascript' })))
}
