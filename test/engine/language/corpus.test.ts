/** All rules, hunts and conformance queries of the shared facts: they parse, and printing keeps their trees. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatDiagnostic } from '../../../engine/base/diagnostic.ts'
import { type Expression, parseExpression, parseQuery, printExpression, printQuery } from '../../../engine/language/index.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'
import { withoutSpans } from '../../helpers/without-spans.ts'

interface Entry {
  name: string
  query: string
}

const rulesPath = sharedPath('esql/corpus/rules.ndjson')
const huntsPath = sharedPath('esql/corpus/hunts.ndjson')
const conformancePath = sharedPath('esql/conformance/bundle/public.json')

const readLines = (path: string): Entry[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { path: string; query: string })
    .map(({ path, query }) => ({ name: basename(path), query }))

/** Where each of the invalid hunts goes wrong. */
const INVALID_HUNTS: Record<string, string[]> = {
  'servicequotas_discovery_multi_region_get_service_quota_calls.toml': ["5:62: mismatched input '='"],
  'aks_kubelet_proxy_command_execution_from_external_source.toml': [
    '12:85: token recognition error',
    '14:47: token recognition error',
    '15:37: token recognition error'
  ],
  'entra_authentication_attempts_behind_rare_user_agents.toml': ["42:5: mismatched input ')'"],
  'credential_access_rapid_reset_password_requests_for_different_users.toml': ["13:20: mismatched input 'by'"],
  'execution_via_windows_scheduled_task_with_low_occurrence_frequency.toml': ["2:28: extraneous input ')'"]
}

describe.skipIf(rulesPath === null || huntsPath === null || conformancePath === null)('corpus', () => {
  test('212 rules', () => expectIdentity(readLines(rulesPath!), 212))
  test('160 hunts', () =>
    expectIdentity(
      readLines(huntsPath!).filter(({ name }) => !(name in INVALID_HUNTS)),
      160
    ))
  test('698 conformance queries', () => {
    const tests = JSON.parse(readFileSync(conformancePath!, 'utf8')) as { id: string; query: string }[]
    expectIdentity(
      tests.map(({ id, query }) => ({ name: id, query })),
      698
    )
  })

  test('the five invalid hunts are refused where they are wrong', () => {
    const found = readLines(huntsPath!)
      .filter(({ name }) => name in INVALID_HUNTS)
      .map(({ name, query }) => [
        name,
        parseQuery(query).diagnostics.map((diagnostic) => startOf(formatDiagnostic(query, diagnostic)))
      ])
    expect(Object.fromEntries(found)).toEqual(INVALID_HUNTS)
  })
})

function startOf(message: string): string {
  return /^line (\d+:\d+: (?:token recognition error|\w+ input '[^']*'))/.exec(message)?.[1] ?? message
}

function expectIdentity(entries: Entry[], count: number): void {
  expect(entries.length).toBe(count)
  for (const { name, query } of entries) {
    const first = parseQuery(query)
    expect(first.diagnostics, name).toEqual([])
    const printed = printQuery(first.query!)
    const second = parseQuery(printed)
    expect(withoutSpans(second.query), name).toEqual(withoutSpans(first.query))
    expect(printQuery(second.query!), name).toBe(printed)
    // Unnamed fields are printed as written, so their expressions are tried on their own.
    for (const expression of expressionsOf(first.query)) {
      const again = parseExpression(printExpression(expression)).expression
      expect(withoutSpans(again), name).toEqual(withoutSpans(expression))
    }
  }
}

/** The outermost expressions of fields. */
function expressionsOf(node: unknown): Expression[] {
  if (node === null || typeof node !== 'object') return []
  if (Array.isArray(node)) return node.flatMap(expressionsOf)
  const { type, expression } = node as { type?: string; expression?: Expression }
  if ((type === 'assignment' || type === 'aggregate') && expression) return [expression]
  return Object.values(node).flatMap(expressionsOf)
}
