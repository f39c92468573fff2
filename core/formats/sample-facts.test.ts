import { describe, expect, it } from 'vitest'
import { draftSample } from '@/core/document.fixture'
import { computeFlags } from '@/core/flags'
import { exportedFrameSchema, reviewNoteSchema, videoIdentitySchema, writeFlags, writtenFlagSchema } from './sample-facts'

describe('a video', () => {
  it('may be known by its name alone', () => {
    const known = videoIdentitySchema.parse({ name: 'a.mp4' })
    expect(Object.values(known).filter((value) => value !== null)).toEqual(['a.mp4'])
  })

  it('is described exactly: time base and pixel shape as fractions', () => {
    const known = { name: 'a.mp4', sha256: 'ab'.repeat(32), width: 720, height: 576, rotation: -90, sar: [16, 15], timeBase: [1, 90_000] }
    expect(videoIdentitySchema.parse(known)).toMatchObject(known)
  })

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['without a name', { name: '' }],
    ['of no width', { name: 'a', width: 0 }],
    ['of half a pixel', { name: 'a', height: 0.5 }],
    ['of a time base without a denominator', { name: 'a', timeBase: [1, 0] }],
    ['of a time base in one number', { name: 'a', timeBase: 0.04 }],
    ['of fewer than no frames', { name: 'a', frameCount: -1 }],
    ['of a hash cut short', { name: 'a', sha256: 'ab' }],
  ])('%s is refused', (_name, value) => {
    expect(videoIdentitySchema.safeParse(value).success).toBe(false)
  })
})

describe('a proven frame', () => {
  const frame = { id: 'f1', index: 480, pts: 245_760, timeBase: [1, 12_800], timeSec: 19.2, image: null, sha256: null, pixelSha256: null }

  it('may lie before the zero of its clock, as edit lists allow', () => {
    expect(exportedFrameSchema.safeParse({ ...frame, index: 0, pts: -1024, timeSec: -0.08 }).success).toBe(true)
  })

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['a frame before the first', { index: -1 }],
    ['a time stamp between two', { pts: 0.5 }],
    ['an id that is none', { id: '../f1' }],
    ['no word on its picture', { image: undefined }],
  ])('is not %s', (_name, change) => {
    expect(exportedFrameSchema.safeParse({ ...frame, ...change }).success).toBe(false)
  })
})

describe('where the review stands', () => {
  it('has a decision or none, of those there are', () => {
    expect(reviewNoteSchema.safeParse({ state: 'queued', decision: null, version: 0 }).success).toBe(true)
    expect(reviewNoteSchema.safeParse({ state: 'fixed', decision: 'fix_approve', version: 4 }).success).toBe(true)
    expect(reviewNoteSchema.safeParse({ state: 'fixed', decision: 'bless', version: 4 }).success).toBe(false)
    expect(reviewNoteSchema.safeParse({ state: 'fixed', decision: null, version: -1 }).success).toBe(false)
  })
})

describe('flags in a file', () => {
  it('are those of the screen, each naming its record', () => {
    const flags = computeFlags(draftSample(), { video: null, isMissingMedia: true, rowProblems: [] })
    const written = writeFlags(flags)
    expect(written.map(({ code, record }) => [code, record])).toEqual(flags.map(({ code, recordId }) => [code, recordId]))
    expect(written.length).toBeGreaterThan(1)
    for (const flag of written) expect(writtenFlagSchema.parse(JSON.parse(JSON.stringify(flag)))).toEqual(flag)
  })
})
