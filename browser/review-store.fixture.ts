/** For tests: the example document as an open sample of the review screen, with a server in memory behind it. */
import { exampleDocument } from '@/core/example-document.fixture'
import { type ReviewSample, reviewSampleSchema } from '@/core/review-sample'
import type { SampleState } from '@/core/sample-state'
import { openQueue } from './edit-queue'
import type { Outbox } from './outbox'
import { createReviewStore } from './review-store'
import { createSampleSync } from './sync'
import { fakeServer, fakeWorld, PROJECT_ID, SAMPLE_ID } from './sync.fixture'

function sampleOf(state: SampleState = 'queued'): ReviewSample {
  const document = exampleDocument()
  return reviewSampleSchema.parse({
    id: SAMPLE_ID,
    projectId: PROJECT_ID,
    externalId: 'a',
    split: null,
    state,
    version: 0,
    draft: document,
    document,
    flags: [],
    rowProblems: [],
    provenance: {},
    source: null,
    readyStills: [],
    decision: null,
    edits: [],
    video: {
      id: '0198a000-0000-7000-8000-000000000003',
      sha256: 'a'.repeat(64),
      name: 'v.mp4',
      isReady: true,
      problem: null,
      width: 640,
      height: 360,
      timeBase: [1, 1000],
      frameCount: 100,
      durationSec: 4,
      averageFps: 25,
      isVfr: false,
      mediaType: 'video/mp4',
    },
  })
}

export function openStore(outbox: Outbox, canEdit = true, state: SampleState = 'queued') {
  const sample = sampleOf(state)
  const server = fakeServer(sample.document)
  const world = fakeWorld(outbox, server.transport)
  const queue = openQueue({ tabId: 't', userId: 'u', projectId: PROJECT_ID, sampleId: SAMPLE_ID, base: sample.document, version: 0 }, 0)
  const sync = createSampleSync(queue, world)
  return { store: createReviewStore(sample, sync, canEdit), sync, server }
}
