/** Seeded identifiers over every export: none is left, plain or encoded; and the writers over hostile strings. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { REDACTION_CLASSES } from '../../../engine/redaction/redaction.ts'
import { Session } from '../../../engine/session/session.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { buildReport } from '../../../ui/report/build.ts'
import { csvReport } from '../../../ui/report/csv.ts'
import { REPORT_FORMATS, WRITERS } from '../../../ui/report/formats.ts'
import { REPORT_STYLE, REPORT_STYLE_SHA256 } from '../../../ui/report/html-style.ts'
import { jsonReport } from '../../../ui/report/json.ts'
import { markdownReport } from '../../../ui/report/markdown.ts'
import { reportTexts, withTexts } from '../../../ui/report/redact-model.ts'
import { instantiateKernels } from '../../../wasm/host/kernels.ts'
import { hostileStrings } from '../../helpers/hostile-strings.ts'
import { compileTestModule } from '../../helpers/kernels.ts'
import { reportOf } from '../../helpers/sample-report.ts'

const module = await compileTestModule()
const ignore = () => undefined

interface Identifiers {
  host: string
  user: string
  ip: string
  domain: string
  secret: string
}

const b64 = (text: string) => Buffer.from(text).toString('base64')
const COMMANDS: readonly ((seed: Identifiers) => string)[] = [
  ({ host, user, ip }) => `ssh ${user}@${host} -p 22; ping ${ip}`,
  ({ user }) => `cat /home/${user}/.ssh/id_rsa`,
  ({ host, user }) => `echo ${b64(`ls /home/${user}; ping ${host.toUpperCase()}`)} | base64 -d | sh`,
  ({ host }) => `powershell -enc ${Buffer.from(`ping ${host}`, 'utf16le').toString('base64')}`,
  ({ ip, domain }) => `curl http://${domain}/a?u=${encodeURIComponent(`x@${domain}`)}&i=${ip}`,
  ({ user, domain, secret }) => `git clone https://${user}:${secret}@${domain}/x`,
  ({ secret }) => `mysql -u root -p${secret} db`,
  ({ host }) => `echo ${Buffer.from(`ping\0${host}`).toString('hex')} | xxd -r -p`,
  ({ user }) => `ls /srv/${user.slice(0, 2)}''${user.slice(2)}`,
  ({ host, domain }) => `dig ${host}.${domain} @8.8.8.8`
]

function eventOf(seed: Identifiers, index: number): object {
  return {
    '@timestamp': `2026-01-01T10:00:${String(index % 60).padStart(2, '0')}Z`,
    host: { name: seed.host, ip: [seed.ip] },
    user: { name: seed.user, email: `${seed.user}@${seed.domain}` },
    process: {
      name: 'sh',
      pid: index,
      command_line: COMMANDS[index % COMMANDS.length]!(seed),
      env_vars: [`API_TOKEN=${seed.secret}`]
    },
    url: { domain: seed.domain }
  }
}

/** Every export of a case under redaction, by name. */
async function exportsOf(seeds: readonly Identifiers[]): Promise<Map<string, string>> {
  const session = new Session({ createKernels: () => instantiateKernels(module) })
  const lines = seeds.map((seed, index) => JSON.stringify(eventOf(seed, index))).join('\n')
  await session.addInputs([bytesOf(`${seeds[0]!.host}-audit.ndjson`, new TextEncoder().encode(lines))])
  const [rule] = session.rules.addFile(
    'r.esql',
    'FROM * | STATS n = COUNT(*), users = VALUES(user.name) BY process.command_line, host.name'
  )
  const result = await session.run({ ruleKey: rule!.key, mode: 'whole' }, { progress: ignore })
  const events = new Map(
    await Promise.all(result.findings.map(async ({ id, sources }) => [id, await session.readEvents(sources)] as const))
  )
  const marks = new Map(
    result.findings.map(({ id }, at) => [
      id,
      {
        star: true,
        tags: [seeds[at % seeds.length]!.user],
        note: `asked ${seeds[at % seeds.length]!.user} about ${seeds[at % seeds.length]!.ip}`
      }
    ])
  )
  const model = buildReport({ rule: rule!, result, events, marks, createdAt: '2026-01-01T00:00:00Z' })
  const findingIds = result.findings.map(({ id }) => id)
  const choice = { key: '5a'.repeat(16), classes: [...REDACTION_CLASSES], kept: [] }
  await session.handOver.preview(
    { key: choice.key, runKey: result.runKey, findingIds, texts: reportTexts(model), harmless: [] },
    ignore
  )
  const redacted = withTexts(model, session.handOver.redactTexts(reportTexts(model), choice), { classes: [], replacements: 0 })
  const reduced = await session.handOver.reducedData({ runKey: result.runKey, findingIds, choice }, ignore)
  expect(reduced.check).toEqual({ wanted: findingIds.length, found: findingIds.length, same: findingIds.length })
  return new Map([
    ...REPORT_FORMATS.map((format) => [format, WRITERS[format].write(redacted)] as const),
    ['data', new TextDecoder().decode(reduced.bytes)]
  ])
}

/** A text and what its words decode to, in lower case. */
function readings(text: string): string {
  const plain = text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&amp;', '&')
    .replaceAll('\\', '')
  const words = new Set(plain.match(/[A-Za-z0-9+/=_-]{6,}/g) ?? [])
  const decoded = [...words].flatMap((word) => {
    const bytes = Buffer.from(word, 'base64')
    return [bytes.toString('latin1'), bytes.toString('utf16le'), Buffer.from(word, 'hex').toString('latin1')]
  })
  const percent = plain.replaceAll(/%[0-9a-fA-F]{2}/g, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)))
  return [text, plain, percent, plain.replaceAll("''", ''), ...decoded].join('\n').toLowerCase()
}

function leaks(all: Map<string, string>, seeds: readonly Identifiers[]): string[] {
  return [...all].flatMap(([name, text]) => {
    const read = readings(text)
    return seeds.flatMap((seed) =>
      Object.values(seed)
        .filter((value) => read.includes(value.toLowerCase()))
        .map((value) => `${name}: ${value}`)
    )
  })
}

describe('seeded identifiers', () => {
  test('200 over every export: none is found', async () => {
    const letters = 'bcdfghklmnprstvz'
    const word = (n: number) =>
      [n * 7, n * 13 + 5, n * 3 + 1, n * 11 + 2, n * 5]
        .map((at, i) => letters[(at + i * n) % 16]! + 'aeiou'[(at + i) % 5]!)
        .join('')
    const seeds = Array.from({ length: 40 }, (_, n): Identifiers => ({
      host: `${word(n)}-${10 + n}`,
      user: `${word(n + 50)}`,
      ip: n % 2 === 0 ? `10.${n + 1}.7.${n + 3}` : `81.${n + 20}.9.${n + 3}`,
      domain: `${word(n + 100)}.com`,
      secret: `Zq${n}!${word(n + 150)}x`
    }))
    const all = await exportsOf(seeds)
    expect(new Set(seeds.flatMap((seed) => Object.values(seed))).size).toBe(200)
    expect(leaks(all, seeds)).toEqual([])
    // What would be a leak is seen as one.
    const planted = `echo ${b64(`ping ${seeds[0]!.host}`)}; ${encodeURIComponent(seeds[1]!.secret)}`
    expect(leaks(new Map([['planted', planted]]), seeds)).toEqual(
      expect.arrayContaining([`planted: ${seeds[0]!.host}`, `planted: ${seeds[1]!.secret}`])
    )
    console.log(`200 identifiers over ${all.size} exports: 0 found`)
  })

  test('random ones', async () => {
    const name = (least: number) => fc.stringMatching(new RegExp(`^[g-z][a-z]{${least},9}q$`))
    const seed = fc.record({
      host: name(5).map((text) => `${text}-7`),
      user: name(5),
      ip: fc
        .ipV4()
        .filter(
          (ip) =>
            !/^(?:0|127|22[4-9]|2[3-5]\d)\./.test(ip) && ip.length > 9 && !/^10\.200\.|^203\.0\.113\.|^198\.51\.100\./.test(ip)
        ),
      domain: name(6).map((text) => `${text}.org`),
      secret: fc.stringMatching(/^[A-Z][0-9][a-z]{6,10}[!#]x$/)
    })
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(seed, { minLength: 1, maxLength: 10, selector: ({ host }) => host }), async (seeds) => {
        expect(leaks(await exportsOf(seeds), seeds)).toEqual([])
      }),
      { seed: 11, numRuns: 15 }
    )
  })
})

describe('hostile strings', () => {
  const strings = hostileStrings()
  const model = reportOf(strings)

  test('the policy names the style sheet that is there', () => {
    expect(createHash('sha256').update(REPORT_STYLE).digest('base64')).toBe(REPORT_STYLE_SHA256)
  })

  test('JSON gives every one back', () => {
    const { findings } = JSON.parse(jsonReport(model)) as { findings: { values: { value: unknown }[] }[] }
    expect(findings.map(({ values }) => values[0]!.value)).toEqual(strings)
  })

  test('CSV: raw gives every one back; else none begins a formula, and at most an apostrophe is added', () => {
    expect(
      parseCsv(csvReport(model, { raw: true }))
        .slice(1)
        .map(([first]) => first)
    ).toEqual(strings)
    const safe = parseCsv(csvReport(model))
    for (const [at, row] of safe.slice(1).entries()) {
      expect([strings[at], `'${strings[at]}`]).toContain(row[0])
      for (const cell of [...row.slice(0, 2), ...safe[0]!]) expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u)
    }
  })

  test('Markdown: outside of fenced blocks no link, image, HTML, mention or code begins', () => {
    let fence: string | null = null
    const outside = markdownReport(model)
      .split('\n')
      .filter((line) => {
        const mark: string | undefined = /^(`{3,})/.exec(line)?.[1]
        if (mark === undefined) return fence === null
        if (fence === null) fence = mark
        else if (line === fence) fence = null
        return false
      })
    expect(fence).toBeNull()
    for (const line of outside) {
      expect(line).not.toMatch(/<[a-z!/?]|(?<!\\)\[[^\]]*(?<!\\)\]\(|(?<!\\)!\[|`|:\/\/|(?:^|\s)@\w|\bwww\.\w/i)
    }
  })
})

/** RFC 4180, nothing more. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; !(text[at] === '"' && text[at + 1] !== '"'); at++) {
        cell += text[at]
        if (text[at] === '"') at++
      }
      at++
    } else while (at < text.length && text[at] !== ',' && text[at] !== '\r') cell += text[at++]
    rows.at(-1)!.push(cell)
    if (text[at] === ',') at++
    else {
      at += 2
      if (at < text.length) rows.push([])
    }
  }
  return rows
}
