'use client'

import { useQuery } from '@tanstack/react-query'
import { Activity, Play } from 'lucide-react'
import { useState } from 'react'
import { getJson } from '@/browser/api'
import { formatCount } from '@/components/project/numbers'
import { PageHead } from '@/components/project/page-head'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { type RunSummary, runListSchema } from '@/core/pipeline/run-status'
import { RunsTable } from './runs-table'
import { StartRunDialog } from './start-run-dialog'

const POLL_MS = 3000

type RunsScreenProps = { first: RunSummary[]; projectId: string; base: string; canManage: boolean; readyVideos: number }

/** All runs of the project, and where one is started. */
export function RunsScreen({ first, projectId, base, canManage, readyVideos }: RunsScreenProps) {
  const [isStarting, setIsStarting] = useState(false)
  const list = useQuery({
    queryKey: ['runs', projectId],
    initialData: { runs: first },
    queryFn: ({ signal }) => getJson(`/api/projects/${projectId}/runs`, runListSchema, { signal }),
    refetchInterval: (query) => (query.state.data?.runs.some(({ state }) => state === 'running') === true ? POLL_MS : false),
  })
  const { runs } = list.data
  return (
    <>
      <PageHead title="Runs" note={runs.length === 0 ? undefined : formatCount(runs.length)}>
        {canManage && runs.length > 0 ? (
          <Button variant="primary" onClick={() => setIsStarting(true)}>
            <Play size={14} strokeWidth={1.75} aria-hidden />
            Start a run…
          </Button>
        ) : null}
      </PageHead>
      {runs.length === 0 ? (
        <div className="flex min-h-0 flex-1 items-center justify-center p-8">
          <NoRuns canManage={canManage} readyVideos={readyVideos} onStart={() => setIsStarting(true)} />
        </div>
      ) : (
        <RunsTable runs={runs} base={base} />
      )}
      {isStarting ? <StartRunDialog projectId={projectId} base={base} onClose={() => setIsStarting(false)} /> : null}
    </>
  )
}

function NoRuns({ canManage, readyVideos, onStart }: { canManage: boolean; readyVideos: number; onStart: () => void }) {
  return (
    <EmptyState
      icon={<Activity size={20} strokeWidth={1.5} aria-hidden />}
      title="No runs yet"
      actions={
        canManage && readyVideos > 0 ? (
          <Button variant="primary" onClick={onStart}>
            Start a run…
          </Button>
        ) : null
      }
    >
      <p>
        A run drafts samples out of videos in fifteen stages: it samples and captions frames, writes and filters questions, names and finds
        the objects, writes the evidence, and puts the drafts into the queue, riskiest first.
      </p>
      <p className="mt-2">
        {readyVideos === 0
          ? 'Add videos first; a run needs at least one that has been read.'
          : canManage
            ? 'It can be paused, has a hard cap on cost, and pays for nothing twice.'
            : 'A curator of this project can start one.'}
      </p>
    </EmptyState>
  )
}
