import { describe, expect, it } from 'vitest'
import { draftSample } from './document.fixture'
import { queueItemSchema, queuePageSchema, reviewSampleSchema, reviewVideoSchema } from './review-sample'

const id = '018f3a5e-7c1d-7b2a-9c3d-1e2f3a4b5c6d'
const other = '018f3a5e-7c1d-7b2a-9c3d-1e2f3a4b5c6e'

const video = {
  id: other,
  sha256: 'ab'.repeat(32),
  name: 'clip.mp4',
  isReady: true,
  problem: null,
  width: 640,
  height: 360,
  timeBase: [1, 12_800],
  frameCount: 750,
  durationSec: 30,
  averageFps: 25,
  isVfr: false,
  mediaType: 'video/mp4',
}
const unread = { width: null, height: null, timeBase: null, frameCount: null, durationSec: null, averageFps: null, mediaType: null }

const sample = {
  id,
  projectId: other,
  externalId: 'xd/42',
  split: null,
  state: 'queued',
  version: 0,
  draft: draftSample(),
  document: draftSample(),
  flags: [{ code: 'B1', recordId: 'o3', message: 'The box of “dog” is empty.', blocking: false }],
  rowProblems: [],
  provenance: {},
  source: null,
  video,
  readyStills: [480, 528],
  decision: null,
  edits: [{ version: 1, by: { id: 'u1', name: 'Ada' }, at: '2026-01-31T12:00:00.000Z', records: 2 }],
}

const item = {
  id,
  cursor: 'opaque',
  question: 'Why?',
  task: null,
  state: 'queued',
  risk: 0.3,
  flagCodes: [],
  isBlocked: false,
  itemsTotal: 9,
  itemsDone: 0,
  videoId: null,
  thumbFrame: null,
  decidedBy: null,
  isSkipped: false,
}

describe('a sample under review', () => {
  it('comes through JSON as the server built it', () => {
    expect(reviewSampleSchema.parse(JSON.parse(JSON.stringify(sample)))).toEqual(sample)
  })

  it('may have a video that is still being read, one that cannot be, or none', () => {
    expect(reviewVideoSchema.safeParse({ ...video, ...unread, isReady: false }).success).toBe(true)
    expect(reviewVideoSchema.safeParse({ ...video, ...unread, isReady: false, problem: 'The file is cut off.' }).success).toBe(true)
    expect(reviewSampleSchema.safeParse({ ...sample, video: null, readyStills: [] }).success).toBe(true)
  })

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['a version before the first', { version: -1 }],
    ['a still before the first frame', { readyStills: [-1] }],
    ['a document with a broken record', { document: { ...draftSample(), o1: { type: 'object' } } }],
    ['a flag without a sentence', { flags: [{ code: 'B1', recordId: null, message: '', blocking: false }] }],
    ['a field the browser does not know', { password: 'x' }],
    ['a reviewer whose e-mail came along', { edits: [{ ...sample.edits[0], by: { id: 'u1', name: 'Ada', email: 'a@example.org' } }] }],
    ['a picture of no width', { video: { ...video, width: 0 } }],
    ['a hash in capitals', { video: { ...video, sha256: 'AB'.repeat(32) } }],
  ])('with %s is refused', (_name, change) => {
    const issues = reviewSampleSchema.safeParse({ ...sample, ...change }).error?.issues ?? []
    const fields = issues.map((issue) => (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys[0] : issue.path[0]))
    expect([...new Set(fields)]).toEqual(Object.keys(change))
  })
})

describe('a page of the queue', () => {
  const page = {
    items: [item],
    position: 1,
    total: 1,
    hasBefore: false,
    hasAfter: false,
    counts: { approved: 0, fixed: 0, rejected: 0, left: 1 },
  }

  it('comes through JSON, full and empty', () => {
    expect(queuePageSchema.parse(JSON.parse(JSON.stringify(page)))).toEqual(page)
    expect(queuePageSchema.safeParse({ ...page, items: [], position: 0, total: 0 }).success).toBe(true)
  })

  it('does not count below nothing', () => {
    expect(queuePageSchema.safeParse({ ...page, position: -1 }).success).toBe(false)
  })

  it('does not tell who decided by more than a name', () => {
    expect(queueItemSchema.safeParse({ ...item, decidedBy: { name: 'Ada', isMine: true } }).success).toBe(true)
    expect(queueItemSchema.safeParse({ ...item, decidedBy: { id: 'u1', name: 'Ada', isMine: true } }).success).toBe(false)
  })
})
