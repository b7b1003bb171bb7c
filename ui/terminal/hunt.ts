/** `rarebit hunt`: runs rules over files and prints what they find. */
import type { Rule } from '../../engine/rules/rule.ts'
import type { InputReport, NotRun } from '../../engine/session/types.ts'
import { revealHidden } from '../format/hidden.ts'
import type { HuntCommand } from './arguments.ts'
import { type EnginePort, diagnosticsOf } from './engine-port.ts'
import { messageOf, openInputs, openLookups } from './open-inputs.ts'
import { type HuntedRule, huntOutput } from './output/hunt-output.ts'
import { openProgressLine } from './progress.ts'
import { findRules } from './rules.ts'
import { tellSkipped } from './skipped.ts'
import { EXIT, type ExitStatus, type TerminalHost } from './terminal-host.ts'

/** Runs the command; throws UsageError for arguments that only turn out bad here. */
export async function hunt(command: HuntCommand, host: TerminalHost): Promise<ExitStatus> {
  const rules = findRules(host, command.rules)
  // Hashing reads the files once more, so it goes on beside the engine's loading and reading.
  const hashing = command.hash ? hashFiles(host, command.files) : Promise.resolve(new Map<string, string>())
  const engine = await host.engine()
  if (!(await openInputs(host, engine, command.files))) {
    await hashing
    host.tell('Nothing could be read.')
    return EXIT.nothingReadable
  }
  if (!(await openLookups(host, engine, command.lookups))) {
    await hashing
    return EXIT.badArguments
  }
  const hunted: HuntedRule[] = []
  for (const rule of rules) hunted.push(await huntRule(command, rule, engine, host))
  const inputs = hunted.find((one) => one.report !== null)?.report?.inputs ?? []
  const hashes = await hashing
  // One rule with an error has no result to print: its diagnostics are on stderr.
  if (rules.length > 1 || hunted[0]!.report !== null) {
    const output = {
      several: rules.length > 1,
      rules: hunted,
      inputs,
      sha256: (name: string) => hashOf(hashes, name),
      width: host.columns
    }
    for (const piece of huntOutput(command.format, output)) await host.write(piece)
  }
  return statusOf(command, hunted, inputs, host)
}

async function huntRule(command: HuntCommand, rule: Rule, engine: EnginePort, host: TerminalHost): Promise<HuntedRule> {
  const mode = command.replay ? 'replay' : 'whole'
  const head = { rule: { id: rule.id, name: rule.name }, retired: rule.retired, mode, maxSignals: rule.maxSignals } as const
  const progress = openProgressLine(host)
  try {
    const { from, interval, fromMillis, toMillis, nowMillis, indexLimits, sourceOrder } = command
    const request = { rule, mode, from, interval, fromMillis, toMillis, nowMillis, indexLimits, sourceOrder } as const
    const report = await engine.hunt(request, progress.show)
    progress.clear()
    for (const note of report.notes) host.tell(revealHidden(note))
    for (const warning of report.warnings) host.tell(`warning: ${revealHidden(warning)}`)
    if (report.notRun) tellNotRun(rule.name, report.notRun, host)
    return { ...head, report, diagnostics: [], status: report.notRun ? 'needs-model' : 'ran' }
  } catch (error) {
    progress.clear()
    const diagnostics = diagnosticsOf(error)
    // What is no refusal of the query is a failure of ours or of the machine: it must not look like an answer.
    if (diagnostics.length === 0) throw error
    host.tell(`Rule [${revealHidden(rule.name)}] cannot run:\n  ${diagnostics.map((line) => revealHidden(line)).join('\n  ')}`)
    return { ...head, report: null, diagnostics, status: 'refused' }
  }
}

/** A rule that ends in COMPLETION: what it would send is in its rows, and nothing was sent. */
function tellNotRun(name: string, { command, promptColumn, rest }: NotRun, host: TerminalHost): void {
  const words = command.replace(/\s+/g, ' ')
  const commands = rest === '' ? '' : `, and neither was what stands behind it:\n  | ${rest.replaceAll('\n', '\n  ')}`
  host.tell(
    revealHidden(
      `Rule [${name}] ran up to its COMPLETION, which needs a language model. Nothing was sent: what it would send is in ` +
        `column [${promptColumn}]. [${words}] was not run${commands}`,
      { keepLines: true }
    )
  )
}

function statusOf(
  command: HuntCommand,
  hunted: readonly HuntedRule[],
  inputs: readonly InputReport[],
  host: TerminalHost
): ExitStatus {
  if (hunted.every((one) => one.report === null)) return EXIT.badArguments
  tellSkipped(host, inputs, 'all in --format json')
  if (inputs.every((input) => input.events === 0)) {
    host.tell('Nothing could be read: no event in any input.')
    return EXIT.nothingReadable
  }
  const found = hunted.some((one) => one.report?.runs.some((run) => run.values.length > 0))
  return command.failOnFindings && found ? EXIT.findings : EXIT.ran
}

async function hashFiles(host: TerminalHost, paths: readonly string[]): Promise<Map<string, string>> {
  const files = [...new Set(paths)].filter((path) => path !== '-')
  const hashes = await Promise.all(
    files.map((path) =>
      host.sha256(path).catch((error: unknown) => {
        host.tell(`SHA-256 of ${revealHidden(path)}: ${messageOf(error)}`)
        return null
      })
    )
  )
  return new Map(files.flatMap((path, index) => (hashes[index] == null ? [] : [[path, hashes[index]] as const])))
}

/** A member of an archive (`a.zip!b`) has the hash of the archive: that is the file on disk. */
function hashOf(hashes: ReadonlyMap<string, string>, name: string): string | null {
  for (let end = name.length; end > 0; end = name.lastIndexOf('!', end - 1)) {
    const hash = hashes.get(name.slice(0, end))
    if (hash !== undefined) return hash
  }
  return null
}
