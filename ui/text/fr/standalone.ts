/** French texts of the one-file page. */
import type { standalone as english } from '../en/standalone.ts'
import type { Translation } from '../translation.ts'

export const standalone = {
  'standalone.failed':
    'Rarebit n’a pas pu démarrer : {reason}. Il faut Chrome ou Edge 123, ou Firefox 140, ou une version plus récente.'
} as const satisfies Translation<typeof english>
