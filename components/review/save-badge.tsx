'use client'

import { Check, CloudOff, LoaderCircle, OctagonX, TriangleAlert } from 'lucide-react'
import type { SaveWord } from '@/browser/save-state'
import { Tooltip } from '@/components/ui/tooltip'
import { useReview } from './review-context'

const ICON = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const

function SaveIcon({ word }: { word: SaveWord }) {
  if (word === 'Saved') return <Check {...ICON} className="text-ok" />
  if (word === 'Saving') return <LoaderCircle {...ICON} className="text-fg-3" />
  if (word === 'On this device') return <CloudOff {...ICON} className="text-warn" />
  if (word === 'Not merged yet') return <TriangleAlert {...ICON} className="text-warn" />
  return <OctagonX {...ICON} className="text-bad" />
}

/** One of five words, always in the same place; a press opens what can be done about it. */
export function SaveBadge({ onPress }: { onPress: () => void }) {
  const word = useReview((state) => state.save.word)
  const detail = useReview((state) => state.save.detail)
  const pending = useReview((state) => state.save.pending)
  const text = detail ?? (word === 'Saved' ? 'Everything is on the server.' : 'On its way to the server.')
  return (
    <Tooltip text={text}>
      <button
        type="button"
        onClick={onPress}
        className="flex h-6 items-center gap-1.5 whitespace-nowrap rounded-2 px-1.5 text-fg-2 hover:bg-hover"
      >
        <SaveIcon word={word} />
        <span role="status" data-testid="save-state" className="min-w-11 text-left">
          {word}
        </span>
        {pending > 1 ? <span className="num text-fg-3">{pending}</span> : null}
      </button>
    </Tooltip>
  )
}
