/** Response headers of Kibana's pages: the policies of 8.x and 9.x as they ship, and one an administrator hardened. */
const EIGHT =
  "script-src 'report-sample' 'self'; worker-src 'report-sample' 'self' blob:; style-src 'report-sample' 'self' 'unsafe-inline'"
const NINE = `${EIGHT}; object-src 'report-sample' 'none'; form-action 'report-sample' 'self'; frame-src 'report-sample' 'self'`
const REPORT_ONLY =
  "default-src 'report-sample' 'none'; font-src 'report-sample' 'self'; img-src 'report-sample' 'self' data:; connect-src 'report-sample' 'self'"
const HARDENED = `${NINE}; connect-src 'self'; default-src 'self'; img-src 'self' data:; font-src 'self'; frame-ancestors 'self'; require-trusted-types-for 'script'`

export type Hardening = '8x' | '9x' | 'hardened'
const POLICIES: Record<Hardening, Record<string, string>> = {
  '8x': { 'content-security-policy': EIGHT },
  '9x': { 'content-security-policy': NINE, 'content-security-policy-report-only': REPORT_ONLY },
  hardened: { 'content-security-policy': HARDENED }
}

/** All headers of a page. */
export const pageHeaders = (hardening: Hardening): Record<string, string> => ({
  ...POLICIES[hardening],
  'permissions-policy': 'camera=(), display-capture=(), fullscreen=(self), geolocation=(), microphone=(), web-share=()',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'kbn-name': 'fake-kibana',
  'cache-control': 'private, no-cache, no-store, must-revalidate'
})
