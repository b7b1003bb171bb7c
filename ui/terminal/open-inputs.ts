/** Opens the files named on the command line and hands them to the engine; says of each unreadable one why. */
import { bytesOf } from '../../engine/source/hosts/memory-bytes.ts'
import type { RandomAccessBytes } from '../../engine/source/bytes.ts'
import { revealHidden } from '../format/hidden.ts'
import type { EnginePort } from './engine-port.ts'
import type { TerminalHost } from './terminal-host.ts'

/** True when at least one input can be read. */
export async function openInputs(host: TerminalHost, engine: EnginePort, paths: readonly string[]): Promise<boolean> {
  const files: RandomAccessBytes[] = []
  for (const path of new Set(paths)) {
    try {
      files.push(path === '-' ? bytesOf('stdin', await host.readStandardInput()) : host.openFile(path))
    } catch (error) {
      host.tell(messageOf(error))
    }
  }
  if (files.length === 0) return false
  const infos = await engine.addInputs(files)
  for (const info of infos) {
    if (info.problem !== null) host.tell(revealHidden(`${info.name}: ${info.problem}`))
  }
  return infos.some((info) => info.readable)
}

/** The message of anything thrown, safe to print. */
export function messageOf(error: unknown): string {
  return revealHidden(error instanceof Error ? error.message : String(error), { keepLines: true })
}
