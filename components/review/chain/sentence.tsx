'use client'

import { Fragment } from 'react'
import { ObjectChip } from '@/components/ui/object-chip'
import { boxesOfObject, objectNumber, recordAt } from '@/core/document'
import type { SampleDocument, Token } from '@/core/records'
import { useReview, useReviewStore } from '../review-context'
import { diffLists, wordsOf } from '../word-diff'
import { Marked } from './text-diff'

/** The tokens as words and mentions, one list item each. */
type Piece = { readonly key: string; readonly token: Token }

function piecesOf(tokens: readonly Token[]): Piece[] {
  return tokens.flatMap((token): Piece[] =>
    token.kind === 'mention'
      ? [{ key: `@${token.objectId}:${token.text}`, token }]
      : wordsOf(token.text).map((text) => ({ key: text.trim(), token: { kind: 'text', text } })),
  )
}

/** An evidence sentence with its objects as chips. `before` = the draft's tokens where the difference is to be seen. */
export function Sentence({
  tokens,
  document,
  before = null,
}: {
  tokens: readonly Token[]
  document: SampleDocument
  before?: readonly Token[] | null
}) {
  if (before === null) return <Tokens tokens={tokens} document={document} />
  const parts = diffLists(piecesOf(before), piecesOf(tokens), (piece) => piece.key)
  return parts.map((part, place) => (
    <Marked
      // biome-ignore lint/suspicious/noArrayIndexKey: a stretch of a sentence has no identity but its place
      key={`${place}${part.kind}`}
      part={part}
      show={(pieces) => <Tokens tokens={pieces.map((piece) => piece.token)} document={document} />}
    />
  ))
}

function Tokens({ tokens, document }: { tokens: readonly Token[]; document: SampleDocument }) {
  return tokens.map((token, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a token has no identity but its place
    <Fragment key={`${place}${token.kind}`}>
      {token.kind === 'text' ? token.text : <Chip objectId={token.objectId} text={token.text} document={document} />}
    </Fragment>
  ))
}

/** Linked both ways: pointing at it lights its boxes, choosing a box lights it. */
export function Chip({ objectId, text, document }: { objectId: string; text: string; document: SampleDocument }) {
  const store = useReviewStore()
  const isOn = useReview((state) => {
    const box = state.selection.boxId === null ? null : recordAt(state.document, state.selection.boxId, 'box')
    return state.hoveredObjectId === objectId || box?.objectId === objectId
  })
  const boxes = boxesOfObject(document, objectId)
  const light = (id: string | null) => store.setState({ hoveredObjectId: id })
  return (
    <ObjectChip
      number={Math.max(1, objectNumber(document, objectId))}
      phrase={text}
      isOn={isOn}
      isMissing={boxes.length === 0}
      onMouseEnter={() => light(objectId)}
      onMouseLeave={() => light(null)}
      onFocus={() => light(objectId)}
      onBlur={() => light(null)}
      onClick={(event) => {
        event.stopPropagation()
        const { frameId } = store.getState().selection
        const box = boxes.find((each) => each.frameId === frameId) ?? boxes[0]
        store.jumpTo(box?.id ?? objectId)
      }}
    />
  )
}
