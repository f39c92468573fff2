'use client'

import clsx from 'clsx'
import { ObjectSwatch } from '@/components/ui/object-chip'
import { VerdictMark } from '@/components/ui/verdict-mark'
import { boxesOfFrame, objectNumber, recordAt } from '@/core/document'
import { shownOf, useReview, useReviewStore } from '../review-context'
import { frameLabel } from '../words'

/**
 * The boxes of the frame as buttons: what the canvas shows, for keyboard and screen reader. Choosing one selects it; arrows then
 * nudge it, Ctrl and arrows resize it, R redraws it, Shift+Delete removes it.
 */
export function BoxList({ frameId }: { frameId: string }) {
  const store = useReviewStore()
  const document = useReview(shownOf)
  const selected = useReview((state) => state.selection.boxId)
  const boxes = boxesOfFrame(document, frameId)
  return (
    <section aria-label={`Boxes on ${frameLabel(document, frameId)}`} className="flex-none pt-1">
      <h2 className="px-4 font-semibold text-11 text-fg-2 leading-6">
        Boxes on {frameLabel(document, frameId)}{' '}
        <span className="font-regular text-fg-3">{boxes.length === 0 ? 'none' : boxes.length}</span>
      </h2>
      <ul className="flex flex-wrap gap-1 pr-3 pl-4 min-[1800px]:flex-col min-[1800px]:gap-0 min-[1800px]:px-0">
        {boxes.map((box) => {
          const phrase = recordAt(document, box.objectId, 'object')?.phrase ?? box.objectId
          const { x, y, w, h } = box.rect
          return (
            <li key={box.id}>
              <button
                type="button"
                data-box={box.id}
                aria-pressed={box.id === selected}
                aria-label={`${phrase}, ${box.verdict}, ${Math.round(w)} by ${Math.round(h)} pixels at ${Math.round(x)}, ${Math.round(y)}`}
                onClick={() => store.jumpTo(box.id)}
                onMouseEnter={() => store.setState({ hoveredObjectId: box.objectId })}
                onMouseLeave={() => store.setState({ hoveredObjectId: null })}
                className={clsx(
                  'flex h-6 items-center gap-1.5 rounded-2 px-1.5 min-[1800px]:h-8 min-[1800px]:w-full min-[1800px]:rounded-none min-[1800px]:px-4',
                  box.id === selected ? 'bg-selected' : 'hover:bg-hover',
                )}
              >
                <VerdictMark verdict={box.verdict} size={12} isDecoration />
                <ObjectSwatch number={Math.max(1, objectNumber(document, box.objectId))} />
                <span className="max-w-40 truncate">{phrase}</span>
                <span className="num ml-auto hidden text-fg-3 min-[1800px]:inline">
                  {Math.round(w)} × {Math.round(h)}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
