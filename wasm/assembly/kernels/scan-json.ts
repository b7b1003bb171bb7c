/**
 * scanJson: from JSON records to rows of dictionary codes, up to the row limit or until the input is used up.
 *
 * In:   a ScanState (see scan-layout.ts) whose input range, mode, plan and output arrays the host has laid out; 64
 *       readable bytes behind the input. In lines mode the input is a window on a stream: a last line without a line
 *       feed waits for more bytes until `ended` is set.
 * Out:  the number of rows; rows, codes, dictionaries and skipped records stand in the state. 0: the input is used up.
 * Allocates blocks for scratch, codes and dictionaries, so every view is dead after a call.
 * Holds: each record is an event or skipped, never both; an abandoned one is an event; a blank line is neither.
 */
import { MAX_RECORD, MODE_LINES, RECORD_FINE, SKIP_BYTES, SKIP_NOT_OBJECT, SKIP_TOO_LONG } from '../scan-layout'
import { RECORD_ABANDONED } from '../scan-layout'
import { beginBatch, encodeRow } from '../scan/dictionary'
import { reservePool } from '../scan/scratch'
import { ScanSkip, ScanState } from '../scan/state'
import { judgeStructure, mapStructure } from '../scan/structure'
import { beginValues, isWanted } from '../scan/values'
import { walkRecord } from '../scan/walk'
import { findLineFeed } from '../util/line-feed'

const OPEN_OBJECT: u32 = 0x7b
const CARRIAGE_RETURN: u32 = 13
const BOM: u32 = 0xbfbbef

/** Scans on; answers the number of rows. */
export function scanJson(state: usize): u32 {
  const scan = changetype<ScanState>(state)
  beginBatch(scan)
  while (scan.rowCount < scan.rowLimit && scan.usedBytes < scan.batchBytes && scan.usedCodes < scan.batchCodes) {
    if (!(scan.mode == MODE_LINES ? nextLine(scan) : nextRecord(scan))) break
  }
  return scan.rowCount
}

/** Reads the next line; false when the input is used up. */
function nextLine(scan: ScanState): bool {
  if (scan.oversizeLength > 0) return finishOversize(scan)
  const start = scan.position
  if (start >= scan.inputEnd) return false
  const isFirst = scan.baseByte + <f64>(start - scan.input) == 0
  const text = isFirst && scan.inputEnd - start >= 3 && (load<u32>(start) & 0xffffff) == BOM ? start + 3 : start
  const open = skipLineBlanks(text, scan.inputEnd)
  const isObject = open < scan.inputEnd && <u32>load<u8>(open) == OPEN_OBJECT
  let end: usize = 0
  let mapped = false
  let from = max(start, scan.searched)
  if (isObject && from == start) {
    // the usual case: the line is mapped while its end is looked for; no further than a record may reach
    from = min(scan.inputEnd, open + <usize>MAX_RECORD + 2)
    end = mapStructure(scan, open, from, true)
    mapped = end != 0
  }
  if (!end) end = findLineFeed(from, scan.inputEnd)
  if (end) scan.position = end + 1
  else if (!scan.ended) return waitForMore(scan, text)
  else scan.position = end = scan.inputEnd
  const line = scan.line
  scan.line = line + 1
  const trimmed = end > text && <u32>load<u8>(end - 1) == CARRIAGE_RETURN ? end - 1 : end
  if (open >= trimmed) return true
  const base = scan.baseByte - <f64>scan.input
  let verdict: u32 = SKIP_NOT_OBJECT
  if (trimmed - text > <usize>MAX_RECORD) verdict = SKIP_TOO_LONG
  else if (isObject) {
    if (!mapped) mapStructure(scan, open, trimmed, false)
    verdict = readRecord(scan, open, trimmed)
  }
  if (verdict == RECORD_FINE) addRow(scan, base + <f64>open, <f64>(scan.recordEnd - open), line, 0)
  else if (verdict != RECORD_ABANDONED) addSkip(scan, base + <f64>text, <f64>(trimmed - text), line, verdict)
  return true
}

/** Reads the next record of the list; false when there is none. */
function nextRecord(scan: ScanState): bool {
  if (scan.recordIndex >= scan.recordCount) return false
  const index = scan.recordIndex++
  const from = load<u32>(scan.recordStarts + ((<usize>index) << 2))
  const end = scan.input + <usize>load<u32>(scan.recordEnds + ((<usize>index) << 2))
  const start = scan.input + <usize>from
  let open = start
  while (open < end && isSpace(<u32>load<u8>(open))) open++
  let verdict: u32 = SKIP_NOT_OBJECT
  if (end - start > <usize>MAX_RECORD) verdict = SKIP_TOO_LONG
  else if (open < end && <u32>load<u8>(open) == OPEN_OBJECT) {
    mapStructure(scan, open, end, false)
    verdict = readRecord(scan, open, end)
  }
  if (verdict == RECORD_FINE) addRow(scan, <f64>(open - scan.input), <f64>(scan.recordEnd - open), 0, index)
  else if (verdict != RECORD_ABANDONED) addSkip(scan, <f64>index, <f64>(end - start), 0, verdict)
  return true
}

/** Judges and walks a mapped record; counts it when it is an event. */
function readRecord(scan: ScanState, open: usize, end: usize): u32 {
  const damage = judgeStructure(scan, open, end)
  if (damage) return damage
  if (scan.hasBackslash) reservePool(scan, end - open)
  beginValues(scan)
  const verdict = walkRecord(scan, open)
  if (verdict != RECORD_FINE && verdict != RECORD_ABANDONED) return verdict
  scan.events += 1
  return verdict == RECORD_FINE && !isWanted(scan) ? RECORD_ABANDONED : verdict
}

function addRow(scan: ScanState, byte: f64, length: f64, line: f64, record: u32): void {
  const place = (<usize>scan.rowCount) << 3
  store<f64>(scan.rowByte + place, byte)
  store<f64>(scan.rowLength + place, length)
  store<f64>(scan.rowLine + place, line)
  store<f64>(scan.rowEvent + place, scan.events)
  store<u32>(scan.rowRecord + (place >> 1), record)
  encodeRow(scan)
}

function addSkip(scan: ScanState, byte: f64, length: f64, line: f64, reason: u32): void {
  scan.skippedTotal += 1
  if (scan.skipCount >= scan.skipLimit) return
  const skip = changetype<ScanSkip>(scan.skips + <usize>scan.skipCount * SKIP_BYTES)
  skip.byte = byte
  skip.length = length
  skip.line = line
  skip.reason = reason
  scan.skipCount++
}

/** The line whose text begins at `start` has no end yet: remembers how far it was searched, or gives up on it. */
function waitForMore(scan: ScanState, start: usize): bool {
  scan.searched = scan.inputEnd
  const length = scan.inputEnd - start
  // one byte more than allowed may still be a carriage return
  if (length <= <usize>MAX_RECORD + 1) return false
  scan.oversizeByte = scan.baseByte + <f64>(start - scan.input)
  scan.oversizeLength = <f64>length
  scan.oversizeLast = <u32>load<u8>(scan.inputEnd - 1)
  scan.position = scan.inputEnd
  return false
}

/** Passes over the rest of a line that is too long; false when its end has not come. */
function finishOversize(scan: ScanState): bool {
  const start = scan.position
  let end = findLineFeed(start, scan.inputEnd)
  const found = end != 0
  if (!found) end = scan.inputEnd
  scan.oversizeLength += <f64>(end - start)
  if (end > start) scan.oversizeLast = <u32>load<u8>(end - 1)
  scan.position = found ? end + 1 : end
  scan.searched = scan.position
  if (!found && !scan.ended) return false
  const length = scan.oversizeLast == CARRIAGE_RETURN ? scan.oversizeLength - 1 : scan.oversizeLength
  addSkip(scan, scan.oversizeByte, length, scan.line, SKIP_TOO_LONG)
  scan.line += 1
  scan.oversizeLength = 0
  return true
}

function skipLineBlanks(at: usize, end: usize): usize {
  while (at < end) {
    const byte = <u32>load<u8>(at)
    if (byte != 0x20 && byte != 9 && byte != CARRIAGE_RETURN) break
    at++
  }
  return at
}

function isSpace(byte: u32): bool {
  return byte == 0x20 || byte == 10 || byte == 13 || byte == 9
}
