import { describe, expect, it } from 'vitest'
import { readFrameStem } from './frame-stem'
import { framesNamedIn } from './frame-words'

describe('the name of a still', () => {
  it.each([
    ['XD-Violence/3_image/Election.2005__#00-05-30_00-06-56_label_A/480.jpg', { kind: 'index', index: 480 }],
    ['vatex/vatex_image/RgtipEqA7ZA_000046_000056/0.jpg', { kind: 'index', index: 0 }],
    ['CUVA/2_image/00299/4560.JPG', { kind: 'index', index: 4560 }],
    ['a\\frame_000012.png', { kind: 'index', index: 12 }],
    ['Storystream/Rabbids/rabbids/000027/000027_keyframe_1-38-11-958.jpg', { kind: 'film-time', timeSec: 5891.958 }],
    ['x/000003_keyframe_0-00-05-41.jpg', { kind: 'film-time', timeSec: 5.041 }],
    ['x/00-01-02-500.jpg', { kind: 'time', timeSec: 62.5 }],
    ['x/0h01m02s.webp', { kind: 'time', timeSec: 62 }],
    ['x/12.5s.jpg', { kind: 'time', timeSec: 12.5 }],
    ['x/t_12.25.jpg', { kind: 'time', timeSec: 12.25 }],
    ['x/first.jpg', { kind: 'unknown' }],
    ['', { kind: 'unknown' }],
  ])('%s', (path, stem) => {
    expect(readFrameStem(path)).toEqual(stem)
  })
})

describe('frames named in a sentence', () => {
  const stems = ['480', '528', '600']
  it.each([
    ['In the first frame and then the third image', [0, 2]],
    ['the 2nd picture, the last frame', [1, 2]],
    ['Frame 2 shows; image three too; key frame #1', [1, 2, 0]],
    ['frame 528 shows', [1]],
    ['frame 9999 and the fourth frame and the fifth man', []],
    ['the framework of image editing', []],
  ])('%s', (sentence, positions) => {
    expect(framesNamedIn(sentence, stems).map((frame) => frame.position)).toEqual(positions)
  })
})
