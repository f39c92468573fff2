'use client'

import { Info } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { countOf } from '@/components/project/numbers'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { useToast } from '@/components/ui/toast'
import { projectIdSchema, videoIdSchema } from '@/core/ids'
import type { PresetName } from '@/core/pipeline/settings'
import { STAGE_NAMES, type StageName, stageNameSchema } from '@/core/pipeline/stages'
import { startRun } from '@/server/actions/start-run'
import { CapField } from './cap-field'
import { parseDollars } from './dollars'
import { runWords } from './estimate-words'
import { reachServer } from './reach-server'
import { useEstimate } from './use-estimate'
import { VideoPicker } from './video-picker'

type StartRunProps = {
  projectId: string
  base: string
  onClose: () => void
  /** Chosen beforehand, on the videos page. */
  chosen?: readonly string[]
}

type Preset = PresetName | 'own'

const PRESETS: readonly { value: Preset; label: string; note: string }[] = [
  { value: 'own', label: 'Settings of the project', note: 'as under Pipeline' },
  { value: 'embedded', label: 'Embedded', note: 'no key, no network' },
  { value: 'local-server', label: 'Local server', note: 'one OpenAI-compatible server' },
  { value: 'videoespresso', label: 'VideoEspresso', note: 'the models of the paper' },
]

const FROM: readonly { value: StageName | 'none'; label: string }[] = [
  { value: 'none', label: 'Use all that is remembered' },
  ...STAGE_NAMES.map((name, place) => ({ value: name, label: `Anew from ${place + 1} ${name}` })),
]

/** Which videos, with what, up to how much; and what that would do, before it is done. */
export function StartRunDialog({ projectId, base, onClose, chosen = [] }: StartRunProps) {
  const router = useRouter()
  const toast = useToast()
  const [preset, setPreset] = useState<Preset>('own')
  const [scope, setScope] = useState<'all' | 'some'>(chosen.length === 0 ? 'all' : 'some')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(chosen))
  const [from, setFrom] = useState<StageName | 'none'>('none')
  const [capText, setCapText] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const cap = parseDollars(capText)
  const videoIds = scope === 'all' ? null : [...picked]
  const freshFrom = from === 'none' ? null : stageNameSchema.parse(from)
  const isNothing = videoIds?.length === 0
  const request = { preset: preset === 'own' ? null : preset, videoIds, freshFrom }
  const { estimate, error, isPending } = useEstimate(projectId, isNothing ? null : request)
  const canStart = cap !== undefined && !isNothing && !isBusy && (estimate === undefined || estimate.videos > 0)
  const start = async () => {
    if (!canStart) return
    setIsBusy(true)
    const id = projectIdSchema.parse(projectId)
    const ids = videoIds?.map((videoId) => videoIdSchema.parse(videoId)) ?? null
    const result = await reachServer(() => startRun({ projectId: id, ...request, videoIds: ids, capMicroUsd: cap }))
    setIsBusy(false)
    if (!result.ok) return toast({ tone: 'bad', title: 'The run was not started', text: result.error.message })
    onClose()
    router.push(`${base}/runs/${result.data.number}`)
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="md"
      title="Start a run"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" aria-disabled={!canStart} onClick={() => void start()}>
            {videoIds === null ? 'Run on all videos' : `Run on ${countOf(videoIds.length, 'video')}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Labelled label="Models">
          <Select label="Models" value={preset} onChange={setPreset} choices={PRESETS} className="w-full" />
        </Labelled>
        <Labelled label="Videos">
          <Segmented
            label="Which videos"
            value={scope}
            onChange={setScope}
            choices={[
              { value: 'all', label: 'All that have been read' },
              { value: 'some', label: 'Selected', note: picked.size },
            ]}
          />
        </Labelled>
        {scope === 'some' ? <VideoPicker projectId={projectId} picked={picked} onChange={setPicked} /> : null}
        <div className="grid grid-cols-2 gap-4">
          <CapField label="Hard cap" value={capText} onChange={setCapText} />
          <Labelled label="Memory">
            <Select label="What may be taken from memory" value={from} onChange={setFrom} choices={FROM} className="w-full" />
          </Labelled>
        </div>
        <p role="status" className="num flex min-h-12 items-start gap-2 rounded-2 bg-well px-3 py-2 text-fg-2">
          <Info size={14} strokeWidth={1.5} aria-hidden className="mt-px flex-none text-info" />
          {isNothing
            ? 'Choose at least one video.'
            : error !== null
              ? `No estimate: ${error.message}`
              : isPending || estimate === undefined
                ? 'Working out what would be done…'
                : runWords(estimate)}
        </p>
      </div>
    </Dialog>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col items-start gap-1">
      <span aria-hidden className="font-medium text-11 text-fg-3">
        {label}
      </span>
      {children}
    </div>
  )
}
