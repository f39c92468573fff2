'use client'

import { useState } from 'react'
import { REASONS } from '@/browser/review-acts'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextArea } from '@/components/ui/text-field'
import { FLAG_TITLES } from '@/core/flags'
import type { DefectCode, Reason } from '@/core/records'
import { useReview } from '../review-context'
import { ReasonList } from './reason-list'

type ExplainDialogProps = {
  readonly decision: 'reject' | 'send_back'
  readonly onClose: () => void
  readonly onDecide: (decision: 'reject' | 'send_back', reasons: readonly Reason[], note: string) => void
}

const WORDS = {
  reject: {
    title: 'Reject this sample',
    act: 'Reject',
    text: 'It will not be exported. Choose at least one reason; it is kept with the sample.',
  },
  send_back: {
    title: 'Send this sample back',
    act: 'Send back',
    text: 'It leaves the queue until somebody reopens it. Say what has to be done.',
  },
} as const

/** Rejecting needs a defect code; sending back a code or a note. Codes already given to records are chosen from the start. */
export function ExplainDialog({ decision, onClose, onDecide }: ExplainDialogProps) {
  const document = useReview((state) => state.document)
  const given = Object.values(document).flatMap((record) =>
    record.verdict === 'rejected' ? record.reasons.map((reason) => reason.code) : [],
  )
  const codes = [...new Set([...given, ...REASONS.sample])].slice(0, 9)
  const [chosen, setChosen] = useState<ReadonlySet<DefectCode>>(new Set(given))
  const [note, setNote] = useState('')
  const words = WORDS[decision]
  const canSendBack = chosen.size > 0 || note.trim() !== ''
  const isReady = decision === 'reject' ? chosen.size > 0 : canSendBack
  const reasons = [...chosen].map((code) => ({ code, note: '' }))
  const toggle = (code: DefectCode) =>
    setChosen((before) => new Set(before.has(code) ? [...before].filter((each) => each !== code) : [...before, code]))
  const decide = () => {
    if (isReady) onDecide(decision, reasons, note.trim())
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={words.title}
      description={words.text}
      footer={
        <>
          {decision === 'reject' ? (
            <Button
              variant="ghost"
              className="mr-auto"
              aria-disabled={!canSendBack}
              title={canSendBack ? undefined : 'Choose a reason or write a note first'}
              onClick={() => canSendBack && onDecide('send_back', reasons, note.trim())}
            >
              Send back instead
            </Button>
          ) : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" aria-disabled={!isReady} shortcut={hintOf('decide')} onClick={decide}>
            {words.act}
          </Button>
        </>
      }
    >
      <fieldset
        className="flex min-w-0 flex-col gap-3"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            decide()
          }
          const code = codes[Number(event.key) - 1]
          if (event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey || code === undefined) return
          event.preventDefault()
          toggle(code)
        }}
      >
        <ReasonList codes={codes} titles={FLAG_TITLES} onChoose={toggle} chosen={chosen} />
        <TextArea label="Note" value={note} maxLength={2000} onChange={(event) => setNote(event.currentTarget.value)} />
      </fieldset>
    </Dialog>
  )
}
