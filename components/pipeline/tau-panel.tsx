'use client'

import { useQuery } from '@tanstack/react-query'
import { Info } from 'lucide-react'
import { useState } from 'react'
import { getJson } from '@/browser/api'
import { Panel } from '@/components/project/panel'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { Tag } from '@/components/ui/tag'
import { nearestTau, type TauPreview, tauPreviewSchema } from '@/core/pipeline/previews'
import type { PipelineSettings } from '@/core/pipeline/settings'
import { costWords } from './estimate-words'
import { ratioWord } from './run-words'
import { TauView } from './tau-view'
import { useEstimate } from './use-estimate'
import { UseTauDialog } from './use-tau-dialog'

type TauPanelProps = { projectId: string; base: string; runId: string; settings: PipelineSettings; canManage: boolean; isLive: boolean }

/** What another threshold would keep, and what it would cost to use it, while the run goes on. */
export function TauPanel({ projectId, base, runId, settings, canManage, isLive }: TauPanelProps) {
  const used = settings.dedupe.threshold
  const [tau, setTau] = useState(used)
  const [isUsing, setIsUsing] = useState(false)
  const { variant, keepsNumbersAndDirections } = settings.dedupe
  const query = new URLSearchParams({ run: runId, variant, symbols: keepsNumbersAndDirections ? 'on' : 'off' })
  const preview = useQuery({
    // Asked once more when the run ends: the first video may have come so far just then.
    queryKey: ['tau-preview', projectId, runId, isLive],
    queryFn: ({ signal }) => getJson(`/api/projects/${projectId}/pipeline/tau-preview?${query}`, tauPreviewSchema.nullable(), { signal }),
    // Until the first video has come so far.
    refetchInterval: (state) => (state.state.data == null && isLive ? 5000 : false),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const isMoved = nearestTau(tau) !== nearestTau(used)
  const changed: PipelineSettings = { ...settings, preset: 'custom', dedupe: { ...settings.dedupe, threshold: tau } }
  const { estimate } = useEstimate(projectId, isMoved ? { settings: changed } : null)
  return (
    <Panel title="Near-duplicate threshold" tools={<Tag className="num">τ {ratioWord(tau)}</Tag>}>
      <div className="flex min-h-0 flex-1 flex-col gap-3 px-4 pt-1 pb-4">
        {preview.error !== null ? (
          <p role="alert" className="text-fg-2">
            {preview.error.message}
          </p>
        ) : preview.data === undefined ? (
          <Skeleton className="h-56 w-full" />
        ) : preview.data === null ? (
          <p className="text-fg-3">
            As soon as the captions of a video have been compared, its frames stand here, and a slider shows what another threshold would
            keep.
          </p>
        ) : (
          <>
            <TauView preview={preview.data} {...{ projectId, tau }} onChange={setTau} />
            <div className="flex min-h-12 items-start gap-2 rounded-2 bg-well px-3 py-2 text-fg-2" role="status">
              <Info size={14} strokeWidth={1.5} aria-hidden className="mt-px flex-none text-info" />
              <span className="num">{noteOf(preview.data, used, tau, estimate === undefined ? null : costOf(estimate))}</span>
            </div>
            <div className="flex gap-2">
              <Button size="sm" aria-disabled={!isMoved} onClick={() => setTau(used)}>
                Reset
              </Button>
              {canManage ? (
                <Button size="sm" aria-disabled={!isMoved} onClick={() => isMoved && setIsUsing(true)}>
                  {isMoved ? `Use ${ratioWord(tau)}…` : 'Use…'}
                </Button>
              ) : null}
            </div>
          </>
        )}
      </div>
      {isUsing ? <UseTauDialog {...{ projectId, base, tau, estimate }} settings={changed} onClose={() => setIsUsing(false)} /> : null}
    </Panel>
  )
}

type Estimate = NonNullable<ReturnType<typeof useEstimate>['estimate']>

const costOf = (estimate: Estimate) =>
  estimate.redone === 0 || estimate.firstStage === null
    ? 'nothing that is done would be redone'
    : `redoes ${estimate.redone} ${estimate.redone === 1 ? 'video' : 'videos'} from ${estimate.firstStage}: ${costWords(estimate)}`

function noteOf(preview: TauPreview, used: number, tau: number, cost: string | null): string {
  const [before, after] = [preview.meanKept[nearestTau(used)] ?? 0, preview.meanKept[nearestTau(tau)] ?? 0]
  if (nearestTau(used) === nearestTau(tau))
    return `This run keeps ${after.toFixed(1)} frames a video. Move the slider to see another threshold.`
  const change =
    Math.abs(after - before) < 0.05
      ? 'keeps as many frames'
      : `${after > before ? 'adds' : 'drops'} ${Math.abs(after - before).toFixed(1)} frames a video`
  return `Moving to ${ratioWord(tau)} ${change}${cost === null ? '…' : ` and ${cost}.`}`
}
