import { describe, expect, it } from 'vitest'
import { altered, draftSample, frameNo, rid, run } from '@/core/document.fixture'
import { setVerdict } from '@/core/edits'
import { addCoreFrame, editCaption, removeCoreFrame, reorderCoreFrames } from '@/core/edits-frames'
import { editStep } from '@/core/edits-steps'
import { addOption, editAnswer, editQuestion, setCorrect, setTask } from '@/core/edits-text'
import { canonicalJson, type JsonObject } from '@/core/formats/json'
import type { SampleDocument } from '@/core/records'
import type { SampleSource } from '@/core/sample-source'
import { buildRow, contextOf, RELEASED, readRow, writeRow } from './row.fixture'
import { variantOfSample, writeEspressoRow } from './to-row'

/** The fields in which the row of an edited sample differs from its source. */
function changed(source: JsonObject, edit: (doc: SampleDocument) => SampleDocument): JsonObject {
  const built = buildRow(source)
  const written = writeRow(built, edit(built.document))
  const names = new Set([...Object.keys(source), ...Object.keys(written)])
  const differing = [...names].filter((name) => canonicalJson(written[name] ?? null) !== canonicalJson(source[name] ?? null))
  return Object.fromEntries(differing.map((name) => [name, written[name] ?? null]))
}

describe.each(Object.entries(RELEASED))('a row of %s', (variant, source) => {
  it('comes back as it was', () => {
    expect(canonicalJson(writeRow(buildRow(source)))).toBe(canonicalJson(source))
  })

  it('is read again as the same draft', () => {
    const built = buildRow(source)
    expect(buildRow(writeRow(built))).toEqual(built)
  })

  it('keeps its draft when it is written anew in another convention and read in that', () => {
    const { document } = buildRow(source)
    const written = writeRow(buildRow(source), document, { convention: 'xyxypx' })
    const again = buildRow(written, contextOf({}, 'xyxypx')).document
    expect(again).toEqual(document)
  })

  it('is of its variant', () => {
    const { document, source: kept } = buildRow(source)
    expect(variantOfSample(document, kept)).toBe(variant)
    expect(readRow(writeRow(buildRow(source))).variant).toBe(variant)
  })
})

describe('one edit changes one field', () => {
  const { benchmark, 'train-video': train } = RELEASED

  it.each<[string, JsonObject, (doc: SampleDocument) => SampleDocument, JsonObject]>([
    ['the question', benchmark, (doc) => editQuestion(doc, 'Why now?'), { question: 'Why now?' }],
    ['the answer', train, (doc) => editAnswer(doc, 'It stops.'), { answer: 'It stops.' }],
    ['the right option', benchmark, (doc) => setCorrect(doc, 2), { correct_answer: '(C)' }],
    ['the task', benchmark, (doc) => setTask(doc, 'cooking_steps'), { task: 'Cooking Process' }],
    ['no task any more', train, (doc) => setTask(doc, null), { task: null }],
    ['a caption', train, (doc) => editCaption(doc, 'f1', 'A red car.'), { caption: ['A red car.'] }],
    [
      'a sentence',
      train,
      (doc) => editStep(doc, 's2', [run('It stops.')]),
      { evidence: 'The <obj_start>car<obj_end><box_start>[512, 500, 64, 80]<box_end> turns.\nIt stops.' },
    ],
    [
      'an option more',
      benchmark,
      (doc) => addOption(doc, 'He slips.'),
      { options: ['(A): The dog pulls.', '(B): It rains.', '(C): He is tired.', '(D): He slips.'] },
    ],
    ['a verdict', benchmark, (doc) => setVerdict(doc, 's1', 'accepted'), {}],
  ])('%s', (_name, source, edit, fields) => {
    expect(changed(source, edit)).toEqual(fields)
  })
})

describe('frames', () => {
  const built = buildRow(RELEASED.benchmark)

  it('go out under the paths of their exported stills', () => {
    expect(writeRow(built, built.document, { images: { f2: 'frames/528.png' } }).core_frames_paths).toEqual([
      'XD/Election__#00-05-30/480.jpg',
      'frames/528.png',
    ])
  })

  it('go out in their new order, captions beside paths', () => {
    const row = writeRow(built, reorderCoreFrames(built.document, ['f2', 'f1']))
    expect(row.core_frames_paths).toEqual(['XD/Election__#00-05-30/528.jpg', 'XD/Election__#00-05-30/480.jpg'])
    expect(row.core_frames_captions).toEqual(['A dog runs.', 'A man holds a rope.'])
  })

  it('that were rejected or removed are left out with their captions', () => {
    for (const document of [
      setVerdict(built.document, 'f1', 'rejected', [{ code: 'F1', note: '' }]),
      removeCoreFrame(built.document, 'f1'),
    ]) {
      const row = writeRow(built, document)
      expect(row.core_frames_paths).toEqual(['XD/Election__#00-05-30/528.jpg'])
      expect(row.core_frames_captions).toEqual(['A dog runs.'])
      expect(readRow(row).hasCaptionMismatch).toBe(false)
    }
  })

  it('that were rejected do not leave the caption of a source that wrote captions in its own way', () => {
    const single = buildRow({ question: 'Why?', keyframe_path: '1.jpg', caption: 'A man.' })
    expect(writeRow(single).caption).toBe('A man.')
    const row = writeRow(single, setVerdict(single.document, 'f1', 'rejected', [{ code: 'F1', note: '' }]))
    expect(Object.keys(row)).not.toContain('caption')
  })

  it('without a picture hold their place, and the row can be read again', () => {
    const more = addCoreFrame(built.document, { id: rid('f9'), index: frameNo(600), pts: 600, caption: 'The rope lies there.' })
    const row = writeRow(built, more)
    expect(row.core_frames_paths).toContain('')
    expect(buildRow(row).document.f3).toBeDefined()
  })

  it('known by caption only bring no list of empty paths', () => {
    const source: JsonObject = { question: 'Why?', caption: ['A man.'] }
    expect(canonicalJson(writeRow(buildRow(source)))).toBe(canonicalJson(source))
  })
})

describe('a sample made here', () => {
  const source: SampleSource = {
    format: 'crema',
    variant: null,
    fileSha256: null,
    row: null,
    fieldNames: {},
    extra: { kept: [1] },
    boxConvention: null,
    rawEvidence: null,
    originals: {},
    videoPath: null,
  }
  const draft = draftSample()
  const context = { draft, source, convention: 'xyxypx' as const, size: { width: 640, height: 360 }, videoName: 'lake.mp4', images: {} }

  it('is written in the order and spelling of the benchmark', () => {
    const row = writeEspressoRow(draft, context)
    expect(Object.keys(row)).toEqual([
      'core_frames_paths',
      'core_frames_captions',
      'question',
      'answer',
      'evidence',
      'task',
      'correct_answer',
      'video_path',
      'options',
      'kept',
    ])
    expect(row).toMatchObject({ task: 'Causal Analysis', correct_answer: '(A)', video_path: 'lake.mp4', kept: [1] })
  })

  it('is written in the spelling of the training files when it has no options', () => {
    const open = altered(draft, 'answer', { options: [], correctIndex: null })
    expect(variantOfSample(open, source)).toBe('train-video')
    expect(Object.keys(writeEspressoRow(open, context))).toEqual(expect.arrayContaining(['keyframe_path', 'caption']))
  })

  it('never lets an unknown field stand in for a known one', () => {
    const row = writeEspressoRow(draft, { ...context, source: { ...source, extra: { question: 'Stolen?' } } })
    expect(row.question).toBe('Why does the man let go of the rope?')
  })
})
