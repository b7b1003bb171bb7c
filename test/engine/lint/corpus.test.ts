/**
 * The findings others made in Elastic's rules and hunts: those about arrays and patterns are all found; of negated
 * conditions, of which theirs is an upper bound, every one that is not found is named with the condition that makes it
 * harmless. What is found beside is counted, so that a change of a check shows.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { LintFinding } from '../../../engine/lint/finding.ts'
import { lintQuery, lintRule } from '../../../engine/lint/lint-query.ts'
import { readRules } from '../../../engine/rules/rule-pack.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

const folder = sharedPath('esql/corpus')

interface Facts {
  mv: Record<string, string[]>
  neg: Record<string, string[]>
  'like%': Record<string, string[]>
  rlike: Record<string, [string[], string][]>
}

function read(name: string): string {
  return readFileSync(`${folder}/${name}`, 'utf8')
}

function linesOf(name: string): { path: string; query: string; text: string }[] {
  const lines = read(name).trim().split('\n')
  return lines.map((text) => ({ ...(JSON.parse(text) as { path: string; query: string }), text }))
}

const facts = (name: string) => JSON.parse(read(name)) as Facts

/** Of a path, the file's name without its ending. */
const short = (path: string) => path.replace(/^.*\/|\.toml$/g, '')

function missing(expected: Record<string, string[]>, found: ReadonlyMap<string, LintFinding[]>, check: string): string[] {
  return Object.entries(expected).flatMap(([path, fields]) => {
    const findings = found.get(path) ?? []
    return fields
      .filter((field) => !findings.some((finding) => finding.check === check && finding.field === field))
      .map((field) => `${short(path)}: ${field}`)
  })
}

/** Their wording of a slip, and the check that finds it. */
const SLIPS: readonly [RegExp, string][] = [
  [/literal char \(no anchors\)/, 'rlike-anchor'],
  [/INTERSECTION|ANY STRING/, 'rlike-operator'],
  [/empty alternative/, 'rlike-empty-alternative'],
  [/leading \*/, 'rlike-leading-quantifier']
]

function missingPatterns(expected: Facts, found: ReadonlyMap<string, LintFinding[]>): string[] {
  const has = (path: string, check: string, pattern: string) =>
    (found.get(path) ?? []).some((finding) => finding.check === check && finding.pattern?.startsWith(pattern.slice(0, 100)))
  const like = Object.entries(expected['like%']).flatMap(([path, patterns]) =>
    patterns.filter((pattern) => !has(path, 'like-sql-wildcard', pattern)).map((pattern) => `${short(path)}: ${pattern}`)
  )
  const rlike = Object.entries(expected.rlike).flatMap(([path, entries]) =>
    entries.flatMap(([whys, pattern]) =>
      whys
        .filter((why) => !has(path, SLIPS.find(([words]) => words.test(why))![1], pattern))
        .map((why) => `${short(path)}: ${why}`)
    )
  )
  return [...like, ...rlike]
}

/** Negated conditions that lose no event, and the condition that drops the events without the field anyway. */
const HARMLESS_IN_RULES: Readonly<Record<string, string>> = {
  'lateral_movement_k8_assumed_web_identity_session_with_multi_phase_api_use: event.action':
    'both alternatives of the first WHERE want a value of event.action',
  'credential_access_entra_id_signin_brute_force_microsoft_365: azure.signinlogs.properties.status.error_code':
    'the same WHERE wants the error code in a list',
  'discovery_graph_activity_delegated_user_multi_category_recon: url.path':
    'the same branch of CASE wants url.path LIKE "*/organization*"',
  'privilege_escalation_gcp_gke_sensitive_rbac_change_followed_by_workload_modification: event.action':
    'the exclusion stands beside event.action IN (...), and the other alternative wants a value too',
  'credential_access_multiple_device_token_hashes_for_single_okta_session: okta.actor.alternate_id':
    'the same WHERE wants okta.actor.alternate_id RLIKE an address',
  'command_and_control_fin7_c2_behavior: destination.domain': 'the WHERE before wants destination.domain RLIKE',
  'defense_evasion_posh_obfuscation_backtick: powershell.file.script_block_text': 'the first WHERE wants script_block_text LIKE',
  'defense_evasion_posh_obfuscation_high_number_proportion: powershell.file.script_block_text':
    'a WHERE behind wants the length computed from script_block_text',
  'defense_evasion_posh_obfuscation_index_reversal: powershell.file.script_block_text':
    'a WHERE behind wants the length computed from script_block_text',
  'defense_evasion_posh_obfuscation_string_format: powershell.file.script_block_text':
    'the first WHERE wants script_block_text LIKE',
  'impact_high_freq_file_renames_by_kernel: file.path': 'the same WHERE wants TO_LOWER(file.path) LIKE'
}

const HARMLESS_IN_HUNTS: Readonly<Record<string, string>> = {
  'entra_device_code_authentication_from_unusual_principal: azure.signinlogs.properties.app_id':
    'the same WHERE wants app_id IN (...)',
  'entra_device_code_authentication_from_unusual_principal: azure.signinlogs.properties.resource_id':
    'the same WHERE wants resource_id IN (...)',
  'execution_uncommon_process_execution_from_suspicious_directory: process.executable':
    'every alternative before the NOT wants a value of process.executable',
  'low_volume_modifications_to_critical_system_binaries: file.path': 'the same WHERE wants file.path LIKE one of several',
  'detect_rare_dll_sideload_by_occurrence: file.name': 'dll_folder is computed from it and has to be not null',
  'detect_rare_dll_sideload_by_occurrence: file.path': 'dll_folder is computed from it and has to be not null',
  'detect_rare_dll_sideload_by_occurrence: process.name': 'process_folder is computed from its length and has to be not null',
  'windows_logon_activity_by_source_ip: event.action': 'the same WHERE wants event.action IN (...)'
}

describe.skipIf(!folder)('rules', () => {
  const found = new Map(
    folder
      ? linesOf('rules.ndjson').map(({ path, text }) => [path, lintRule(readRules('rules.ndjson', text).rules[0]!)] as const)
      : []
  )

  it('all findings about arrays and patterns are found', () => {
    const expected = facts('lint_rules.json')
    expect(missing(expected.mv, found, 'array-comparison')).toEqual([])
    expect(missingPatterns(expected, found)).toEqual([])
  })

  it('negated conditions that are not found are harmless, each for a reason', () => {
    expect(missing(facts('lint_rules.json').neg, found, 'null-negation').toSorted()).toEqual(
      Object.keys(HARMLESS_IN_RULES).toSorted()
    )
  })

  it('nothing is found on an array field that others did not find', () => {
    const { mv } = facts('lint_rules.json')
    const beside = [...found].flatMap(([path, findings]) =>
      findings.filter(({ check, field }) => check === 'array-comparison' && !mv[path]?.includes(field!)).map(() => path)
    )
    expect(beside).toEqual([])
  })

  it('what is found, by check', () => {
    const counts: Record<string, number> = {}
    for (const { check } of [...found.values()].flat()) counts[check] = (counts[check] ?? 0) + 1
    expect(counts).toMatchInlineSnapshot(`
      {
        "array-comparison": 67,
        "collected-comparison": 1,
        "count-distinct-null": 19,
        "dead-condition": 2,
        "like-escaped-wildcard": 2,
        "like-sql-wildcard": 2,
        "limit-cut": 16,
        "now-in-rule": 21,
        "null-negation": 114,
        "pattern-without-wildcard": 1,
        "retired-rule": 3,
        "rlike-edge-alternatives": 1,
        "rlike-empty-alternative": 3,
        "rlike-leading-quantifier": 1,
        "rlike-operator": 3,
        "sorted-values": 4,
        "window-overlap": 131,
      }
    `)
  })

  it('the defects that are described are found where they are', () => {
    const of = (path: string, check: string) =>
      [...found]
        .filter(([name]) => name.endsWith(path))
        .flatMap(([, findings]) => findings.filter((finding) => finding.check === check))
    expect(of('discovery_web_server_local_file_inclusion_activity.toml', 'like-escaped-wildcard')).toHaveLength(2)
    expect(of('credential_access_entra_id_signin_brute_force_microsoft_365.toml', 'rlike-edge-alternatives')).toHaveLength(1)
    expect(of('defense_evasion_base64_decoding_activity.toml', 'dead-condition')).toHaveLength(2)
    expect(of('persistence_web_server_sus_command_execution.toml', 'null-negation').map(({ field }) => field)).toEqual([
      'process.working_directory',
      'process.parent.executable'
    ])
  })
})

describe.skipIf(!folder)('hunts', () => {
  const found = new Map<string, LintFinding[]>()
  for (const { path, query } of folder ? linesOf('hunts.ndjson') : [])
    found.set(path, [...(found.get(path) ?? []), ...lintQuery(query, null)])

  it('all findings about arrays and patterns are found, also in the five that do not parse', () => {
    const expected = facts('lint_hunts.json')
    expect(missing(expected.mv, found, 'array-comparison')).toEqual([])
    expect(missingPatterns(expected, found)).toEqual([])
    expect([...found.values()].filter((findings) => findings.some(({ check }) => check === 'syntax'))).toHaveLength(5)
  })

  it('negated conditions that are not found are harmless, each for a reason', () => {
    expect(missing(facts('lint_hunts.json').neg, found, 'null-negation').toSorted()).toEqual(
      Object.keys(HARMLESS_IN_HUNTS).toSorted()
    )
  })

  it('week years and minutes in date patterns', () => {
    expect([...found.values()].flat().filter(({ check }) => check === 'date-pattern')).toHaveLength(2)
  })
})
