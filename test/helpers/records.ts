/** Reads inputs to their end for tests of the sources: records with their places, streams with what stopped them. */
import type { ByteStream } from '../../engine/source/bytes.ts'
import { SourceError } from '../../engine/source/bytes.ts'
import { detect } from '../../engine/source/detect.ts'
import { MemoryStream } from '../../engine/source/hosts/memory-bytes.ts'
import { openRecordReader } from '../../engine/source/readers/open-record-reader.ts'
import { SkipLog, type Detection, type RecordReader, type RecordReaderOptions } from '../../engine/source/record-reader.ts'
import type { SkippedInput } from '../../engine/source/scan-request.ts'

export interface ReadRecord {
  /** JSON text as the reader gives it. */
  text: string
  byte: number
  length: number
  line: number
}

export interface ReadResult {
  records: ReadRecord[]
  skipped: SkippedInput[]
  error: string | null
}

/** All records of `bytes`, read in pieces of `step`. */
export async function readRecords(
  bytes: Uint8Array,
  step = Number.MAX_SAFE_INTEGER,
  detection: Detection = detect(bytes),
  options: RecordReaderOptions = {}
): Promise<ReadResult> {
  return readAllRecords(new MemoryStream(bytes, step), detection, options)
}

export async function readAllRecords(
  stream: ByteStream,
  detection: Detection,
  options: RecordReaderOptions = {}
): Promise<ReadResult> {
  const skips = new SkipLog()
  return { ...(await readOpened(openRecordReader(stream, detection, skips, options))), skipped: skips.entries }
}

/** All records of an opened reader, and what ended it early. */
export async function readOpened(reader: RecordReader): Promise<Pick<ReadResult, 'records' | 'error'>> {
  const records: ReadRecord[] = []
  let error: string | null = null
  try {
    for (let chunk = await reader.next(); chunk; chunk = await reader.next()) {
      for (let i = 0; i < chunk.count; i++) {
        const text = Buffer.from(chunk.bytes.subarray(chunk.starts[i], chunk.ends[i])).toString('utf8')
        records.push({ text, byte: chunk.originByte[i]!, length: chunk.originLength[i]!, line: chunk.line[i]! })
      }
    }
  } catch (failure) {
    if (!(failure instanceof SourceError)) throw failure
    error = failure.message
  } finally {
    reader.close()
  }
  return { records, error }
}

/** Everything a stream gives and, where it ends in a SourceError, that. */
export async function drain(stream: ByteStream, step = 65536): Promise<{ bytes: Buffer; error: SourceError | null }> {
  const parts: Buffer[] = []
  const scratch = new Uint8Array(step)
  let error: SourceError | null = null
  try {
    for (let count = await stream.read(scratch); count > 0; count = await stream.read(scratch))
      parts.push(Buffer.from(scratch.subarray(0, count)))
  } catch (failure) {
    if (!(failure instanceof SourceError)) throw failure
    error = failure
  } finally {
    stream.close()
  }
  return { bytes: Buffer.concat(parts), error }
}
