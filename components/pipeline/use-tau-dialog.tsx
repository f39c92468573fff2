'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'
import { projectIdSchema } from '@/core/ids'
import type { RunEstimateView } from '@/core/pipeline/run-estimate'
import type { PipelineSettings } from '@/core/pipeline/settings'
import { savePipelineSettings } from '@/server/actions/save-pipeline-settings'
import { startRun } from '@/server/actions/start-run'
import { runWords } from './estimate-words'
import { reachServer } from './reach-server'
import { ratioWord } from './run-words'

type UseTauProps = {
  projectId: string
  base: string
  tau: number
  settings: PipelineSettings
  estimate: RunEstimateView | undefined
  onClose: () => void
}

/** Another threshold changes the settings for runs to come; nothing is redone before somebody says so. */
export function UseTauDialog({ projectId, base, tau, settings, estimate, onClose }: UseTauProps) {
  const router = useRouter()
  const toast = useToast()
  const [isBusy, setIsBusy] = useState(false)
  const save = async (isStarting: boolean) => {
    setIsBusy(true)
    const id = projectIdSchema.parse(projectId)
    const saved = await reachServer(() => savePipelineSettings({ projectId: id, settings }))
    const started = saved.ok && isStarting ? await reachServer(() => startRun({ projectId: id })) : null
    setIsBusy(false)
    if (!saved.ok) return toast({ tone: 'bad', title: 'The threshold was not saved', text: saved.error.message })
    if (started?.ok === false) return toast({ tone: 'bad', title: 'Saved, but no run was started', text: started.error.message })
    toast({ tone: 'ok', title: `${ratioWord(tau)} is the threshold of runs to come` })
    onClose()
    if (started?.ok === true) router.push(`${base}/runs/${started.data.number}`)
    else router.refresh()
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Use ${ratioWord(tau)} as the threshold`}
      description="The settings of this run become those of the project, with the new threshold. This run goes on as it began."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button aria-disabled={isBusy} onClick={() => !isBusy && void save(false)}>
            Save for later runs
          </Button>
          <Button variant="primary" aria-disabled={isBusy} onClick={() => !isBusy && void save(true)}>
            Save and start a run
          </Button>
        </>
      }
    >
      <p className="num text-13 text-fg-2">{estimate === undefined ? 'Working out what a run would redo…' : runWords(estimate)}</p>
    </Dialog>
  )
}
