/**
 * Deep links into the Kibana beside the panel: pure addresses, no request. A value is quoted as rison and then encoded, so
 * whatever a log says stays one value of one parameter.
 */
export interface LinkBase {
  origin: string
  /** With the space: `/kbn/s/soc`. */
  basePath: string
}

/** Rison's text: `!` escapes itself and the quote. */
export function risonText(text: string): string {
  return `'${text.replaceAll('!', '!!').replaceAll("'", "!'")}'`
}

/** `encodeURIComponent`, and the quotes and stars it leaves: they end values in some mail programs and terminals. */
const encoded = (text: string) =>
  encodeURIComponent(text).replaceAll(/['!*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** An ES|QL query in Discover over a stretch of time. */
export function discoverLink(base: LinkBase, query: string, time: { from: string; to: string }): string {
  const global = `(time:(from:${risonText(time.from)},to:${risonText(time.to)}))`
  const app = `(dataSource:(type:esql),query:(esql:${risonText(query)}))`
  return `${base.origin}${base.basePath}/app/discover#/?_g=${encoded(global)}&_a=${encoded(app)}`
}

/** A new timeline with a KQL query: events of a group by their keys. */
export function timelineLink(base: LinkBase, kql: string, time: { from: string; to: string }): string {
  const timeline = `(activeTab:query,isOpen:!t,query:(expression:${risonText(kql)},kind:kuery))`
  const range = `(from:${risonText(time.from)},kind:absolute,to:${risonText(time.to)})`
  const ranges = `(global:(linkTo:!(timeline),timerange:${range}),timeline:(linkTo:!(global),timerange:${range}))`
  return `${base.origin}${base.basePath}/app/security/alerts?timeline=${encoded(timeline)}&timerange=${encoded(ranges)}`
}

/** Keys as KQL: each value quoted, absent ones as "does not exist". */
export function keysAsKql(keys: readonly { name: string; value: unknown }[]): string {
  const quoted = (value: unknown) => `"${String(value).replaceAll(/[\\"]/g, (character) => `\\${character}`)}"`
  const field = (name: string) => name.replaceAll(/[\\():<>"*{}\s]/g, (character) => `\\${character}`)
  return keys
    .map(({ name, value }) => {
      if (value === null) return `not ${field(name)} : *`
      const values = Array.isArray(value) ? value : [value]
      return `${field(name)} : ${values.length === 1 ? quoted(values[0]) : `(${values.map(quoted).join(' or ')})`}`
    })
    .join(' and ')
}
