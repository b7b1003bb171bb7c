/** `rarebit hunt`: runs rules over files and prints what they find. */
import type { Rule } from '../../engine/rules/rule.ts'
import type { InputReport, NotRun } from '../../engine/session/types.ts'
import { revealHidden } from '../format/hidden.ts'
import type { HuntCommand } from './arguments.ts'
import { diagnosticsOf, type EnginePort, type HuntReport, type HuntRequest } from './engine-port.ts'
import { messageOf, openInputs, openLookups } from './open-inputs.ts'
import { type HuntedRule, huntOutput } from './output/hunt-output.ts'
import { tellMissing } from './missing.ts'
import { openProgressLine } from './progress.ts'
import { findRules } from './rules.ts'
import { tellSkipped } from './skipped.ts'
import { EXIT, type ExitStatus, type TerminalHost } from './terminal-host.ts'

/** Runs the command; throws UsageError for arguments that only turn out bad here. */
export async function hunt(command: HuntCommand, host: TerminalHost): Promise<ExitStatus> {
  const rules = findRules(host, command.rules, command.packs)
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
  const several = rules.length > 1 || command.packs.length > 0
  if (!several) await tellMissing(host, engine, rules[0]!.query, 'The rule')
  const { hunted, inputs } = await (several ? huntRules : huntRule)(command, rules, engine, host)
  const hashes = await hashing
  // One rule with an error has no result to print: its diagnostics are on stderr.
  if (several || hunted[0]!.report !== null) {
    const output = {
      several,
      pack: command.packs.length > 0,
      rules: hunted,
      inputs,
      sha256: (name: string) => hashOf(hashes, name),
      width: host.columns
    }
    for (const piece of huntOutput(command.format, output)) await host.write(piece)
  }
  return statusOf(command, hunted, inputs, host)
}

interface Hunted {
  hunted: HuntedRule[]
  inputs: readonly InputReport[]
}

async function huntRule(command: HuntCommand, rules: readonly Rule[], engine: EnginePort, host: TerminalHost): Promise<Hunted> {
  const rule = rules[0]!
  const progress = openProgressLine(host)
  try {
    const report = await engine.hunt({ rule, ...optionsOf(command) }, progress.show)
    progress.clear()
    tellReport(host, rule, report)
    return { hunted: [{ ...headOf(command, rule), ...singleAnswer(report) }], inputs: report.inputs }
  } catch (error) {
    progress.clear()
    const diagnostics = diagnosticsOf(error)
    // What is no refusal of the query is a failure of ours or of the machine: it must not look like an answer.
    if (diagnostics.length === 0) throw error
    tellRefusal(host, rule, diagnostics)
    const reason = diagnostics.join('\n')
    return { hunted: [{ ...headOf(command, rule), report: null, reason, missing: null, status: 'refused' }], inputs: [] }
  }
}

/** What one rule run by itself says in the shape of many. */
function singleAnswer(report: HuntReport): Pick<HuntedRule, 'report' | 'status' | 'reason' | 'missing'> {
  return { report, status: report.notRun ? 'needs-model' : 'ran', reason: null, missing: null }
}

/** All rules over one pass. Of a pack, what each rule says stands in the output; of rules named one by one also on stderr. */
async function huntRules(command: HuntCommand, rules: readonly Rule[], engine: EnginePort, host: TerminalHost): Promise<Hunted> {
  const progress = openProgressLine(host)
  const { answers, inputs } = await engine
    .huntAll({ rules, ...optionsOf(command) }, progress.show)
    .finally(() => progress.clear())
  const hunted = answers.map((answer, at): HuntedRule => ({ ...headOf(command, rules[at]!), ...answer }))
  for (const [at, { report, reason }] of hunted.entries()) {
    if (command.packs.length > 0) break
    if (report) tellReport(host, rules[at]!, report)
    else tellRefusal(host, rules[at]!, (reason ?? '').split('\n'))
  }
  return { hunted, inputs }
}

function headOf(command: HuntCommand, rule: Rule) {
  const mode = command.replay ? 'replay' : 'whole'
  const { id, name, retired, severity, maxSignals } = rule
  return { rule: { id, name }, retired, severity, mode, maxSignals } as const
}

function optionsOf(command: HuntCommand): Omit<HuntRequest, 'rule'> {
  const { from, interval, fromMillis, toMillis, nowMillis, indexLimits, sourceOrder } = command
  const mode = command.replay ? 'replay' : 'whole'
  return { mode, from, interval, fromMillis, toMillis, nowMillis, indexLimits, sourceOrder }
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

function tellReport(host: TerminalHost, rule: Rule, { notes, warnings, notRun }: HuntReport): void {
  for (const note of notes) host.tell(revealHidden(note))
  for (const warning of warnings) host.tell(`warning: ${revealHidden(warning)}`)
  if (notRun) tellNotRun(rule.name, notRun, host)
}

function tellRefusal(host: TerminalHost, rule: Rule, diagnostics: readonly string[]): void {
  host.tell(`Rule [${revealHidden(rule.name)}] cannot run:\n  ${diagnostics.map((line) => revealHidden(line)).join('\n  ')}`)
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
