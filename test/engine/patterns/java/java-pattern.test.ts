import { expect, test } from 'vitest'
import { JavaRegex, javaSyntaxMessage } from '../../../../engine/patterns/java/java-regex.ts'
import { JavaReplacement } from '../../../../engine/patterns/java/java-replacement.ts'
import { PatternSyntaxError } from '../../../../engine/patterns/regex/tree.ts'

function replace(pattern: string, text: string, replacement = '#'): string {
  const replaced = new JavaReplacement(new JavaRegex(pattern), replacement).replaceAll(text)
  return 'text' in replaced ? replaced.text : 'error' in replaced ? replaced.error : 'stopped'
}

// Facts of java.util.regex, each looked at in a JDK.
test.for([
  ['.', 'a\n\r\u0085\u2028\u2029b', '#\n\r\u0085\u2028\u2029#'],
  ['(?s).', 'a\nb', '###'],
  ['(?d).', 'a\r\n', '##\n'],
  ['$', 'ab\n', 'ab#\n#'],
  ['$', 'ab\r\n', 'ab#\r\n#'],
  ['^', 'a\nb', '#a\nb'],
  ['(?m)^', 'a\nb\n', '#a\n#b\n'],
  ['(?m)^', 'a\r\nb', '#a\r\n#b'],
  ['(?m)$', 'a\nb', 'a#\nb#'],
  ['\\Z', 'a\n', 'a#\n#'],
  ['\\z', 'a\n', 'a\n#'],
  ['(?i)é', 'É', 'É'],
  ['(?iu)é', 'É', '#'],
  ['(?i:A)a', 'aa Aa AA', '# # AA'],
  ['a(?i)b|c', 'aB C c', '# # #'],
  ['\\s', '\u00a0\ufeff \v\f\t', '\u00a0\ufeff####'],
  ['\\h', '\u00a0\t\u2003x', '###x'],
  ['\\v', '\n\u2028', '##'],
  ['\\R', '\r\n\n\u2028', '###'],
  ['\\R\\n', '\r\n', '#'],
  ['\\w+', 'é_a1', 'é#'],
  ['(?U)\\w+', 'é_a1', '#'],
  ['[a-z&&[^aeiou]]', 'abcde', 'a###e'],
  ['[^a-z&&[c]]', 'abc', '##c'],
  ['[a-c[x-z]]', 'axm', '##m'],
  ['[]a]', ']a', '##'],
  ['[a&&b]', 'ab', 'ab'],
  ['\\p{Alpha}', 'aé1', '#é1'],
  ['\\p{L}', 'aé1', '##1'],
  ['\\p{IsGreek}', 'aα', 'a#'],
  ['\\p{script=Cyrillic}', 'aж', 'a#'],
  ['\\P{Punct}', 'a!', '#!'],
  ['\\pL', 'é1', '#1'],
  ['\\Qa.b\\E+', 'a.bbb', '#'],
  ['\\Q[', 'a[', 'a#'],
  ['\\x41\\u0042\\x{43}\\0104', 'ABCD', '#'],
  ['\\uD83D\\uDD25', '🔥', '#'],
  ['[^a]', '🔥a', '#a'],
  ['x*', 'a🔥', '#a#🔥#'],
  ['a{2}{3}', 'aaaa', '##'],
  ['a++b|a', 'aab aac', '# ##c'],
  ['(?>a|ab)c', 'abc', 'abc'],
  ['(a)?b\\1', 'b aba', 'b #'],
  ['(?<n>a)\\k<n>', 'aa', '#'],
  ['(a)(b)\\2\\1', 'abba', '#'],
  ['\\Ga', 'aaba', '##ba'],
  ['(?x) a b # c\n c', 'abc', '#'],
  ['(?<=ab?)c', 'abc ac c', 'ab# a# c'],
  ['(?<!a)b', 'ab b', 'ab #'],
  ['\\bé', 'é', 'é']
] as const)('%s in %j', ([pattern, text, want]) => {
  expect(replace(pattern, text)).toBe(want)
})

test.for([
  ['(', 'Unclosed group near index 1\n('],
  [')', "Unmatched closing ')'\n)"],
  ['a)', "Unmatched closing ')' near index 0\na)\n^"],
  ['[a', 'Unclosed character class near index 1\n[a\n ^'],
  ['*a', "Dangling meta character '*' near index 0\n*a\n^"],
  ['a**', null],
  ['a{', null],
  ['{', 'Illegal repetition near index 0\n{\n^'],
  ['a{2', null],
  ['a{3,2}', null],
  ['\\y', null],
  ['(?<a>x)(?<a>y)', null],
  ['\\k<a>', null],
  ['(?<=a+)b', null],
  ['(?z)', null],
  ['[b-a]', null],
  ['\\p{Nope}', null],
  ['\\x4', null]
] as const)('%s is refused', ([pattern, message]) => {
  let error: unknown
  try {
    void new JavaRegex(pattern)
  } catch (failure) {
    error = failure
  }
  expect(error).toBeInstanceOf(PatternSyntaxError)
  if (message !== null) expect(javaSyntaxMessage(error as PatternSyntaxError)).toBe(message)
})

const ILLEGAL = 'java.lang.IllegalArgumentException: '
test.for([
  ['(a)(b)?', 'ac', '[$1$2]', '[a]c'],
  ['(a)', 'a', '$12', 'a2'],
  ['(?<first>a)', 'ab', '${first}${first}', 'aab'],
  ['a', 'a', '\\$\\\\', '$\\'],
  ['a', 'ba', '$0$0', 'baa'],
  ['a', 'a', "$$&$'", `${ILLEGAL}Illegal group reference`],
  ['a', 'a', '$', `${ILLEGAL}Illegal group reference: group index is missing`],
  ['a', 'a', '\\', `${ILLEGAL}character to be escaped is missing`],
  ['a', 'a', '${x}', `${ILLEGAL}No group with name {x}`],
  ['a', 'a', '${1a}', `${ILLEGAL}capturing group name {1a} starts with digit character`],
  ['a', 'a', '${x', `${ILLEGAL}named capturing group is missing trailing '}'`],
  ['a', 'a', '$2', 'java.lang.IndexOutOfBoundsException: No group 2'],
  ['a', 'b', '$', 'b']
] as const)('%s in %s with %s', ([pattern, text, replacement, want]) => {
  expect(replace(pattern, text, replacement)).toBe(want)
})
