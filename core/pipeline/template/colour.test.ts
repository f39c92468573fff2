import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { colourOf, isHue, pixelColour } from './colour'

const VIEW = { width: 40, height: 40 }
const BOX = { x: 0, y: 0, w: 40, h: 40 }
type Rgb = readonly [number, number, number]

/** A picture whose pixels are chosen by their place. */
function picture(paint: (x: number, y: number) => Rgb): Uint8Array {
  const rgb = new Uint8Array(VIEW.width * VIEW.height * 3)
  for (let y = 0; y < VIEW.height; y += 1) for (let x = 0; x < VIEW.width; x += 1) rgb.set(paint(x, y), (y * VIEW.width + x) * 3)
  return rgb
}

const channel = fc.integer({ min: 0, max: 255 })

describe('pixelColour', () => {
  it.each([
    [[220, 30, 30], 'red'],
    [[130, 30, 50], 'red'],
    [[240, 140, 30], 'orange'],
    [[230, 220, 40], 'yellow'],
    [[40, 160, 60], 'green'],
    [[40, 60, 190], 'blue'],
    [[120, 40, 200], 'purple'],
    [[230, 60, 190], 'pink'],
    [[10, 12, 14], 'black'],
    [[120, 122, 118], 'grey'],
    [[240, 240, 236], 'white'],
  ] as const)('%j is %s', ([r, g, b], name) => {
    expect(pixelColour(r, g, b)).toBe(name)
  })

  it('leaves muddy tones without a name', () => {
    expect(pixelColour(150, 120, 105)).toBeNull()
  })

  it('never gives a hue to a grey pixel, nor a neutral name to a vivid one', () => {
    fc.assert(
      fc.property(channel, (value) => {
        const name = pixelColour(value, value, value)
        expect(name !== null && isHue(name)).toBe(false)
        expect(['black', 'grey', 'white']).not.toContain(pixelColour(value, 0, value < 100 ? 255 : 0))
      }),
    )
  })

  it('knows a name or null for every pixel', () => {
    fc.assert(
      fc.property(channel, channel, channel, (r, g, b) => {
        const known = ['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'black', 'grey', 'white', null]
        expect(known).toContain(pixelColour(r, g, b))
      }),
    )
  })
})

describe('colourOf', () => {
  const BLUE: Rgb = [40, 60, 190]
  const RED: Rgb = [200, 30, 30]
  const DARK: Rgb = [20, 20, 22]
  const ROAD: Rgb = [110, 110, 112]

  it('names a painted body beside dark windows', () => {
    expect(
      colourOf(
        picture((_, y) => (y % 3 === 0 ? BLUE : DARK)),
        VIEW,
        BOX,
        'car',
      ),
    ).toBe('blue')
  })

  it('says nothing where two hues compete', () => {
    expect(
      colourOf(
        picture((x) => (x % 2 === 0 ? BLUE : RED)),
        VIEW,
        BOX,
        'car',
      ),
    ).toBeNull()
  })

  it('says nothing where grey and black share the box', () => {
    expect(
      colourOf(
        picture((x) => (x % 2 === 0 ? ROAD : DARK)),
        VIEW,
        BOX,
        'car',
      ),
    ).toBeNull()
  })

  it('looks at the inner part only', () => {
    const framed = picture((x, y) => (x > 6 && x < 34 && y > 7 && y < 33 ? RED : BLUE))
    expect(colourOf(framed, VIEW, BOX, 'car')).toBe('red')
  })

  it('takes no colour of clothes from skin', () => {
    const skin = picture(() => [210, 130, 100])
    expect(colourOf(skin, VIEW, BOX, 'person')).toBeNull()
    expect(
      colourOf(
        picture(() => BLUE),
        VIEW,
        BOX,
        'person',
      ),
    ).toBe('blue')
  })

  it('gives nothing for a box outside of the picture or an empty one', () => {
    expect(
      colourOf(
        picture(() => RED),
        VIEW,
        { x: 90, y: 90, w: 10, h: 10 },
        'car',
      ),
    ).toBeNull()
    expect(colourOf(new Uint8Array(), { width: 0, height: 0 }, BOX, 'car')).toBeNull()
  })

  it('names any even picture by its pixel, or not at all', () => {
    fc.assert(
      fc.property(channel, channel, channel, (r, g, b) => {
        expect(
          colourOf(
            picture(() => [r, g, b]),
            VIEW,
            BOX,
            'car',
          ),
        ).toBe(pixelColour(r, g, b))
      }),
      { numRuns: 30 },
    )
  })
})
