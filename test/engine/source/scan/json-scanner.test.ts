import { describe, expect, test } from 'vitest'
import { compileOneOf } from '../../../../engine/data/automaton-sets.ts'
import { compileLike } from '../../../../engine/data/like-pattern.ts'
import type { ScanPlan } from '../../../../engine/source/record-scanner.ts'
import { createJsonScanner } from '../../../../engine/source/scan/json-scanner.ts'
import { bothKernels } from '../../../helpers/kernels.ts'
import { planOf, scanLines, scanRecords } from '../../../helpers/scan.ts'

const MIB = 1024 * 1024

describe.each(await bothKernels())('JSON scanner over $name', ({ name, kernels }) => {
  const valuesOf = (plan: ScanPlan, text: string) => scanLines(kernels, plan, text).rows.map(({ values }) => values)
  const reasonsOf = (plan: ScanPlan, text: string) => scanLines(kernels, plan, text).skipped.map(({ reason }) => reason)

  test.each([
    ['nested', '{"process":{"parent":{"name":"sh"}}}'],
    ['dotted', '{"process.parent.name":"sh"}'],
    ['mixed', '{"process":{"parent.name":"sh"}}'],
    ['mixed the other way', '{"process.parent":{"name":"sh"}}'],
    ['escaped', '{"pro\\u0063ess":{"parent\\u002ename":"s\\u0068"}}'],
    ['through arrays of objects', '{"process":[{"parent":[[{"name":["sh"]}]]}]}']
  ])('a field is found %s', (_, text) => {
    expect(valuesOf(planOf('process.parent.name'), text)).toEqual([[['0:sh']]])
  })

  test('every occurrence of a field is merged in document order, null leaves nothing', () => {
    const text = '{"a":{"b":1},"a.b":[2,[3,null],"3"],"a":[{"b":true},{"b":null},{"b":false}],"x":{"a.b":9}}'
    expect(valuesOf(planOf('a.b', 'x.a.b', 'c'), text)).toEqual([
      [['1:1', '1:2', '1:3', '0:3', '2:true', '3:false'], ['1:9'], []]
    ])
  })

  test('numbers keep every digit', () => {
    const numbers = ['9223372036854775807', '-0', '1.0', '1E400', '0.1000000000000000055511151231257827']
    expect(valuesOf(planOf('n'), `{"n":[${numbers.join(', ')}]}`)).toEqual([[numbers.map((text) => `1:${text}`)]])
  })

  test('strings come unescaped, a surrogate without its partner as U+FFFD, a leading U+FEFF is kept', () => {
    const text = '{"s":["\\u00e9\\n\\/\\"","\\ud83d\\ude00","\\ud83d!","\\ud83d\\ud83d\\ude00","\\u0000","\ufeffx",""]}'
    expect(valuesOf(planOf('s'), text)).toEqual([[['0:é\n/"', '0:😀', '0:\ufffd!', '0:\ufffd😀', '0:\u0000', '0:\ufeffx', '0:']]])
  })

  test('an object where a value was expected is no value, and a value where an object was expected is none', () => {
    expect(valuesOf(planOf('a', 'a.b'), '{"a":{"b":1,"c":2}}\n{"a":5}\n{"a":[5,{"b":6}]}')).toEqual([
      [[], ['1:1']],
      [['1:5'], []],
      [['1:5'], ['1:6']]
    ])
  })

  test('a hit has its fields below _source or fields, its metadata at the root', () => {
    const fields = [
      { path: '_id', root: true },
      { path: 'a.b', root: false },
      { path: '_id', root: false }
    ]
    const source = '{"_id":"1","a":{"b":"outside"},"_source":{"a.b":"inside","_id":"own"}}'
    expect(valuesOf({ fields, required: [], shape: 'hit-source' }, source)).toEqual([[['0:1'], ['0:inside'], ['0:own']]])
    const flat = '{"_id":"1","fields":{"a.b":["x","y"]}}'
    expect(valuesOf({ fields, required: [], shape: 'hit-fields' }, flat)).toEqual([[['0:1'], ['0:x', '0:y'], []]])
  })

  test('a path named twice gives its values twice', () => {
    expect(valuesOf(planOf('a', 'b', 'a'), '{"a":1,"b":2}')).toEqual([[['1:1'], ['1:2'], ['1:1']]])
  })

  test('a single conjunct wants one distinct value; a second distinct one is counted', () => {
    const plan = {
      ...planOf('t', 'n'),
      required: [{ field: 0, automaton: compileOneOf(['start']), quantifier: 'single' as const }]
    }
    const lines = ['"start"', '["start"]', '["start","start"]', '["start","end"]', '["end","start"]', '"end"', 'null', '[]']
    const outcome = scanLines(
      kernels,
      plan,
      [...lines.map((value) => `{"t":${value}}`), '{"n":1}', '{"t":"start","t":"st\\u0061rt"}'].join('\n')
    )
    expect(outcome.rows.map(({ event }) => event)).toEqual([1, 2, 3, 10])
    expect(outcome.drops).toEqual([1])
    expect(outcome.events).toBe(10)
  })

  test('values that differ in one byte anywhere are distinct', () => {
    const plan = { ...planOf('t'), required: [{ field: 0, automaton: compileLike('*'), quantifier: 'single' as const }] }
    for (const length of [1, 7, 8, 9, 16, 17, 31])
      for (let at = 0; at < length; at++) {
        const other = `${'x'.repeat(at)}y${'x'.repeat(length - at - 1)}`
        const outcome = scanLines(kernels, plan, `{"t":["${'x'.repeat(length)}","${other}"]}\n{"t":["${other}","${other}"]}`)
        expect({ events: outcome.rows.map(({ event }) => event), drops: outcome.drops }).toEqual({ events: [2], drops: [1] })
      }
  })

  test('keys that differ in one byte anywhere are distinct', () => {
    for (const length of [1, 7, 8, 9, 15, 16, 17, 24, 25, 40, 62, 63, 64, 80])
      for (let at = 0; at < length; at++) {
        const other = `${'x'.repeat(at)}y${'x'.repeat(length - at - 1)}`
        expect(valuesOf(planOf('x'.repeat(length)), `{"${other}":1}`)).toEqual([[[]]])
        expect(valuesOf(planOf('x'.repeat(length), other), `{"${other}":1}`)).toEqual([[[], ['1:1']]])
      }
  })

  test('an any conjunct wants one accepted value among others', () => {
    const plan = { ...planOf('t'), required: [{ field: 0, automaton: compileLike('ex*'), quantifier: 'any' as const }] }
    const lines = ['"exec"', '["fork","exec","end"]', '["fork"]', '[]', '["fork",["exit"]]']
    const outcome = scanLines(kernels, plan, lines.map((value) => `{"t":${value}}`).join('\n'))
    expect(outcome.rows.map(({ event }) => event)).toEqual([1, 2, 5])
    expect(outcome.drops).toEqual([0])
  })

  test('conjuncts read numbers and booleans as they are written', () => {
    const automaton = compileOneOf(['33', 'true'])
    const plan = { ...planOf('v'), required: [{ field: 0, automaton, quantifier: 'single' as const }] }
    const outcome = scanLines(kernels, plan, '{"v":33}\n{"v":"33"}\n{"v":33.0}\n{"v":true}\n{"v":false}\n{"v":[33,"33"]}')
    expect(outcome.rows.map(({ event }) => event)).toEqual([1, 2, 4, 6])
  })

  test('places of events: mark, blanks, line ends and blank lines are passed over', () => {
    const text = '\ufeff{"a":1}\r\n\r\n  {"a":2} \n\n \t \n{"a":3}'
    expect(
      scanLines(kernels, planOf('a'), text).rows.map(({ byte, length, line, event }) => ({ byte, length, line, event }))
    ).toEqual([
      { byte: 3, length: 7, line: 1, event: 1 },
      { byte: 16, length: 7, line: 3, event: 2 },
      { byte: 30, length: 7, line: 6, event: 3 }
    ])
  })

  test('a bad line is skipped with its place and costs no other', () => {
    const text = '{"a":1}\n{"a":"x}\r\ngarbage\n{"a":2}\n'
    const outcome = scanLines(kernels, planOf('a'), text)
    expect(outcome.rows.map(({ line, event }) => ({ line, event }))).toEqual([
      { line: 1, event: 1 },
      { line: 4, event: 2 }
    ])
    expect(outcome.skipped).toEqual([
      { line: 2, byte: 8, length: 8, reason: 'unterminated string' },
      { line: 3, byte: 18, length: 7, reason: 'not a JSON object' }
    ])
  })

  test.each([
    ['[1]', 'not a JSON object'],
    ['{"a":"\u0001"}', 'control character in string'],
    ['{"a":1', 'not JSON: the object does not end'],
    ['{"a":[1}', 'not JSON: closing bracket does not match'],
    ['{"a":1}}', 'not JSON: text behind the object'],
    ['{"a":1}{"a":2}', 'not JSON: text behind the object'],
    ['{"a":1} x', 'not JSON: text behind the object'],
    ['{"b":1 \\ }', 'not JSON: backslash outside a string'],
    ['{a:1}', 'not JSON: expected a field name'],
    ['{"a":1,}', 'not JSON: expected a field name'],
    ['{"a" 1}', "not JSON: expected ':'"],
    ['{"a":1 "b":2}', "not JSON: expected ',' or '}'"],
    ['{"a":[1 2]}', "not JSON: expected ',' or ']'"],
    ['{"a":[1,]}', 'not JSON: expected a value'],
    ['{"a":nul}', 'not JSON: expected a value'],
    ['{"a":01}', "not JSON: expected ',' or '}'"],
    ['{"a":1.}', 'not JSON: malformed number'],
    ['{"a":-}', 'not JSON: malformed number'],
    ['{"a":"\\x"}', 'not JSON: malformed escape'],
    ['{"a":"\\u12g4"}', 'not JSON: malformed escape'],
    ['{"\\x":1}', 'not JSON: malformed escape']
  ])('%s: %s', (text, reason) => {
    expect(reasonsOf(planOf('a'), text)).toEqual([reason])
  })

  test('structure is judged whatever is wanted, also behind the value that makes a record unwanted', () => {
    const plan = { ...planOf('a'), required: [{ field: 0, automaton: compileOneOf(['no']), quantifier: 'single' as const }] }
    const lines = ['{"a":1,"z":"\u0001"}', '{"a":1,"z":[}', '{"a":1,"z":"x}', '{"a":1}}', '{"a":1,"z":{"y":2}}']
    for (const wanted of [planOf(), planOf('q'), plan])
      expect(scanLines(kernels, wanted, lines.join('\n'))).toMatchObject({ events: 1, skippedTotal: 4 })
  })

  test('nesting: 1,000 deep is read, deeper is skipped, and a hundred thousand costs no stack', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}7${']'.repeat(depth - 1)}}`
    expect(valuesOf(planOf('a'), nested(1000))).toEqual([[['1:7']]])
    for (const depth of [1001, 100_000]) expect(reasonsOf(planOf('a'), nested(depth))).toEqual(['nesting deeper than 1,000'])
    expect(reasonsOf(planOf('a'), '{"a":'.repeat(50_000))).toEqual(['nesting deeper than 1,000'])
  })

  test('a record beyond 16 MiB is skipped and named, the lines beside it are read, memory is bounded', () => {
    const long = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`
    const text = ['{"a":1}', long(16 * MIB + 1), '{"a":2}', long(40 * MIB), '{"a":3}'].join('\n')
    const plan = {
      ...planOf('a'),
      required: [{ field: 0, automaton: compileOneOf(['1', '2', '3']), quantifier: 'single' as const }]
    }
    const expected = scanLines(kernels, plan, text, MIB)
    expect(expected.skipped).toEqual([
      { line: 2, byte: 8, length: 16 * MIB + 1, reason: 'record longer than 16 MiB' },
      { line: 4, byte: 8 + 16 * MIB + 2 + 8, length: 40 * MIB, reason: 'record longer than 16 MiB' }
    ])
    expect(expected.rows.map(({ line, event }) => ({ line, event }))).toEqual([
      { line: 1, event: 1 },
      { line: 3, event: 2 },
      { line: 5, event: 3 }
    ])
    if (name === 'wasm') {
      expect(scanLines(kernels, plan, text, 3 * MIB - 1)).toEqual(expected)
      expect(scanLines(kernels, plan, text, 100 * MIB)).toEqual(expected)
      const returned = text.replaceAll('\n', '\r\n')
      const lengths = [16 * MIB + 1, 40 * MIB]
      for (const piece of [MIB, 16 * MIB + 10, 100 * MIB])
        expect(scanLines(kernels, plan, returned, piece).skipped.map(({ length }) => length)).toEqual(lengths)
      expect(scanLines(kernels, plan, `${long(16 * MIB)}\r\n${long(16 * MIB + 1)}\r\n`, MIB)).toMatchObject({
        events: 1,
        skippedTotal: 1
      })
    }
  })

  test('more bad lines than are listed are counted', () => {
    const outcome = scanLines(kernels, planOf('a'), 'x\n'.repeat(3000), 1e6)
    expect(outcome.skippedTotal).toBe(3000)
    expect(outcome.skipped.length).toBe(1024)
  })

  test('records are numbered by their place in the chunk', () => {
    const outcome = scanRecords(kernels, planOf('a'), ['{"a":1}', ' nope', '{\n "a":\n2}', ''])
    expect(outcome.rows.map(({ event, byte, length, values }) => ({ event, byte, length, values }))).toEqual([
      { event: 1, byte: 0, length: 7, values: [['1:1']] },
      { event: 2, byte: 12, length: 10, values: [['1:2']] }
    ])
    expect(outcome.skipped).toEqual([
      { line: 0, byte: 1, length: 5, reason: 'not a JSON object' },
      { line: 0, byte: 3, length: 0, reason: 'not a JSON object' }
    ])
  })

  test('keys that name parts of a JavaScript object are keys', () => {
    const text = '{"__proto__":{"a":1},"constructor":2,"hasOwnProperty":"x"}'
    expect(valuesOf(planOf('__proto__.a', 'constructor', 'hasOwnProperty'), text)).toEqual([[['1:1'], ['1:2'], ['0:x']]])
  })

  test('codes are dense, stable within an epoch, and begin anew with another', () => {
    const scanner = createJsonScanner(kernels, planOf('a'), { batchRows: 2, epochEntries: 2 })
    const bytes = new TextEncoder().encode('{"a":"x"}\n{"a":"y"}\n{"a":"y"}\n{"a":"z"}\n{"a":"x"}\n')
    scanner.inputView(bytes.length).set(bytes)
    scanner.advance(bytes.length)
    const seen: unknown[] = []
    for (let rows = scanner.next(); rows; rows = scanner.next()) {
      const { codes, dictionary } = rows.fields[0]!
      seen.push([dictionary.epoch, dictionary.size, [...codes], [...codes].map((code) => dictionary.text(code))])
    }
    expect(seen).toEqual([
      [0, 2, [0, 1], ['x', 'y']],
      [0, 3, [1, 2], ['y', 'z']],
      [1, 1, [0], ['x']]
    ])
    scanner.close()
    scanner.close()
  })

  test('scanners come and go without the memory growing', () => {
    const text = Array.from({ length: 300 }, (_, i) => `{"a":"value ${i}","b":[${i}]}`).join('\n')
    const run = () => scanLines(kernels, planOf('a', 'b'), text)
    run()
    const bytes = kernels.memory.buffer.byteLength
    for (let i = 0; i < 10; i++) run()
    expect(kernels.memory.buffer.byteLength).toBe(bytes)
  })
})
