import { test } from 'vitest'
import { compareQueries } from './differential.ts'
import { FLAVOURS } from './generate/queries.ts'
test('survey', async () => {
  const flavour = FLAVOURS[(process.env['FLAVOUR'] ?? 'expressions') as keyof typeof FLAVOURS]
  const start = Number(process.env['START'] ?? 1)
  for (let seed = start; seed < start + Number(process.env['SEEDS'] ?? 20); seed++) {
    try {
      const c = await compareQueries(flavour, Number(process.env['RAREBIT_CASES'] ?? 300), seed)
      console.log('OK', seed, c.refused)
    } catch (e) {
      console.log(
        'SEED',
        seed,
        String((e as any).cause?.stack ?? e)
          .split('\n')
          .slice(0, 12)
          .filter((l) => !l.includes('    at ') || l.includes('interpreter') || l.includes('engine/'))
          .join('\n')
          .slice(0, 900)
      )
    }
  }
}, 600000)
