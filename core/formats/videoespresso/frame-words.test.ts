import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readFrameStem, stemOf } from './frame-stem'
import { framesNamedIn } from './frame-words'

const positions = (sentence: string, stems: readonly string[]) => framesNamedIn(sentence, stems).map((frame) => frame.position)

describe('frames named in a sentence', () => {
  const four = ['480', '528', '600', '7']

  it.each<[string, readonly number[]]>([
    ['the last picture, then the final still', [3, 3]],
    ['the 1st, 2nd and 3rd frames', [2]],
    ['in the FOURTH Keyframe', [3]],
    ['core frame two', [1]],
    ['image no. 3 and image #4', [2, 3]],
    // A number that counts goes before a file of that name.
    ['frame 7 and frame 4', [3, 3]],
    ['frame 0', []],
    ['the fifth frame', []],
    ['two frames later', []],
    ['the second man frames the image', []],
    ['frames per second 25', []],
    ['at second 3 the image changes', []],
  ])('%s', (sentence, named) => {
    expect(positions(sentence, four)).toEqual(named)
  })

  it('are told by where they stand, in reading order', () => {
    const named = framesNamedIn('Frame 2 comes before the first frame.', four)
    expect(named).toEqual([
      { at: 0, position: 1 },
      { at: 25, position: 0 },
    ])
  })

  it('are none where there is no frame to name', () => {
    expect(positions('the last frame, frame 1', [])).toEqual([])
  })

  test('are always frames that are there', () => {
    const word = fc.constantFrom('frame', 'image', 'the', 'last', 'second', '2', '480', '2nd', '#', 'no.', 'ten', ' ', '99999', '\n')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), fc.array(fc.constantFrom('480', '2', 'x'), { maxLength: 4 }), (words, stems) => {
        const sentence = words.join(' ')
        for (const { at, position } of framesNamedIn(sentence, stems)) {
          expect(stems[position]).toBeDefined()
          expect(at).toBeLessThan(sentence.length)
        }
      }),
    )
  })
})

describe('laws of file names', () => {
  const folder = fc.constantFrom('', 'a/', 'a\\b\\', '../x/', 'frame_9/', 'XD__#00-05-30_00-06-56_label_A/')
  const ending = fc.constantFrom('.jpg', '.JPEG', '.png', '.webp', '')

  test('an index is read whatever stands around it', () => {
    const before = fc.constantFrom('', 'frame', 'frame_', 'img-', 'IMAGE_')
    fc.assert(
      fc.property(folder, before, fc.nat({ max: 999_999_999 }), fc.nat({ max: 3 }), ending, (path, word, index, zeros, type) => {
        const digits = `${'0'.repeat(zeros)}${index}`.slice(-9)
        expect(readFrameStem(`${path}${word}${digits}${type}`)).toEqual({ kind: 'index', index: Number(digits) })
      }),
    )
  })

  test('a time of the film is read to the millisecond and never taken for one of the clip', () => {
    fc.assert(
      fc.property(fc.nat({ max: 99 }), fc.nat({ max: 59 }), fc.nat({ max: 59 }), fc.nat({ max: 999 }), (hours, minutes, sec, ms) => {
        const stem = readFrameStem(`x/000027_keyframe_${hours}-${minutes}-${sec}-${ms}.jpg`)
        expect(stem.kind).toBe('film-time')
        if (stem.kind === 'film-time') expect(Math.round(stem.timeSec * 1000)).toBe(((hours * 60 + minutes) * 60 + sec) * 1000 + ms)
      }),
    )
  })

  test('no name is refused, and what is read is a number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\w.:\-/ht]{0,20}$/)), (path) => {
        const stem = readFrameStem(path)
        if (stem.kind === 'index') expect(Number.isSafeInteger(stem.index)).toBe(true)
        if (stem.kind === 'time' || stem.kind === 'film-time') expect(Number.isFinite(stem.timeSec) && stem.timeSec >= 0).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['a.b/480.jpg', '480'],
    ['480.tar.jpg', '480.tar'],
    ['folder/', ''],
    ['480.mp4', '480.mp4'],
    ['frame.12.png', 'frame.12'],
  ])('the stem of %j is %j', (path, stem) => {
    expect(stemOf(path)).toBe(stem)
  })

  it.each(['1234567890.jpg', '480b.jpg', '12-34.jpg', '-5.jpg', '１２.jpg', 'frame 12.jpg', '0x1f.jpg'])(
    '%s says nothing of its place',
    (name) => {
      expect(readFrameStem(name)).toEqual({ kind: 'unknown' })
    },
  )
})
