/** Shapes in memory of the scanner, in the order of scan-layout.ts, where each field is explained. */

@unmanaged
export class ScanState {
  baseByte: f64 = 0
  events: f64 = 0
  line: f64 = 0
  skippedTotal: f64 = 0
  oversizeByte: f64 = 0
  oversizeLength: f64 = 0
  seed: u64 = 0
  mode: u32 = 0
  input: usize = 0
  inputEnd: usize = 0
  position: usize = 0
  searched: usize = 0
  ended: u32 = 0
  recordStarts: usize = 0
  recordEnds: usize = 0
  recordCount: u32 = 0
  recordIndex: u32 = 0
  rootNode: usize = 0
  fields: usize = 0
  fieldCount: u32 = 0
  conjuncts: usize = 0
  conjunctCount: u32 = 0
  rowLimit: u32 = 0
  rowCount: u32 = 0
  rowByte: usize = 0
  rowLength: usize = 0
  rowLine: usize = 0
  rowEvent: usize = 0
  rowRecord: usize = 0
  skips: usize = 0
  skipLimit: u32 = 0
  skipCount: u32 = 0
  epochBytes: u32 = 0
  epochEntries: u32 = 0
  batchBytes: u32 = 0
  batchCodes: u32 = 0
  bitmaps: usize = 0
  bitmapCapacity: u32 = 0
  brackets: usize = 0
  closers: usize = 0
  bracketCapacity: u32 = 0
  values: usize = 0
  valueCapacity: u32 = 0
  pool: usize = 0
  poolCapacity: u32 = 0
  bracketStack: usize = 0
  nodeStack: usize = 0
  // ---- working memory, of no interest to the host ----
  oversizeLast: u32 = 0
  recordEnd: usize = 0
  bracketCount: u32 = 0
  hasBackslash: u32 = 0
  valueCount: u32 = 0
  poolUsed: u32 = 0
  usedBytes: u32 = 0
  usedCodes: u32 = 0
}

@unmanaged
export class ScanField {
  offsets: usize = 0
  codes: usize = 0
  codeCapacity: u32 = 0
  codeCount: u32 = 0
  text: usize = 0
  textCapacity: u32 = 0
  textBytes: u32 = 0
  entries: usize = 0
  entryCapacity: u32 = 0
  entryCount: u32 = 0
  table: usize = 0
  tableMask: u32 = 0
  epoch: u32 = 0
  conjunct: usize = 0
}

@unmanaged
export class ScanEntry {
  offset: u32 = 0
  length: u32 = 0
  hash: u32 = 0
  kind: u32 = 0
}

@unmanaged
export class ScanConjunct {
  drops: f64 = 0
  next: usize = 0
  field: u32 = 0
  quantifier: u32 = 0
  classes: usize = 0
  start: usize = 0
  seen: u32 = 0
  first: usize = 0
  firstLength: u32 = 0
  fulfilled: u32 = 0
}

@unmanaged
export class TrieNode {
  lengths: u64 = 0
  field: i32 = 0
  slotMask: u32 = 0
  keyCount: u32 = 0
}

@unmanaged
export class TrieSlot {
  head: u64 = 0
  tail: u64 = 0
  length: u32 = 0
  key: usize = 0
  child: usize = 0
}

/** A wanted value of the record in hand. */
@unmanaged
export class ScanValue {
  field: u32 = 0
  kind: u32 = 0
  address: usize = 0
  length: u32 = 0
}

@unmanaged
export class ScanSkip {
  byte: f64 = 0
  length: f64 = 0
  line: f64 = 0
  reason: u32 = 0
}
