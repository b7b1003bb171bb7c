/**
 * The one kind of request Rarebit may send: an ES|QL search through the analyst's own Kibana session, shown before it is sent.
 * The list of what may be asked stands here, in the script that sends, so that nothing else can be sent whoever asks.
 */
import type { AskRequest } from '../messages.ts'

const ALLOWED: readonly { method: AskRequest['method']; path: RegExp }[] = [
  { method: 'POST', path: /^\/internal\/search\/esql_async(\/[A-Za-z0-9_=%-]{1,200})?$/ },
  { method: 'DELETE', path: /^\/internal\/search\/esql_async\/[A-Za-z0-9_=%-]{1,200}$/ }
]
const HEADERS = new Set(['content-type', 'kbn-xsrf', 'x-elastic-internal-origin', 'elastic-api-version'])
const MAX_ANSWER_CHARS = 64 << 20

/** Sends an allowed request to the page's own origin; throws what a person can read when it is not allowed or fails. */
export async function askKibana(
  request: AskRequest,
  basePath: string,
  signal: AbortSignal
): Promise<{ status: number; body: string }> {
  const allowed = ALLOWED.some(({ method, path }) => method === request.method && path.test(request.path))
  if (!allowed) throw new Error(`Rarebit does not send ${request.method} ${request.path}`)
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => HEADERS.has(name.toLowerCase())))
  const response = await fetch(location.origin + basePath + request.path, {
    method: request.method,
    headers,
    body: request.body,
    credentials: 'same-origin',
    redirect: 'error',
    signal
  })
  const body = await response.text()
  if (body.length > MAX_ANSWER_CHARS) throw new Error('the answer is larger than 64 MB: add a LIMIT')
  return { status: response.status, body }
}
