/** A finding in the words of the page: its command, and who ran it where under whom. */
import type { Finding, RunResult } from '../../engine/worker/api.ts'
import { cellValues } from './cell.ts'
import { baseName } from './command.ts'

export interface FindingFacts {
  command: string | null
  parent: string | null
  program: string | null
  directory: string | null
  users: string[]
  hosts: string[]
  /** Keys that are not told by the sentence. */
  otherKeys: Finding['keys']
}

const TOLD = new Set([
  'process.command_line',
  'process.working_directory',
  'process.parent.executable',
  'process.parent.name',
  'process.name',
  'process.executable',
  'user.name',
  'host.name'
])

/** Collects what the sentence says; parts a rule does not keep are null. */
export function findingFacts(finding: Finding, result: Pick<RunResult, 'columns'> | null): FindingFacts {
  const value = (name: string): string | null => {
    const key = finding.keys.find((candidate) => candidate.name === name)?.value
    const index = result?.columns.findIndex((column) => column.name === name) ?? -1
    const first = cellValues(key ?? finding.row[index] ?? null)[0]
    return first === undefined ? null : String(first)
  }
  const command = value('process.command_line')
  const parent = value('process.parent.name') ?? value('process.parent.executable')
  const program = value('process.name') ?? value('process.executable') ?? command?.split(' ', 1)[0] ?? null
  const own = (known: readonly string[], name: string) =>
    known.length > 0 ? [...known] : [value(name)].filter((text) => text !== null)
  return {
    command,
    parent: parent === null ? null : baseName(parent),
    program: program === null ? null : baseName(program),
    directory: value('process.working_directory'),
    users: own(finding.users, 'user.name'),
    hosts: own(finding.hosts, 'host.name'),
    otherKeys: finding.keys.filter((key) => !TOLD.has(key.name))
  }
}
