/**
 * One list of permissions with reasons for the panel, the welcome page and the README: exactly what the manifest asks for.
 * `UPDATE_SPECS=1` writes the README's table anew.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import manifest from '../../../extension/manifest.ts'
import { PERMISSION_REASONS } from '../../../ui/format/permissions.ts'
import { text } from '../../../ui/text/text.ts'

const README = new URL('../../../README.md', import.meta.url)
const BLOCK = /(<!-- permissions: from the manifest[^\n]*-->\n\n)([\s\S]*?)(\n\n<!-- \/permissions -->)/

interface Asked {
  permissions: string[]
  optional_host_permissions: string[]
}

/** Names as the table shows them, in the manifest's order. */
async function asked(): Promise<string[]> {
  const build = manifest as unknown as (env: { command: string; mode: string }) => Asked | Promise<Asked>
  const { permissions, optional_host_permissions: hosts } = await build({ command: 'build', mode: 'production' })
  return [...permissions, `${hosts.join(', ')} (optional)`]
}

test('every permission of the manifest has a reason, and no other has', async () => {
  expect(Object.keys(PERMISSION_REASONS)).toEqual(await asked())
})

test('the README has the same table', async () => {
  const rows = (await asked()).map((name) => {
    const [names, optional = ''] = name.split(' (')
    const code = names!
      .split(', ')
      .map((one) => `\`${one}\``)
      .join(', ')
    return `| ${code}${optional && ` (${optional}`} | ${text(PERMISSION_REASONS[name]!)} |`
  })
  const table = ['| permission | why |', '| --- | --- |', ...rows].join('\n')
  const readme = await readFile(README, 'utf8')
  if (process.env['UPDATE_SPECS'])
    await writeFile(
      README,
      readme.replace(BLOCK, (_, before, __, behind) => before + table + behind)
    )
  else expect(BLOCK.exec(readme)?.[2]).toBe(table)
})
