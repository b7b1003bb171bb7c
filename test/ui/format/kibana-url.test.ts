/** Kibana addresses, read and made. */
import { expect, test } from 'vitest'
import { discoverLink, keysAsKql, timelineLink } from '../../../ui/format/kibana-links.ts'
import { readKibanaUrl } from '../../../ui/format/kibana-url.ts'

const ORIGIN = 'https://kibana.example'
const flyout = (id: string) =>
  `flyout=(preview:!(),right:(id:document-details-right,params:(id:${id},indexName:.internal.alerts-security.alerts-default-000001,scopeId:alerts-page)))`

test.for([
  [`/app/security/alerts?query=(language:kuery,query:'')&${flyout("'3f0c1e77'")}`, '3f0c1e77', 'alerts'],
  [`/kbn/s/soc/app/security/alerts?${flyout('abc')}`, 'abc', 'alerts'],
  [
    `/app/security/alerts?flyout=(left:(id:document-details-left,params:(id:'left',indexName:x,scopeId:a),path:(tab:visualize)),${flyout("'a!'b!!'").slice(8)}`,
    "a'b!",
    'alerts'
  ],
  [
    "/app/security/alerts?flyoutV2=!((documentId:'f2',indexName:.internal.alerts-security.alerts-default-000001,kind:document))",
    'f2',
    'alerts'
  ],
  ['/app/security/alerts/redirect/r1?index=.alerts-security.alerts-default&timestamp=2026-11-23T10:05:12.345Z', 'r1', 'alerts'],
  ['/app/discover#/doc/logs-*/.ds-logs-x-000012?id=AZ0', 'AZ0', 'discover'],
  ['/app/security/timelines?timeline=(id:x)', null, 'timeline'],
  ['/app/security/rules/id/5d3c/alerts', null, 'rule'],
  ['/app/home', null, 'other']
] as const)('%s', ([path, documentId, view]) => {
  expect(readKibanaUrl(ORIGIN + path)).toMatchObject({ documentId, view })
})

test('addresses that are none, and encodings that are broken', () => {
  expect(readKibanaUrl('about:blank').documentId).toBeNull()
  expect(readKibanaUrl('no address').view).toBe('other')
  expect(readKibanaUrl(`${ORIGIN}/app/security/alerts/redirect/%zz`).documentId).toBe('%zz')
  expect(readKibanaUrl(`${ORIGIN}/app/security/rules/id/5d3c/alerts`).ruleUuid).toBe('5d3c')
})

const BASE = { origin: ORIGIN, basePath: '/kbn/s/soc' }
const TIME = { from: '2026-11-23T09:04:12.345Z', to: '2026-11-23T10:05:12.345Z' }
const HOSTILE = `x'!),query:(esql:'FROM evil')#&%+"\n`

test('a hostile value stays one value of one parameter', () => {
  const link = new URL(discoverLink(BASE, `FROM a | WHERE b == "${HOSTILE}"`, TIME))
  expect(link.origin + link.pathname).toBe('https://kibana.example/kbn/s/soc/app/discover')
  const parameters = new URLSearchParams(link.hash.slice(3))
  expect([...parameters.keys()]).toEqual(['_g', '_a'])
  expect(parameters.get('_a')).toBe(
    `(dataSource:(type:esql),query:(esql:'FROM a | WHERE b == "x!'!!),query:(esql:!'FROM evil!')#&%+"\n"'))`
  )
})

test('keys as KQL, and the timeline that asks for them', () => {
  const kql = keysAsKql([
    { name: 'process.command_line', value: 'sh -c "a\\b"' },
    { name: 'user.name', value: null },
    { name: 'host.name', value: ['a', 'b'] }
  ])
  expect(kql).toBe('process.command_line : "sh -c \\"a\\\\b\\"" and not user.name : * and host.name : ("a" or "b")')
  const link = new URL(timelineLink(BASE, kql, TIME))
  expect(link.searchParams.get('timeline')).toContain('isOpen:!t')
  expect([...link.searchParams.keys()]).toEqual(['timeline', 'timerange'])
})
