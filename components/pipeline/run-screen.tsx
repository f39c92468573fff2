'use client'

import { TriangleAlert } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { listenToRun } from '@/browser/run-events'
import { Button } from '@/components/ui/button'
import type { RunOutcome, RunStatus } from '@/core/pipeline/run-status'
import type { PipelineSettings } from '@/core/pipeline/settings'
import { RejectedPairs } from './rejected-pairs'
import { useRunActs } from './run-acts'
import { RunCompare } from './run-compare'
import { RunFigures } from './run-figures'
import { RunHead } from './run-head'
import { RunVideos } from './run-videos'
import { StageTable } from './stage-table'
import { StartRunDialog } from './start-run-dialog'
import { TauPanel } from './tau-panel'

type RunScreenProps = {
  first: RunStatus
  projectId: string
  base: string
  canManage: boolean
  /** As the run began; null where they are of an older shape. */
  settings: PipelineSettings | null
  outcomes: { readonly own: RunOutcome | null; readonly before: RunOutcome | null }
}

/** One run, live. */
export function RunScreen({ first, projectId, base, canManage, settings, outcomes }: RunScreenProps) {
  const { run, isLineUp } = useRun(projectId, first)
  const acts = useRunActs(projectId, run.id)
  const [open, setOpen] = useState<'again' | 'rejected' | null>(null)
  const isLive = run.state === 'running' || run.state === 'paused'
  return (
    <>
      <RunHead {...{ run, base, canManage, isLineUp, acts }} onAgain={() => setOpen('again')} />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_336px] auto-rows-max content-start gap-4 overflow-y-auto p-5 min-[1800px]:grid-cols-[minmax(0,1fr)_440px]">
        {run.state === 'paused' ? <PausedNote reason={run.stateReason} /> : null}
        <RunFigures run={run} />
        {run.state === 'done' && outcomes.own !== null && outcomes.before !== null ? (
          <RunCompare own={outcomes.own} before={outcomes.before} base={base} />
        ) : null}
        <StageTable
          run={run}
          tools={
            <Button size="sm" variant="ghost" onClick={() => setOpen('rejected')}>
              Rejected questions
            </Button>
          }
        />
        {settings === null ? <span /> : <TauPanel {...{ projectId, base, settings, canManage, isLive }} runId={run.id} />}
        <RunVideos {...{ run, projectId, base, canManage, acts }} />
      </div>
      {open === 'again' ? <StartRunDialog {...{ projectId, base }} onClose={() => setOpen(null)} /> : null}
      {open === 'rejected' ? (
        <RejectedPairs projectId={projectId} runId={run.id} number={run.number} onClose={() => setOpen(null)} />
      ) : null}
    </>
  )
}

function PausedNote({ reason }: { reason: string | null }) {
  return (
    <p role="status" className="tint-warn col-span-full flex items-center gap-2 rounded-3 px-4 py-2 text-fg">
      <TriangleAlert size={14} strokeWidth={1.75} className="flex-none text-warn" aria-hidden />
      {reason ?? 'Paused. Tasks in hand are finished; nothing new is begun.'}
    </p>
  )
}

/** The run as the server last told of it. When it ends, the page is read once more for the comparison. */
function useRun(projectId: string, first: RunStatus) {
  const router = useRouter()
  const [run, setRun] = useState(first)
  const [isLineUp, setIsLineUp] = useState(true)
  const state = useRef(first.state)
  useEffect(
    () =>
      listenToRun(projectId, first.id, {
        onLine: setIsLineUp,
        onStatus(next) {
          const hasChanged = next.state !== state.current
          state.current = next.state
          setRun(next)
          if (hasChanged) router.refresh()
        },
      }),
    [projectId, first.id, router],
  )
  return { run, isLineUp }
}
