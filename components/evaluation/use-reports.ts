'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getJson } from '@/browser/api'
import { reachServer } from '@/components/pipeline/reach-server'
import { useToast } from '@/components/ui/toast'
import { projectIdSchema } from '@/core/ids'
import { type ReportList, type ReportOptions, type ReportStatus, reportListSchema, reportSchema } from '@/core/selection/report-status'
import { cancelSelectorReport } from '@/server/actions/cancel-selector-report'
import { startSelectorReport } from '@/server/actions/start-selector-report'

const POLL_MS = 1000

const isAtWork = ({ state }: ReportStatus) => state === 'waiting' || state === 'running'

/** The reports of a project: what is at work, what is done, and the figures of the one that is looked at. */
export function useReports(projectId: string, first: ReportList) {
  const toast = useToast()
  const cache = useQueryClient()
  const path = `/api/projects/${projectId}/selector-reports`
  const key = ['selector-reports', projectId]
  const [chosen, setChosen] = useState<string | null>(null)
  const list = useQuery({
    queryKey: key,
    initialData: first,
    queryFn: ({ signal }) => getJson(path, reportListSchema, { signal }),
    refetchInterval: (query) => (query.state.data?.reports.some(isAtWork) === true ? POLL_MS : false),
  })
  const { reports, reviewed } = list.data
  const done = reports.filter(({ state }) => state === 'done')
  const shown = done.find(({ id }) => id === chosen) ?? done[0] ?? null
  const figures = useQuery({
    queryKey: [...key, shown?.id],
    enabled: shown !== null,
    // A report that is done never changes.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => getJson(`${path}/${shown?.id}`, reportSchema, { signal }),
  })
  const refusal = (title: string) => (error: Error) => toast({ tone: 'bad', title, text: error.message })
  const start = useMutation({
    mutationFn: async (options: ReportOptions) => {
      const result = await reachServer(() => startSelectorReport({ projectId: projectIdSchema.parse(projectId), options }))
      if (!result.ok) throw new Error(result.error.message)
      setChosen(null)
    },
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
    onError: refusal('The report did not start'),
  })
  const cancel = useMutation({
    mutationFn: async (reportId: string) => {
      const result = await reachServer(() => cancelSelectorReport({ projectId: projectIdSchema.parse(projectId), reportId }))
      if (!result.ok) throw new Error(result.error.message)
    },
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
    onError: refusal('The report was not cancelled'),
  })
  return {
    reviewed,
    done,
    shown,
    figures,
    atWork: reports.find(isAtWork) ?? null,
    failed: reports[0]?.state === 'failed' ? reports[0] : null,
    choose: setChosen,
    start,
    cancel,
  }
}
