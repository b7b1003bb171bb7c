/** Texts that are no rule anybody wrote: nothing throws, nothing takes forever. */
import { describe, expect, it } from 'vitest'
import { lintQuery } from '../../../engine/lint/lint-query.ts'

const linted = (text: string) => lintQuery(text, null)

describe('the linter', () => {
  it('takes names of prototypes as names', () => {
    const text =
      'FROM a | EVAL __proto__ = 1, constructor = "x" | STATS toString = COUNT(*) BY __proto__ | WHERE constructor == "y" AND __proto__ != 1'
    expect(linted(text).map(({ message }) => message)).toEqual(['Unknown column [constructor]'])
  })

  it('follows columns that are made of themselves many times over', () => {
    const steps = Array.from({ length: 300 }, () => '| EVAL a = TO_LOWER(a)').join('\n')
    expect(() => linted(`FROM x\n${steps}\n| WHERE a != "b"`)).not.toThrow()
  })

  it('does not double its work with every column made of two', () => {
    const steps = Array.from({ length: 60 }, () => '| EVAL a = CONCAT(a, a)').join('\n')
    expect(() => linted(`FROM x\n${steps}\n| WHERE NOT a == "b"`)).not.toThrow()
  })

  it('nor with conditions made of conditions', () => {
    const steps = Array.from({ length: 60 }, () => '| EVAL a = NOT a AND a != true').join('\n')
    expect(() => linted(`FROM x\n${steps}\n| WHERE NOT a\n| STATS n = VALUES(a)`)).not.toThrow()
  })

  it('reads deep nesting, long chains and long lists', () => {
    const deep = `${'NOT ('.repeat(190)}a == "b"${')'.repeat(190)}`
    const chain = Array.from({ length: 3000 }, (_, i) => `f${i % 50} != "${i}"`).join(' AND ')
    const list = Array.from({ length: 20_000 }, (_, i) => `"${i}"`).join(', ')
    for (const condition of [deep, chain, `event.type IN (${list})`])
      expect(() => linted(`FROM x | WHERE ${condition}`)).not.toThrow()
  })

  it('says of text that is no query that it does not parse', () => {
    for (const text of [
      '',
      '\0',
      '))))',
      '"""',
      'FROM',
      `FROM x | WHERE ${'('.repeat(5000)}`,
      'and or '.repeat(20_000),
      'FROM x | WHERE a LIKE "%'
    ]) {
      const findings = linted(text)
      expect(findings.some(({ check }) => check === 'syntax')).toBe(true)
    }
  })

  it('reads patterns of any kind', () => {
    const patterns = [
      '((((',
      '[',
      '[]',
      '\\\\',
      '|||',
      '***',
      '(?',
      '<<<',
      '"',
      '{',
      'a{',
      '(.*)|(.*)',
      '(?<',
      '\u{1f600}|',
      '^$',
      '&&&',
      '~~'
    ]
    for (const pattern of patterns)
      expect(() => linted(`FROM x | WHERE a RLIKE """${pattern}.""" OR b LIKE """${pattern}%"""`)).not.toThrow()
  })
})
