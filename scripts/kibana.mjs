/**
 * `npm run kibana`: a fake Kibana on loopback, to see the side panel work without a cluster.
 *
 * Options: --profile raw|wrapped|polling|bsearch|esql, --base-path /kbn, --space soc, --headers 8x|9x|hardened, --port 5601,
 * --hostile KIND. Ends with Ctrl+C.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'
import { buildTerminalWhenStale } from './build-when-stale.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
const { values } = parseArgs({
  options: {
    profile: { type: 'string', default: 'raw' },
    'base-path': { type: 'string', default: '' },
    space: { type: 'string', default: '' },
    headers: { type: 'string', default: '9x' },
    hostile: { type: 'string' },
    port: { type: 'string', default: '5601' }
  }
})
await buildTerminalWhenStale()
const { module } = await runnerImport('./test/kibana/server.ts', { root, configFile: false, logLevel: 'error' })
const kibana = await module.startFakeKibana({
  profile: values.profile,
  basePath: values['base-path'],
  space: values.space,
  hardening: values.headers,
  port: Number(values.port),
  ...(values.hostile && { hostile: values.hostile })
})
console.log(`Fake Kibana (${values.profile}): ${kibana.url}/app/security/alerts\nCtrl+C ends it.`)
