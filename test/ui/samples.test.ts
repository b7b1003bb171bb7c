/** The built-in samples are what their generator writes, and reveal nothing real. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runnerImport } from 'vite'

const { module } = await runnerImport<{ makeSamples(): Map<string, string> }>('./scripts/make-samples.mjs')
const samples = [...module.makeSamples()]
const committed = (name: string) => readFileSync(new URL(`../../ui/samples/${name}`, import.meta.url), 'utf8')

test.each(samples)('%s is fresh', (name, text) => {
  expect(committed(name)).toBe(text)
})

/** Audit records write arguments and addresses of sockets in hexadecimal. */
function readable(text: string): string {
  return text
    .replace(/ saddr=[0-9A-F]{8}([0-9A-F]{8})/g, (_, ip: string) => ` ${Buffer.from(ip, 'hex').join('.')} `)
    .replace(/=((?:[0-9A-F]{2}){4,})(?=\s|$)/g, (_, hex: string) => `=${Buffer.from(hex, 'hex').toString()}`)
}

test.each(samples)('%s holds only private and documentation addresses', (_, text) => {
  const addresses = [...new Set(readable(text).match(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? [])]
  expect(addresses.length).toBeGreaterThan(1)
  expect(
    addresses.filter((address) => !/^(10\.20\.|127\.0\.0\.1$|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(address))
  ).toEqual([])
})
