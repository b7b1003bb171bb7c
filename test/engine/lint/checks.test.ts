/** What holds for every check of the registry: its example, its rewrite, its document. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { applyRewrites } from '../../../engine/lint/apply-rewrites.ts'
import { exampleRule, lintDocument } from '../../../engine/lint/document.ts'
import { lintQuery } from '../../../engine/lint/lint-query.ts'
import { lintCheck, LINT_CHECKS } from '../../../engine/lint/registry.ts'
import { parseQuery } from '../../../engine/language/parser.ts'
import { ROOT } from '../../helpers/architecture.ts'

describe.each(LINT_CHECKS.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const text = check.example.query
  const findings = lintQuery(text, exampleRule(check), [check])

  it('finds its own example, once, with everything a finding needs', () => {
    expect(findings).toHaveLength(1)
    const [finding] = findings
    expect(finding).toMatchObject({ check: id, explanation: check.explanation })
    expect(finding!.span.end).toBeGreaterThan(finding!.span.start)
    expect(finding!.message).not.toMatch(/^\s*$|[.]$/)
    expect(finding!.example.outcome).not.toBe('')
    expect(() => JSON.parse(finding!.example.data)).not.toThrow()
  })

  it('is not found any more when its rewrite is applied, and the query still parses', () => {
    if (!findings[0]?.rewrite) return
    const rewritten = applyRewrites(text, findings)
    expect(parseQuery(rewritten).diagnostics).toEqual([])
    const left = lintQuery(rewritten, exampleRule(check), [check])
    expect(left).toEqual([])
  })

  it('has an id of its own', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(lintCheck(id)).toBe(check)
  })
})

test('docs/lint.md is what the registry says (UPDATE_SPECS=1 writes it)', () => {
  const path = join(ROOT, 'docs/lint.md')
  if (process.env['UPDATE_SPECS'] === '1') writeFileSync(path, lintDocument())
  expect(readFileSync(path, 'utf8')).toBe(lintDocument())
})

test('nothing is said of a query that is in order', () => {
  const text = [
    'FROM logs-endpoint.events.process-* METADATA _id, _version, _index',
    '| MV_EXPAND event.type',
    '| WHERE event.type == "start" AND process.name IN ("sh", "bash")',
    '| WHERE process.command_line LIKE "* -c *" AND (user.name IS NULL OR user.name != "root")',
    '| KEEP *'
  ].join('\n')
  expect(lintQuery(text, exampleRule(lintCheck('missing-metadata')!))).toEqual([])
})
