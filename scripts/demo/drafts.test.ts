import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { questionOf, recordsOf, taskOf } from '@/core/document'
import { computeFlags } from '@/core/flags'
import type { JsonObject } from '@/core/formats/json'
import { DEFAULT_BOX_CONVENTION } from '@/core/formats/videoespresso/box-convention'
import { readFrameStem } from '@/core/formats/videoespresso/frame-stem'
import { readEspressoRow } from '@/core/formats/videoespresso/row'
import { buildSample, NO_PLACE } from '@/core/formats/videoespresso/to-document'
import { taskIdOf } from '@/core/tasks'
import { readManifest } from './fetch-clips'

const ROOT = path.resolve(import.meta.dirname, '..', '..')
const CLIPS: Readonly<Record<string, { width: number; height: number; frameCount: number }>> = {
  traffic: { width: 640, height: 360, frameCount: 480 },
  goldengate: { width: 1920, height: 1080, frameCount: 396 },
  webcam: { width: 400, height: 300, frameCount: 1337 },
  ocean: { width: 1280, height: 720, frameCount: 240 },
}

const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8')
const rows: JsonObject[] = ['demo-benchmark', 'demo-train'].flatMap((name) => JSON.parse(read(`prisma/demo/${name}.json`)))

/** One draft as the importer builds it once the clip is there. */
function build(row: JsonObject, number: number) {
  const result = readEspressoRow(row)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  const clip = path.basename(result.value.videoPath ?? '', '.mp4')
  const size = CLIPS[clip]
  if (size === undefined) throw new Error(`no clip ${clip}`)
  const places = result.value.frames.map((frame) => {
    const stem = readFrameStem(frame.path ?? '')
    if (stem.kind !== 'index') throw new Error(`${frame.path} names no frame`)
    return { ...NO_PLACE, index: stem.index, pts: stem.index, match: { method: 'stem' as const, confidence: 0.9 } }
  })
  const convention = { name: DEFAULT_BOX_CONVENTION, how: 'default' as const }
  const built = buildSample(result.value, { rowNumber: number, fileSha256: '0'.repeat(64), convention, size, places })
  if (!built.ok) throw new Error(JSON.stringify(built.problems))
  const { document, rowProblems, provenance } = built.value
  return { clip, size, document, provenance, flags: computeFlags(document, { video: size, isMissingMedia: false, rowProblems }) }
}

/** Rows of the table in docs/demo.md: number, clip, how the question begins, defects, who finds them. */
const table = read('docs/demo.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^\d+$/.test(cells[1] ?? ''))

const drafts = rows.map(build)

test('docs/demo.md has a line for every draft, in order', () => {
  expect(drafts).toHaveLength(table.length)
  for (const [i, { clip, document }] of drafts.entries()) {
    expect(table[i]?.[2]).toBe(clip)
    expect(questionOf(document).text.startsWith(table[i]?.[3] ?? '?')).toBe(true)
  }
})

test.each(drafts.map((draft, i) => [i + 1, draft] as const))('draft %i carries exactly the flags the table names', (number, { flags }) => {
  const found = table[number - 1]?.[5] ?? ''
  const named = [...(/flags? ([^;]*)/.exec(found)?.[1] ?? '').matchAll(/\b[A-Z]\d\b/g)].map(([code]) => code)
  expect([...new Set(flags.map((flag) => flag.code))].sort()).toEqual(named.sort())
})

test.each(drafts.map((draft, i) => [i + 1, draft] as const))('draft %i is sound apart from its defects', (_number, draft) => {
  const { document, size, provenance } = draft
  expect(taskIdOf(taskOf(document).task ?? '')).toBe(taskOf(document).task)
  const frames = recordsOf(document, 'coreFrame')
  expect(frames.length).toBeGreaterThanOrEqual(2)
  for (const frame of frames) expect(frame.index ?? -1).toBeLessThan(size.frameCount)
  expect(recordsOf(document, 'step').length).toBeGreaterThanOrEqual(2)
  const boxes = recordsOf(document, 'box')
  // Every core frame has a box, and the frame of none had to be assumed.
  expect(new Set(boxes.map((box) => box.frameId)).size).toBe(frames.length)
  for (const box of boxes) expect(provenance[box.id]?.note ?? '').not.toMatch(/^Assumed/)
})

test('the clips the drafts name are the clips of the manifest', async () => {
  const manifest = await readManifest()
  expect(manifest.map((clip) => clip.file).sort()).toEqual(
    Object.keys(CLIPS)
      .map((name) => `Demo/${name}.mp4`)
      .sort(),
  )
  expect([...new Set(drafts.map((draft) => draft.clip))].sort()).toEqual(Object.keys(CLIPS).sort())
})
