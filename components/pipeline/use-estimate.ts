'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { askJson } from '@/browser/api'
import { type EstimateRequest, runEstimateSchema } from '@/core/pipeline/run-estimate'

const SETTLED_MS = 350

/** What a run would redo and cost. Asked when the question has not changed for a moment; null = nothing to ask. */
export function useEstimate(projectId: string, request: EstimateRequest | null) {
  const key = JSON.stringify(request)
  const [settled, setSettled] = useState(key)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [key])
  const isWanted = settled !== 'null' && settled === key
  const query = useQuery({
    queryKey: ['estimate', projectId, settled],
    enabled: isWanted,
    staleTime: 10_000,
    queryFn: ({ signal }) => askJson(`/api/projects/${projectId}/pipeline/estimate`, JSON.parse(settled), runEstimateSchema, { signal }),
  })
  return {
    estimate: isWanted ? query.data : undefined,
    error: isWanted ? query.error : null,
    isPending: request !== null && (!isWanted || query.isPending),
  }
}
