'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { RunStatus } from '@/core/pipeline/run-status'
import { CapField } from './cap-field'
import { dollarsText, parseDollars } from './dollars'
import { moneyText } from './run-words'

/** A paused run goes on, with another cap where that was what stopped it. */
export function ResumeDialog({ run, onClose, onResume }: { run: RunStatus; onClose: () => void; onResume: (cap?: number | null) => void }) {
  const [text, setText] = useState(dollarsText(run.budget.capMicroUsd))
  const cap = parseDollars(text)
  const isBelow = typeof cap === 'number' && cap < run.budget.spentMicroUsd
  const resume = () => {
    if (cap === undefined || isBelow) return
    onResume(cap === run.budget.capMicroUsd ? undefined : cap)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Resume run ${run.number}`}
      description={run.stateReason ?? 'It goes on where it was paused.'}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button variant="primary" aria-disabled={cap === undefined || isBelow} onClick={resume}>
            Resume
          </Button>
        </>
      }
    >
      <CapField
        label="Hard cap of this run"
        value={text}
        onChange={setText}
        hint={
          isBelow
            ? `The run has spent ${moneyText(run.budget.spentMicroUsd)} already; the cap must not lie below.`
            : `In dollars. Empty = no cap. Spent so far: ${moneyText(run.budget.spentMicroUsd)}.`
        }
      />
    </Dialog>
  )
}
