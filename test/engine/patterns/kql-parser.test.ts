/** KQL syntax: trees, written back with every grouping shown; errors with their places. */
import { describe, expect, test } from 'vitest'
import { KqlSyntaxError, type KqlNode, parseKql } from '../../../engine/patterns/kql-parser.ts'

function shown(node: KqlNode | null): string {
  switch (node?.type) {
    case undefined:
      return 'nothing'
    case 'all':
      return 'all'
    case 'and':
    case 'or':
      return `(${node.operands.map(shown).join(` ${node.type} `)})`
    case 'not':
      return `not ${shown(node.operand)}`
    case 'exists':
      return `exists[${node.field.text}]`
    case 'nested':
      return `nested[${node.field.text}]`
    case 'range':
      return `[${node.field.text}]${node.operator}[${node.value.text}]`
    case 'term': {
      const { text, quoted, wildcard } = node.value
      const field = node.field === null ? '' : `${node.field.quoted ? 'quoted ' : ''}${node.field.text}:`
      return `${field}${quoted ? `"${text}"` : wildcard ? `~${text}~` : text}`
    }
  }
}

describe('trees', () => {
  test.for([
    ['', 'nothing'],
    ['  \n ', 'nothing'],
    ['*', 'all'],
    ['*:*', 'all'],
    ['* : *', 'all'],
    ['a:*', 'exists[a]'],
    ['a*:*', 'exists[a*]'],
    ['a:b', 'a:b'],
    ['a : b', 'a:b'],
    ['a:b c', 'a:b c'],
    ['a:  b \t c', 'a:b c'],
    ['b', 'b'],
    ['b c', 'b c'],
    ['"b c"', '"b c"'],
    ['a:"b c"', 'a:"b c"'],
    ['"a b":c', 'quoted a b:c'],
    ['*:c', '*:c'],
    ['a:b*', 'a:~b*~'],
    ['a:* b', 'a:~* b~'],
    ['a:"b*"', 'a:"b*"'],
    ['a:**', 'a:~**~'],
    ['not a:b', 'not a:b'],
    ['NOT NOT a:b', 'not not a:b'],
    ['a:not b', 'not a:b'],
    ['a:b and c:d', '(a:b and c:d)'],
    ['a:b AND c:d And e:f', '(a:b and c:d and e:f)'],
    ['a:b and c:d or e:f', '(a:b and (c:d or e:f))'],
    ['a:b or c:d and e:f', '(a:b or (c:d and e:f))'],
    ['a:b and c:d or e:f or g:h and i:j', '(a:b and (c:d or e:f or (g:h and i:j)))'],
    ['(a:b and c:d) or e:f', '((a:b and c:d) or e:f)'],
    ['not a:b and c:d', '(not a:b and c:d)'],
    ['not (a:b and c:d)', 'not (a:b and c:d)'],
    ['a:(b or c)', '(a:b or a:c)'],
    ['a:(b or c and d)', '((a:b or a:c) and a:d)'],
    ['a:(b or (c and d))', '(a:b or (a:c and a:d))'],
    ['a:(not b or "c d")', '(not a:b or a:"c d")'],
    ['a:(b c)', 'a:b c'],
    ['(b c)', 'b c'],
    ['a:b or c', '(a:b or c)'],
    ['a > 5', '[a]>[5]'],
    ['a>=5 and a < "2024-01-01"', '([a]>=[5] and [a]<[2024-01-01])'],
    ['a <= now-1d/d', '[a]<=[now-1d/d]'],
    ['a:{b:c and d:e}', 'nested[a]'],
    // operators that cannot be operators are words
    ['not', 'not'],
    ['foo and', 'foo and'],
    ['and foo', 'and foo'],
    ['a:foo or', 'a:foo or'],
    ['foo not bar', 'foo not bar']
  ] as const)('%s', ([text, tree]) => {
    expect(shown(parseKql(text))).toBe(tree)
  })
})

describe('escapes', () => {
  test.for([
    ['a:b\\:c', 'a:b:c'],
    ['a:\\(b\\)', 'a:(b)'],
    ['a:b\\ c', 'a:b c'],
    ['a:\\and', 'a:and'],
    ['a:\\u0041\\t', 'a:A\t'],
    ['a:C\\:\\\\Windows\\\\*', 'a:C:\\Windows\\*'],
    ['a:b*\\:c', 'a:~b*:c~'],
    ['a:\\*', 'a:*'],
    ['a:"say \\"hi\\" \\n \\u0041 \\d \\\\"', 'a:"say "hi" \n A \\d \\"'],
    ['a:android', 'a:android'],
    ['a:\\not', 'a:not'],
    ['a:\\notes', 'a:\notes']
  ] as const)('%s', ([text, tree]) => {
    expect(shown(parseKql(text))).toBe(tree)
  })
})

describe('errors', () => {
  test.for([
    ['a:', "no viable alternative at input '<EOF>'", 2],
    ['(a:b', "no viable alternative at input '<EOF>'", 4],
    ['a:b)', "no viable alternative at input ')'", 3],
    ['a:"b', 'a quote is not closed', 2],
    ['a:{b:c', "no viable alternative at input '<EOF>'", 6],
    [': b', "no viable alternative at input ':'", 0],
    ['a > > b', "no viable alternative at input '>'", 4],
    ['a:\\q', "token recognition error at: '\\q'", 2],
    ['('.repeat(300), 'the query is nested too deeply', 201]
  ] as const)('%s', ([text, message, start]) => {
    expect(() => parseKql(text)).toThrow(KqlSyntaxError)
    try {
      parseKql(text)
    } catch (error) {
      const { message: found, start: at } = error as KqlSyntaxError
      expect([found, at]).toEqual([message, start])
    }
  })

  test('a long chain costs little', () => {
    const operands = parseKql(Array.from({ length: 20_000 }, (_, i) => `a:${i}`).join(' or '))
    expect(operands?.type === 'or' && operands.operands.length).toBe(20_000)
  })
})
