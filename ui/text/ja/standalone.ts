/** Japanese texts of the one-file page. */
import type { standalone as english } from '../en/standalone.ts'
import type { Translation } from '../translation.ts'

export const standalone = {
  'standalone.failed': 'Rarebitを起動できませんでした: {reason}。ChromeまたはEdge 123以降、Firefox 140以降が必要です。'
} as const satisfies Translation<typeof english>
