import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { documentProblems } from '@/core/document-problems'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { stopMedia } from '@/server/media/media-client'
import { db } from '../db'
import { benchmarkRow, importFile, testFolder, testProject, writeJson } from './import-for-tests'

const CLIP = clipSpec('cfr-25')
let media: string

beforeAll(() => {
  media = testFolder()
  mkdirSync(path.join(media, 'all_video'))
  copyFileSync(clipPath(CLIP), path.join(media, 'all_video', 'clip.mp4'))
  return () => stopMedia()
})

const samplesOf = (projectId: string) =>
  db.sample.findMany({ where: { projectId }, include: { body: true, video: true }, orderBy: { ordinal: 'asc' } })

describe('a VideoEspresso file with its video', () => {
  it('becomes samples tied to exact frames, and a second import changes nothing', async () => {
    const projectId = await testProject()
    const file = writeJson(testFolder(), 'bench.json', [benchmarkRow(), benchmarkRow({ question: 'What does the dog do?' })])
    const report = await importFile(projectId, file, { media })
    expect(report).toMatchObject({
      total: 2,
      imported: 2,
      unchanged: 0,
      errorCount: 0,
      perTask: { causal_inference: 2 },
      missingMedia: [],
      variants: { benchmark: 2 },
    })
    const [sample] = await samplesOf(projectId)
    expect(sample?.body?.draft).toEqual(sample?.body?.document)
    expect(documentProblems(JSON.parse(JSON.stringify(sample?.body?.document)))).toEqual([])
    expect(sample?.body?.document).toMatchObject({
      f1: { index: 3, pts: 1536, match: { method: 'stem' }, path: 'clip/frames/3.jpg' },
      f2: { index: 12, pts: 6144 },
      b1: { frameId: 'f1', rect: { x: 64, y: 42, w: 32, h: 36 } },
      b2: { frameId: 'f2', rect: { x: 32, y: 48, w: 16, h: 24 } },
      s2: { frameIds: ['f2'] },
    })
    expect(sample).toMatchObject({ state: 'queued', version: 0, task: 'causal_inference', thumbFrame: 3 })
    expect(sample?.flagCodes).toContain('B1')
    const before = await samplesOf(projectId)
    const again = await importFile(projectId, file, { media })
    expect(again).toMatchObject({ total: 2, imported: 0, unchanged: 2, errorCount: 0 })
    expect(await samplesOf(projectId)).toEqual(before)
    expect(await db.video.count({ where: { projectId } })).toBe(1)
  })

  it('keeps a sample whose row changed, and says so', async () => {
    const projectId = await testProject()
    const folder = testFolder()
    await importFile(projectId, writeJson(folder, 'a.json', [benchmarkRow({ id: 'q1' })]), { media })
    const report = await importFile(projectId, writeJson(folder, 'b.json', [benchmarkRow({ id: 'q1', answer: 'Another one.' })]), { media })
    expect(report).toMatchObject({
      imported: 0,
      unchanged: 1,
      warningCount: 1,
      warnings: [{ code: 'already_exists', field: 'id', row: 1 }],
    })
    expect((await samplesOf(projectId))[0]?.body?.document).toMatchObject({ answer: { text: 'Because the dog pulls it.' } })
  })

  it('imports without the video as V1, and links it when it comes', async () => {
    const projectId = await testProject()
    const file = writeJson(testFolder(), 'bench.json', [benchmarkRow()])
    const first = await importFile(projectId, file)
    expect(first).toMatchObject({ imported: 1, missingMedia: ['all_video/clip.mp4'] })
    const [without] = await samplesOf(projectId)
    expect(without).toMatchObject({ videoId: null, isBlocked: true })
    expect(without?.flagCodes).toContain('V1')
    const second = await importFile(projectId, file, { media })
    expect(second).toMatchObject({ imported: 1, unchanged: 0, missingMedia: [] })
    const [linked] = await samplesOf(projectId)
    expect(linked).toMatchObject({ id: without?.id, ordinal: without?.ordinal })
    expect(linked?.flagCodes).not.toContain('V1')
    expect(linked?.body?.document).toMatchObject({ f1: { index: 3 }, b1: { rect: { x: 64, y: 42, w: 32, h: 36 } } })
  })

  it('says what a dry run would do and writes nothing', async () => {
    const projectId = await testProject()
    const file = writeJson(testFolder(), 'bench.json', [benchmarkRow(), benchmarkRow({ question: 5 })])
    const report = await importFile(projectId, file, { media, isDryRun: true })
    expect(report).toMatchObject({ total: 2, imported: 1, errorCount: 1, errors: [{ row: 2, field: 'question', code: 'bad_row' }] })
    expect(await db.sample.count({ where: { projectId } })).toBe(0)
    expect(await db.video.count({ where: { projectId } })).toBe(0)
  })

  it('names a frame past the end and leaves it unlocated', async () => {
    const projectId = await testProject()
    const file = writeJson(testFolder(), 'bench.json', [
      benchmarkRow({ core_frames_paths: ['clip/frames/3.jpg', 'clip/frames/99999.jpg'] }),
    ])
    const report = await importFile(projectId, file, { media })
    expect(report.warnings).toContainEqual(expect.objectContaining({ code: 'frame_out_of_range', row: 1, field: 'core_frames_paths' }))
    const [sample] = await samplesOf(projectId)
    expect(sample?.body?.document).toMatchObject({ f2: { index: null, pts: null, match: { method: 'none', confidence: 0 } } })
    expect(sample?.flagCodes).toContain('F4')
  })
})

describe('bad rows', () => {
  it('are reported with row, field and remedy, and the good ones go in', async () => {
    const projectId = await testProject()
    const rows = [
      benchmarkRow(),
      benchmarkRow({ question: '' }),
      benchmarkRow({ options: 'A or B' }),
      { nothing: true },
      benchmarkRow({ id: 'x' }),
      benchmarkRow({ id: 'x', question: 'Other?' }),
    ]
    const text = `${JSON.stringify(rows).slice(0, -1)},{"question":NaN},{"__proto__":{"isAdmin":true},"question":"q"},5]`
    const report = await importFile(projectId, writeJson(testFolder(), 'bad.json', text), { media })
    expect(report).toMatchObject({ total: 9, imported: 2, errorCount: 7 })
    const seen = report.errors.map(({ row, field, code }) => [row, field, code])
    expect(seen).toEqual([
      [2, 'question', 'bad_row'],
      [3, 'options', 'bad_row'],
      [4, 'question', 'bad_row'],
      [6, 'id', 'already_exists'],
      [7, 'question', 'bad_row'],
      [8, '__proto__', 'bad_row'],
      [9, null, 'bad_row'],
    ])
    expect(await db.sample.count({ where: { projectId } })).toBe(2)
  })

  it('of a broken file write nothing at all', async () => {
    const projectId = await testProject()
    const text = JSON.stringify([benchmarkRow(), benchmarkRow({ question: 'b' })]).slice(0, -20)
    await expect(importFile(projectId, writeJson(testFolder(), 'cut.json', text), { media })).rejects.toMatchObject({
      code: 'bad_file',
      details: { row: 2 },
    })
    expect(await db.sample.count({ where: { projectId } })).toBe(0)
  })

  it('never lead out of the media folder', async () => {
    const projectId = await testProject()
    const folder = testFolder()
    const secret = path.join(testFolder(), 'secret.mp4')
    copyFileSync(clipPath(CLIP), secret)
    symlinkSync(secret, path.join(folder, 'link.mp4'))
    symlinkSync(path.dirname(secret), path.join(folder, 'linked'))
    const paths = ['../../etc/passwd', '/etc/passwd', 'link.mp4', 'linked/secret.mp4', 'a/../../secret.mp4', '..\\secret.mp4']
    const rows = paths.map((video_path, i) => benchmarkRow({ video_path, question: `q${i}` }))
    const report = await importFile(projectId, writeJson(testFolder(), 'out.json', rows), { media: folder })
    expect(report.errors.map(({ code, field }) => [code, field])).toEqual(paths.map(() => ['path_outside', 'video_path']))
    expect(report).toMatchObject({ imported: 0, errorCount: paths.length })
    expect(await db.video.count({ where: { projectId } })).toBe(0)
    const still = benchmarkRow({ core_frames_paths: ['../../../etc/shadow.jpg'], core_frames_captions: ['x'] })
    const second = await importFile(projectId, writeJson(testFolder(), 'still.json', [still]), { media })
    expect(second.errors).toMatchObject([{ code: 'path_outside', field: 'core_frames_paths', row: 1 }])
  })

  it('name a file that is no video', async () => {
    const projectId = await testProject()
    const folder = testFolder()
    writeFileSync(path.join(folder, 'clip.mp4'), '#EXTM3U\nfile:///etc/passwd\n')
    const report = await importFile(projectId, writeJson(testFolder(), 'x.json', [benchmarkRow()]), { media: folder })
    expect(report).toMatchObject({ imported: 1, warnings: [{ field: 'video_path' }], missingMedia: ['all_video/clip.mp4'] })
    expect((await samplesOf(projectId))[0]?.flagCodes).toContain('V1')
  })
})
