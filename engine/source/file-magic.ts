/** Files that are no event logs, told by their first bytes, so that the analyst hears what was dropped and what to do. */

const MAGICS: readonly { bytes: readonly number[]; at?: number; name: string; advice: string }[] = [
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: 'Zstandard data', advice: 'decompress it first (zstd -d)' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], name: 'xz data', advice: 'decompress it first (xz -d)' },
  { bytes: [0x42, 0x5a, 0x68], name: 'bzip2 data', advice: 'decompress it first (bzip2 -d)' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], name: 'a 7z archive', advice: 'unpack it first' },
  { bytes: [0x52, 0x61, 0x72, 0x21], name: 'a RAR archive', advice: 'unpack it first' },
  { bytes: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257, name: 'a tar archive', advice: 'unpack it first (tar -xf)' },
  { bytes: [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65], name: 'a Windows event log (EVTX)', advice: 'export it as JSON first' },
  { bytes: [0x50, 0x41, 0x52, 0x31], name: 'Parquet data', advice: 'export it as NDJSON or CSV first' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], name: 'an SQLite database', advice: 'export it as NDJSON or CSV first' },
  { bytes: [0xd4, 0xc3, 0xb2, 0xa1], name: 'a network capture', advice: 'only event logs are read' },
  { bytes: [0x0a, 0x0d, 0x0d, 0x0a], name: 'a network capture', advice: 'only event logs are read' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], name: 'a program (ELF)', advice: 'only event logs are read' },
  { bytes: [0x4d, 0x5a], name: 'a Windows program', advice: 'only event logs are read' },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'a PDF document', advice: 'only event logs are read' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: 'a picture', advice: 'only event logs are read' },
  { bytes: [0xff, 0xd8, 0xff], name: 'a picture', advice: 'only event logs are read' }
]

/** `an SQLite database: export it as ...`, or null for bytes without a known mark. */
export function knownFile(head: Uint8Array): string | null {
  for (const { bytes, at = 0, name, advice } of MAGICS)
    if (head.length >= at + bytes.length && bytes.every((byte, i) => head[at + i] === byte)) return `${name}: ${advice}`
  return null
}
