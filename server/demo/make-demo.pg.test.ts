import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '@/server/db'
import { stopMedia } from '@/server/media/media-client'
import { clipPath, clipSpec } from '../../e2e/fixtures/clips'
import { demoState } from './demo-state'
import { type DemoParts, makeDemo } from './make-demo'

let folder: string
let parts: DemoParts

const row = (clip: string, frame: number) => ({
  core_frames_paths: [`Demo/4_image/${clip}/${frame}.jpg`],
  question: `What stands in the corner of ${clip}?`,
  answer: 'A number.',
  evidence: `There is a <obj_start>number<obj_end><box_start>[100, 100, 150, 150]<box_end>.`,
  task: 'Causal Analysis',
  video_path: `all_video/Demo/${clip}.mp4`,
})

const clip = (name: string) => ({ file: `Demo/${name}.mp4`, licence: 'MIT', source: `npm package ${name}`, credit: 'Nobody' })
const signal = new AbortController().signal

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'crema-demo-'))
  mkdirSync(path.join(folder, 'Demo'))
  copyFileSync(clipPath(clipSpec('b-frames')), path.join(folder, 'Demo', 'here.mp4'))
  const annotations = path.join(folder, 'drafts.json')
  writeFileSync(annotations, JSON.stringify([row('here', 3), row('later', 4)]))
  parts = { folder, clips: [clip('here')], isComplete: false, annotations: [annotations], say: () => {}, signal }
})
afterAll(() => {
  stopMedia()
  rmSync(folder, { recursive: true, force: true })
})

const samples = () =>
  db.sample.findMany({
    include: { body: true, video: { select: { name: true, license: true, source: true } } },
    orderBy: { ordinal: 'asc' },
  })

test('a clip that is missing leaves its draft without video, and the next run brings it', async () => {
  expect((await demoState()).kind).toBe('make')
  expect(await makeDemo(parts)).toBe(2)
  expect((await demoState()).kind).toBe('resume')
  const [here, later] = await samples()
  expect(here?.video).toEqual({ name: 'Demo/here.mp4', license: 'MIT', source: 'npm package here (Nobody)' })
  expect(later?.video).toBeNull()
  expect(later?.flagCodes).toContain('V1')

  copyFileSync(clipPath(clipSpec('negative-pts')), path.join(folder, 'Demo', 'later.mp4'))
  expect(await makeDemo({ ...parts, clips: [clip('here'), clip('later')], isComplete: true })).toBe(2)
  const [again, there] = await samples()
  expect(again?.id).toBe(here?.id)
  expect(there?.video?.name).toBe('Demo/later.mp4')
  expect(there?.flagCodes).not.toContain('V1')
  expect((await demoState()).kind).toBe('complete')
})

test('the drafts say that a person wrote them', async () => {
  for (const { body } of await samples()) {
    expect(body?.provenance).toMatchObject({ draft: { kind: 'person', note: expect.stringContaining('by hand') } })
  }
})

test('a complete demo is left alone, and a deleted one does not come back', async () => {
  expect(await makeDemo(parts)).toBeNull()
  await db.project.deleteMany({})
  expect(await makeDemo(parts)).toBeNull()
  expect(await db.project.count()).toBe(0)
})
