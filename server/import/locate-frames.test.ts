import { describe, expect, it } from 'vitest'
import type { FrameTable } from '@/core/frame-table'
import { locateFrames } from './locate-frames'
import type { KnownVideo, MediaSource } from './media-source'

const COUNT = 100
const table: FrameTable = {
  timeBase: [1, 25],
  ...{ width: 160, height: 120, codedWidth: 160, codedHeight: 120, rotation: 0, sar: [1, 1] },
  pts: Array.from({ length: COUNT }, (_, i) => i + 7),
  duration: Array.from({ length: COUNT }, () => 1),
  key: Array.from({ length: COUNT }, (_, i) => i % 10 === 0),
}
const video: KnownVideo = {
  id: 'v',
  sha256: '0'.repeat(64),
  name: 'v.mp4',
  width: 160,
  height: 120,
  frameCount: COUNT,
  table: async () => table,
}

async function locate(path: string | null, found: { index: number; confidence: number } | null) {
  const media: MediaSource = { findVideo: async () => ({ kind: 'missing' }), findStill: async () => (found === null ? null : '/still') }
  const match = async () => ({ index: found?.index ?? 0, confidence: found?.confidence ?? 0, margin: 0.3 })
  const [place] = await locateFrames([{ path }], video, media, match)
  return place
}

describe('a core frame', () => {
  it.each<[string, string | null, { index: number; confidence: number } | null, object]>([
    ['by its native index', 'a/42.jpg', null, { index: 42, pts: 49, match: { method: 'stem', confidence: 0.8 }, warning: null }],
    [
      'by index and picture',
      'a/42.jpg',
      { index: 42, confidence: 0.95 },
      { index: 42, match: { method: 'stem+image', confidence: 0.95 }, warning: null },
    ],
    [
      'by the picture against the name',
      'a/42.jpg',
      { index: 44, confidence: 0.9 },
      { index: 44, pts: 51, match: { method: 'image', confidence: 0.9 }, warning: expect.stringContaining('matches frame 44') },
    ],
    [
      'by the name, where the picture is unsure',
      'a/42.jpg',
      { index: 44, confidence: 0.2 },
      { index: 42, match: { method: 'stem', confidence: 0.6 }, warning: null },
    ],
    ['by a time of the clip', 'a/1.4s.jpg', null, { index: 28, pts: 35, match: { method: 'stem-time' } }],
    [
      'by the picture alone',
      'a/000027_keyframe_1-38-11-958.jpg',
      { index: 5, confidence: 0.7 },
      { index: 5, match: { method: 'image', confidence: 0.7 }, margin: 0.3 },
    ],
    [
      'not at all: time of the film, no picture',
      'a/000027_keyframe_1-38-11-958.jpg',
      null,
      { index: null, pts: null, match: { method: 'none', confidence: 0 }, warning: null },
    ],
    ['not at all: past the end', 'a/100.jpg', null, { index: null, warning: expect.stringContaining('100 frames') }],
    [
      'by the picture, past the end by name',
      'a/100.jpg',
      { index: 99, confidence: 0.9 },
      { index: 99, match: { method: 'image' }, warning: expect.stringContaining('100 frames') },
    ],
    ['not at all: no path', null, { index: 1, confidence: 1 }, { index: null, match: { method: 'none' } }],
  ])('is placed %s', async (_name, path, found, place) => {
    expect(await locate(path, found)).toMatchObject(place)
  })
})
