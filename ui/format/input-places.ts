/**
 * Which opened file each input came from. An archive unfolds into inputs named `archive.zip!path`; inputs stand in the order of
 * their files, so the names tell, even where two files are called the same.
 */
export interface InputPlace {
  /** Index among the files. */
  file: number
  /** Name within the archive; empty for a plain file. */
  member: string
}

/** One place an input, null where no file fits (what was heard beside a page). */
export function inputPlaces(fileNames: readonly string[], inputNames: readonly string[]): (InputPlace | null)[] {
  let file = 0
  let members = 0
  return inputNames.map((name) => {
    for (let at = file; at < fileNames.length; at++) {
      const own = fileNames[at]!
      if (name === own && !(at === file && members > 0)) {
        file = at + 1
        members = 0
        return { file: at, member: '' }
      }
      if (name.startsWith(`${own}!`)) {
        members = at === file ? members + 1 : 1
        file = at
        return { file: at, member: name.slice(own.length + 1) }
      }
    }
    return null
  })
}
