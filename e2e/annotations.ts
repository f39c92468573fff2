/** Annotation files in the VideoEspresso train form for the fixture clips, and projects made of them. */
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freshName, runCrema } from './crema'
import { clipPath, clipSpec } from './fixtures/clips'

/** Centre x, centre y, width, height in thousandths of the picture, the convention of the released files. */
type Four = readonly [number, number, number, number]

export type TrainRow = Readonly<Record<string, unknown>>

/** Every fixture picture is this large. */
export const PICTURE = { width: 160, height: 120 } as const

export function tagged(name: string, box?: Four): string {
  return `<obj_start>${name}<obj_end><box_start>${box === undefined ? '[]' : `[${box.join(', ')}]`}<box_end>`
}

/** What a box of the file is on the picture, in pixels. */
export function pixelsOf([cx, cy, w, h]: Four): { x: number; y: number; w: number; h: number } {
  const [sx, sy] = [PICTURE.width / 1000, PICTURE.height / 1000]
  return { x: (cx - w / 2) * sx, y: (cy - h / 2) * sy, w: w * sx, h: h * sy }
}

export const LEFT: Four = [250, 300, 300, 360]
export const RIGHT: Four = [720, 600, 320, 400]

/** One good row: two core frames, two steps with a box each, so nine things to look at. */
export function trainRow(clip: string, frames: readonly [number, number], question: string, more: TrainRow = {}): TrainRow {
  return {
    video_path: `clips/${fileOf(clip)}`,
    keyframe_path: frames.map((frame) => `e2e/${clip}/${frame}.jpg`),
    keyframe_captions: ['A grid of light and dark cells.', 'Other cells than before are light.'],
    question,
    answer: 'The pattern of light cells counts on.',
    evidence: `In the first frame the ${tagged('upper cell', LEFT)} is light. In the second frame the ${tagged('lower cell', RIGHT)} has changed.`,
    task: 'Causal Analysis',
    ...more,
  }
}

export function fileOf(clip: string): string {
  return path.basename(clipPath(clipSpec(clip)))
}

/** A folder with `annotations.json` and the clips under the names the rows use. */
export function mediaFolder(rows: readonly TrainRow[], clips: readonly string[]): { folder: string; annotations: string; clips: string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'crema-e2e-rows-'))
  mkdirSync(path.join(folder, 'clips'))
  const copies = clips.map((clip) => {
    const target = path.join(folder, 'clips', fileOf(clip))
    copyFileSync(clipPath(clipSpec(clip)), target)
    return target
  })
  const annotations = path.join(folder, 'annotations.json')
  writeFileSync(annotations, JSON.stringify(rows, null, 2))
  return { folder, annotations, clips: copies }
}

/** A project of its own, made by the command line. Its name is its address part. */
export function importProject(word: string, rows: readonly TrainRow[], clips: readonly string[]): string {
  const project = freshName(word)
  const { folder, annotations } = mediaFolder(rows, clips)
  const { code, value } = runCrema(
    'import',
    '--project',
    project,
    '--format',
    'videoespresso',
    '--annotations',
    annotations,
    '--media',
    folder,
  )
  if (code !== 0) throw new Error(`The rows of the test were refused: ${JSON.stringify(value)}`)
  return project
}
