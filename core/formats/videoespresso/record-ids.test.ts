import { describe, expect, it } from 'vitest'
import { provenanceSchema } from '@/core/provenance'
import { boxProvenance, draftProvenance, type FrameRule } from './provenance'
import { frameIndexOf, recordIdOf } from './record-ids'

describe('ids of parsed records', () => {
  it('are the same each time, beyond what is remembered too', () => {
    for (let number = 1; number <= 10_000; number += 1) expect(recordIdOf(`b${number}`)).toBe(`b${number}`)
    expect(recordIdOf('b9999')).toBe('b9999')
  })

  it.each(['', '1b', 'b 1', 'b/1', '__proto__', `b${'1'.repeat(64)}`])('are never %j', (text) => {
    expect(() => recordIdOf(text)).toThrow()
    // A refusal is not remembered as an id.
    expect(() => recordIdOf(text)).toThrow()
  })

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('no frame has the index %d', (index) => {
    expect(() => frameIndexOf(index)).toThrow()
  })

  it('the first frame has the index 0', () => {
    expect(frameIndexOf(0)).toBe(0)
  })
})

describe('provenance of what was imported', () => {
  it('fits its schema and claims no model', () => {
    const draft = draftProvenance('videoespresso', null, 'xyxypx')
    expect(provenanceSchema.parse(draft)).toEqual(draft)
    expect(draft).toMatchObject({ kind: 'import', model: null, parameters: { boxConvention: 'xyxypx', variant: null } })
  })

  it.each<FrameRule>(['list-per-frame', 'named-in-sentence', 'last-cited', 'first-frame'])(
    'says why a box lies where it does: %s',
    (rule) => {
      const provenance = boxProvenance(rule)
      expect(provenanceSchema.safeParse(provenance).success).toBe(true)
      expect(provenance?.parameters).toEqual({ frameRule: rule })
      // A person has to be able to tell what was read from what was guessed.
      expect(provenance?.note?.startsWith('Assumed')).toBe(rule === 'last-cited' || rule === 'first-frame')
    },
  )

  it('says nothing where there was nothing to choose', () => {
    expect(boxProvenance('only-frame')).toBeNull()
  })
})
