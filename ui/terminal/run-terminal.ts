/** From the words of a command line to an exit status. What goes wrong is told on standard error. */
import { parseArguments, UsageError } from './arguments.ts'
import { helpText } from './help.ts'
import { hunt } from './hunt.ts'
import { lint } from './lint.ts'
import { messageOf } from './open-inputs.ts'
import { query } from './query.ts'
import { serveStdio } from './stdio.ts'
import { EXIT, type TerminalHost } from './terminal-host.ts'

/** Exit status of a fault of ours, apart from those of the contract. */
const FAULT = 70

/** Runs one command line. */
export async function runTerminal(words: readonly string[], host: TerminalHost, version: string): Promise<number> {
  try {
    const command = parseArguments(words)
    switch (command.type) {
      case 'help':
        await host.write(helpText(command.of))
        return EXIT.ran
      case 'version':
        await host.write(`rarebit ${version}\n`)
        return EXIT.ran
      case 'hunt':
        return await hunt(command, host)
      case 'query':
        return await query(command, host)
      case 'lint':
        return await lint(command, host, version)
      case 'stdio':
        return await serveStdio(host, command.nowMillis)
    }
  } catch (error) {
    if (error instanceof UsageError) {
      host.tell(`${messageOf(error)}\nSee rarebit --help.`)
      return EXIT.badArguments
    }
    host.tell(messageOf(error))
    return FAULT
  }
}
