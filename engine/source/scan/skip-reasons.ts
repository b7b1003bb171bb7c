/** Why a record was skipped, as the analyst reads it. */
import * as layout from '../../../wasm/assembly/scan-layout.ts'

const REASONS = new Map<number, string>([
  [layout.SKIP_TOO_LONG, 'record longer than 16 MiB'],
  [layout.SKIP_NOT_OBJECT, 'not a JSON object'],
  [layout.SKIP_UTF8, 'invalid UTF-8'],
  [layout.SKIP_UNTERMINATED, 'unterminated string'],
  [layout.SKIP_CONTROL, 'control character in string'],
  [layout.SKIP_BACKSLASH, 'not JSON: backslash outside a string'],
  [layout.SKIP_MISMATCH, 'not JSON: closing bracket does not match'],
  [layout.SKIP_TOO_DEEP, 'nesting deeper than 1,000'],
  [layout.SKIP_UNCLOSED, 'not JSON: the object does not end'],
  [layout.SKIP_BEHIND, 'not JSON: text behind the object'],
  [layout.SKIP_NAME, 'not JSON: expected a field name'],
  [layout.SKIP_COLON, "not JSON: expected ':'"],
  [layout.SKIP_OBJECT_COMMA, "not JSON: expected ',' or '}'"],
  [layout.SKIP_ARRAY_COMMA, "not JSON: expected ',' or ']'"],
  [layout.SKIP_VALUE, 'not JSON: expected a value'],
  [layout.SKIP_NUMBER, 'not JSON: malformed number'],
  [layout.SKIP_ESCAPE, 'not JSON: malformed escape']
])

/** Text of a reason the kernel gave. */
export function skipReason(code: number): string {
  return REASONS.get(code) ?? `not JSON (${code})`
}
