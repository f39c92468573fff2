import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFECT_CODES } from './records'
import { EMPTY_FILTER, isEmptyFilter, parseSampleFilter, type SampleFilter, sampleFilterParams, sampleOrderSchema } from './sample-filter'
import { sampleStateSchema } from './sample-state'

const filters: fc.Arbitrary<SampleFilter> = fc.record({
  state: fc.uniqueArray(fc.constantFrom(...sampleStateSchema.options)),
  task: fc.uniqueArray(fc.string({ maxLength: 30 }), { maxLength: 10 }),
  flag: fc.uniqueArray(fc.constantFrom(...DEFECT_CODES)),
  text: fc.string({ maxLength: 60 }).map((text) => text.trim()),
  videoId: fc.option(fc.uuid()),
  order: fc.constantFrom(...sampleOrderSchema.options),
})

const sorted = (filter: SampleFilter) => ({
  ...filter,
  state: [...filter.state].sort(),
  task: [...filter.task].sort(),
  flag: [...filter.flag].sort(),
})

describe('address of a filter', () => {
  it('survives the round trip', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const address = sampleFilterParams(filter).toString()
        expect(sorted(parseSampleFilter(new URLSearchParams(address)))).toEqual(sorted(filter))
      }),
    )
  })

  it('is the same for the same filter, whatever the order of clicks', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const turned = { ...filter, state: [...filter.state].reverse(), task: [...filter.task].reverse(), flag: [...filter.flag].reverse() }
        expect(sampleFilterParams(turned).toString()).toBe(sampleFilterParams(filter).toString())
      }),
    )
  })

  it('is empty for the empty filter', () => {
    expect(sampleFilterParams(EMPTY_FILTER).toString()).toBe('')
    expect(isEmptyFilter(parseSampleFilter(new URLSearchParams()))).toBe(true)
  })

  it('drops what it does not know', () => {
    const filter = parseSampleFilter(
      new URLSearchParams('state=queued&state=nonsense&state=queued&flag=B1&flag=__proto__&order=up&video=1&x=y'),
    )
    expect(filter).toEqual({ ...EMPTY_FILTER, state: ['queued'], flag: ['B1'] })
  })

  it('never throws and never grows without bound', () => {
    const long = new URLSearchParams(Array.from({ length: 500 }, (_, n) => ['task', `t${n}`.repeat(200)]))
    long.set('q', 'w'.repeat(100_000))
    const filter = parseSampleFilter(long)
    expect(filter.task.length).toBeLessThanOrEqual(64)
    expect(filter.text.length).toBeLessThanOrEqual(200)
  })
})
