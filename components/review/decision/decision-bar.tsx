'use client'

import { hintOf } from '@/browser/shortcuts'
import { StateMark } from '@/components/project/state-words'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { isDone } from '@/core/review-items'
import { isEditable } from '@/core/sample-state'
import { useReview, useReviewStore, useSession } from '../review-context'
import { ItemMarks } from './item-marks'

export type DecisionBarProps = {
  readonly onApprove: () => void
  readonly onSkip: () => void
  readonly onExplain: (decision: 'reject' | 'send_back') => void
  readonly onReopen: () => void
}

export function DecisionBar({ onApprove, onSkip, onExplain, onReopen }: DecisionBarProps) {
  const { canDecide } = useSession()
  const items = useReview((state) => state.items)
  const state = useReview((review) => review.sample.state)
  const decision = useReview((review) => review.sample.decision)
  const done = items.filter((item) => isDone(item.verdict)).length
  return (
    <footer data-region className="col-span-3 flex min-w-0 items-center gap-2 border-line-strong border-t bg-panel px-3">
      <ItemMarks />
      <span className="num ml-1 flex-none whitespace-nowrap text-fg-2">
        <b className="font-semibold text-fg">{done}</b> of {items.length} <span className="max-[1360px]:hidden">checked</span>
      </span>
      <span className="flex flex-none items-center gap-1 whitespace-nowrap text-fg-3 max-[1500px]:hidden">
        <Kbd keys={hintOf('next-item')} />
        next item
      </span>
      <span className="flex-1" />
      {isEditable(state) ? (
        canDecide ? (
          <Decisions onApprove={onApprove} onSkip={onSkip} onExplain={onExplain} />
        ) : (
          <span className="flex-none text-fg-3">You may look, not decide: your role here is viewer.</span>
        )
      ) : (
        <span className="flex flex-none items-center gap-3">
          <StateMark state={state} className="font-semibold" />
          {decision?.by == null ? null : <span className="text-fg-3">by {decision.by.name}</span>}
          {decision === null || decision.reasons.length === 0 ? null : (
            <span className="text-fg-2">{decision.reasons.map((reason) => reason.code).join(', ')}</span>
          )}
          {canDecide && state !== 'released' ? <Button onClick={onReopen}>Reopen</Button> : null}
        </span>
      )}
    </footer>
  )
}

function Decisions({ onApprove, onSkip, onExplain }: Omit<DecisionBarProps, 'onReopen'>) {
  const store = useReviewStore()
  const blockers = useReview((state) => state.blockers)
  const isFixed = useReview((state) => state.isFixed)
  const [first] = blockers
  const isReady = first === undefined
  const word = isFixed ? 'Fix & approve' : 'Approve'
  return (
    <span className="flex flex-none items-center gap-2">
      <Button variant="ghost" shortcut={hintOf('skip')} onClick={onSkip}>
        Skip
      </Button>
      <Button variant="ghost" className="max-[1360px]:hidden" onClick={() => onExplain('send_back')}>
        Send back
      </Button>
      <Button onClick={() => onExplain('reject')}>Reject…</Button>
      <Button
        variant={isReady ? 'primary' : 'default'}
        aria-disabled={!isReady}
        shortcut={hintOf('decide')}
        title={isReady ? undefined : first.message}
        onClick={() => {
          if (isReady) onApprove()
          else if (first.itemId !== null) store.select(first.itemId)
          else store.say('warn', first.message)
        }}
      >
        {word}
        {isReady ? null : <span className="num font-regular">{blockers.length} left</span>}
      </Button>
    </span>
  )
}
