/** Tells on standard error what of the inputs could not be read, and what is worth knowing of them. */
import type { InputReport } from '../../engine/session/types.ts'
import { revealHidden } from '../format/hidden.ts'
import type { TerminalHost } from './terminal-host.ts'

const SKIPPED_SHOWN = 5

/** Notes, then the first skipped places of each input and how many more; `where` says where the rest is listed. */
export function tellSkipped(host: TerminalHost, inputs: readonly InputReport[], where: string | null): void {
  for (const input of inputs) {
    for (const note of input.notes) host.tell(revealHidden(`${input.name}: ${note}`))
    if (input.skippedTotal === 0) continue
    for (const { line, byte, reason } of input.skipped.slice(0, SKIPPED_SHOWN)) {
      host.tell(revealHidden(`${input.name}:${line} (byte ${byte}) skipped: ${reason}`))
    }
    const more = input.skippedTotal - Math.min(SKIPPED_SHOWN, input.skipped.length)
    if (more > 0) host.tell(revealHidden(`${input.name}: ${more} more places skipped${where === null ? '' : ` (${where})`}`))
  }
}
