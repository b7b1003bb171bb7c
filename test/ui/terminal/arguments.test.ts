import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../ui/terminal/arguments.ts'

const words = (line: string) => line.split(' ').filter((word) => word !== '')
const HUNT = {
  type: 'hunt',
  files: ['a.ndjson'],
  rules: [],
  packs: [],
  replay: false,
  from: null,
  interval: null,
  fromMillis: null,
  toMillis: null,
  nowMillis: null,
  lookups: [],
  format: 'table',
  sourceOrder: false,
  indexLimits: false,
  hash: false,
  failOnFindings: false
}

describe('parseArguments', () => {
  it('reads a hunt with everything, options anywhere', () => {
    expect(parseArguments(words('hunt a.ndjson'))).toEqual(HUNT)
    const all =
      'hunt --replay --from now-61m a.ndjson --interval=1h --rule r.toml --rule s.esql --rules pack --from-time 2026-01-01 --to-time 2026-01-02T03:04:05+01:00 ' +
      '--now 2026-01-03T00:00 --lookup hosts=h.csv --lookup p:ip=a=b.ndjson --format json --source-order --index-limits --hash --fail-on-findings b.gz'
    expect(parseArguments(words(all))).toEqual({
      type: 'hunt',
      files: ['a.ndjson', 'b.gz'],
      rules: ['r.toml', 's.esql'],
      packs: ['pack'],
      replay: true,
      from: 'now-61m',
      interval: '1h',
      fromMillis: Date.UTC(2026, 0, 1),
      toMillis: Date.UTC(2026, 0, 2, 2, 4, 5),
      nowMillis: Date.UTC(2026, 0, 3),
      lookups: [
        { name: 'hosts', matchField: null, file: 'h.csv' },
        { name: 'p', matchField: 'ip', file: 'a=b.ndjson' }
      ],
      format: 'json',
      sourceOrder: true,
      indexLimits: true,
      hash: true,
      failOnFindings: true
    })
  })
  it('takes everything behind -- as files and - as standard input', () => {
    expect(parseArguments(words('hunt - -- --replay -x'))).toEqual({ ...HUNT, files: ['-', '--replay', '-x'] })
  })
  it('reads query, esql, help and version', () => {
    expect(parseArguments(['query', 'FROM *', 'a.json', '--format', 'csv'])).toMatchObject({
      type: 'query',
      text: 'FROM *',
      files: ['a.json'],
      format: 'csv'
    })
    expect(parseArguments(['query', 'ROW a = 1'])).toMatchObject({ files: [] })
    expect(parseArguments(words('esql --stdio --now 2026-01-01T00:00:00Z'))).toEqual({
      type: 'stdio',
      nowMillis: Date.UTC(2026, 0, 1)
    })
    expect(parseArguments(['--help'])).toEqual({ type: 'help', of: null })
    expect(parseArguments(words('hunt -h'))).toEqual({ type: 'help', of: 'hunt' })
    expect(parseArguments(['-V'])).toEqual({ type: 'version' })
  })
  it.each([
    ['', 'Name a command: rarebit hunt FILE...'],
    ['--replay', 'Name a command before its options: rarebit hunt FILE...'],
    ['hnut a', 'Unknown command hnut, did you mean hunt?'],
    ['frobnicate', 'Unknown command frobnicate (hunt, query, esql, lint)'],
    ['lint', 'lint needs a rule: rarebit lint RULE... (TOML, rule export, .esql, or a folder of them)'],
    ['lint a --format csv', '--format is csv, expected one of table, json, sarif'],
    ['lint a --severity fatal', '--severity is fatal, expected one of note, warning, error'],
    ['hunt', 'hunt needs a file: rarebit hunt FILE...'],
    ['hunt a --reply', 'Unknown option --reply, did you mean --replay?'],
    ['hunt a --stdio', 'hunt takes no --stdio'],
    ['hunt a --hash=1', '--hash takes no value'],
    ['hunt a --rule', '--rule needs a value'],
    ['hunt a --format xml', '--format is xml, expected one of table, json, ndjson, csv, markdown'],
    ['hunt a --from now-1h', '--from and --interval belong to --replay'],
    ['hunt a --replay --from 61m', '--from is 61m, expected date math such as now-61m'],
    ['hunt a --replay --interval 0h', '--interval is 0h, expected date math such as 1h'],
    ['hunt a --now yesterday', '--now is yesterday, expected a time such as 2026-01-31T08:00:00Z'],
    ['hunt a --now 2026-13-01', '--now is 2026-13-01, expected a time such as 2026-01-31T08:00:00Z'],
    ['hunt a --from-time 2026-01-02 --to-time 2026-01-01', '--from-time is later than --to-time'],
    ['query', "query needs ES|QL and a file: rarebit query 'FROM * | LIMIT 5' FILE..."],
    ['query FROM', "query needs a file: rarebit query 'ES|QL' FILE..."],
    ['esql', 'esql works over standard input and output: rarebit esql --stdio'],
    ['esql --stdio x', 'esql --stdio takes no file: x']
  ])('%s: %s', (line, message) => {
    expect(() => parseArguments(words(line))).toThrow(new Error(message))
  })
})
