'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useToast } from '@/components/ui/toast'
import { projectIdSchema, videoIdSchema } from '@/core/ids'
import { cancelRun } from '@/server/actions/cancel-run'
import { pauseRun } from '@/server/actions/pause-run'
import { resumeRun } from '@/server/actions/resume-run'
import { retryTasks } from '@/server/actions/retry-tasks'
import { reachServer } from './reach-server'

export type RunActs = {
  readonly pause: () => void
  /** undefined = the cap stays. */
  readonly resume: (capMicroUsd?: number | null) => void
  readonly cancel: () => void
  readonly cancelVideo: (videoId: string) => void
  /** null = everything that has failed. */
  readonly retry: (taskIds: readonly string[] | null) => void
}

type Outcome = { ok: true } | { ok: false; error: { message: string } }

/** What a person can do to a run. The new state comes back with the next event; only a refusal is said aloud. */
export function useRunActs(projectId: string, runId: string): RunActs {
  const toast = useToast()
  const cache = useQueryClient()
  const key = { projectId: projectIdSchema.parse(projectId), runId }
  const act = async (refused: string, work: () => Promise<Outcome>) => {
    const result = await reachServer(work)
    if (!result.ok) toast({ tone: 'bad', title: refused, text: result.error.message })
    void cache.invalidateQueries({ queryKey: ['run-videos', runId] })
  }
  return {
    pause: () => void act('The run was not paused', () => pauseRun(key)),
    resume: (capMicroUsd) =>
      void act('The run was not resumed', () => resumeRun({ ...key, ...(capMicroUsd === undefined ? {} : { capMicroUsd }) })),
    cancel: () => void act('The run was not cancelled', () => cancelRun(key)),
    cancelVideo: (videoId) => void act('The video was not cancelled', () => cancelRun({ ...key, videoId: videoIdSchema.parse(videoId) })),
    retry: (taskIds) => void act('Nothing was tried again', () => retryTasks({ ...key, taskIds: taskIds === null ? null : [...taskIds] })),
  }
}
