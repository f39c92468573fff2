'use client'

import { Loader, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { waitForErrand } from '@/browser/errands'
import { adoptFound } from '@/browser/review-acts'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { toAppError } from '@/core/errors'
import { frameIndexSchema, projectIdSchema } from '@/core/ids'
import { foundBoxesSchema } from '@/core/pipeline/run-errand'
import type { ObjectRecord } from '@/core/records'
import { findBoxes } from '@/server/actions/find-boxes'
import { useReview, useReviewStore, useSession } from '../review-context'
import { ratioText } from '../stage-boxes'

type FindBoxesProps = { object: ObjectRecord; boxId: string | null; frameId: string; frameIndex: number; onClose: () => void }

/** Asks the detector for a phrase on the frame in view. What it finds is drawn as ghosts; one press or key takes one. */
export function FindBoxes({ object, boxId, frameId, frameIndex, onClose }: FindBoxesProps) {
  const store = useReviewStore()
  const { project } = useSession()
  const sampleId = useReview((state) => state.sample.id)
  const found = useReview((state) => (state.found?.frameId === frameId && state.found.objectId === object.id ? state.found : null))
  const [phrase, setPhrase] = useState(object.phrase)
  const [state, setState] = useState<{ isBusy: boolean; words: string | null }>({ isBusy: false, words: null })
  const waiting = useRef<AbortController | null>(null)
  const first = useRef<HTMLButtonElement | null>(null)
  useEffect(
    () => () => {
      waiting.current?.abort()
      store.setState({ found: null })
    },
    [store],
  )
  const count = found?.boxes.length ?? 0
  useEffect(() => {
    if (count > 0) first.current?.focus()
  }, [count])

  const find = async () => {
    const text = phrase.trim()
    if (text === '' || state.isBusy) return
    waiting.current?.abort()
    const control = new AbortController()
    waiting.current = control
    store.setState({ found: null })
    setState({ isBusy: true, words: null })
    try {
      const input = { projectId: projectIdSchema.parse(project.id), sampleId, frameIndex: frameIndexSchema.parse(frameIndex), phrase: text }
      const asked = await findBoxes(input)
      if (!asked.ok) return setState({ isBusy: false, words: asked.error.message })
      const { boxes, reason } = foundBoxesSchema.parse(await waitForErrand(project.id, asked.data.errandId, control.signal))
      if (control.signal.aborted) return
      store.setState({
        found: boxes.length === 0 ? null : { objectId: object.id, boxId, frameId, boxes: boxes.slice(0, 9), pointed: null },
      })
      setState({ isBusy: false, words: boxes.length > 0 ? null : (reason ?? 'Looked, and found nothing of this on the frame.') })
    } catch (thrown) {
      if (!control.signal.aborted) setState({ isBusy: false, words: toAppError(thrown).message })
    }
  }
  const adopt = (place: number) => {
    if (adoptFound(store, place)) onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    }
    const isTyping = event.target instanceof HTMLInputElement
    const place = Number(event.key) - 1
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !(place >= 0 && place < count)) return
    event.preventDefault()
    adopt(place)
  }
  return (
    <section
      aria-label={`Find ${object.phrase} on this frame`}
      onKeyDown={onKeyDown}
      className="flex flex-col gap-1.5 rounded-3 bg-well p-2"
    >
      <form
        className="flex items-center gap-1"
        onSubmit={(event) => {
          event.preventDefault()
          void find()
        }}
      >
        <input
          aria-label="Phrase to find on this frame"
          value={phrase}
          maxLength={200}
          // biome-ignore lint/a11y/noAutofocus: it opens because somebody wants to type here
          autoFocus
          onChange={(event) => setPhrase(event.currentTarget.value)}
          className="h-(--h-control-sm) min-w-0 flex-1 rounded-2 border border-line-strong bg-panel px-2"
        />
        <Button type="submit" size="sm" aria-disabled={state.isBusy || phrase.trim() === ''}>
          {state.isBusy ? <Loader size={12} className="motion-safe:animate-spin" aria-hidden /> : null}
          {state.isBusy ? 'Looking…' : 'Find'}
        </Button>
        <IconButton label="Close" size="sm" onClick={onClose}>
          <X size={14} strokeWidth={1.5} aria-hidden />
        </IconButton>
      </form>
      <p role="status" className="px-1 text-fg-2 empty:hidden">
        {state.words ?? (count > 0 ? 'Press a box or its number to take it.' : '')}
      </p>
      {found === null ? null : (
        <ol className="flex flex-col">
          {found.boxes.map((box, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a found box has no identity but its rank
            <li key={place}>
              <button
                ref={place === 0 ? first : undefined}
                type="button"
                onClick={() => adopt(place)}
                onMouseEnter={() => store.setState({ found: { ...found, pointed: place } })}
                onMouseLeave={() => store.setState({ found: { ...found, pointed: null } })}
                className="num flex h-6 w-full items-center gap-2 rounded-2 px-1.5 text-left hover:bg-hover focus-visible:bg-selected"
              >
                <kbd className="kbd">{place + 1}</kbd>
                <span className="min-w-0 flex-1 truncate">{box.label}</span>
                <span className="text-fg-3">
                  {Math.round(box.rect.w)} × {Math.round(box.rect.h)}
                </span>
                <span>{ratioText(box.score)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
