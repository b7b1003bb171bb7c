/** `rarebit query`: one ES|QL query over files. */
import { revealHidden } from '../format/hidden.ts'
import type { QueryCommand } from './arguments.ts'
import { diagnosticsOf } from './engine-port.ts'
import { openInputs } from './open-inputs.ts'
import { queryOutput } from './output/query-output.ts'
import { openProgressLine } from './progress.ts'
import { EXIT, type ExitStatus, type TerminalHost } from './terminal-host.ts'

/** Runs the command. */
export async function query(command: QueryCommand, host: TerminalHost): Promise<ExitStatus> {
  const engine = await host.engine()
  if (command.files.length > 0 && !(await openInputs(host, engine, command.files))) {
    host.tell('Nothing could be read.')
    return EXIT.nothingReadable
  }
  const progress = openProgressLine(host)
  const { nowMillis, indexLimits, sourceOrder } = command
  try {
    const report = await engine.query(command.text, { nowMillis, indexLimits, sourceOrder }, progress.show)
    progress.clear()
    for (const note of report.notes) host.tell(revealHidden(note))
    for (const warning of report.warnings) host.tell(`warning: ${revealHidden(warning)}`)
    for (const piece of queryOutput(command.format, report, host.columns)) await host.write(piece)
    return EXIT.ran
  } catch (error) {
    progress.clear()
    const diagnostics = diagnosticsOf(error)
    if (diagnostics.length === 0) throw error
    for (const line of diagnostics) host.tell(revealHidden(line))
    return EXIT.badArguments
  }
}
