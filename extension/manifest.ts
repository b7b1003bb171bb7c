/**
 * The manifest. Permissions are what is used and nothing ahead of use; an origin is asked for when the analyst wants Rarebit to listen there. The policy of the
 * pages allows no connection at all, so that "nothing is sent" is the browser's promise and not ours alone.
 */
import { defineManifest } from '@crxjs/vite-plugin'
import packageJson from '../package.json' with { type: 'json' }

/** Fixes the extension's id wherever it is loaded from. It is a public key; its private half was not kept. */
export const EXTENSION_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyR0upx6iGm7cqXMlNVwF+gt2G6c8BwxoI64WY/Jp2rttCPZfV6Lr0BXn0D9VaYPIfqMfKd2w/SdVGRZEfxvqNjTkUYI45CzqOyk3BKI9W3gFUY4VWEOotLBmbzAQKOC3iM2dDdkMafmcH6C8g72a9ny10yDZ18wN3b4yvIuzKEWBiID0Nrn+JLIxUgRaH5QhmZqIORCnLkg2oEMeooWKnhrYQzraKcwwPsf30Qh4A9UL77kqATB1r2TR1qYUg8og45j0ZAO7KpwEPDzJKUyIk5HkfgaChPJjvPdVMgxNifnQ/zsK+QRXMMPcwyFpVQYYS3O2oDzf/wFMPlmhGbgHuQIDAQAB'

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html rarebit-worker'
].join('; ')

/** The dev server needs its own script, socket and inline styles; nothing built for use has this policy. */
const DEV_POLICY = "script-src 'self' 'wasm-unsafe-eval' http://localhost:5199; object-src 'self'"

export default defineManifest(({ command }) => ({
  manifest_version: 3,
  name: 'Rarebit',
  version: packageJson.version,
  description: 'Runs ES|QL detection rules on log files in this browser. Nothing is uploaded.',
  minimum_chrome_version: '123',
  key: EXTENSION_KEY,
  icons: {
    16: 'extension/icons/16.png',
    32: 'extension/icons/32.png',
    48: 'extension/icons/48.png',
    128: 'extension/icons/128.png'
  },
  action: {
    default_title: 'Open Rarebit beside this page',
    default_icon: { 16: 'extension/icons/16.png', 32: 'extension/icons/32.png' }
  },
  background: { service_worker: 'extension/background.ts', type: 'module' },
  permissions: ['sidePanel', 'scripting', 'storage', 'activeTab'],
  optional_host_permissions: ['https://*/*', 'http://*/*'],
  // Carries ArrayBuffers over ports where the browser knows the key; elsewhere base64 text is used.
  message_serialization: 'structured_clone',
  content_security_policy: { extension_pages: command === 'serve' ? DEV_POLICY : POLICY }
}))
