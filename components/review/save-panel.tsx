'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useReview, useReviewStore } from './review-context'

/** What the save state means and what can be done: try again, keep a copy, give unsent edits up. */
export function SavePanel({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const store = useReviewStore()
  const save = useReview((state) => state.save)
  const version = useReview((state) => state.sample.version)
  const isStuck = save.word === 'Cannot be kept'
  const copy = () => {
    const { queue } = store.sync
    const file = new Blob([JSON.stringify({ sampleId: queue.sampleId, version: queue.version, pending: queue.pending }, null, 2)], {
      type: 'application/json',
    })
    const link = document.createElement('a')
    link.href = URL.createObjectURL(file)
    link.download = `unsent-${queue.sampleId}.json`
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={onOpenChange}
      title={save.word}
      description={
        save.detail ??
        (save.word === 'Saved'
          ? `Everything you did is on the server, as version ${version}.`
          : 'Your edits are on this device and on their way to the server.')
      }
      footer={
        save.pending === 0 ? undefined : (
          <>
            {isStuck ? (
              <Button
                variant="danger"
                className="mr-auto"
                onClick={() => {
                  void store.sync.drop()
                  store.takeMerge()
                  onOpenChange(false)
                }}
              >
                Give up {save.pending} unsent
              </Button>
            ) : null}
            <Button onClick={copy}>Keep a copy</Button>
            <Button
              variant="primary"
              onClick={() => {
                void store.sync.retry()
                onOpenChange(false)
              }}
            >
              Try again
            </Button>
          </>
        )
      }
    >
      {save.needsSignIn ? (
        <p className="text-13 text-fg-2">
          Open a new sign-in link in another tab of this browser, then press Try again here. Nothing is lost in between.
        </p>
      ) : null}
    </Dialog>
  )
}
