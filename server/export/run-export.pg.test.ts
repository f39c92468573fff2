import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { diffDocuments } from '@/core/diff'
import { parseDocument } from '@/core/document'
import { setBoxRect } from '@/core/edits-boxes'
import type { SampleDocument } from '@/core/records'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { benchmarkRow, importFile, testFolder, testProject, writeJson } from '@/server/import/import-for-tests'
import { stopMedia } from '@/server/media/media-client'
import { db } from '../db'
import { storeArchive } from './archive'
import { placeFolder } from './place-folder'
import { type ExportFormat, runExport } from './run-export'

let media: string
let projectId: string

/** An empty box blocks approval, here as in the review. */
const evidence = String(benchmarkRow().evidence).replace('[]', '[ 700,500, 5e1,50.0 ]')

const ROWS = [
  benchmarkRow({ evidence }),
  benchmarkRow({ evidence, question: 'What does the dog do?', my_own_field: { deep: [1, null, 'x'] } }),
  {
    keyframe_path: ['clip/frames/7.jpg'],
    video_path: 'all_video/clip.mp4',
    question: 'Is <b>this</b> shown literally?',
    answer: 'Yes.',
    task: 'my own task',
    evidence: 'The <obj_start>bell<obj_end><box_start>[[100,100,50,50],[300,300,50,50]]<box_end> rings.\nIt is loud.',
  },
]

function accept(document: SampleDocument): SampleDocument {
  return Object.fromEntries(
    Object.entries(document).map(([id, record]) => {
      const accepted = { ...record, verdict: record.verdict === 'unseen' ? ('accepted' as const) : record.verdict }
      return [id, accepted.type === 'answer' ? { ...accepted, sufficiency: 'accepted' as const } : accepted]
    }),
  )
}

/** Approves every sample as the review does: verdicts, one edit, state. The first one also gets a box moved. */
async function approveAll(): Promise<void> {
  const samples = await db.sample.findMany({ where: { projectId }, include: { body: true }, orderBy: { ordinal: 'asc' } })
  for (const [position, sample] of samples.entries()) {
    const draft = parseDocument(sample.body?.draft)
    const moved = position === 0 ? setBoxRect(draft, 'b1', { x: 10.25, y: 11.5, w: 33.125, h: 20 }) : draft
    const document = accept(moved)
    const json = (value: unknown) => JSON.parse(JSON.stringify(value))
    await db.sampleBody.update({ where: { sampleId: sample.id }, data: { document: json(document) } })
    await db.sample.update({
      where: { id: sample.id },
      data: { state: position === 0 ? 'fixed' : 'approved', version: 1, decision: position === 0 ? 'fix_approve' : 'approve' },
    })
    await db.edit.create({
      data: { sampleId: sample.id, version: 1, userId: 'u', mutationId: crypto.randomUUID(), diff: json(diffDocuments(draft, document)) },
    })
  }
}

beforeAll(async () => {
  media = testFolder()
  mkdirSync(path.join(media, 'all_video'))
  copyFileSync(clipPath(clipSpec('cfr-25')), path.join(media, 'all_video', 'clip.mp4'))
  projectId = await testProject()
  await importFile(projectId, writeJson(testFolder(), 'rows.json', ROWS), { media })
  await approveAll()
  return () => stopMedia()
})

function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const pairs = files.map((entry) => {
    const file = path.join(entry.parentPath, entry.name)
    return [path.relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]
  })
  return Object.fromEntries(pairs.sort())
}

const exportTo = (folder: string, format: ExportFormat, changes: Partial<Parameters<typeof runExport>[0]> = {}) =>
  placeFolder(folder, (temp) => runExport({ projectId, format, choice: 'approved', boxes: null, folder: temp, ...changes }))

const FILE = { videoespresso: 'videoespresso.json', crema: 'crema.jsonl' } as const

describe.each(['videoespresso', 'crema'] as const)('an export as %s', (format) => {
  it('is the same bytes twice, and its manifest tells every file', async () => {
    const [a, b] = [path.join(testFolder(), 'a'), path.join(testFolder(), 'b')]
    const result = await exportTo(a, format)
    await exportTo(b, format)
    expect(tree(a)).toEqual(tree(b))
    const manifest = JSON.parse(readFileSync(path.join(a, 'manifest.json'), 'utf8'))
    expect(manifest.counts).toEqual({ samples: 3, videos: 1, stills: 3 })
    const told = Object.fromEntries(manifest.files.map((file: { path: string; sha256: string }) => [file.path, file.sha256]))
    const { 'manifest.json': _manifest, ...rest } = tree(a)
    expect(told).toEqual(rest)
    expect(result.files.map((file) => file.path)).toContain('manifest.json')
    expect(result.samples).toBe(3)
    const zips = await Promise.all([a, b].map((folder) => storeArchive(folder, result.files, 'top')))
    expect(zips[0]).toEqual(zips[1])
  })

  it('imported again into another project gives the same documents, drafts and states, and exports the same rows', async () => {
    const out = path.join(testFolder(), 'out')
    await exportTo(out, format)
    const other = await testProject()
    copyFileSync(path.join(media, 'all_video', 'clip.mp4'), path.join(out, 'clip.mp4'))
    const report = await importFile(other, path.join(out, FILE[format]), { format, media: out })
    expect(report).toMatchObject({ total: 3, imported: 3, errorCount: 0, missingMedia: [] })
    const read = async (id: string) =>
      (await db.sample.findMany({ where: { projectId: id }, include: { body: true, video: true }, orderBy: { externalId: 'asc' } })).map(
        ({ externalId, state, decision, task, split, version, video, body }) => ({
          externalId,
          state,
          decision,
          task,
          split,
          version,
          sha256: video?.sha256,
          document: body?.document,
          draft: body?.draft,
        }),
      )
    expect(await read(other)).toEqual(await read(projectId))
    const again = path.join(testFolder(), 'again')
    await placeFolder(again, (temp) => runExport({ projectId: other, format, choice: 'approved', boxes: null, folder: temp }))
    const rows = (folder: string) => readFileSync(path.join(folder, FILE[format]), 'utf8')
    const plain = (text: string) => text.replace(/"(?:name|fileSha256)":"[^"]*"|"row":\d+/g, '')
    expect(plain(rows(again))).toBe(plain(rows(out)))
    const into = await importFile(projectId, path.join(out, FILE[format]), { format, media })
    expect(into).toMatchObject({ imported: 0, unchanged: 3, warningCount: 0 })
  })
})

describe('a VideoEspresso export', () => {
  it('gives back what nobody edited, and unknown fields, as they came', async () => {
    const out = path.join(testFolder(), 'out')
    await exportTo(out, 'videoespresso')
    const rows: Record<string, unknown>[] = JSON.parse(readFileSync(path.join(out, 'videoespresso.json'), 'utf8'))
    expect(rows).toHaveLength(3)
    for (const source of ROWS.slice(1)) {
      const row = rows.find((candidate) => candidate.question === source.question)
      const { crema, ...plain } = row ?? {}
      const { core_frames_paths: _a, keyframe_path: _b, ...expected } = source as Record<string, unknown>
      expect(plain).toMatchObject(expected)
      expect(crema).toMatchObject({ schema: 'crema.row/v1', review: { state: 'approved' } })
      const paths = (row?.core_frames_paths ?? row?.keyframe_path) as string[]
      for (const image of paths) expect(existsSync(path.join(out, image)), image).toBe(true)
    }
    const fixed = rows.find((row) => row.question === ROWS[0]?.question)
    // (10.25 + 33.125 / 2) / 160 and (11.5 + 10) / 120 in thousandths; the untouched mentions keep their spelling.
    expect(fixed?.evidence).toContain('<obj_start>person<obj_end><box_start>[167.578, 179.167, 207.031, 166.667]<box_end>')
    expect(fixed?.evidence).toContain('<obj_start>dog<obj_end><box_start>[250,500,100,200]<box_end>')
    expect(Object.keys(fixed ?? {}).slice(0, 4)).toEqual(['core_frames_paths', 'core_frames_captions', 'question', 'answer'])
  })

  it('writes boxes in the convention asked for', async () => {
    const out = path.join(testFolder(), 'out')
    await exportTo(out, 'videoespresso', { boxes: 'xyxypx' })
    const rows: { question: string; evidence: string }[] = JSON.parse(readFileSync(path.join(out, 'videoespresso.json'), 'utf8'))
    expect(rows.find((row) => row.question === 'What does the dog do?')?.evidence).toContain('[64, 42, 96, 78]')
  })

  it('changed elsewhere is imported by its own fields, with a warning', async () => {
    const out = path.join(testFolder(), 'out')
    await exportTo(out, 'videoespresso')
    const rows: Record<string, unknown>[] = JSON.parse(readFileSync(path.join(out, 'videoespresso.json'), 'utf8'))
    const changed = rows.map((row) => ({ ...row, question: `${row.question} Really?` }))
    const other = await testProject()
    const report = await importFile(other, writeJson(testFolder(), 'changed.json', changed), { media })
    expect(report).toMatchObject({ imported: 3, errorCount: 0 })
    expect(report.warnings.filter((warning) => warning.field === 'crema')).toHaveLength(3)
    expect(await db.sample.count({ where: { projectId: other, question: { endsWith: 'Really?' }, state: 'queued' } })).toBe(3)
  })
})

describe('the place of an export', () => {
  it('is never a folder with other things in it; an earlier export is replaced', async () => {
    const folder = testFolder()
    writeJson(folder, 'mine.txt', 'keep')
    await expect(exportTo(folder, 'crema')).rejects.toMatchObject({ code: 'invalid_input' })
    expect(readdirSync(folder)).toEqual(['mine.txt'])
    const out = path.join(testFolder(), 'out')
    await exportTo(out, 'crema')
    await exportTo(out, 'videoespresso')
    expect(readdirSync(out).sort()).toEqual(['frames', 'manifest.json', 'videoespresso.json'])
    expect(readdirSync(path.dirname(out))).toEqual(['out'])
  })

  it('is left as it was when the export fails', async () => {
    const parent = testFolder()
    const failing = placeFolder(path.join(parent, 'out'), async (temp) => {
      mkdirSync(temp)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(readdirSync(parent)).toEqual([])
  })
})
