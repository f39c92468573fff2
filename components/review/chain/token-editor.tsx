'use client'

import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { newRecordId } from '@/browser/review-acts'
import { Kbd } from '@/components/ui/kbd'
import { ObjectChip } from '@/components/ui/object-chip'
import { boxesOfObject, recordsOf } from '@/core/document'
import { addObject } from '@/core/edits-objects'
import { editStep } from '@/core/edits-steps'
import type { ObjectRecord, StepRecord } from '@/core/records'
import { useReview, useReviewStore } from '../review-context'
import { fill, insertAt, insertText, type Mention, mentionElement, mentionQuery, read } from './token-dom'

/** Evidence sentence under edit: plain typing, objects as whole chips, `@` inserts one. Every keystroke is kept. */
export function TokenEditor({ step }: { step: StepRecord }) {
  const store = useReviewStore()
  const session = useReview((state) => state.editing?.session ?? 0)
  const objects = useReview((state) => state.document)
  const host = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const listId = useId()
  const all = recordsOf(objects, 'object')
  const wanted = (query ?? '').trim().toLowerCase()
  const found = all.filter((object) => object.phrase.toLowerCase().includes(wanted))
  const canCreate = wanted !== '' && !all.some((object) => object.phrase.toLowerCase() === wanted)
  const choices: (ObjectRecord | null)[] = [...found, ...(canCreate ? [null] : [])]

  // The field is the browser's while it is open: filled once, read after each change.
  useEffect(() => {
    const element = host.current
    if (element === null) return
    const record = store.getState().document[step.id]
    fill(element, store.getState().document, record?.type === 'step' ? record.tokens : [])
    element.focus()
    window.getSelection()?.selectAllChildren(element)
    window.getSelection()?.collapseToEnd()
  }, [store, step.id])

  const keep = () => {
    const element = host.current
    if (element !== null) store.apply('Edit step', (doc) => editStep(doc, step.id, read(element)), `tokens:${step.id}:${session}`)
  }
  const look = () => {
    const next = host.current === null ? null : mentionQuery(host.current)
    setQuery(next === null ? null : next.words)
    setActive(0)
  }
  const leave = () => store.setState((state) => (state.editing?.session === session ? { editing: null } : {}))

  const insert = (choice: ObjectRecord | null) => {
    const element = host.current
    if (element === null) return
    const place = mentionQuery(element)
    const range = rangeFor(element, place)
    const object = choice ?? made(place?.words.trim() ?? '')
    if (object === null) return
    const document = store.getState().document
    const boxIds = boxesOfObject(document, object.id)
      .filter((box) => step.frameIds.includes(box.frameId))
      .map((box) => box.id)
    const mention: Mention = { kind: 'mention', objectId: object.id, text: object.phrase, boxIds, emptyBox: false }
    insertAt(range, mentionElement(document, mention))
    setQuery(null)
    keep()
  }

  /** A new key object of that name. */
  const made = (phrase: string): ObjectRecord | null => {
    const id = newRecordId('o')
    if (!store.apply('Add object', (doc) => addObject(doc, { id, phrase }))) return null
    const record = store.getState().document[id]
    return record?.type === 'object' ? record : null
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const isChoosing = query !== null && choices.length > 0
    if (isChoosing && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      setActive((active + (event.key === 'ArrowDown' ? 1 : choices.length - 1)) % choices.length)
    } else if (isChoosing && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault()
      insert(choices[active] ?? null)
    } else if (event.key === 'Escape' && query !== null) {
      event.preventDefault()
      event.stopPropagation()
      setQuery(null)
    } else if (event.key === 'Escape' || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey)) {
      event.preventDefault()
      event.stopPropagation()
      leave()
    }
  }

  return (
    <div className="relative">
      {/* biome-ignore lint/a11y/useSemanticElements: no text field holds elements */}
      <div
        ref={host}
        role="textbox"
        tabIndex={0}
        contentEditable
        suppressContentEditableWarning
        aria-label="Edit step"
        aria-multiline="true"
        aria-autocomplete="list"
        aria-controls={query === null ? undefined : listId}
        aria-activedescendant={query === null || choices.length === 0 ? undefined : `${listId}-${active}`}
        spellCheck
        onInput={() => {
          keep()
          look()
        }}
        onKeyDown={onKeyDown}
        onKeyUp={(event) => {
          if (event.key.startsWith('Arrow') && query === null) look()
        }}
        onPaste={(event: ClipboardEvent) => {
          event.preventDefault()
          insertText(event.clipboardData.getData('text/plain').replace(/\s+/g, ' '))
        }}
        onDrop={(event) => event.preventDefault()}
        onBlur={(event) => {
          if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) leave()
        }}
        className="min-h-7 rounded-2 border border-line-strong bg-well px-1.5 py-0.5 text-13 outline-none focus-visible:border-accent-line"
      />
      {query === null || choices.length === 0 ? null : (
        <div
          id={listId}
          role="listbox"
          aria-label="Objects"
          className="absolute top-full left-0 z-10 mt-1 max-h-56 w-60 overflow-y-auto rounded-3 bg-raised p-1 shadow-2"
        >
          {choices.map((choice, place) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active choice
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field
            <div
              key={choice?.id ?? 'new'}
              id={`${listId}-${place}`}
              role="option"
              aria-selected={place === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => insert(choice)}
              className={`pointer-events-auto flex h-7 items-center gap-2 rounded-2 px-2 ${place === active ? 'bg-selected' : 'hover:bg-hover'}`}
            >
              {choice === null ? (
                <span className="truncate">New object “{wanted}”</span>
              ) : (
                <ObjectChip number={all.indexOf(choice) + 1} phrase={choice.phrase} />
              )}
            </div>
          ))}
        </div>
      )}
      <div className="mt-1 flex flex-wrap items-center gap-1 text-11 text-fg-3">
        <Kbd keys="@" /> inserts an object
        <span className="ml-1 flex flex-wrap gap-1">
          {all.slice(0, 8).map((object, place) => (
            <ObjectChip
              key={object.id}
              number={place + 1}
              phrase={object.phrase}
              tabIndex={-1}
              aria-label={`Insert ${object.phrase}`}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => insert(object)}
            />
          ))}
        </span>
        <span className="ml-auto flex items-center gap-1">
          <Kbd keys="Esc" /> leaves
        </span>
      </div>
    </div>
  )
}

/** Where the chip goes: in place of the `@…` before the caret, at the caret, or at the end. */
function rangeFor(host: HTMLElement, query: ReturnType<typeof mentionQuery>): Range {
  const range = document.createRange()
  if (query !== null) {
    range.setStart(query.node, query.from)
    range.setEnd(query.node, query.to)
    return range
  }
  const selection = window.getSelection()
  const current = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0) : null
  if (current !== null && host.contains(current.commonAncestorContainer)) return current
  range.selectNodeContents(host)
  range.collapse(false)
  return range
}
