/** What may stand at the cursor, marked `^` in the text. */
import { describe, expect, test } from 'vitest'
import { queryContext } from '../../../ui/format/query-context.ts'

function contextOf(marked: string) {
  const offset = marked.indexOf('^')
  return queryContext(marked.replace('^', ''), offset)
}

describe('places', () => {
  test.each([
    ['^', 'source-command'],
    ['FR^', 'source-command'],
    ['FROM ^', 'index'],
    ['FROM logs-end^', 'index'],
    ['FROM logs-a, ^', 'index'],
    ['FROM logs-a METADATA ^', 'metadata'],
    ['FROM a | ^', 'command'],
    ['FROM a | WH^', 'command'],
    ['FROM a\n| WHERE ^', 'expression'],
    ['FROM a | WHERE process.na^', 'expression'],
    ['FROM a | WHERE process.^', 'expression'],
    ['FROM a | WHERE process.name ^', 'operator'],
    ['FROM a | WHERE process.name == ^', 'expression'],
    ['FROM a | WHERE process.name == "s^', 'value'],
    ['FROM a | WHERE process.name == """s^', 'value'],
    ['FROM a | WHERE process.name IN ("a", "b^', 'value'],
    ['FROM a | WHERE process.name NOT IN ("^', 'value'],
    ['FROM a | WHERE LENGTH("x^', 'none'],
    ['FROM a | WHERE LENGTH(^', 'expression'],
    ['FROM a | WHERE process.name == "s"^', 'operator'],
    ['FROM a | WHERE process.name == "s" ^', 'operator'],
    ['FROM a | WHERE (b OR ^', 'expression'],
    ['FROM a | STATS c = COUNT(*) BY ^', 'expression'],
    ['FROM a | STATS c = COUNT(*) ^', 'operator'],
    ['FROM a | KEEP ^', 'field'],
    ['FROM a | KEEP b, c^', 'field'],
    ['FROM a | KEEP b ^', 'operator'],
    ['FROM a | SORT ^', 'expression'],
    ['FROM a | SORT b ^', 'operator'],
    ['FROM a | LIMIT ^', 'none'],
    ['FROM a // WH^', 'none'],
    ['FROM a /* x | ^', 'none'],
    ['FROM a /* x */ | ^', 'command']
  ])('%s: %s', (marked, place) => expect([marked, contextOf(marked).place]).toEqual([marked, place]))
})

test('what is replaced, which columns there are, which field a string is compared with', () => {
  expect(contextOf('FROM a | STATS n = COUNT(*) BY b | WHERE host.na^ > 1')).toMatchObject({
    from: 41,
    command: 'where',
    before: 'FROM a | STATS n = COUNT(*) BY b '
  })
  expect(contextOf('FROM logs-endpoint.ev^')).toMatchObject({ from: 5, command: 'from', before: '' })
  expect(contextOf('FROM a | WHERE process.`odd name` != "x y^')).toMatchObject({ from: 38, field: 'process.odd name' })
  expect(contextOf('FROM a | STATS COUNT(*) BY ho^')).toMatchObject({ behindBy: true, command: 'stats' })
  expect(contextOf('FROM a | INLINE STATS n = ^')).toMatchObject({ command: 'inline stats' })
})
