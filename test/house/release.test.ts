/** What is released: the one-file page's policy holds over its text, the bill of materials fits its schema, comparing finds a bit. */
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { runnerImport } from 'vite'
import { ROOT } from '../helpers/architecture.ts'

const load = async <Module>(name: string) => (await runnerImport<Module>(`./scripts/release/${name}.mjs`)).module
const { assemblePage, unpackParts } = await load<{
  assemblePage(parts: Record<string, unknown>): string
  unpackParts(html: string): Map<string, Uint8Array>
}>('assemble')
const { sourceHash } = (await runnerImport<{ sourceHash(root: string, inputs?: string[]): string }>('./scripts/source-hash.mjs'))
  .module
const { billOfMaterials } = await load<{ billOfMaterials(root: string): string }>('bill-of-materials')
const { licencesText } = await load<{ licencesText(root: string): string }>('licences')
const { shippedPackages } = await load<{ shippedPackages(root: string): { name: string; version: string }[] }>('packages')
const { compareBuild } = await load<{
  compareBuild(file: string, bytes: Buffer, built: Map<string, Buffer>): { same: boolean; text: string }
}>('compare-build')

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

describe('the one-file page', () => {
  const html = assemblePage({
    template: readFileSync(join(ROOT, 'ui/standalone/index.html'), 'utf8'),
    icon: Buffer.from('icon'),
    seal: 'seal()\n',
    // Everything that ends an element, starts a comment or means something to String.replace.
    page: "let a = '</script><!--', b = '$& $1', c = `</SCRIPT>`",
    style: 'a { color: red }\n',
    packed: new Map([
      ['engine', Buffer.from('worker()')],
      ['sample.csv', Buffer.from('a,b\n')]
    ])
  })
  const scripts = Array.from(html.matchAll(/<script>([\s\S]*?)<\/script>/g), ([, code]) => code!)
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)![1]!

  test('has the policy of its own text and no other', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!
    expect(policy).toBe(
      `default-src 'none'; script-src ${scripts.map(hashOf).join(' ')} 'wasm-unsafe-eval'; style-src ${hashOf(style)}; ` +
        "img-src data: blob:; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; " +
        "require-trusted-types-for 'script'; trusted-types svelte-trusted-html rarebit-worker"
    )
    expect(html.indexOf('http-equiv')).toBeLessThan(html.indexOf('<script>'))
  })

  test('seals first, and no text of a script ends its element', () => {
    expect(scripts).toEqual(['seal()', String.raw`let a = '<\/script><\!--', b = '$& $1', c = ` + '`<\\/SCRIPT>`'])
    expect(html).not.toContain('<!-- place')
  })

  test('gives back what was packed', () => {
    const parts = unpackParts(html)
    expect([...parts].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['engine', 'worker()'],
      ['sample.csv', 'a,b\n']
    ])
  })
})

describe('the bill of materials', () => {
  const text = billOfMaterials(ROOT)

  test('fits the schema of CycloneDX 1.6', () => {
    const require = createRequire(import.meta.url)
    const folder = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema')
    // The schemas name each other by their file names beside their own address.
    const schema = (name: string) => {
      const content = JSON.parse(readFileSync(join(folder, name), 'utf8')) as object
      return { ...content, $id: `http://cyclonedx.org/schema/${name}` }
    }
    const others = ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json'].map(schema)
    const ajv = new Ajv({ strict: false, allErrors: true, schemas: others })
    addFormats.default(ajv)
    const addNewerFormats = require('ajv-formats-draft2019') as (to: Ajv) => void
    addNewerFormats(ajv)
    const valid = ajv.compile(schema('bom-1.6.SNAPSHOT.schema.json'))
    valid(JSON.parse(text))
    expect(valid.errors ?? []).toEqual([])
    valid({ ...JSON.parse(text), components: [{ type: 'nothing' }] })
    expect((valid.errors ?? []).length).toBeGreaterThan(0)
  })

  test('names every package that is part of the release, once, and what needs what', () => {
    const { components, dependencies, serialNumber } = JSON.parse(text) as {
      components: { purl: string }[]
      dependencies: { ref: string; dependsOn: string[] }[]
      serialNumber: string
    }
    const known = new Set(components.map(({ purl }) => purl))
    expect(known.size).toBe(shippedPackages(ROOT).length)
    expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref))).toEqual([])
    expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(billOfMaterials(ROOT)).toBe(text)
  })

  test('the licences name the same packages', () => {
    const licences = licencesText(ROOT)
    for (const { name, version } of shippedPackages(ROOT)) expect(licences).toContain(`\n${name} ${version}: `)
  })
})

describe('comparing with a build', () => {
  const page = Buffer.from('<p>\nfirst\nsecond</p>')
  const built = new Map([
    ['rarebit.html', page],
    ['rarebit-extension.zip', Buffer.from('zip')]
  ])

  test('the same bytes under any name', () => {
    expect(compareBuild('/elsewhere/copy.htm', page, built)).toEqual({ same: true, text: 'rarebit.html' })
  })

  test('one flipped bit is found where it is', () => {
    const flipped = Buffer.from(page)
    flipped[12]! ^= 1
    const { same, text } = compareBuild('copy.html', flipped, built)
    expect(same).toBe(false)
    expect(text).toMatch(/^it differs from rarebit\.html first at byte 12 \(line 3\): /)
  })

  test('a shorter file, and one that is nothing of ours', () => {
    expect(compareBuild('rarebit.html', page.subarray(0, 9), built).text).toContain(
      'up to byte 9, where one of them ends. It has 9 bytes'
    )
    expect(compareBuild('a.exe', page, new Map([['rarebit.html', Buffer.from('x')]])).text).toBe('it is none of rarebit.html')
  })
})

describe('the hash of the sources', () => {
  test('is of names and bytes, whatever the folder; a moved byte, a new name or a new file is another', () => {
    const root = mkdtempSync(join(tmpdir(), 'rarebit-sources-'))
    const tree = (name: string, files: Record<string, string>) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name, path)), { recursive: true })
        writeFileSync(join(root, name, path), text)
      }
      return sourceHash(join(root, name), ['a'])
    }
    try {
      const first = tree('one', { 'a/x.ts': 'let x', 'a/b/y.ts': '' })
      expect(first).toMatch(/^[0-9a-f]{64}$/)
      expect(tree('two', { 'a/b/y.ts': '', 'a/x.ts': 'let x', 'outside.ts': '1' })).toBe(first)
      const others = [
        tree('three', { 'a/x.ts': 'let X', 'a/b/y.ts': '' }),
        tree('four', { 'a/x.ts': 'let ', 'a/b/y.ts': 'x' }),
        tree('five', { 'a/x.ts': 'let x', 'a/b/z.ts': '' }),
        tree('six', { 'a/x.ts': 'let x', 'a/b/y.ts': '', 'a/z.ts': '' })
      ]
      expect(new Set([first, ...others]).size).toBe(5)
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })
})
