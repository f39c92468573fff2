'use server'

import { z } from 'zod'
import { AppError } from '@/core/errors'
import { frameIndexSchema, projectIdSchema, sampleIdSchema } from '@/core/ids'
import { defineAction } from '@/server/action'
import { startErrand } from '@/server/pipeline/errands'

/** Queues a look for a phrase on one frame of a sample's video; the ranked boxes are read from the errand. */
export const findBoxes = defineAction({
  name: 'sample.find-boxes',
  permission: 'sample.edit',
  input: z.object({
    projectId: projectIdSchema,
    sampleId: sampleIdSchema,
    frameIndex: frameIndexSchema,
    phrase: z.string().trim().min(1).max(200),
  }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, viewer, project, tx }) {
    const { sampleId, frameIndex, phrase } = input
    const sample = await tx.sample.findFirst({ where: { id: sampleId, projectId: project.id }, select: { videoId: true } })
    if (sample?.videoId == null) throw new AppError('not_found', 'There is no such sample with a video in this project.', { sampleId })
    const errand = { kind: 'find-boxes', videoId: sample.videoId, frameIndex, phrase } as const
    return startErrand(tx, { projectId: project.id, userId: viewer.userId }, errand)
  },
  record: ({ input, data }) => ({ subject: data.errandId, facts: { sampleId: input.sampleId, frameIndex: input.frameIndex } }),
})
