/** `docs/exerciser.md`: what the exerciser covers, in figures, and its exceptions. */
import { EXCEPTIONS, NEVER_FIRE, NOT_MADE } from './exceptions.ts'
import type { Exercise } from './exercise.ts'

export interface Exercised extends Exercise {
  id: string
  name: string
}

export function report(exercised: readonly Exercised[]): string {
  const misses = exercised.flatMap(({ misses }) => misses)
  const alone = misses.filter(({ events, together }) => events && together.length === 0)
  const changes = alone.map(({ changed }) => changed?.length ?? null)
  const exceptions = Object.entries(EXCEPTIONS).flatMap(([id, list]) => list.map((one) => ({ id, ...one })))
  const events = exercised.flatMap(({ fires }) => (fires ? [fires.length] : []))
  const figures: [string, number][] = [
    ['rules', exercised.length],
    ['rules that fire on made events', events.length],
    ['rules that no events can make fire', Object.keys(NEVER_FIRE).length],
    ['most events a rule needed', Math.max(...events)],
    ['top-level conditions of the rules that fire', misses.length],
    ['conditions that near events fail alone', alone.length],
    ['- by one changed field', changes.filter((count) => count === 1).length],
    ['- by several changed fields', changes.filter((count) => count !== null && count > 1).length],
    ['- by more or fewer events', changes.filter((count) => count === null || count === 0).length],
    ['conditions not shown to fail alone', exceptions.length],
    ['- of them: could, but such events are not found', exceptions.filter(({ why }) => why === NOT_MADE).length]
  ]
  return `# The rule exerciser

\`test/exerciser\` takes each rule's own syntax tree and makes, from the last condition back to the first, events on which the rule must give a row; then, for each top-level condition (thresholds behind STATS are conditions too), the nearest events on which it must not. Both are run through the engine: a near miss counts when the rule gives no row and the same rule with just that condition made true gives one. Changes that were not needed are taken back.

The rules are the ${exercised.length} of the corpus the tests are given; without it the exerciser runs the built-in rule and rules of our own, one a feature. Rules that call a language model are run up to that call. Written by \`UPDATE_SPECS=1 npx vitest run --project exerciser\`; the test fails when this file is not what it would write.

| | |
|---|---:|
${figures.map(([name, figure]) => `| ${name} | ${figure} |`).join('\n')}

## Rules that no events can make fire

| rule | why |
|---|---|
${Object.entries(NEVER_FIRE)
  .map(([id, why]) => `| ${id} | ${why} |`)
  .join('\n')}

## Conditions not shown to fail alone

Conditions are counted from 1 in the order of the rule's text. For each there are events that fail it and the conditions named beside it, and that give a row once all of these are taken out; "never": nothing was found that fails it.

| rule | condition | fails only with | why |
|---|---:|---|---|
${exceptions.map(({ id, condition, with: others, why }) => `| ${id} | ${condition} | ${others.join(', ') || 'never'} | ${why} |`).join('\n')}
`
}
