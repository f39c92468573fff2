import { describe, expect, it } from 'vitest'
import { altered, draftSample } from '@/core/document.fixture'
import { AppError } from '@/core/errors'
import type { SampleDocument } from '@/core/records'
import type { CandidateFrames } from '@/core/selection/candidate-frames'
import { videoRowsSchema } from '@/core/selection/report-row'
import { STANDARD_REPORT } from '@/core/selection/report-status'
import { SELECTION_METHODS } from '@/core/selection/selection-options'
import type { ReviewedSample } from '@/server/selection/reviewed-samples'
import { lookAtReviewed, type OpenVideo, type ReportModels, type ReportVideo } from './report-video'
import { fakeModels, fakeReader, sampled, video } from './stages/stage.fixture'
import { visionAgreeing } from './vision-for-tests'

const NEVER = new AbortController().signal
const embedder = await fakeModels().embedder()
/** A frame each half second of the 8 s clip. */
const FRAMES = Array.from({ length: 16 }, (_, at) => sampled(at * 10))
const CAR = { label: 'car', score: 0.9, rect: { x: 0, y: 0, w: 200, h: 200 }, colour: 'red' } as const

/** A red car is on the frames named; features turn slowly, so that no two frames look the same. */
function modelsSeeing(cars: readonly number[], over: Partial<ReportModels> = {}): ReportModels & { looked: number[] } {
  const looked: number[] = []
  const detector: ReportModels['detector'] = {
    sha256: 'd'.repeat(64),
    lookAt: async ({ frame }) => {
      looked.push(frame.index)
      const feature = Float32Array.from([Math.cos(frame.index / 40), Math.sin(frame.index / 40), 1])
      return { seen: cars.includes(frame.index) ? [CAR] : [], feature }
    },
  }
  const tokenizer = { encode: (text: string) => text.split(' ').map((_, at) => at) }
  return { detector, embedder, tokenizer, vision: null, looked, ...over }
}

function candidates(captions: CandidateFrames['captions'] = null): CandidateFrames {
  return { videoSha256: video.sha256, run: captions === null ? null : 1, fps: 2, frames: FRAMES, captions, captionedBy: null }
}

let made = 0
function sampleOf(question: string, document: SampleDocument = atFrames(40, 120)): ReviewedSample {
  made += 1
  return { id: `s${made}`, externalId: `x${made}`, question, task: 'traffic_analysis', document }
}

/** The hand-made sample with its three core frames on these frames of the clip. */
function atFrames(...indices: readonly number[]): SampleDocument {
  return ['f1', 'f2', 'f3'].reduce(
    (doc, id, at) => altered(doc, id, { index: indices[Math.min(at, indices.length - 1)] ?? null }),
    draftSample(),
  )
}

async function* each(samples: readonly ReviewedSample[]): AsyncGenerator<ReviewedSample> {
  yield* samples
}

const videoWith = (samples: readonly ReviewedSample[], over: Partial<OpenVideo> = {}): ReportVideo => ({
  samples: each(samples),
  open: async () => ({ table: video.table, candidates: candidates(), reader: fakeReader(), ...over }),
})

const ASKED = 'Where is the red car?'

describe('lookAtReviewed', () => {
  it('asks all methods, and looks at each frame once for all questions', async () => {
    const models = modelsSeeing([40, 120])
    const rows = await lookAtReviewed(videoWith([sampleOf(ASKED), sampleOf('Is the car near?')]), models, STANDARD_REPORT, NEVER)
    expect(videoRowsSchema.parse(JSON.parse(JSON.stringify(rows)))).toEqual(rows)
    expect([...models.looked].sort((a, b) => a - b)).toEqual(FRAMES.map(({ index }) => index))
    expect(rows).toMatchObject({ candidates: 16, looks: 16, captions: 'here', leftOut: [] })
    expect(rows.samples).toHaveLength(2)
    for (const sample of rows.samples) {
      expect(sample).toMatchObject({ task: 'traffic_analysis', reviewed: [2, 6], adopted: 0 })
      expect(sample.methods.map(({ method }) => method)).toEqual(SELECTION_METHODS)
      for (const { method, indices } of sample.methods) if (method !== 'adaptive') expect(indices, method).toHaveLength(3)
    }
  })

  it('finds the frames that show what is asked for', async () => {
    const options = { ...STANDARD_REPORT, k: 2 }
    const { samples } = await lookAtReviewed(videoWith([sampleOf(ASKED)]), modelsSeeing([40, 120]), options, NEVER)
    expect(samples[0]?.methods.find(({ method }) => method === 'topk')?.timeSec).toEqual([2, 6])
  })

  it('counts nothing for a method that looks at nothing, and a part for one that looks at a part', async () => {
    const { samples } = await lookAtReviewed(videoWith([sampleOf(ASKED)]), modelsSeeing([40, 120]), STANDARD_REPORT, NEVER)
    const of = (name: string) => samples[0]?.methods.find(({ method }) => method === name)
    expect(of('uniform')).toMatchObject({ flops: 0, lookedAt: 0 })
    expect(of('topk')?.lookedAt).toBe(16)
    expect(of('topk')?.flops).toBeGreaterThan(16 * 2 * 748_014_512)
    const focus = of('focus')
    expect(focus?.lookedAt).toBeLessThan(16)
    expect(focus?.flops).toBeLessThan(of('topk')?.flops ?? 0)
    expect(focus?.flops).toBeGreaterThan(0)
  })

  it('reads the captions of a run where there are some', async () => {
    const captions = FRAMES.map(({ index }) => ({ text: index === 100 ? 'A man repairs a bicycle.' : 'zzz zz zzz.', facts: null }))
    const asked = videoWith([sampleOf('Who repairs a bicycle?')], { candidates: candidates(captions) })
    const options = { ...STANDARD_REPORT, weights: { text: 1, objects: 0, vision: 0 }, k: 1 }
    const rows = await lookAtReviewed(asked, modelsSeeing([]), options, NEVER)
    expect(rows.captions).toBe('run')
    expect(rows.samples[0]?.methods.find(({ method }) => method === 'topk')?.indices).toEqual([100])
  })

  it('shows a dual encoder each frame once, whatever is asked', async () => {
    const vision = visionAgreeing(({ index }) => (index === 70 ? 0.4 : 0.1))
    const options = { ...STANDARD_REPORT, weights: { text: 0, objects: 0, vision: 1 }, k: 1 }
    const models = modelsSeeing([], { vision })
    const rows = await lookAtReviewed(videoWith([sampleOf('Why?'), sampleOf('When?')]), models, options, NEVER)
    expect(vision.pictures).toHaveLength(16)
    expect(vision.texts).toEqual(['Why?', 'When?'])
    expect(rows.samples.map(({ methods }) => methods.find(({ method }) => method === 'mmr')?.indices)).toEqual([[70], [70]])
  })

  it('looks anew at a video that this process has seen, because it tells what a look takes', async () => {
    const models = modelsSeeing([40])
    const stored = videoWith([sampleOf(ASKED)], { reader: { ...fakeReader(), videoSha256: video.sha256 } })
    const again = { ...stored, samples: each([sampleOf(ASKED)]) }
    const rows = [await lookAtReviewed(stored, models, STANDARD_REPORT, NEVER), await lookAtReviewed(again, models, STANDARD_REPORT, NEVER)]
    expect(models.looked).toHaveLength(32)
    expect(rows[1]?.samples[0]?.methods.map(({ indices }) => indices)).toEqual(rows[0]?.samples[0]?.methods.map(({ indices }) => indices))
  })

  it('says of each sample why it is left out, and looks at no frame for them alone', async () => {
    const models = modelsSeeing([])
    const options = { ...STANDARD_REPORT, weights: { text: 0, objects: 1, vision: 0 } }
    const samples = [sampleOf('?!'), sampleOf('Where is the lighthouse?'), sampleOf(ASKED, altered(atFrames(1), 'f2', { index: null }))]
    const rows = await lookAtReviewed(videoWith(samples), models, options, NEVER)
    expect(rows.leftOut.map(({ reason }) => reason)).toEqual(['no-question', 'nothing-to-look-for', 'no-core-frame'])
    expect(rows.candidates).toBeNull()
    expect(models.looked).toEqual([])
  })

  it('leaves out all samples of a file that cannot be decoded', async () => {
    const broken = async () => {
      throw new AppError('corrupt_media', 'The file ends in the middle.')
    }
    const asked = videoWith([sampleOf(ASKED), sampleOf('?')], { reader: { ...fakeReader(), read: broken } })
    const rows = await lookAtReviewed(asked, modelsSeeing([]), STANDARD_REPORT, NEVER)
    expect(rows.leftOut.map(({ reason }) => reason)).toEqual(['no-question', 'unreadable-video'])
    expect(rows.samples).toEqual([])
  })

  it('leaves out all samples of a file that is gone, whatever they ask', async () => {
    const open = async () => {
      throw new AppError('not_found', 'A stored file is missing.')
    }
    const rows = await lookAtReviewed({ ...videoWith([sampleOf(ASKED), sampleOf('?')]), open }, modelsSeeing([]), STANDARD_REPORT, NEVER)
    expect(rows.leftOut.map(({ reason }) => reason)).toEqual(['unreadable-video', 'unreadable-video'])
  })

  it('does not take a fault of ours, or a frame that never came, for the figures of a video', async () => {
    const away = async () => {
      throw new AppError('unavailable', 'The storage does not answer.')
    }
    const gone = videoWith([sampleOf(ASKED)], { reader: { ...fakeReader(), read: away } })
    await expect(lookAtReviewed(gone, modelsSeeing([]), STANDARD_REPORT, NEVER)).rejects.toMatchObject({ code: 'unavailable' })
    const silent = videoWith([sampleOf(ASKED)], { reader: { ...fakeReader(), read: async () => undefined } })
    const { leftOut } = await lookAtReviewed(silent, modelsSeeing([]), STANDARD_REPORT, NEVER)
    expect(leftOut.map(({ reason }) => reason)).toEqual(['unreadable-video'])
  })

  it('stops between two frames', async () => {
    const stop = new AbortController()
    const models = modelsSeeing([])
    const reader = fakeReader()
    const asked = videoWith([sampleOf(ASKED)], {
      reader: {
        ...reader,
        read: (frames, onPicture) =>
          reader.read(frames, async (picture) => {
            if (models.looked.length === 3) stop.abort()
            await onPicture(picture)
          }),
      },
    })
    await expect(lookAtReviewed(asked, models, STANDARD_REPORT, stop.signal)).rejects.toThrow()
    expect(models.looked).toHaveLength(3)
  })
})
