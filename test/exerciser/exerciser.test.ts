/**
 * The rule exerciser: every rule fires on events made from its own syntax tree, and for every top-level condition there are
 * near events on which it does not, for that condition alone. What cannot be is in `exceptions.ts`, and nothing else is.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_RULE } from '../../engine/rules/built-in-rule.ts'
import { sharedPath } from '../helpers/shared-facts.ts'
import { type Exercised, report } from './document.ts'
import { EXCEPTIONS, NEVER_FIRE } from './exceptions.ts'
import { exerciseRule } from './exercise.ts'
import { OWN_RULES } from './own-rules.ts'

const corpus = sharedPath('esql/corpus/rules.ndjson')
const document = fileURLToPath(new URL('../../docs/exerciser.md', import.meta.url))

/** Conditions of our own rules that fail only with others: a part that is missing, distinct values of a missing field. */
const OWN_TOGETHER: Record<string, Record<number, number[]>> = { GROK: { 2: [1, 3] }, COUNT_DISTINCT: { 2: [3] } }

describe('rules of our own', () => {
  test.each(Object.entries({ ...OWN_RULES, 'the built-in rule': BUILT_IN_RULE.query }))('%s', async (name, query) => {
    const { fires, misses } = await exerciseRule(query)
    expect(fires, 'events that fire').not.toBeNull()
    expect(misses.filter(({ events }) => !events).map(({ condition }) => condition.text)).toEqual([])
    const together = misses.filter((miss) => miss.together.length > 0)
    expect(
      Object.fromEntries(together.map(({ condition, together }) => [condition.number, together.map((c) => c.number)]))
    ).toEqual(OWN_TOGETHER[name] ?? {})
  })
})

const shown = (id: string, condition: number, others: readonly number[]) =>
  `${id} condition ${condition} with [${others.join(', ')}]`

/** Conditions that were not seen to fail alone, with those that fail as well. */
function exceptionsFound(exercised: readonly Exercised[]): string[] {
  return exercised.flatMap(({ id, misses }) =>
    misses
      .filter(({ events, together }) => !events || together.length > 0)
      .map(({ condition, together }) =>
        shown(
          id,
          condition.number,
          together.map((other) => other.number)
        )
      )
  )
}

describe.runIf(corpus)('the corpus', () => {
  test('every rule fires, and is spared for each condition alone, but for the exceptions', async () => {
    const lines = (await readFile(corpus!, 'utf8')).trim().split('\n')
    const exercised: Exercised[] = []
    for (const line of lines) {
      const { rule_id: id, name, query } = JSON.parse(line) as { rule_id: string; name: string; query: string }
      exercised.push({ id, name, ...(await exerciseRule(query)) })
    }
    const named = ({ id, name }: Exercised) => `${id} ${name}`
    expect(exercised.filter(({ fires, id }) => !fires && !(id in NEVER_FIRE)).map(named), 'rules that do not fire').toEqual([])
    expect(exercised.filter(({ fires, id }) => fires && id in NEVER_FIRE).map(named), 'rules that fire after all').toEqual([])
    expect(exceptionsFound(exercised)).toEqual(
      Object.entries(EXCEPTIONS).flatMap(([id, list]) => list.map((one) => shown(id, one.condition, one.with)))
    )
    const text = report(exercised)
    if (process.env['UPDATE_SPECS'] === '1') await writeFile(document, text)
    expect(await readFile(document, 'utf8')).toBe(text)
  })
})
