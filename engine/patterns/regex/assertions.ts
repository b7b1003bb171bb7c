/** What a pattern can ask of a place without consuming anything, and the comparison a back reference stands for. */
import type { Assertion, LineKind } from './tree.ts'
import { foldCodePoint } from './unicode-sets.ts'

type WordSet = Extract<Assertion, { type: 'word-boundary' }>['word']

const LF = 0x0a
const CR = 0x0d

/** Decides an assertion at a position. */
export function assertionHolds(assertion: Assertion, text: string, position: number, searchStart: number): boolean {
  switch (assertion.type) {
    case 'text-start':
      return position === 0
    case 'text-end':
      return position === text.length
    case 'last-line-end':
      return isLastLineEnd(assertion.lines, text, position)
    case 'line-start':
      if (position === 0) return assertion.alone || text.length > 0
      return (
        position < text.length && endsLine(assertion.lines, text, position - 1) && !isInsideCrLf(assertion.lines, text, position)
      )
    case 'line-end':
      if (position === text.length) return true
      return endsLine(assertion.lines, text, position) && !isInsideCrLf(assertion.lines, text, position)
    case 'search-start':
      return position === searchStart
    case 'word-boundary':
      return (isWordBefore(assertion.word, text, position) !== isWordAt(assertion.word, text, position)) !== assertion.negative
  }
}

function endsLine(lines: LineKind, text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  if (unit === LF) return true
  return lines === 'unicode' && (unit === CR || unit === 0x85 || unit === 0x2028 || unit === 0x2029)
}

function isInsideCrLf(lines: LineKind, text: string, position: number): boolean {
  return lines === 'unicode' && text.charCodeAt(position) === LF && position > 0 && text.charCodeAt(position - 1) === CR
}

function isLastLineEnd(lines: LineKind, text: string, position: number): boolean {
  const left = text.length - position
  if (left === 0) return true
  if (left === 1) return endsLine(lines, text, position) && !isInsideCrLf(lines, text, position)
  return left === 2 && lines === 'unicode' && text.charCodeAt(position) === CR && text.charCodeAt(position + 1) === LF
}

function isWordAt(word: WordSet, text: string, position: number): boolean {
  return position < text.length && word.has(text.codePointAt(position)!)
}

function isWordBefore(word: WordSet, text: string, position: number): boolean {
  if (position === 0) return false
  const unit = text.charCodeAt(position - 1)
  const isLow = (unit & 0xfc00) === 0xdc00 && position > 1
  return word.has(isLow ? text.codePointAt(position - 2)! : unit)
}

/** Where the text of the first group that took part ends when it stands at `position` again; -1 when it does not. */
export function endOfReference(
  reference: { groups: readonly number[]; ignoreCase: 'no' | 'ascii' | 'unicode' },
  slots: Int32Array,
  text: string,
  position: number
): number {
  const group = reference.groups.find((one) => slots[2 * one + 1]! >= 0)
  if (group === undefined) return -1
  const from = slots[2 * group]!
  const to = slots[2 * group + 1]!
  if (position + to - from > text.length) return -1
  if (reference.ignoreCase === 'no') return text.startsWith(text.slice(from, to), position) ? position + to - from : -1
  const ascii = reference.ignoreCase === 'ascii'
  for (let i = 0; i < to - from; i++) {
    if (foldCodePoint(text.charCodeAt(from + i), ascii) !== foldCodePoint(text.charCodeAt(position + i), ascii)) return -1
  }
  return position + to - from
}
