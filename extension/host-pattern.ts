/**
 * From a page's address to what the browser calls its origin and its host. Host patterns carry no port: `http://127.0.0.1/*`
 * matches every port.
 */
function webPage(url: string | null): URL | null {
  if (url === null || !URL.canParse(url)) return null
  const parsed = new URL(url)
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed : null
}

/** `https://kibana.example:5601`; null for pages that are no web pages. */
export const webOrigin = (url: string | null): string | null => webPage(url)?.origin ?? null

/** The match pattern to ask for: exactly this host; null for pages that are no web pages. */
export function hostPattern(url: string | null): string | null {
  const page = webPage(url)
  return page && `${page.protocol}//${page.hostname}/*`
}
