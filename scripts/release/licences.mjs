/** licences.txt: our own licence and those of everything that is part of the release; a text that several share stands once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { licenceText, shippedPackages } from './packages.mjs'

const RULE = '='.repeat(80)

/** The text of licences.txt. */
export function licencesText(root) {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const byText = new Map([[readFileSync(join(root, 'LICENSE'), 'utf8').trim(), [title(own)]]])
  for (const one of shippedPackages(root)) {
    const text = licenceText(root, one) ?? 'These packages name their licence and bring no text of it.'
    byText.set(text, [...(byText.get(text) ?? []), title(one)])
  }
  const sections = Array.from(byText, ([text, titles]) => `${RULE}\n${titles.join('\n')}\n${RULE}\n\n${text}`)
  return `Rarebit and the packages that are part of it.\n\n${sections.join('\n\n')}\n`
}

function title({ name, version, license }) {
  return `${name} ${version}: ${license}`
}
