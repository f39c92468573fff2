/** Writes an export into a folder that does not exist yet. Used by the command line and by the worker. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { BoxConventionName } from '@/core/formats/videoespresso/box-convention'
import { keepHeapSmall } from '@/server/import/small-heap'
import { inStorage } from '@/server/storage'
import { ExportStills } from './export-stills'
import { type FileFacts, FileWriter } from './file-writer'
import { ManifestBuilder } from './manifest'
import { type SampleReader, type StateChoice, type StoredSample, withSamples } from './read-samples'
import { VideoFacts } from './video-facts'
import { conventionFor, cremaText, espressoText, proveFrames, usedFrames } from './write-row'

export type ExportFormat = 'videoespresso' | 'crema'

export type ExportRequest = {
  readonly projectId: string
  readonly format: ExportFormat
  readonly choice: StateChoice
  /** null = each row in the convention of its source. */
  readonly boxes: BoxConventionName | null
  /** Absolute path of the folder to make. */
  readonly folder: string
}

export type ExportHooks = {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly rowsDone: number; readonly rowsTotal: number }) => void
}

export type WrittenFile = { readonly path: string; readonly sha256: string; readonly bytes: number }
export type ExportResult = {
  readonly samples: number
  /** By path. */
  readonly files: readonly WrittenFile[]
  readonly perTask: Readonly<Record<string, number>>
  readonly warnings: readonly string[]
}

const HEAP_GROWTH_PERCENT = 80

const ROWS_FILE: Readonly<Record<ExportFormat, string>> = { videoespresso: 'videoespresso.json', crema: 'crema.jsonl' }

type Parts = { readonly stills: ExportStills; readonly videos: VideoFacts; readonly manifest: ManifestBuilder }

/** The frames a batch needs, by video. */
function framesWanted(samples: readonly StoredSample[], videos: VideoFacts): Map<string, Set<number>> {
  const wanted = new Map<string, Set<number>>()
  for (const sample of samples) {
    const sha256 = videos.get(sample.videoId)?.sha256 ?? null
    if (sha256 === null) continue
    const indices = wanted.get(sha256) ?? new Set<number>()
    for (const frame of usedFrames(sample)) indices.add(frame.index)
    wanted.set(sha256, indices)
  }
  return wanted
}

async function writeRows(
  request: ExportRequest,
  hooks: ExportHooks,
  reader: SampleReader,
  file: FileWriter,
  { stills, videos, manifest }: Parts,
) {
  const isList = request.format === 'videoespresso'
  let rowsDone = 0
  if (isList) await file.write('[')
  for await (const samples of reader.batches()) {
    hooks.signal?.throwIfAborted()
    await videos.load(samples.flatMap((sample) => sample.videoId ?? []))
    await stills.add(framesWanted(samples, videos))
    for (const sample of samples) {
      const video = videos.get(sample.videoId)
      const parts = { sample, video, frames: proveFrames(sample, video, stills) }
      const convention = conventionFor(sample.source, request.boxes)
      const text = isList ? espressoText(parts, convention) : cremaText(parts)
      await file.write(isList ? `${rowsDone === 0 ? '\n' : ',\n'}${text}` : `${text}\n`)
      manifest.add(sample.externalId, sample.task, sample.state, isList ? convention : null)
      rowsDone += 1
    }
    hooks.onProgress?.({ rowsDone, rowsTotal: reader.total })
  }
  if (isList) await file.write('\n]\n')
}

/** @throws AppError storage_full, unavailable, and the abort reason when stopped; the folder is then half-written and the caller's to remove */
export function runExport(request: ExportRequest, hooks: ExportHooks = {}): Promise<ExportResult> {
  return inStorage(() => writeExport(request, hooks))
}

async function writeExport(request: ExportRequest, hooks: ExportHooks): Promise<ExportResult> {
  keepHeapSmall(HEAP_GROWTH_PERCENT)
  await mkdir(request.folder, { recursive: false })
  const parts: Parts = { stills: new ExportStills(request.folder, hooks.signal), videos: new VideoFacts(), manifest: new ManifestBuilder() }
  const rowsFile = ROWS_FILE[request.format]
  const file = new FileWriter(path.join(request.folder, rowsFile))
  const facts = await withSamples(request.projectId, request.choice, async (reader) => {
    await writeRows(request, hooks, reader, file, parts)
    return file.close()
  }).catch((thrown: unknown) => {
    file.abandon()
    throw thrown
  })
  const files: { path: string; facts: FileFacts }[] = [{ path: rowsFile, facts }, ...parts.stills.files()]
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  const manifest = new FileWriter(path.join(request.folder, 'manifest.json'))
  await manifest.write(parts.manifest.build(request, parts.videos.all(), files))
  const all = [...files, { path: 'manifest.json', facts: await manifest.close() }].sort((a, b) => (a.path < b.path ? -1 : 1))
  return {
    samples: parts.manifest.samples,
    files: all.map(({ path: name, facts: { sha256, bytes } }) => ({ path: name, sha256, bytes })),
    perTask: parts.manifest.tasks(),
    warnings: parts.stills.warnings,
  }
}
