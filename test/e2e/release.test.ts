/**
 * Two builds of one tree in two folders, in two zones, give the same bytes; and comparing finds the build and a flipped bit.
 * Builds take about a minute each, so this stands among the slow tests.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runnerImport } from 'vite'
import { afterAll, expect, test } from 'vitest'
import { ROOT } from '../helpers/architecture.ts'

const { module: comparing } = await runnerImport<{
  compareBuild(file: string, bytes: Buffer, built: Map<string, Buffer>): { same: boolean; text: string }
}>('./scripts/release/compare-build.mjs')

const { module: sources } = await runnerImport<{ sourceHash(root: string): string }>('./scripts/source-hash.mjs')

const RELEASED = ['rarebit.html', 'rarebit-extension.zip', 'rarebit.cdx.json', 'licences.txt', 'SHA256SUMS']
const folder = mkdtempSync(join(tmpdir(), 'rarebit-release-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Builds a copy of what git tracks here, changes of the moment included. */
function buildAt(path: string, TZ: string): Map<string, Buffer> {
  const target = join(folder, path)
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8'
  })
  for (const file of listed.stdout.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(target, file)), { recursive: true })
    cpSync(join(ROOT, file), join(target, file), { force: true })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(target, 'node_modules'), 'dir')
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: target, encoding: 'utf8', env: { ...process.env, TZ } })
  if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`)
  return new Map(RELEASED.map((name) => [name, readFileSync(join(target, 'dist', name))]))
}

test('two builds are byte-equal', { timeout: 600_000 }, () => {
  const first = buildAt('a', 'UTC')
  const second = buildAt('a longer/path/to b', 'Pacific/Auckland')
  for (const name of RELEASED) expect([name, second.get(name)!.equals(first.get(name)!)]).toEqual([name, true])

  const page = first.get('rarebit.html')!
  const build = sources.sourceHash(join(folder, 'a'))
  expect(sources.sourceHash(join(folder, 'a longer/path/to b'))).toBe(build)
  expect(page.toString()).toContain(build)
  const sum = createHash('sha256').update(page).digest('hex')
  expect(first.get('SHA256SUMS')!.toString()).toContain(`${sum}  rarebit.html\n`)
  expect(comparing.compareBuild('rarebit.html', page, second)).toEqual({ same: true, text: 'rarebit.html' })
  for (const name of ['rarebit.html', 'rarebit-extension.zip']) {
    const flipped = Buffer.from(first.get(name)!)
    flipped[flipped.length >> 1]! ^= 1
    const { same, text } = comparing.compareBuild(name, flipped, second)
    expect(same).toBe(false)
    expect(text).toContain(`differs from ${name} first at byte ${flipped.length >> 1} `)
  }
})
