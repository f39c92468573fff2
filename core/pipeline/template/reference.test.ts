import { describe, expect, it } from 'vitest'
import type { Sighting } from '../facts'
import { nameOf } from './reference'
import { captionAt, sightingAt } from './template.fixture'
import { knownCaptions, thingsOf } from './things'

/** The name of track 1 over two captions, beside what else is there. */
function nameBeside(own: Partial<Sighting>, others: readonly Sighting[]): string | null {
  const known = knownCaptions([0, 1].map((time) => captionAt(time, [sightingAt('car', 300, 150, { track: 1, ...own }), ...others])))
  const thing = thingsOf(known).find(({ track }) => track === 1)
  return thing === undefined ? null : nameOf(thing, known, 0, 1)
}

describe('nameOf', () => {
  it('calls the only thing by its kind, and by its colour where that is clear', () => {
    expect(nameBeside({}, [])).toBe('car')
    expect(nameBeside({ colour: 'blue' }, [])).toBe('blue car')
    expect(nameBeside({ colour: 'grey' }, [])).toBe('car')
  })

  it('needs a colour beside another one of its kind, even a weak one', () => {
    const weak = sightingAt('car', 100, 150, { score: 0.26 })
    expect(nameBeside({}, [weak])).toBeNull()
    expect(nameBeside({ colour: 'blue' }, [weak])).toBe('blue car')
    expect(nameBeside({ colour: 'blue' }, [{ ...weak, colour: 'blue' }])).toBeNull()
    expect(nameBeside({ colour: 'grey' }, [weak])).toBeNull()
  })

  it('does not trust a kind where a box of that size may be one more under a wrong name', () => {
    expect(nameBeside({}, [sightingAt('cell phone', 100, 150)])).toBeNull()
    expect(nameBeside({}, [sightingAt('person', 100, 150, { rect: { x: 0, y: 0, w: 10, h: 20 } })])).toBe('car')
  })

  it('does not trust a kind that is not seen well each time', () => {
    expect(nameBeside({ score: 0.65 }, [])).toBeNull()
    const known = knownCaptions([captionAt(0, [sightingAt('car', 300, 150, { track: 1 })]), captionAt(1, [])])
    const [thing] = thingsOf(known)
    expect(thing === undefined ? '' : nameOf(thing, known, 0, 1)).toBeNull()
    expect(thing === undefined ? '' : nameOf(thing, known, 0, 0.5)).toBe('car')
  })

  it('has no name for a time without captions', () => {
    const known = knownCaptions([captionAt(0, [sightingAt('car', 300, 150, { track: 1 })])])
    const [thing] = thingsOf(known)
    expect(thing === undefined ? '' : nameOf(thing, known, 7, 9)).toBeNull()
  })
})
