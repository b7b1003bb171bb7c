/** What a query asks of fields that the loaded events do not have, told on stderr before it runs. */
import { revealHidden } from '../format/hidden.ts'
import type { EnginePort } from './engine-port.ts'
import type { TerminalHost } from './terminal-host.ts'

/** Tells the missing fields and the condition because of which nothing can be found; `subject` names the query. */
export async function tellMissing(host: TerminalHost, engine: EnginePort, query: string, subject: string): Promise<void> {
  let missing
  try {
    missing = (await engine.missing?.(query)) ?? null
  } catch {
    // A query that cannot run is told by the run itself.
    return
  }
  if (!missing || missing.events === 0) return
  for (const { message } of missing.fields) host.tell(revealHidden(message))
  if (missing.cannotFire) host.tell(revealHidden(`${subject} can find nothing in this data: ${missing.cannotFire.message}`))
}
