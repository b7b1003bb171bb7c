/** Spanish texts of the one-file page. */
import type { standalone as english } from '../en/standalone.ts'
import type { Translation } from '../translation.ts'

export const standalone = {
  'standalone.failed': 'Rarebit no pudo iniciarse: {reason}. Necesita Chrome o Edge 123, Firefox 140 o posterior.'
} as const satisfies Translation<typeof english>
