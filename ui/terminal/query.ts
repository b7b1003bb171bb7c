/** `rarebit query`: one ES|QL query over files. */
import { revealHidden } from '../format/hidden.ts'
import type { QueryCommand } from './arguments.ts'
import { diagnosticsOf } from './engine-port.ts'
import { openInputs, openLookups } from './open-inputs.ts'
import { queryOutput } from './output/query-output.ts'
import { tellMissing } from './missing.ts'
import { openProgressLine } from './progress.ts'
import { tellSkipped } from './skipped.ts'
import { EXIT, type ExitStatus, type TerminalHost } from './terminal-host.ts'

/** Runs the command. */
export async function query(command: QueryCommand, host: TerminalHost): Promise<ExitStatus> {
  const engine = await host.engine()
  if (command.files.length > 0 && !(await openInputs(host, engine, command.files))) {
    host.tell('Nothing could be read.')
    return EXIT.nothingReadable
  }
  if (!(await openLookups(host, engine, command.lookups))) return EXIT.badArguments
  if (command.files.length > 0) await tellMissing(host, engine, command.text, 'The query')
  const progress = openProgressLine(host)
  const { nowMillis, indexLimits, sourceOrder } = command
  try {
    const report = await engine.query(command.text, { nowMillis, indexLimits, sourceOrder }, progress.show)
    progress.clear()
    const inputs = report.inputs ?? []
    // Notes of inputs are told with the input's name.
    const ofInputs = new Set(inputs.flatMap((input) => input.notes))
    for (const note of report.notes) if (!ofInputs.has(note)) host.tell(revealHidden(note))
    tellSkipped(host, inputs, null)
    for (const warning of report.warnings) host.tell(`warning: ${revealHidden(warning)}`)
    for (const piece of queryOutput(command.format, report, host.columns)) await host.write(piece)
    if (command.files.length > 0 && inputs.length > 0 && inputs.every((input) => input.events === 0)) {
      host.tell('Nothing could be read: no event in any input.')
      return EXIT.nothingReadable
    }
    return EXIT.ran
  } catch (error) {
    progress.clear()
    const diagnostics = diagnosticsOf(error)
    if (diagnostics.length === 0) throw error
    for (const line of diagnostics) host.tell(revealHidden(line))
    return EXIT.badArguments
  }
}
