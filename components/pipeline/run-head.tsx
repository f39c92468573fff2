'use client'

import { Pause, Play, RotateCw } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { countOf } from '@/components/project/numbers'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { RunStatus } from '@/core/pipeline/run-status'
import { LocalTime } from './local-time'
import { ResumeDialog } from './resume-dialog'
import type { RunActs } from './run-acts'
import { RunStateTag } from './run-state-tag'
import { presetName } from './run-words'

type RunHeadProps = { run: RunStatus; base: string; canManage: boolean; isLineUp: boolean; acts: RunActs; onAgain: () => void }

/** Number, state and acts of a run. */
export function RunHead({ run, base, canManage, isLineUp, acts, onAgain }: RunHeadProps) {
  const [asking, setAsking] = useState<'cancel' | 'resume' | null>(null)
  const isOpen = run.state === 'running' || run.state === 'paused'
  return (
    <header className="flex h-13 flex-none items-center gap-2 border-line border-b px-5">
      <Link href={`${base}/runs`} className="rounded-1 text-fg-3 underline-offset-2 hover:text-fg hover:underline">
        Runs
      </Link>
      <span aria-hidden className="text-fg-3">
        /
      </span>
      <h1 className="flex-none font-semibold text-15">Run {run.number}</h1>
      <RunStateTag run={run} />
      <span className="num truncate text-fg-3">
        {presetName(run.preset)} preset, {countOf(run.videos.total, 'video')}
        {run.freshFrom === null ? '' : `, anew from ${run.freshFrom}`}, started <LocalTime iso={run.createdAt} /> by{' '}
        {run.startedBy ?? 'Crema'}
      </span>
      <span className="min-w-2 flex-1" />
      {isLineUp || !isOpen ? null : (
        <span role="status" className="text-warn">
          No live line, trying again
        </span>
      )}
      {canManage && run.state === 'running' ? (
        <Button onClick={acts.pause}>
          <Pause size={14} strokeWidth={1.75} aria-hidden />
          Pause
        </Button>
      ) : null}
      {canManage && run.state === 'paused' ? (
        <Button variant="primary" onClick={() => setAsking('resume')}>
          <Play size={14} strokeWidth={1.75} aria-hidden />
          Resume…
        </Button>
      ) : null}
      {canManage && isOpen ? (
        <Button variant="danger" onClick={() => setAsking('cancel')}>
          Cancel run…
        </Button>
      ) : null}
      {canManage && !isOpen ? (
        <Button onClick={onAgain}>
          <RotateCw size={14} strokeWidth={1.75} aria-hidden />
          Run again…
        </Button>
      ) : null}
      <Dialog
        open={asking === 'cancel'}
        onOpenChange={(next) => !next && setAsking(null)}
        title={`Cancel run ${run.number}?`}
        description={`What is drafted stays, and every result is remembered: a later run takes it up without paying again. ${countOf(run.videos.active, 'video')} will not be finished.`}
        footer={
          <>
            <Button onClick={() => setAsking(null)}>Keep it running</Button>
            <Button
              variant="danger"
              onClick={() => {
                setAsking(null)
                acts.cancel()
              }}
            >
              Cancel the run
            </Button>
          </>
        }
      />
      {asking === 'resume' ? <ResumeDialog run={run} onClose={() => setAsking(null)} onResume={acts.resume} /> : null}
    </header>
  )
}
