/** Folders, annotation files and imports for tests against a real database. Never imported by the product. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { db } from '../db'
import { hashFile } from '../storage'
import { openFolderMedia } from './folder-media'
import { MediaFolder } from './media-folder'
import { openProjectMedia } from './project-media'
import { type ImportFormat, type ImportRequest, runImport } from './run-import'

export function testFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'crema-import-'))
}

let count = 0
export async function testProject(): Promise<string> {
  count += 1
  const slug = `import-${process.pid}-${Date.now().toString(36)}-${count}`
  return (await db.project.create({ data: { slug, name: slug } })).id
}

export function writeJson(folder: string, name: string, value: unknown): string {
  const file = path.join(folder, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}

type Options = { format?: ImportFormat; media?: string; isDryRun?: boolean; boxes?: ImportRequest['boxes'] }

export async function importFile(
  projectId: string,
  file: string,
  { format = 'videoespresso', media, isDryRun = false, boxes = null }: Options = {},
) {
  const project = await openProjectMedia(projectId, [], isDryRun)
  const source = media === undefined ? project : openFolderMedia({ projectId, folder: await MediaFolder.open(media), project, isDryRun })
  const { sha256 } = await hashFile(file)
  return runImport({
    projectId,
    userId: null,
    format,
    files: [{ path: file, name: path.basename(file), sha256 }],
    media: source,
    boxes,
    isDryRun,
  })
}

/** A row of the released benchmark shape. */
export function benchmarkRow(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    core_frames_paths: ['clip/frames/3.jpg', 'clip/frames/12.jpg'],
    core_frames_captions: ['A person holds a rope.', 'A dog pulls hard.'],
    question: 'Why does the person drop the rope?',
    answer: 'Because the dog pulls it.',
    key_items: ['person', 'dog'],
    evidence:
      'In the first frame, the <obj_start>person<obj_end><box_start>[500, 500, 200, 300]<box_end> holds a <obj_start>rope<obj_end><box_start>[]<box_end>. In the second frame, a <obj_start>dog<obj_end><box_start>[250,500,100,200]<box_end> pulls.',
    task: 'Causal Analysis',
    correct_answer: '(A)',
    video_path: 'all_video/clip.mp4',
    options: ['(A): The dog pulls it.', '(B): It rains.', '(C): The rope burns.', '(D): A bell rings.'],
    ...changes,
  }
}
