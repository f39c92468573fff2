'use client'

import { useQuery } from '@tanstack/react-query'
import { getJson } from '@/browser/api'
import { errandStatusSchema, isSettled } from '@/core/pipeline/run-errand'

const POLL_MS = 500

/** A small question to a model until its answer is there; null = nothing asked. */
export function useErrand(projectId: string, errandId: string | null) {
  return useQuery({
    queryKey: ['errand', projectId, errandId],
    enabled: errandId !== null,
    queryFn: ({ signal }) => getJson(`/api/projects/${projectId}/errands/${errandId}`, errandStatusSchema, { signal }),
    refetchInterval: (query) => (query.state.data !== undefined && isSettled(query.state.data) ? false : POLL_MS),
  })
}
