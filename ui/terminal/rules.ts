/** The rules a hunt runs: those named with --rule (files or the built-in rule's name), else the built-in one. */
import { BUILT_IN_ORIGIN_ID, BUILT_IN_RULE } from '../../engine/rules/built-in-rule.ts'
import type { Rule } from '../../engine/rules/rule.ts'
import { readRules } from '../../engine/rules/rule-pack.ts'
import { revealHidden } from '../format/hidden.ts'
import { UsageError } from './arguments.ts'
import { messageOf } from './open-inputs.ts'
import type { TerminalHost } from './terminal-host.ts'

/** All rules named. Throws UsageError when one of the names gives none. */
export function findRules(host: TerminalHost, names: readonly string[]): Rule[] {
  return names.length === 0 ? [BUILT_IN_RULE] : names.flatMap((name) => rulesOf(host, name))
}

function rulesOf(host: TerminalHost, name: string): Rule[] {
  const text = readText(host, name)
  if (text === null) {
    if (isBuiltIn(name)) return [BUILT_IN_RULE]
    throw new UsageError(
      `--rule ${name}: there is no such file, and no built-in rule has this name (built-in: ${BUILT_IN_RULE.name})`
    )
  }
  const { rules, problems } = readRules(name, text)
  for (const { message, place } of problems) host.tell(revealHidden(`${name}, ${place}: ${message}`))
  for (const rule of rules) for (const note of rule.notes) host.tell(revealHidden(`${name}, rule ${rule.name}: ${note}`))
  if (rules.length === 0) throw new UsageError(`--rule ${name}: no ES|QL rule in it`)
  return rules
}

function readText(host: TerminalHost, path: string): string | null {
  try {
    return host.readText(path)
  } catch (error) {
    throw new UsageError(`--rule ${messageOf(error)}`)
  }
}

function isBuiltIn(name: string): boolean {
  const names = ['built-in', 'builtin', BUILT_IN_RULE.name, BUILT_IN_RULE.id, BUILT_IN_ORIGIN_ID]
  return names.some((known) => known?.toLowerCase() === name.trim().toLowerCase())
}
