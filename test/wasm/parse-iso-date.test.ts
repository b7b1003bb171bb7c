import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIsoMillis, parseIsoNanos } from '../../engine/data/iso-date.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { LANE_SIZES, placeTexts, randomNumbers, readBytes } from '../helpers/kernel-memory.ts'
import { bothKernels } from '../helpers/kernels.ts'

function parse(kernels: Kernels, texts: readonly string[]): { millis: bigint | null; nanos: bigint | null }[] {
  const mark = kernels.mark()
  const encoder = new TextEncoder()
  const { pointers, lengths } = placeTexts(
    kernels,
    texts.map((text) => encoder.encode(text))
  )
  const [millis, nanos, flags] = [texts.length * 8, texts.length * 8, texts.length].map((bytes) => kernels.allocate(bytes)) as [
    number,
    number,
    number
  ]
  kernels.parseIsoDates(pointers, lengths, texts.length, millis, nanos, flags)
  const [allMillis, allNanos] = [millis, nanos].map((at) => new BigInt64Array(kernels.memory.buffer, at, texts.length).slice())
  const parsed = [...readBytes(kernels, flags, texts.length)].map((flag, i) => {
    if (!(flag & 1)) expect(allMillis![i]).toBe(0n)
    if (!(flag & 2)) expect(allNanos![i]).toBe(0n)
    return { millis: flag & 1 ? allMillis![i]! : null, nanos: flag & 2 ? allNanos![i]! : null }
  })
  kernels.release(mark)
  return parsed
}

/** What the whole parser says, less what the kernel leaves to it: regions, prefixes, years before 0. */
function expected(text: string): { millis: bigint | null; nanos: bigint | null } {
  if (text.startsWith('-') || /[A-SU-Ya-z]/.test(text) || /T.*[T]/.test(text)) return { millis: null, nanos: null }
  return { millis: parseIsoMillis(text), nanos: parseIsoNanos(text) }
}

const FORMS = [
  '2024-05-10T08:09:07.123Z',
  '2024-05-10T08:09:07Z',
  '2024-05-10T08:09:07.123456789+05:30',
  '2024-05-10T08:09:07,1-0930',
  '2024-05-10T08:09:07.1234567-09',
  '2024-05-10T08:09+010203',
  '2024-05-10T08+01:02:03',
  '2024-05-10T08',
  '2024-05-10T',
  '2024-05-10',
  '2024-05',
  '2024',
  '1969-12-31T23:59:59.999999999Z',
  '0000-01-01T00:00:00Z',
  '2262-04-11T23:47:16.854775807Z',
  '2262-04-11T23:47:16.854775808Z',
  '9999-12-31T23:59:59.999-18:00'
]

for (const { name, kernels } of await bothKernels()) {
  describe(name, () => {
    test('every form is known', () => {
      expect(parse(kernels, FORMS)).toEqual(FORMS.map((text) => ({ millis: parseIsoMillis(text), nanos: parseIsoNanos(text) })))
      expect(parse(kernels, FORMS).every(({ millis }) => millis !== null)).toBe(true)
    })

    test('the borders of every month of four centuries', () => {
      const texts: string[] = []
      for (const century of ['00', '16', '19', '20'])
        for (let year = 0; year < 100; year += 1)
          for (let month = 0; month <= 13; month++)
            for (const day of ['00', '01', '28', '29', '30', '31', '32'])
              texts.push(`${century}${String(year).padStart(2, '0')}-${String(month).padStart(2, '0')}-${day}`)
      expect(parse(kernels, texts)).toEqual(texts.map(expected))
    })

    test('texts left to the host: regions, years before 0, and what is no date', () => {
      const texts = [
        '',
        '2',
        '-0001',
        '2024-05-10T08Europe/Berlin',
        '2024-05-10T08UTC',
        'now-1d',
        '1715328547000',
        '2024-05-10t08Z'
      ]
      expect(parse(kernels, texts)).toEqual(texts.map(() => ({ millis: null, nanos: null })))
    })

    test('a damaged form is read as the whole parser reads it', () => {
      const damage = fc.record({
        form: fc.constantFrom(...FORMS),
        at: fc.nat(36),
        with: fc.constantFrom('', '0', '9', ':', '-', '+', 'Z', 'T', '.', ' ', '3')
      })
      const damaged = damage.map(({ form, at, with: piece }) => form.slice(0, at) + piece + form.slice(at + 1))
      const cut = fc.tuple(fc.constantFrom(...FORMS), fc.nat(36)).map(([form, length]) => form.slice(0, length))
      const property = fc.property(fc.array(fc.oneof(damaged, cut), { minLength: 1, maxLength: 50 }), (texts) => {
        expect(parse(kernels, texts)).toEqual(texts.map(expected))
      })
      fc.assert(property, { seed: 23, numRuns: 300 })
    })

    test('any count of random moments', () => {
      const random = randomNumbers(5)
      for (const count of LANE_SIZES) {
        const texts = Array.from({ length: count }, () => new Date(random() * 1_000 + (random() % 1_000)).toISOString())
        expect(parse(kernels, texts)).toEqual(texts.map(expected))
      }
    })
  })
}
