import { AppError } from '@/core/errors'
import { type Caption, captionOutputSchema, type SampledFrame, sampleFramesOutputSchema } from '@/core/pipeline/outputs'
import { samplingFor } from '@/core/pipeline/sampling'
import { type StageProvenance, stageProvenanceSchema } from '@/core/pipeline/stage-provenance'
import type { CandidateFrames } from '@/core/selection/candidate-frames'
import { framesAtRate, thinnedCandidates } from '@/core/selection/candidate-rule'
import { db } from '../db'
import type { Video } from '../generated/prisma/client'
import { getFrameTable } from '../media/frame-tables'
import { pipelineSettingsOf } from '../pipeline/project-settings'

type Row = { run: number; frames: unknown; captions: unknown; provenance: unknown }

/**
 * The frames of a video that a selector may choose from: those that the newest run with captions has sampled, else those of the newest
 * that has sampled it, else frames of the table at the project's rate for things that move. The caller has checked who asks.
 *
 * @throws AppError not_found while the frames of the video are not known
 */
export async function getCandidates(
  video: Pick<Video, 'id' | 'projectId' | 'sha256' | 'frameTableSha256' | 'state'>,
): Promise<CandidateFrames> {
  if (video.frameTableSha256 === null)
    throw new AppError('not_found', 'The frames of this video are not known yet.', { state: video.state })
  const row = await newestSampled(video)
  const sampled = sampleFramesOutputSchema.safeParse(row?.frames).data
  // A result of an older shape counts as none.
  if (row === undefined || sampled === undefined || sampled.frames.length === 0) return atRate(video)
  const captions = captionsOf(sampled.frames, captionOutputSchema.safeParse(row.captions).data?.captions ?? [])
  const chosen = thinnedCandidates(sampled.frames.map((frame, at) => ({ frame, caption: captions?.[at] ?? null })))
  return {
    videoSha256: video.sha256,
    run: row.run,
    fps: null,
    frames: chosen.map(({ frame }) => frame),
    captions: captions === null ? null : chosen.flatMap(({ caption }) => caption ?? []),
    captionedBy: captions === null ? null : nameOf(stageProvenanceSchema.safeParse(row.provenance).data),
  }
}

/** A run that has come as far as captions goes before a newer one that has not. */
async function newestSampled({ id, projectId }: Pick<Video, 'id' | 'projectId'>): Promise<Row | undefined> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT u."number" AS "run", rs."output" AS "frames", rc."output" AS "captions", rc."provenance" AS "provenance"
    FROM "Task" s JOIN "StageResult" rs ON rs."id" = s."resultId" JOIN "Run" u ON u."id" = s."runId"
      LEFT JOIN "Task" c ON c."runId" = s."runId" AND c."videoId" = s."videoId" AND c."pairKey" = '' AND c."stage" = 'caption' AND c."state" = 'done'
      LEFT JOIN "StageResult" rc ON rc."id" = c."resultId"
    WHERE s."videoId" = ${id}::uuid AND s."projectId" = ${projectId}::uuid AND s."pairKey" = '' AND s."stage" = 'sample-frames' AND s."state" = 'done'
    ORDER BY (rc."id" IS NOT NULL) DESC, u."number" DESC LIMIT 1`
  return row
}

/** A caption of each frame; null unless all of them have one. */
function captionsOf(frames: readonly SampledFrame[], captions: readonly Caption[]): { text: string; facts: Caption['facts'] }[] | null {
  const byFrame = new Map(captions.map((caption) => [caption.frameIndex, caption]))
  const found = frames.flatMap(({ index }) => {
    const caption = byFrame.get(index)
    return caption === undefined ? [] : [{ text: caption.text, facts: caption.facts }]
  })
  return found.length === frames.length ? found : null
}

function nameOf(provenance: StageProvenance | undefined): string {
  return [provenance?.provider, provenance?.model].filter((word) => word != null).join(' ') || 'a run'
}

async function atRate({ id, projectId, sha256 }: Pick<Video, 'id' | 'projectId' | 'sha256'>): Promise<CandidateFrames> {
  const project = await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { settings: true } })
  const { dynamicFps: fps } = samplingFor(pipelineSettingsOf(project), id)
  const frames = framesAtRate(await getFrameTable(sha256), fps)
  return { videoSha256: sha256, run: null, fps, frames, captions: null, captionedBy: null }
}
