/**
 * The rules a hunt runs: those named with --rule (files or the built-in rule's name) and those of the packs named with
 * --rules; without either the built-in one. What is no rule to run is told on standard error: counted, and named.
 */
import { BUILT_IN_ORIGIN_ID, BUILT_IN_RULE } from '../../engine/rules/built-in-rule.ts'
import { type PackFiles, readPack } from '../../engine/rules/pack-files.ts'
import type { Rule } from '../../engine/rules/rule.ts'
import { revealHidden } from '../format/hidden.ts'
import { UsageError } from './arguments.ts'
import { groupBy } from './group-by.ts'
import { messageOf } from './open-inputs.ts'
import { grouped } from './progress.ts'
import type { TerminalHost } from './terminal-host.ts'

/** Names and problems of a pack told one by one before they are only counted. */
const TOLD = 5

/** All rules named. Throws UsageError when one of the names gives none. */
export function findRules(host: TerminalHost, names: readonly string[], packs: readonly string[]): Rule[] {
  if (names.length === 0 && packs.length === 0) return [BUILT_IN_RULE]
  return [...names.flatMap((name) => rulesOf(host, name)), ...packs.flatMap((path) => packRules(host, path))]
}

function rulesOf(host: TerminalHost, name: string): Rule[] {
  const text = readText(host, '--rule', name)
  if (text === null) {
    if (isBuiltIn(name)) return [BUILT_IN_RULE]
    throw new UsageError(
      `--rule ${name}: there is no such file, and no built-in rule has this name (built-in: ${BUILT_IN_RULE.name})`
    )
  }
  const { rules, notes, otherLanguages, problems } = readPack([{ name, text }])
  const others = otherLanguages.map((other) => `Rule [${other.name}] is of type [${other.language}], which is not ES|QL: not run`)
  for (const { place, message } of problems) host.tell(revealHidden(`${name}, ${place}: ${message}`))
  for (const other of others) host.tell(revealHidden(`${name}: ${other}`))
  for (const { rule, note } of notes) host.tell(revealHidden(`${name}, rule ${rule}: ${note}`))
  if (rules.length === 0) throw new UsageError(`--rule ${name}: no ES|QL rule in it`)
  return rules
}

function packRules(host: TerminalHost, path: string): Rule[] {
  const pack = readPack(packFiles(host, path))
  tellPack(host, path, pack)
  if (pack.rules.length === 0) throw new UsageError(`--rules ${path}: no ES|QL rule in it`)
  return pack.rules
}

function packFiles(host: TerminalHost, path: string): { name: string; text: string }[] {
  const paths = listFiles(host, path)
  if (paths === null) {
    const text = readText(host, '--rules', path)
    if (text === null) throw new UsageError(`--rules ${path}: there is no such folder or file`)
    return [{ name: path, text }]
  }
  return paths.flatMap((file) => {
    try {
      const text = host.readText(file)
      return text === null ? [] : [{ name: file, text }]
    } catch (error) {
      host.tell(messageOf(error))
      return []
    }
  })
}

function tellPack(host: TerminalHost, path: string, { rules, notes, otherLanguages, problems }: PackFiles): void {
  const tell = (line: string) => host.tell(revealHidden(line))
  tell(`${path}: ${grouped(rules.length)} ES|QL ${rules.length === 1 ? 'rule' : 'rules'}`)
  for (const [language, others] of groupBy(otherLanguages, (other) => other.language)) {
    tell(`${path}: ${grouped(others.length)} of type ${language} not run: ${someOf(others.map(({ name }) => name))}`)
  }
  for (const { file, place, message } of problems.slice(0, TOLD)) tell(`${file}, ${place}: ${message}`)
  if (problems.length > TOLD) tell(`${path}: ${grouped(problems.length - TOLD)} more that could not be read as a rule`)
  for (const { file, rule, note } of notes.slice(0, TOLD)) tell(`${file}, rule ${rule}: ${note}`)
  if (notes.length > TOLD) tell(`${path}: ${grouped(notes.length - TOLD)} more notes on rules`)
}

/** The first few, and how many more. */
function someOf(names: readonly string[]): string {
  const more = names.length - TOLD
  return names.slice(0, TOLD).join(', ') + (more > 0 ? ` and ${grouped(more)} more` : '')
}

function readText(host: TerminalHost, option: string, path: string): string | null {
  try {
    return host.readText(path)
  } catch (error) {
    throw new UsageError(`${option} ${messageOf(error)}`)
  }
}

function listFiles(host: TerminalHost, path: string): string[] | null {
  try {
    return host.listRuleFiles(path)
  } catch (error) {
    throw new UsageError(`--rules ${messageOf(error)}`)
  }
}

function isBuiltIn(name: string): boolean {
  const names = ['built-in', 'builtin', BUILT_IN_RULE.name, BUILT_IN_RULE.id, BUILT_IN_ORIGIN_ID]
  return names.some((known) => known?.toLowerCase() === name.trim().toLowerCase())
}
