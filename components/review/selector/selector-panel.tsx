'use client'

import { TriangleAlert, WandSparkles, X } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useMemo } from 'react'
import { adoptFrames, selectorWords } from '@/browser/adopt-frames'
import type { SelectorAnswer } from '@/browser/selector/selector-types'
import { choiceOf, type SuggestionState } from '@/browser/selector/suggestion'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Skeleton } from '@/components/ui/skeleton'
import { recordsOf } from '@/core/document'
import type { FrameTable } from '@/core/frame-table'
import type { FrameChoice } from '@/core/selection/frame-choice'
import { proposalRows } from '@/core/selection/proposal'
import { formatTimecode, ptsToSeconds } from '@/core/time'
import { useReview, useReviewStore, useSession } from '../review-context'
import { CompareTable } from './compare-table'
import { CARDS, ProposalList } from './proposal-list'
import { SelectorTimeline } from './selector-timeline'
import type { SelectorHandle } from './selector-types'
import { deviceText, durationText, footText, progressText } from './selector-words'
import { SelectorControls } from './signal-controls'
import { useFramesUsed } from './use-frames-used'
import { useSuggestion } from './use-suggestion'

type SelectorPanelProps = { readonly table: FrameTable | null; readonly handleRef: RefObject<SelectorHandle | null> }

/** "Suggest core frames": in place of strip and timeline; the stage stays, and nothing here takes the focus. */
export function SelectorPanel({ table, handleRef }: SelectorPanelProps) {
  const store = useReviewStore()
  const video = useReview((state) => state.sample.video)
  const document = useReview((state) => state.document)
  const canEdit = useReview((state) => state.canEdit)
  const { suggestion, state } = useSuggestion(video)
  const used = useFramesUsed(useSession().project.id)
  const { settings } = state
  // The answer before is none to the question that failed.
  const answer = state.phase === 'failed' ? null : state.answer
  const choice = choiceOf(answer, settings.method) ?? answer?.choices[0] ?? null
  const compared = settings.compared === settings.method ? null : choiceOf(answer, settings.compared)
  const rows = useMemo(
    () => (answer === null || choice === null ? [] : proposalRows(choice, answer.candidates.frames, recordsOf(document, 'coreFrame'))),
    [answer, choice, document],
  )
  const fresh = rows.flatMap((row) => (row.kind === 'new' ? [row.frame] : []))
  const adopt = (frames: FrameChoice['chosen']) =>
    answer !== null && choice !== null && adoptFrames(store, frames, selectorWords(choice.method, answer.device))
  // What is running may end with other frames; adopting the old ones meanwhile would be by accident.
  const adoptAll = () => state.phase !== 'running' && canEdit && fresh.length > 0 && adopt(fresh)
  const close = () => {
    suggestion.cancel()
    store.setState({ isSelectorOpen: false, peekIndex: null })
  }
  const isReady = video?.isReady === true
  useEffect(() => {
    handleRef.current = { run: () => isReady && suggestion.run(), adoptAll, cancel: suggestion.cancel }
    return () => {
      handleRef.current = null
    }
  })
  return (
    <section
      aria-label="Suggest core frames"
      data-region
      className="relative z-10 flex max-h-[62vh] min-w-0 flex-col border-line border-t bg-panel shadow-2"
    >
      <div className="flex h-11 flex-none items-center gap-2 border-line border-b pr-2 pl-3">
        <WandSparkles size={16} strokeWidth={1.5} className="flex-none text-accent-fg" aria-hidden />
        <h2 className="whitespace-nowrap font-semibold text-13">Suggest core frames</h2>
        <Kbd keys={hintOf('suggest')} />
        <PeekText table={table} />
        <span className="flex-1" />
        {answer === null ? null : <DeviceChip answer={answer} />}
        <IconButton label="Close" size="sm" onClick={close}>
          <X size={16} strokeWidth={1.5} aria-hidden />
        </IconButton>
      </div>
      <Progress state={state} isReady={isReady} />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_232px]">
        <div className="flex min-h-0 min-w-0 flex-col border-line border-r">
          <div className="flex-none border-line border-b">
            {table === null ? null : <SelectorTimeline table={table} answer={answer} choice={choice} compared={compared} />}
          </div>
          <div className="h-[216px] overflow-y-auto p-3 max-[1360px]:h-[204px]">
            {answer !== null && choice !== null ? (
              <ProposalList answer={answer} choice={choice} rows={rows} used={used} onAdopt={adopt} />
            ) : (
              <Waiting
                state={state}
                onAgain={suggestion.run}
                isReady={isReady}
                problem={video?.problem ?? null}
                hasVideo={video !== null}
              />
            )}
          </div>
        </div>
        {/* As high as what stands beside it: a signal that comes up scrolls here and moves nothing. */}
        <div className="relative min-h-0">
          <div className="absolute inset-0 overflow-y-auto px-3 py-2">
            <SelectorControls settings={settings} onChange={suggestion.change} />
            <div className="my-1 h-px bg-line" />
            <CompareTable settings={settings} answer={answer} onCompare={(method) => suggestion.change({ compared: method })} />
          </div>
        </div>
      </div>
      <footer className="flex h-11 flex-none items-center gap-2 border-line border-t px-3">
        <Foot state={state} answer={answer} canEdit={canEdit} />
        <span className="flex-1" />
        <Button
          size="sm"
          variant="ghost"
          shortcut={hintOf('leave')}
          onClick={() => (state.phase === 'running' ? suggestion.cancel() : close())}
        >
          {state.phase === 'running' ? 'Cancel' : 'Close'}
        </Button>
        <Button
          size="sm"
          variant="primary"
          shortcut={hintOf('use-frame')}
          aria-disabled={state.phase === 'running' || !canEdit || fresh.length === 0}
          title={canEdit ? (fresh.length === 0 ? 'Nothing is proposed that is not a core frame already' : undefined) : 'Read-only here'}
          onClick={adoptAll}
        >
          {fresh.length > 1 ? `Adopt all ${fresh.length}` : 'Adopt all'}
        </Button>
      </footer>
    </section>
  )
}

/** Which frame is on the stage while it is none of the core frames. */
function PeekText({ table }: { table: FrameTable | null }) {
  const peekIndex = useReview((state) => state.peekIndex)
  const pts = peekIndex === null ? undefined : table?.pts[peekIndex]
  if (peekIndex === null || pts === undefined || table === null) return null
  return (
    <span className="num ml-2 truncate text-fg-2">
      shown: frame {peekIndex} <span className="text-fg-3">pts {pts}</span> {formatTimecode(ptsToSeconds(pts, table.timeBase))}
    </span>
  )
}

function DeviceChip({ answer: { device, timing } }: { answer: SelectorAnswer }) {
  const { kind, name } = deviceText(device)
  return (
    <span
      title={device.reason ?? undefined}
      className="num flex h-6 min-w-0 items-center gap-1.5 whitespace-nowrap rounded-1 border border-line-strong px-2 text-11"
    >
      <i className={`size-1.5 flex-none rounded-full ${device.kind === 'webgpu' ? 'bg-ok' : 'bg-warn'}`} aria-hidden />
      <span className="font-semibold">{kind}</span>
      <span className="truncate text-fg-2">{name}</span>
      {durationText(timing.totalMs)}
    </span>
  )
}

/** One line of pixels that is always there, so that nothing moves when work begins or ends. */
function Progress({ state: { phase, progress }, isReady }: { state: SuggestionState; isReady: boolean }) {
  if (phase !== 'running' || !isReady) return <div className="h-1 flex-none" />
  const value = progress === null || progress.total === null || progress.total === 0 ? null : progress.done / progress.total
  return <ProgressBar value={value} label="Suggesting core frames" className="flex-none rounded-none" />
}

type FootProps = { state: SuggestionState; answer: SelectorAnswer | null; canEdit: boolean }

function Foot({ state: { phase, progress }, answer, canEdit }: FootProps) {
  const text =
    phase === 'running'
      ? progressText(progress)
      : phase === 'cancelled'
        ? answer === null
          ? 'Cancelled'
          : 'Cancelled; what is shown is the answer before'
        : answer === null
          ? ''
          : footText(answer)
  return (
    <>
      <span className="num line-clamp-2 min-w-0 text-11 text-fg-3 leading-4" title={text}>
        {text}
        {canEdit || phase === 'running' ? '' : ' · read-only: frames can be looked at, not adopted'}
      </span>
      <span role="status" className="sr-only">
        {{ running: 'Suggesting core frames', done: 'Suggestion ready', cancelled: '', failed: '' }[phase]}
      </span>
    </>
  )
}

type WaitingProps = {
  readonly state: SuggestionState
  readonly onAgain: () => void
  readonly isReady: boolean
  readonly problem: string | null
  readonly hasVideo: boolean
}

/** In place of the frames: what is missing, what went wrong, or their outline. */
function Waiting({ state: { phase, error }, onAgain, isReady, problem, hasVideo }: WaitingProps) {
  if (!isReady) {
    return (
      <Message>
        {problem ?? (hasVideo ? 'The video is being read. Frames can be suggested when that is done.' : 'This sample has no video.')}
      </Message>
    )
  }
  if (phase === 'failed') {
    return (
      <Message isBad again={<Again onAgain={onAgain} />}>
        {error?.message ?? 'It did not work.'}
      </Message>
    )
  }
  if (phase === 'cancelled') return <Message again={<Again onAgain={onAgain} />}>Cancelled before there was an answer.</Message>
  return (
    <div aria-hidden="true" className={`${CARDS} pt-6`}>
      {['a', 'b', 'c', 'd'].map((name) => (
        <div key={name} className="flex gap-2">
          <Skeleton className="h-[54px] w-24 max-[1360px]:h-9 max-[1360px]:w-16" />
          <Skeleton className="h-4 flex-1" />
        </div>
      ))}
    </div>
  )
}

function Again({ onAgain }: { onAgain: () => void }) {
  return (
    <Button size="sm" shortcut={hintOf('suggest')} onClick={onAgain}>
      Start again
    </Button>
  )
}

function Message({ children, isBad = false, again }: { children: ReactNode; isBad?: boolean; again?: ReactNode }) {
  return (
    <div role={isBad ? 'alert' : undefined} className="flex flex-col items-start gap-3 py-2 text-13">
      <p className={`flex items-start gap-2 [overflow-wrap:anywhere] ${isBad ? 'text-bad' : 'text-fg-2'}`}>
        {isBad ? <TriangleAlert size={16} strokeWidth={1.5} className="mt-0.5 flex-none" aria-hidden /> : null}
        {children}
      </p>
      {again}
    </div>
  )
}
