/**
 * How the files of the pattern bank state their patterns: one a line, name first. The names are those that Elasticsearch
 * documents for its bank (ECS version); what each stands for is written here from what the name has to match.
 */

/** Lines `NAME expression`; empty ones and those beginning with `#` are passed over. */
export function bank(lines: string): readonly (readonly [name: string, expression: string])[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const space = line.indexOf(' ')
      return [line.slice(0, space), line.slice(space + 1).trim()] as const
    })
}
