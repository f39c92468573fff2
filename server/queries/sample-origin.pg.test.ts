/** What the filter and the verifier left out is found again, for a run and for a sample. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../db'
import { getSampleOrigin } from './get-sample-origin'
import { listRejectedPairs } from './list-rejected-pairs'
import { addResult, makeRun, makeVideo, type TestRun } from './run-rows-for-tests'

const REASON = { judge: 'rules', verdict: 'reject', criterion: 'single_frame', reason: 'One frame is enough.' }
const RECT = { x: 1, y: 2, w: 30, h: 40 }
let run: TestRun
let videoId: string
let sampleId: string

const pairs = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ key: `p${i}`, group: 0, question: `Question ${i}?`, answer: `${i}`, support: null }))

beforeAll(async () => {
  run = await makeRun('origin')
  videoId = await makeVideo(run.projectId, 'a.mp4')
  const sample = await db.sample.create({
    data: {
      projectId: run.projectId,
      videoId,
      externalId: 'one',
      sourceHash: 'x',
      question: 'Question 0?',
      runId: run.runId,
      flagCodes: [],
    },
  })
  sampleId = sample.id
  const judged = pairs(120).map(({ key }, i) => ({ key, isKept: i === 0, judgements: i === 0 ? [] : [REASON] }))
  const of = (stage: string, position: number, output: object, pairKey = '') =>
    addResult(run, { videoId, stage, position, pairKey, output })
  await of('write-qa', 4, { pairs: pairs(120) })
  await of('filter-qa', 5, { judged })
  await of('name-objects', 7, { objects: [{ phrase: 'the red cup' }, { phrase: 'a feeling' }] }, 'p0')
  await of('retrieve', 9, { frames: [{ frameIndex: 17, score: 0.9, margin: 0.1, isLowMargin: false }] }, 'p0')
  const box = { object: 0, frame: 0, rect: RECT, score: 0.6, label: 'cup' }
  await of('ground', 10, { boxes: [box, { ...box, score: 0.4 }], undetectable: [{ object: 1, reason: 'Not a thing.' }] }, 'p0')
  const check = { agreement: 0.1, rank: 2, note: 'Another phrase fits better.' }
  await of(
    'verify',
    11,
    {
      checks: [
        { ...check, isAccepted: true },
        { ...check, isAccepted: false },
      ],
    },
    'p0',
  )
  await of('lint', 14, { sampleId, outcome: 'written', flagCodes: [] }, 'p0')
})

describe('a sample', () => {
  it('knows the stages that made it, and what they refused', async () => {
    const origin = await getSampleOrigin(run.projectId, sampleId)
    expect(origin?.stages.map(({ stage }) => stage)).toEqual([
      'write-qa',
      'filter-qa',
      'name-objects',
      'retrieve',
      'ground',
      'verify',
      'lint',
    ])
    expect(origin?.stages[0]).toMatchObject({ costMicroUsd: 1200, durationMs: 340, isMemo: false })
    expect(origin?.refusedBoxes).toEqual([
      { phrase: 'the red cup', label: 'cup', frameIndex: 17, rect: RECT, score: 0.4, agreement: 0.1, note: 'Another phrase fits better.' },
    ])
    expect(origin?.undetectable).toEqual([{ phrase: 'a feeling', reason: 'Not a thing.' }])
    expect(origin?.rejectedPairs).toHaveLength(119)
  })

  it('that was imported has no origin in a run', async () => {
    const { id } = await db.sample.create({
      data: { projectId: run.projectId, videoId, externalId: 'two', sourceHash: 'y', question: '', flagCodes: [] },
    })
    expect(await getSampleOrigin(run.projectId, id)).toBeNull()
  })

  it('of nobody is not found', async () => {
    await expect(getSampleOrigin(run.projectId, 'x')).rejects.toMatchObject({ code: 'not_found' })
    await expect(getSampleOrigin(randomUUID(), sampleId)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('rejected questions of a run', () => {
  it('are all met once, page by page', async () => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listRejectedPairs>> = await listRejectedPairs(run.runId, after)
      seen.push(...page.pairs.map(({ key }) => key))
      after = page.next
    } while (after !== null)
    expect(new Set(seen).size).toBe(119)
    expect(seen).toHaveLength(119)
    const [first] = (await listRejectedPairs(run.runId, null)).pairs
    expect(first).toMatchObject({ videoName: 'a.mp4', question: 'Question 1?', answer: '1', judgements: [REASON] })
  })

  it('have no place of a stranger', async () => {
    await expect(listRejectedPairs(run.runId, 'nonsense')).rejects.toMatchObject({ code: 'invalid_input' })
    expect((await listRejectedPairs(randomUUID(), null)).pairs).toEqual([])
  })
})
