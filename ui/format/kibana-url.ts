/**
 * What a Kibana address says about the view: which alert or event is open, which rule. Only the address is looked at, never the
 * page; everything in it is text that is compared with ids that were heard.
 */
export interface KibanaPlace {
  /** Id of the document whose flyout is open, of a redirect link, or of Discover's single document. */
  documentId: string | null
  index: string | null
  /** Saved-object id of the rule whose page is open. */
  ruleUuid: string | null
  view: 'alerts' | 'rule' | 'timeline' | 'discover' | 'other'
}

const NOWHERE: KibanaPlace = { documentId: null, index: null, ruleUuid: null, view: 'other' }

const VIEWS: readonly [pattern: RegExp, view: KibanaPlace['view']][] = [
  [/\/app\/security\/rules\/id\//, 'rule'],
  [/\/app\/security\/timelines/, 'timeline'],
  [/\/app\/security\/alerts/, 'alerts'],
  [/\/app\/discover/, 'discover']
]
/** Flyout parameters, newest name first. A flyout over Timeline lies above one over the page. */
const FLYOUTS = ['timelineFlyout', 'flyoutV2Timeline', 'flyout', 'flyoutV2', 'eventFlyout']

/** Reads an address; base path and space may stand before the path. */
export function readKibanaUrl(text: string): KibanaPlace {
  if (!URL.canParse(text)) return NOWHERE
  const url = new URL(text)
  const path = url.pathname
  const view = VIEWS.find(([pattern]) => pattern.test(path))?.[1] ?? 'other'
  const ruleUuid = /\/app\/security\/rules\/id\/([^/]+)/.exec(path)?.[1] ?? null
  const redirect = /\/app\/security\/alerts\/redirect\/([^/]+)/.exec(path)?.[1]
  if (redirect) return { view, ruleUuid, documentId: decoded(redirect), index: url.searchParams.get('index') }
  const single = /^#\/doc\/[^/]+\/([^?]+)\?(.*)$/.exec(url.hash)
  if (single) return { view, ruleUuid, documentId: new URLSearchParams(single[2]).get('id'), index: decoded(single[1]!) }
  for (const name of FLYOUTS) {
    const found = flyoutDocument(url.searchParams.get(name))
    if (found) return { view, ruleUuid, ...found }
  }
  return { ...NOWHERE, view, ruleUuid }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A value of rison: quoted with `!` as escape, or bare. */
const VALUE = String.raw`(?:'((?:[^'!]|!.)*)'|([^,'()!:]+))`
const ID = new RegExp(String.raw`\b(?:id|documentId|eventId):${VALUE},(?:indexName|index):${VALUE}`)

/** The document of the right-hand flyout: the last pair of id and index in the parameter. */
function flyoutDocument(rison: string | null): { documentId: string; index: string } | null {
  // Of left, preview and right the right one is the flyout itself; the others show parts of the same document.
  const right = rison === null ? null : (/right:\(.*$/.exec(rison)?.[0] ?? rison)
  const found = right === null ? null : ID.exec(right)
  if (!found) return null
  const value = (quoted: string | undefined, bare: string | undefined) => quoted?.replaceAll(/!(.)/g, '$1') ?? bare ?? ''
  return { documentId: value(found[1], found[2]), index: value(found[3], found[4]) }
}
