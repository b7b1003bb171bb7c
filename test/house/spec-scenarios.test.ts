/** The scenario runner itself: what it reads, that it sees a wrong answer, and that rewriting touches outcomes only. */
import { expect, test } from 'vitest'
import { createReferenceKernels } from '../../wasm/reference/kernels.ts'
import { parseSpecFile, rewriteBlocks } from '../helpers/spec-file.ts'
import { PLAIN, runScenario, variationsOf } from '../helpers/spec-run.ts'
import { formatTable } from '../helpers/spec-table.ts'

const FILE = [
  '# Title',
  '```ndjson events',
  '{"process.name": "sh"}',
  '{"process.name": "id"}',
  '```',
  '## one',
  '```esql now=2025-01-01T00:00:00Z',
  'FROM events | WHERE process.name == "sh" | KEEP process.name',
  '```',
  '```result',
  'process.name:keyword',
  'wrong',
  '```',
  '## two, with data of its own',
  '```ndjson events verbatim',
  '{"process.name": "a"}',
  '```',
  '```esql',
  'FROM events | WHERE process.name IN (',
  '```',
  '```error',
  '```',
  '## only words',
  'nothing to run'
].join('\n')

test('reads headings, data, options and outcomes', () => {
  const scenarios = parseSpecFile(FILE)
  expect(scenarios.map(({ title, line }) => `${line} ${title}`)).toEqual(['6 one', '14 two, with data of its own'])
  expect(scenarios[0]!.query.words).toEqual(['now=2025-01-01T00:00:00Z'])
  expect(scenarios[0]!.data[0]!.text).toBe('{"process.name": "sh"}\n{"process.name": "id"}')
  expect(scenarios[1]!.data[0]!.words).toEqual(['events', 'verbatim'])
  expect(() => parseSpecFile('## a\n```esql\nROW a = 1\n```\n```resutl\n```')).toThrow('line 5: [resutl] is no outcome')
  expect(() => parseSpecFile('## a\n```esql\nROW a = 1')).toThrow('line 2: the block is not closed')
})

test('says what the engine says, and rewrites nothing but that', async () => {
  const [first, second] = parseSpecFile(FILE)
  const result = (await runScenario(first!, PLAIN, createReferenceKernels)).get('result')!
  expect(result).toBe('process.name:keyword\nsh')
  const error = (await runScenario(second!, PLAIN, createReferenceKernels)).get('error')!
  expect(error).toMatch(/^line 1:38: /)
  const changes = new Map([
    [first!.outcomes.get('result')!, result],
    [second!.outcomes.get('error')!, error]
  ])
  expect(rewriteBlocks(FILE, changes)).toBe(FILE.replace('\nwrong\n', '\nsh\n').replace('```error\n', `\`\`\`error\n${error}\n`))
})

test('every pair of variations is met, and only forms that can say the data', () => {
  const [first, second] = parseSpecFile(FILE)
  const pairs = (list: ReturnType<typeof variationsOf>) =>
    new Set(list.map(({ encoding, batchRows }) => `${encoding} ${batchRows}`))
  expect(pairs(variationsOf(first!)).size).toBe(12)
  expect(new Set(variationsOf(first!).map(({ kernels, chunk }) => `${kernels} ${chunk}`)).size).toBe(4)
  expect(new Set(variationsOf(second!).map(({ encoding }) => encoding))).toEqual(new Set(['ndjson', 'gzip']))
})

test('cells that could be read as something else are quoted', () => {
  const columns = [
    { name: 'a', type: 'keyword' },
    { name: 'b', type: 'double' }
  ] as const
  const rows = [
    [null, 3],
    ['null', -0],
    ['', 0.5],
    [['a', 'b, c'], null],
    ['a | b', 1e21],
    ['\u202eevil', 2]
  ]
  expect(formatTable(columns, rows)).toBe(
    'a:keyword | b:double\nnull | 3.0\n"null" | -0.0\n"" | 0.5\n[a, "b, c"] | null\n"a | b" | 1e+21\n"\u202eevil" | 2.0'
  )
})
