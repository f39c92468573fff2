import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { diffDocuments, diffSchema } from '@/core/diff'
import { acceptStepWithBoxes, setVerdict } from '@/core/edits'
import { editCaption } from '@/core/edits-frames'
import { editQuestion } from '@/core/edits-text'
import { AppError } from '@/core/errors'
import { exampleDocument } from '@/core/example-document.fixture'
import { mutationIdSchema, projectIdSchema, sampleIdSchema } from '@/core/ids'
import type { SampleDocument } from '@/core/records'
import { reviewItems } from '@/core/review-items'
import { EMPTY_FILTER } from '@/core/sample-filter'
import { db } from '../db'
import { getQueue } from '../queries/get-queue'
import { getSample } from '../queries/get-sample'
import { decideSample, reopenSample } from './decide-sample'
import { saveEdits } from './save-edits'

let projectId: ReturnType<typeof projectIdSchema.parse>
let sampleId: ReturnType<typeof sampleIdSchema.parse>
let videoId: string
const ANN = 'ann'
const JUN = 'jun'

async function makeSample(document: SampleDocument, extra: { risk?: number } = {}) {
  const row = await db.sample.create({
    data: {
      projectId,
      videoId,
      externalId: randomUUID(),
      sourceHash: 'x',
      question: 'Why?',
      risk: extra.risk ?? 0.5,
      body: { create: { draft: document, document, source: {} } },
    },
  })
  return sampleIdSchema.parse(row.id)
}

beforeEach(async () => {
  for (const id of [ANN, JUN])
    await db.user.upsert({ where: { id }, create: { id, name: id === ANN ? 'Ann' : 'Jun', email: `${id}@x.org` }, update: {} })
  const project = await db.project.create({ data: { slug: randomUUID(), name: 'Test' } })
  projectId = projectIdSchema.parse(project.id)
  const video = await db.video.create({
    data: {
      projectId,
      sha256: 'a'.repeat(64),
      name: 'v.mp4',
      bytes: 1n,
      state: 'done',
      width: 640,
      height: 360,
      frameCount: 100,
      timeBaseNum: 1,
      timeBaseDen: 1000,
      frameTableSha256: 'b'.repeat(64),
    },
  })
  videoId = video.id
  sampleId = await makeSample(exampleDocument())
})

const newMutation = () => mutationIdSchema.parse(randomUUID())

function save(
  change: (doc: SampleDocument) => SampleDocument,
  options: { from: SampleDocument; version: number; by?: string; mutationId?: string },
) {
  const diff = diffSchema.parse(diffDocuments(options.from, change(options.from)))
  const mutationId = mutationIdSchema.parse(options.mutationId ?? randomUUID())
  return db.$transaction((tx) => saveEdits(tx, { projectId, sampleId, mutationId, baseVersion: options.version, diff }, options.by ?? ANN))
}

function allSeen(doc: SampleDocument): SampleDocument {
  return reviewItems(doc).reduce(
    (next, item) => setVerdict(next, item.kind === 'sufficiency' ? 'sufficiency' : item.recordId, 'accepted'),
    doc,
  )
}

function decide(wish: Partial<Parameters<typeof decideSample>[1]>, by = ANN) {
  const input = { projectId, sampleId, mutationId: newMutation(), version: 0, decision: 'approve' as const, reasons: [], note: '', ...wish }
  return db.$transaction((tx) => decideSample(tx, input, by), { maxWait: 30_000, timeout: 30_000 })
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => (error instanceof AppError ? error.code : error),
  )

describe('saving', () => {
  it('writes document, flags, summary, version and one Edit, and moves the sample into review', async () => {
    const answer = await save((doc) => editQuestion(doc, 'What can be seen in the second image?'), { from: exampleDocument(), version: 0 })
    expect(answer).toMatchObject({ status: 'saved', version: 1, state: 'in_review' })
    const row = await db.sample.findUniqueOrThrow({ where: { id: sampleId }, include: { body: true, edits: true } })
    expect(row).toMatchObject({ version: 1, question: 'What can be seen in the second image?', state: 'in_review', itemsDone: 1 })
    expect(row.flagCodes).toContain('Q3')
    expect(row.body?.document).toMatchObject({ question: { text: 'What can be seen in the second image?', verdict: 'edited' } })
    expect(row.body?.draft).toMatchObject({ question: { verdict: 'unseen' } })
    expect(row.edits).toHaveLength(1)
  })

  it('answers a repetition with the stored answer and applies it once', async () => {
    const mutationId = randomUUID()
    const send = () => save((doc) => editQuestion(doc, 'Why now?'), { from: exampleDocument(), version: 0, mutationId })
    const [first, second] = await Promise.all([send(), send()])
    expect({ ...first, isRepeat: null }).toEqual({ ...second, isRepeat: null })
    expect(await db.edit.count({ where: { sampleId } })).toBe(1)
    const other = save((doc) => editQuestion(doc, 'Something else'), { from: exampleDocument(), version: 0, mutationId })
    expect(await codeOf(other)).toBe('mutation_mismatch')
  })

  it('merges changes that do not touch each other and tells what arrived', async () => {
    await save((doc) => editCaption(doc, 'f1', 'Theirs'), { from: exampleDocument(), version: 0, by: JUN })
    const answer = await save((doc) => editQuestion(doc, 'Mine?'), { from: exampleDocument(), version: 0 })
    expect(answer).toMatchObject({ status: 'saved', version: 2, by: 'Jun' })
    expect(Object.keys(answer.theirs.updated)).toEqual(['f1'])
    const { document } = await getSample(projectId, sampleId)
    expect(document).toMatchObject({ f1: { caption: 'Theirs' }, question: { text: 'Mine?' } })
  })

  it('writes nothing when both changed the same', async () => {
    await save((doc) => editQuestion(doc, 'Theirs?'), { from: exampleDocument(), version: 0, by: JUN })
    const answer = await save((doc) => editQuestion(doc, 'Mine?'), { from: exampleDocument(), version: 0 })
    expect(answer).toMatchObject({ status: 'conflict', version: 1, by: 'Jun' })
    const row = await db.sample.findUniqueOrThrow({ where: { id: sampleId } })
    expect(row).toMatchObject({ version: 1, question: 'Theirs?' })
  })

  it('refuses a sample of another project, a base from the future and a change that breaks the document', async () => {
    const stranger = await db.project.create({ data: { slug: randomUUID(), name: 'Other' } })
    const diff = diffSchema.parse(diffDocuments(exampleDocument(), editQuestion(exampleDocument(), 'x')))
    const input = { projectId: projectIdSchema.parse(stranger.id), sampleId, mutationId: newMutation(), baseVersion: 0, diff }
    expect(await codeOf(db.$transaction((tx) => saveEdits(tx, input, ANN)))).toBe('not_found')
    expect(await codeOf(getSample(stranger.id, sampleId))).toBe('not_found')
    expect(await codeOf(save((doc) => editQuestion(doc, 'x'), { from: exampleDocument(), version: 7 }))).toBe('version_conflict')
    const withoutFrame = (doc: SampleDocument) => Object.fromEntries(Object.entries(doc).filter(([id]) => id !== 'f1'))
    expect(await codeOf(save(withoutFrame, { from: exampleDocument(), version: 0 }))).toBe('invalid_input')
    expect((await db.sample.findUniqueOrThrow({ where: { id: sampleId } })).version).toBe(0)
  })
})

describe('deciding', () => {
  it('approves only what was looked at, and says what is left', async () => {
    const error = await decide({}).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'not_reviewed' })
    expect(error.details.left.length).toBeGreaterThan(5)
  })

  it('makes one transition of a hundred approvals at once, by two people', async () => {
    await save(allSeen, { from: exampleDocument(), version: 0 })
    const codes = await Promise.all(Array.from({ length: 100 }, (_, n) => codeOf(decide({ version: 1 }, n % 2 === 0 ? ANN : JUN))))
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set(['done', 'illegal_transition']))
    expect(await db.sample.findUniqueOrThrow({ where: { id: sampleId } })).toMatchObject({
      state: 'approved',
      version: 2,
      decision: 'approve',
    })
  })

  it('gives a repeated send the same answer', async () => {
    await save(allSeen, { from: exampleDocument(), version: 0 })
    const mutationId = newMutation()
    const answers = await Promise.all([decide({ version: 1, mutationId }), decide({ version: 1, mutationId })])
    expect(answers.map((answer) => answer.state)).toEqual(['approved', 'approved'])
    expect(answers.filter((answer) => answer.isRepeat)).toHaveLength(1)
    expect(await codeOf(decide({ version: 1, mutationId, decision: 'skip' }))).toBe('mutation_mismatch')
  })

  it('calls it fixed when the content was changed, and lets nobody edit it until it is reopened', async () => {
    const edited = allSeen(editQuestion(exampleDocument(), 'Better?'))
    await save(() => edited, { from: exampleDocument(), version: 0 })
    expect(await decide({ version: 1 })).toMatchObject({ state: 'fixed', decision: 'fix_approve' })
    expect(await codeOf(save((doc) => editQuestion(doc, 'Again?'), { from: edited, version: 2 }))).toBe('illegal_transition')
    const reopened = await db.$transaction((tx) => reopenSample(tx, { projectId, sampleId, mutationId: newMutation(), version: 2 }, ANN))
    expect(reopened).toMatchObject({ state: 'queued', version: 3 })
    expect(await save((doc) => editQuestion(doc, 'Again?'), { from: edited, version: 3 })).toMatchObject({
      status: 'saved',
      state: 'in_review',
    })
  })

  it('is fenced by the version, needs a reason to reject, and keeps it', async () => {
    await save((doc) => acceptStepWithBoxes(doc, 's1'), { from: exampleDocument(), version: 0, by: JUN })
    const reasons = [{ code: 'Q1' as const, note: 'Seen in the text' }]
    expect(await codeOf(decide({ version: 0, decision: 'reject', reasons }))).toBe('version_conflict')
    expect(await codeOf(decide({ version: 1, decision: 'reject' }))).toBe('invalid_input')
    await decide({ version: 1, decision: 'reject', reasons, note: 'No use' })
    const sample = await getSample(projectId, sampleId)
    expect(sample).toMatchObject({ state: 'rejected', decision: { word: 'reject', by: { name: 'Ann' }, reasons, note: 'No use' } })
  })
})

describe('the queue', () => {
  const ids = (page: { items: readonly { id: string }[] }) => page.items.map((item) => item.id)

  it('has the riskiest first, and what I skipped last, for me alone', async () => {
    const high = await makeSample(exampleDocument(), { risk: 0.9 })
    const low = await makeSample(exampleDocument(), { risk: 0.1 })
    const scope = (userId: string) => ({ projectId, filter: EMPTY_FILTER, userId })
    expect(ids(await getQueue(scope(ANN), { around: null }))).toEqual([high, sampleId, low])
    await db.$transaction((tx) =>
      decideSample(tx, { projectId, sampleId: high, mutationId: newMutation(), version: 0, decision: 'skip', reasons: [], note: '' }, ANN),
    )
    const mine = await getQueue(scope(ANN), { around: high })
    expect(ids(mine)).toEqual([sampleId, low, high])
    expect(mine).toMatchObject({ position: 1, total: 3, counts: { left: 3, approved: 0 }, hasBefore: false, hasAfter: false })
    expect(ids(await getQueue(scope(JUN), { around: null }))).toEqual([high, sampleId, low])
  })

  it.each(['risk', 'import', 'recent'] as const)('pages in both directions without gaps, ordered by %s', async (order) => {
    const many = await Promise.all(Array.from({ length: 100 }, (_, n) => makeSample(exampleDocument(), { risk: (n % 7) / 10 })))
    const scope = { projectId, filter: { ...EMPTY_FILTER, order }, userId: ANN }
    const seen: string[] = []
    let page = await getQueue(scope, { around: null })
    seen.push(...ids(page))
    while (page.hasAfter) {
      page = await getQueue(scope, { after: page.items.at(-1)?.cursor ?? '' })
      expect(page.position).toBe(seen.length + 1)
      seen.push(...ids(page))
    }
    expect(new Set(seen)).toEqual(new Set([...many, sampleId]))
    expect(seen).toHaveLength(101)
    const back: string[] = []
    let cursor = page.items.at(-1)?.cursor ?? ''
    for (let has = true; has; ) {
      const earlier = await getQueue(scope, { before: cursor })
      back.unshift(...ids(earlier))
      cursor = earlier.items[0]?.cursor ?? ''
      has = earlier.hasBefore
    }
    expect(back).toEqual(seen.slice(0, -1))
    const middle = await getQueue(scope, { around: seen[50] ?? '' })
    expect(middle.position + ids(middle).indexOf(seen[50] ?? '')).toBe(51)
  })

  it('refuses a cursor it did not make', async () => {
    const scope = { projectId, filter: EMPTY_FILTER, userId: ANN }
    expect(await codeOf(getQueue(scope, { after: 'nonsense' }))).toBe('invalid_input')
  })
})
