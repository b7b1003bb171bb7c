/** Wanted values of the record in hand: noted as places, and judged by the required conjuncts as they come. */
import { AUTOMATON_ACCEPTING, AUTOMATON_SINK, CONJUNCT_BYTES, FIELD_BYTES } from '../scan-layout'
import { QUANTIFIER_SINGLE, RECORD_ABANDONED, RECORD_FINE, SKIP_ESCAPE } from '../scan-layout'
import { equalBytes } from '../util/byte-range'
import { reserveValue } from './scratch'
import { ScanConjunct, ScanField, ScanState, ScanValue } from './state'
import { MALFORMED, unescape } from './unescape'

/** Forgets the values of the record before. */
export function beginValues(scan: ScanState): void {
  scan.valueCount = 0
  for (let i: u32 = 0; i < scan.conjunctCount; i++) {
    const conjunct = changetype<ScanConjunct>(scan.conjuncts + <usize>i * CONJUNCT_BYTES)
    conjunct.seen = 0
    conjunct.fulfilled = 0
  }
}

/** Notes a value. Answers RECORD_FINE, RECORD_ABANDONED when the record cannot be wanted any more, or a reason to skip. */
export function noteValue(scan: ScanState, index: u32, kind: u32, from: usize, byteLength: usize, escaped: bool): u32 {
  let address = from
  let length = byteLength
  if (escaped) {
    address = scan.pool + scan.poolUsed
    length = unescape(from, byteLength, address)
    if (length == MALFORMED) return SKIP_ESCAPE
    scan.poolUsed += <u32>length
  }
  const field = changetype<ScanField>(scan.fields + <usize>index * FIELD_BYTES)
  let next = field.conjunct
  while (next) {
    const conjunct = changetype<ScanConjunct>(next)
    if (!keepsRecord(conjunct, address, length)) return RECORD_ABANDONED
    next = conjunct.next
  }
  reserveValue(scan)
  const value = changetype<ScanValue>(scan.values + ((<usize>scan.valueCount) << 4))
  value.field = index
  value.kind = kind
  value.address = address
  value.length = <u32>length
  scan.valueCount++
  return RECORD_FINE
}

/** True when every required field has a value and every `any` an accepted one; `single` has been judged on the way. */
export function isWanted(scan: ScanState): bool {
  for (let i: u32 = 0; i < scan.conjunctCount; i++) {
    const conjunct = changetype<ScanConjunct>(scan.conjuncts + <usize>i * CONJUNCT_BYTES)
    if (!conjunct.fulfilled) return false
  }
  return true
}

/**
 * False when the record is lost: the first value of a `single` field is not accepted (a later one can only make the
 * field multi-valued), or a value other than the first has come.
 */
function keepsRecord(conjunct: ScanConjunct, address: usize, length: usize): bool {
  if (conjunct.quantifier == QUANTIFIER_SINGLE) {
    if (conjunct.seen) {
      if (conjunct.firstLength == <u32>length && equalBytes(conjunct.first, address, length)) return true
      conjunct.drops += 1
      return false
    }
    conjunct.seen = 1
    conjunct.first = address
    conjunct.firstLength = <u32>length
    conjunct.fulfilled = accepts(conjunct, address, length) ? 1 : 0
    return conjunct.fulfilled != 0
  }
  if (!conjunct.fulfilled) conjunct.fulfilled = accepts(conjunct, address, length) ? 1 : 0
  return true
}

function accepts(conjunct: ScanConjunct, address: usize, length: usize): bool {
  const classes = conjunct.classes
  let state = conjunct.start
  for (const end = address + length; address < end && !(state & AUTOMATON_SINK); address++)
    state = load<u32>((state & ~3) + ((<usize>load<u8>(classes + <usize>load<u8>(address))) << 2))
  return (state & AUTOMATON_ACCEPTING) != 0
}
