/** Opens the files named on the command line and hands them to the engine; says of each unreadable one why. */
import { bytesOf } from '../../engine/source/hosts/memory-bytes.ts'
import type { RandomAccessBytes } from '../../engine/source/bytes.ts'
import { revealHidden } from '../format/hidden.ts'
import type { LookupOption } from './arguments.ts'
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

/** Hands the files of `--lookup` to the engine; false when one cannot be used, which has been told. */
export async function openLookups(host: TerminalHost, engine: EnginePort, lookups: readonly LookupOption[]): Promise<boolean> {
  for (const { name, matchField, file } of lookups) {
    try {
      const { notes } = await engine.addLookup(name, host.openFile(file), matchField)
      for (const note of notes) host.tell(revealHidden(`${file}: ${note}`))
    } catch (error) {
      host.tell(messageOf(error))
      return false
    }
  }
  return true
}

/** The message of anything thrown, safe to print. */
export function messageOf(error: unknown): string {
  return revealHidden(error instanceof Error ? error.message : String(error), { keepLines: true })
}
