/**
 * Layout of the scanner's memory, shared by the kernel, its twin and engine/source/scan. Plain constants: asc and tsc
 * read the same file. Offsets in bytes; words are u32 unless said otherwise. `scan/state.ts` declares the same shapes.
 */

// ---- ScanState: one scanner ----
/** f64: place in the stream of the first byte of the input. */
export const STATE_BASE_BYTE = 0
/** f64: well-formed records so far. */
export const STATE_EVENTS = 8
/** f64: 1-based physical line of the next record. */
export const STATE_LINE = 16
/** f64: bad records so far, listed or not. */
export const STATE_SKIPPED_TOTAL = 24
/** f64: place and length so far of a line that is too long and whose end has not come yet; length 0: none. */
export const STATE_OVERSIZE_BYTE = 32
export const STATE_OVERSIZE_LENGTH = 40
/** u64: secret of the hash tables, so that hostile input cannot be made to collide. */
export const STATE_SEED = 48
export const STATE_MODE = 56
export const STATE_INPUT = 60
export const STATE_INPUT_END = 64
export const STATE_POSITION = 68
/** Address up to which the line at `position` is known to hold no line feed. */
export const STATE_SEARCHED = 72
export const STATE_ENDED = 76
export const STATE_RECORD_STARTS = 80
export const STATE_RECORD_ENDS = 84
export const STATE_RECORD_COUNT = 88
export const STATE_RECORD_INDEX = 92
export const STATE_ROOT_NODE = 96
export const STATE_FIELDS = 100
export const STATE_FIELD_COUNT = 104
export const STATE_CONJUNCTS = 108
export const STATE_CONJUNCT_COUNT = 112
export const STATE_ROW_LIMIT = 116
export const STATE_ROW_COUNT = 120
/** Rows: f64 arrays, and a u32 array of record indexes. */
export const STATE_ROW_BYTE = 124
export const STATE_ROW_LENGTH = 128
export const STATE_ROW_LINE = 132
export const STATE_ROW_EVENT = 136
export const STATE_ROW_RECORD = 140
export const STATE_SKIPS = 144
export const STATE_SKIP_LIMIT = 148
export const STATE_SKIP_COUNT = 152
/** A dictionary beyond one of these begins a new epoch with the next batch. */
export const STATE_EPOCH_BYTES = 156
export const STATE_EPOCH_ENTRIES = 160
/** A batch beyond one of these ends before it is full. */
export const STATE_BATCH_BYTES = 164
export const STATE_BATCH_CODES = 168
/** Scratch of the kernel: blocks it allocates, grows and keeps. */
export const STATE_BITMAPS = 172
export const STATE_BITMAP_CAPACITY = 176
export const STATE_BRACKETS = 180
export const STATE_CLOSERS = 184
export const STATE_BRACKET_CAPACITY = 188
export const STATE_VALUES = 192
export const STATE_VALUE_CAPACITY = 196
export const STATE_POOL = 200
export const STATE_POOL_CAPACITY = 204
/** u32[MAX_DEPTH + 2] each: open brackets of the structural pass, open nodes of the walk. */
export const STATE_BRACKET_STACK = 208
export const STATE_NODE_STACK = 212
/** Last byte of a line that is too long, seen so far: it may be a carriage return. */
export const STATE_OVERSIZE_LAST = 216
export const STATE_BYTES = 256

export const MODE_LINES = 0
export const MODE_RECORDS = 1

// ---- ScanField: output and dictionary of one field ----
export const FIELD_OFFSETS = 0
export const FIELD_CODES = 4
export const FIELD_CODE_CAPACITY = 8
export const FIELD_CODE_COUNT = 12
/** Dictionary: text bytes, entries, hash table of `code + 1`. */
export const FIELD_TEXT = 16
export const FIELD_TEXT_CAPACITY = 20
export const FIELD_TEXT_BYTES = 24
export const FIELD_ENTRIES = 28
export const FIELD_ENTRY_CAPACITY = 32
export const FIELD_ENTRY_COUNT = 36
export const FIELD_TABLE = 40
export const FIELD_TABLE_MASK = 44
export const FIELD_EPOCH = 48
/** First conjunct on this field, 0: none. */
export const FIELD_CONJUNCT = 52
export const FIELD_BYTES = 64

/** Dictionary entry: offset in the text bytes, length, hash, kind. */
export const ENTRY_OFFSET = 0
export const ENTRY_LENGTH = 4
export const ENTRY_HASH = 8
export const ENTRY_KIND = 12
export const ENTRY_BYTES = 16
export const ENTRY_BYTES_LOG2 = 4

// ---- ScanConjunct ----
/** f64: rows dropped because the field had several values. */
export const CONJUNCT_DROPS = 0
/** Next conjunct on the same field, 0: none. */
export const CONJUNCT_NEXT = 8
export const CONJUNCT_FIELD = 12
export const CONJUNCT_QUANTIFIER = 16
/** u8[256]: class of a byte. */
export const CONJUNCT_CLASSES = 20
/**
 * Automaton state to start with. A state is the address of its row of u32 next states, one a class, with two flags in
 * the low bits: 1 accepting, 2 nothing that follows changes that.
 */
export const CONJUNCT_START = 24
/** Working memory of a record: value seen, first value (address, length), whether an accepted value has come. */
export const CONJUNCT_SEEN = 28
export const CONJUNCT_FIRST = 32
export const CONJUNCT_FIRST_LENGTH = 36
export const CONJUNCT_FULFILLED = 40
export const CONJUNCT_BYTES = 48

export const QUANTIFIER_SINGLE = 0
export const QUANTIFIER_ANY = 1
export const AUTOMATON_ACCEPTING = 1
export const AUTOMATON_SINK = 2

// ---- Trie of wanted keys: a node is a header and a hash table of keys ----
/** u64: bit min(length, 63) set when a key of that length exists. */
export const NODE_LENGTHS = 0
/** Field whose values stand at this node, or -1. */
export const NODE_FIELD = 8
/** Number of slots less one; slots are a power of two. */
export const NODE_SLOT_MASK = 12
export const NODE_KEY_COUNT = 16
export const NODE_BYTES = 32
/** Slot: first and last 8 bytes of the key as u64 (a key below 8 bytes: first only, padded with 0), child node or 0. */
export const SLOT_HEAD = 0
export const SLOT_TAIL = 8
export const SLOT_LENGTH = 16
export const SLOT_KEY = 20
export const SLOT_CHILD = 24
export const SLOT_BYTES = 32

// ---- Skipped records: three f64, then the reason ----
export const SKIP_BYTE = 0
export const SKIP_LENGTH = 8
export const SKIP_LINE = 16
export const SKIP_REASON = 24
export const SKIP_BYTES = 32

/** Verdict of a record: 0 fine, else why it was skipped. The order of structural reasons is their precedence. */
export const RECORD_FINE = 0
export const SKIP_TOO_LONG = 1
export const SKIP_NOT_OBJECT = 2
export const SKIP_UTF8 = 3
export const SKIP_UNTERMINATED = 4
export const SKIP_CONTROL = 5
export const SKIP_BACKSLASH = 6
export const SKIP_MISMATCH = 7
export const SKIP_TOO_DEEP = 8
export const SKIP_UNCLOSED = 9
export const SKIP_BEHIND = 10
export const SKIP_NAME = 11
export const SKIP_COLON = 12
export const SKIP_OBJECT_COMMA = 13
export const SKIP_ARRAY_COMMA = 14
export const SKIP_VALUE = 15
export const SKIP_NUMBER = 16
export const SKIP_ESCAPE = 17
/** Not skipped: a required conjunct is false, the rest of the record is not walked. */
export const RECORD_ABANDONED = 255

export const KIND_STRING = 0
export const KIND_NUMBER = 1
export const KIND_TRUE = 2
export const KIND_FALSE = 3

export const MAX_RECORD = 16777216
export const MAX_NESTING = 1000
