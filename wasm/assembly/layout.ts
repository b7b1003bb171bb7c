/** Numbers both sides of the ABI need. Plain constants, so that asc and tsc read the same file. */

/** Raised whenever a signature or a memory layout changes; checked at load. */
export const ABI_VERSION = 1
/** Every address handed out is a multiple of this. */
export const ALIGNMENT = 16
/** Bytes behind a text that a kernel may read (not use): callers leave them allocated. */
export const INPUT_PADDING = 64
/** Smallest segment of the arena. */
export const SEGMENT_BYTES = 262144
