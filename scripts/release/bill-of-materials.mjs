/**
 * rarebit.cdx.json: the bill of materials (CycloneDX 1.6) of what is released. Written from the lock file alone, without times
 * or random numbers: its serial number is made of its content, so two builds of one commit have the same.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shippedPackages } from './packages.mjs'

/** The text of rarebit.cdx.json. */
export function billOfMaterials(root) {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const shipped = shippedPackages(root)
  const self = { ...component({ ...own, description: own.description }), type: 'application' }
  const content = {
    metadata: { component: self },
    components: shipped.map(component),
    dependencies: [
      { ref: self['bom-ref'], dependsOn: refsOf([...Object.keys(own.dependencies), 'assemblyscript'], shipped) },
      ...shipped.map((one) => ({
        ref: refOf(one),
        dependsOn: refsOf(Object.keys(lock[one.path].dependencies ?? {}), shipped)
      }))
    ]
  }
  const head = { bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: serialNumber(content), version: 1 }
  return `${JSON.stringify({ ...head, ...content }, null, 2)}\n`
}

function component({ name, version, description, license, integrity }) {
  const [group, bare] = name.startsWith('@') ? name.split('/') : [undefined, name]
  return {
    type: 'library',
    'bom-ref': refOf({ name, version }),
    ...(group && { group }),
    name: bare,
    version,
    ...(description && { description }),
    ...(integrity && { hashes: [hashOf(integrity)] }),
    licenses: / (OR|AND) /.test(license) ? [{ expression: license }] : [{ license: { id: license } }],
    purl: refOf({ name, version })
  }
}

/** A package URL. */
function refOf({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}

/** Those of `names` that are part of the release; npm may have left out an optional one. */
function refsOf(names, shipped) {
  return names.flatMap((name) => shipped.filter((one) => one.name === name).map(refOf)).sort()
}

/** The lock file's `sha512-<base64>` in CycloneDX's form. */
function hashOf(integrity) {
  const [algorithm, base64] = integrity.split(' ')[0].split(/-(.*)/s)
  return { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(base64, 'base64').toString('hex') }
}

/** A UUID (version 8: of our own making) out of the content. */
function serialNumber(content) {
  const hex = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  const variant = ((Number.parseInt(hex[16], 16) & 0b0011) | 0b1000).toString(16)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
