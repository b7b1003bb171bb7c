import { expect, test } from 'vitest'
import { RubyRegex } from '../../../../engine/patterns/ruby/ruby-regex.ts'

function first(pattern: string, text: string): string | null {
  const regex = new RubyRegex(pattern)
  regex.reset(text)
  if (regex.find() !== 'found') return null
  return Array.from({ length: regex.groups + 1 }, (_, group) =>
    regex.start(group) < 0 ? '~' : text.slice(regex.start(group), regex.end(group))
  ).join('|')
}

// Facts of Oniguruma's Ruby syntax, each looked at in Joni.
test.for([
  ['^b', 'a\nb', 'b'],
  ['^b', 'a\rb', null],
  ['a$', 'a\nb', 'a'],
  ['a.b', 'a\nb', null],
  ['a.b', 'a\rb', 'a\rb'],
  ['(?m)a.b', 'a\nb', 'a\nb'],
  ['\\Aa\\z', 'a', 'a'],
  ['a\\Z', 'a\n', 'a'],
  ['(?i)É', 'é', 'é'],
  ['a(?i)b|c', 'C', null],
  ['a(?i)b|c', 'aC', 'aC'],
  ['(?i:https?)x', 'HTTPSx', 'HTTPSx'],
  ['\\h+', 'xyzA9', 'A9'],
  ['[[:alnum:]]+', 'éa1_', 'éa1'],
  ['[[:^alnum:]]', 'é_', '_'],
  ['\\b\\w+\\b', 'été', null],
  ['\\w+', 'été', 't'],
  ['\\p{L}+', '1é', 'é'],
  ['\\p{^L}', 'é1', '1'],
  ['\\p{Alnum}+', '-é1', 'é1'],
  ['(?<a>x)(y)', 'xy', 'xy|x'],
  ['(x)(y)', 'xy', 'xy|x|y'],
  ['(?<a.b:c@d>x)', 'x', 'x|x'],
  ["(?'n'x)\\k<n>", 'xx', 'xx|x'],
  ['(?<n>a)|(?<n>b)\\k<n>', 'bb', 'bb|~|b'],
  ['(?>a|ab)c', 'abc', null],
  ['a++b', 'aab', 'aab'],
  ['a{1,2}+b', 'aaaab', 'aaaab'],
  ['a{,2}b', 'aab', 'aab'],
  ['a{,}', 'a{,}', 'a{,}'],
  ['x{a', 'x{a', 'x{a'],
  ['a**', 'aa', 'aa'],
  ['a{2}?', 'aab', 'aa'],
  ['(?<=a|bc)d', 'bcd', 'd'],
  ['(?<!a)b', 'abb', 'b'],
  ['\\R', '\r\n', '\r\n'],
  ['\\R\\n', '\r\n', null],
  ['a\\Kb', 'ab', 'b'],
  ['(?#note)a', 'a', 'a'],
  ['(?x) a b # c', 'ab', 'ab'],
  ['[a-c&&[^b]]+', 'bac', 'ac'],
  ['[]a]+', 'x]a', ']a'],
  ['\\x41\\u0042\\103', 'ABC', 'ABC'],
  ['.', '🔥', '🔥']
] as const)('%s in %j', ([pattern, text, want]) => {
  expect(first(pattern, text)).toBe(want)
})

test.for([
  ['(?s)a', 'undefined group option'],
  ['(?P<a>x)', 'undefined group option'],
  ['*a', 'target of repeat operator is not specified'],
  ['(a', 'end pattern with unmatched parenthesis'],
  ['a)', 'unmatched close parenthesis'],
  ['[a', 'premature end of char-class'],
  ['[]', 'empty char-class'],
  ['[b-a]', 'empty range in char class'],
  ['(?<1a>x)', 'invalid group name <1a>'],
  ['(?<a>x)\\1', 'numbered backref/call is not allowed. (use name)'],
  ['\\k<b>', 'undefined name <b> reference'],
  ['(?<=a+)b', 'invalid pattern in look-behind'],
  ['\\p{Nope}', 'invalid character property name <Nope>'],
  ['a\\', 'end pattern at escape'],
  ['(?<a>x)\\g<a>', '\\g is not supported']
] as const)('%s: %s', ([pattern, message]) => {
  expect(() => new RubyRegex(pattern)).toThrow(message)
})
