/** English texts of the one-file page. */
export const standalone = {
  'standalone.failed': 'Rarebit could not start: {reason}. It needs Chrome or Edge 123, or Firefox 140, or later.'
} as const
