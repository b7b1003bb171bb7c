import { describe, expect, it } from 'vitest'
import { compileIndexPatterns, dataStreamName, logicalIndexName, noMatchNote } from '../../../engine/source/index-pattern.ts'

const matches = (patterns: string, name: string) => compileIndexPatterns([patterns]).matches(name)

describe('index patterns', () => {
  it.each([
    ['logs-*', 'logs-endpoint.events.process-default', true],
    ['logs-endpoint.events.process-*', '.ds-logs-endpoint.events.process-lab-2025.11.17-000001', true],
    ['logs-endpoint.events.process-*', 'logs-endpoint.events.file-lab', false],
    ['logs-*,-logs-endpoint*', 'logs-endpoint.events.file-lab', false],
    ['logs-*,-logs-endpoint*', 'logs-nginx-lab', true],
    ['-logs-endpoint*,logs-*', 'logs-endpoint.events.file-lab', true],
    ['logs-*,-*', 'logs-nginx-lab', false],
    ['*-lab', 'logs-nginx-lab', true],
    ['l*-n*x-l*b', 'logs-nginx-lab', true],
    ['a*a', 'a', false],
    ['*', 'anything', true],
    ['_all', 'anything', true],
    ['.alerts-security.alerts-*', '.internal.alerts-security.alerts-default-000001', true],
    ['.ds-logs-x-lab-2025.11.17-000001', '.ds-logs-x-lab-2025.11.17-000001', true],
    ['remote:logs-*', 'logs-nginx-lab', true],
    ['*:logs-*', 'logs-nginx-lab', true],
    ['-remote:logs-nginx*,logs-*', 'logs-nginx-lab', true],
    ['logs-*,-remote:logs-nginx*', 'logs-nginx-lab', false],
    ['logs-*::data', 'logs-nginx-lab', true],
    ['logs-nginx-lab', 'remote:logs-nginx-lab', true],
    ['auditbeat-*', 'auditbeat-8.17.0', true],
    ['LOGS-*', 'logs-x', false]
  ])('%s against %s: %s', (patterns, name, expected) => {
    expect(matches(patterns, name)).toBe(expected)
  })

  it('needs no index names when everything matches', () => {
    expect(compileIndexPatterns([]).matchesAll).toBe(true)
    expect(compileIndexPatterns(['*']).matchesAll).toBe(true)
    expect(compileIndexPatterns(['*,-logs-x']).matchesAll).toBe(false)
    expect(compileIndexPatterns(['logs-*', 'traces-*']).matchesAll).toBe(false)
  })

  it('says what it passed over and what did not match', () => {
    const matcher = compileIndexPatterns(['remote:logs-*, winlogbeat-*'])
    expect(matcher.notes).toEqual(['The cluster part of [remote:logs-*] is passed over: files carry no cluster name.'])
    expect(noMatchNote(matcher, ['.ds-metrics-x-lab-2025.11.17-000001', 'metrics-x-lab'])).toBe(
      'No event is of an index that matches [logs-*, winlogbeat-*]; the events are of [metrics-x-lab].'
    )
    expect(noMatchNote(matcher, ['logs-x', 'metrics-x'])).toBeNull()
    expect(noMatchNote(matcher, [])).toBeNull()
  })

  it('stays linear on patterns made to backtrack', () => {
    expect(matches(`${'*a'.repeat(500)}*b`, 'a'.repeat(100_000))).toBe(false)
  })
})

describe('names', () => {
  it('are those of the data stream', () => {
    expect(logicalIndexName('.ds-metrics-endpoint.metadata_current_default-2024.01.02-000123')).toBe(
      'metrics-endpoint.metadata_current_default'
    )
    expect(logicalIndexName('.ds-odd')).toBe('.ds-odd')
    expect(dataStreamName('logs', 'x', 'lab')).toBe('logs-x-lab')
    expect(dataStreamName('logs', null, 'lab')).toBeNull()
  })
})
