/** Which reader reads what. */
import type { ByteStream } from '../bytes.ts'
import { ByteWindow } from '../byte-window.ts'
import { JsonFramer } from '../json-framer.ts'
import type { Detection, InputKind, OpenRecordReader, RecordReader, RecordReaderOptions, SkipLog } from '../record-reader.ts'
import { ResponseOutline } from '../response-outline.ts'
import { AuditLogReader } from './audit-log.ts'
import { BulkReader } from './bulk.ts'
import { CsvReader } from './csv.ts'
import { LineReader } from './lines.ts'

type Open = (window: ByteWindow, detection: Detection, skips: SkipLog, options: RecordReaderOptions) => RecordReader

const READERS: Record<InputKind, Open> = {
  ndjson: (window, detection, skips) => new LineReader(window, detection, skips),
  'hits-ndjson': (window, detection, skips) => new LineReader(window, detection, skips),
  'json-array': (window, _, skips) => new JsonFramer(window, skips, null),
  'json-concatenated': (window, _, skips) => new JsonFramer(window, skips, null),
  'search-response': (window, _, skips) => new JsonFramer(window, skips, new ResponseOutline()),
  bulk: (window, detection, skips) => new BulkReader(window, detection, skips),
  csv: (window, detection, skips, options) => new CsvReader(window, detection, skips, options),
  'audit-log': (window, detection, skips, options) => new AuditLogReader(window, detection, skips, options),
  empty: emptyReader,
  unknown: emptyReader
}

/** Whether the scan kernel reads the bytes itself (lines mode); otherwise openRecordReader is needed. */
export function isScannedByLine(detection: Detection): boolean {
  const lines = detection.kind === 'ndjson' || detection.kind === 'hits-ndjson'
  return lines && detection.encoding === 'utf-8' && detection.lineEnd !== 'cr'
}

/** Opens the reader for a detected kind over the whole (decompressed) input, byte-order mark included. */
export const openRecordReader: OpenRecordReader = (
  stream: ByteStream,
  detection: Detection,
  skips: SkipLog,
  options: RecordReaderOptions = {}
): RecordReader => READERS[detection.kind](new ByteWindow(stream, detection), detection, skips, options)

function emptyReader(window: ByteWindow): RecordReader {
  return { next: async () => null, close: () => window.close() }
}
