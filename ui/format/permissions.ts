/** The permissions of the manifest with their reasons: one table for the panel, the welcome page and the README. */
import type { PlainKey } from '../text/text.ts'

/** A permission as the manifest names it, and the text that says what it is for. */
export const PERMISSION_REASONS: Readonly<Record<string, PlainKey>> = {
  sidePanel: 'permission.sidePanel',
  scripting: 'permission.scripting',
  storage: 'permission.storage',
  activeTab: 'permission.activeTab',
  'https://*/*, http://*/* (optional)': 'permission.optionalHosts'
}
