/** German texts of the one-file page. */
import type { standalone as english } from '../en/standalone.ts'
import type { Translation } from '../translation.ts'

export const standalone = {
  'standalone.failed': 'Rarebit konnte nicht starten: {reason}. Benötigt wird Chrome oder Edge 123, Firefox 140 oder neuer.'
} as const satisfies Translation<typeof english>
