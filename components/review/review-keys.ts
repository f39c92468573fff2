'use client'

import { type RefObject, useEffect, useEffectEvent } from 'react'
import { accept, acceptStep, adjustBox, copyToNextFrame, currentItem, editCurrent, removeSelected, startDraw } from '@/browser/review-acts'
import type { ReviewStore } from '@/browser/review-store'
import { bindShortcuts, type ShortcutHandlers, type ShortcutPress } from '@/browser/shortcuts'
import { recordAt, recordsOf } from '@/core/document'
import { setStepSpan } from '@/core/edits-steps'
import type { FrameTable } from '@/core/frame-table'
import { peekBy, takePeeked } from './peek'
import type { PlayerHandle } from './player/player-types'
import type { SelectorHandle } from './selector/selector-types'

export type ScreenActs = {
  readonly approve: () => void
  readonly skip: () => void
  readonly go: (by: 1 | -1) => void
  readonly undoDecision: () => boolean
}

/** What is open inside the screen and takes some keys. */
export type OpenParts = { readonly player: RefObject<PlayerHandle | null>; readonly selector: RefObject<SelectorHandle | null> }

/** Binds the keys of the review screen to the open sample. */
export function useReviewKeys(store: ReviewStore, table: FrameTable | null, parts: OpenParts, screen: ScreenActs) {
  const handle = useEffectEvent((id: keyof ShortcutHandlers, press: ShortcutPress) => handlersOf(store, table, parts, screen)[id]?.(press))
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the names are read here, and they never change
  useEffect(() => {
    const ids = Object.keys(handlersOf(store, null, parts, screen)) as (keyof ShortcutHandlers)[]
    return bindShortcuts(Object.fromEntries(ids.map((id) => [id, (press: ShortcutPress) => handle(id, press)])))
  }, [store])
}

function handlersOf(store: ReviewStore, table: FrameTable | null, parts: OpenParts, screen: ScreenActs): ShortcutHandlers {
  const state = store.getState()
  const set = store.setState
  const view = (kind: 'fit' | 'zoom-in' | 'zoom-out') => set({ view: { kind } })
  const open = parts.player.current
  const selector = parts.selector.current
  return {
    'next-item': () => store.step(1),
    'previous-item': () => store.step(-1),
    'go-step': ({ chord }) => goTo(store, recordsOf(state.document, 'step')[Number(chord) - 1]?.id),
    'go-frame': ({ chord }) => goTo(store, recordsOf(state.document, 'coreFrame')[Number(chord.slice(-1)) - 1]?.id),
    'next-sample': () => screen.go(1),
    'previous-sample': () => screen.go(-1),
    'next-region': focusNextRegion,
    accept: () => accept(store),
    'accept-step': () => acceptStep(store),
    edit: () => editCurrent(store),
    reject: () => state.canEdit && set({ rejectingId: currentItem(state)?.id ?? null }),
    decide: screen.approve,
    skip: screen.skip,
    undo: () => screen.undoDecision() || store.undo(),
    redo: () => store.redo(),
    redraw: () => startDraw(store, true),
    draw: () => startDraw(store, false),
    nudge: ({ chord }) => adjustBox(store, arrow(chord, chord.startsWith('Shift+') ? 10 : 1, 'dx', 'dy')),
    resize: ({ chord }) => adjustBox(store, arrow(chord, 1, 'dw', 'dh')),
    'copy-box': () => copyToNextFrame(store),
    remove: () => removeSelected(store),
    hide: () => set({ isHidden: !state.isHidden }),
    draft: ({ isDown }) => set({ isDraftHeld: isDown }),
    both: () => set({ isDiffOn: !state.isDiffOn }),
    loupe: ({ isDown }) => set({ isLoupeOn: isDown }),
    test: () => set({ isTesting: !state.isTesting }),
    fit: () => view('fit'),
    'zoom-in': () => view('zoom-in'),
    'zoom-out': () => view('zoom-out'),
    'frame-back': () => (open === null ? peekBy(store, table, -1) : open.step(-1)),
    'frame-on': () => (open === null ? peekBy(store, table, 1) : open.step(1)),
    suggest: () => suggest(store, selector),
    'use-frame': () => (selector !== null && open === null ? selector.adoptAll() : takeShown(store, table, open)),
    play: () => (open === null ? table !== null && set({ isPlayerOpen: true }) : open.toggle()),
    shuttle: ({ chord }) => shuttle(open, chord),
    loop: () => (open === null ? table !== null && set({ isPlayerOpen: true }) : open.toggleLoop()),
    'span-in': () => setSpanEnd(store, table, 'startPts'),
    'span-out': () => setSpanEnd(store, table, 'endPts'),
    leave: () => selector?.cancel() === true || leave(store),
  }
}

/** Opens the panel, which asks by itself; asked again, it starts anew. */
function suggest(store: ReviewStore, selector: SelectorHandle | null): void {
  if (selector === null) store.setState({ isSelectorOpen: true, isPlayerOpen: false, isTesting: false })
  else selector.run()
}

function takeShown(store: ReviewStore, table: FrameTable | null, open: PlayerHandle | null): boolean {
  if (open === null) return takePeeked(store, table)
  const { useFrame: take } = open
  take()
  return true
}

function goTo(store: ReviewStore, recordId: string | undefined): boolean {
  if (recordId === undefined) return false
  store.jumpTo(recordId)
  return true
}

function arrow(chord: string, size: number, across: 'dx' | 'dw', down: 'dy' | 'dh'): Record<string, number> {
  if (chord.endsWith('Left')) return { [across]: -size }
  if (chord.endsWith('Right')) return { [across]: size }
  return { [down]: chord.endsWith('Up') ? -size : size }
}

function shuttle(open: PlayerHandle | null, chord: string): boolean {
  if (open === null || (chord !== 'J' && chord !== 'K' && chord !== 'L')) return false
  open.shuttle(chord)
  return true
}

/** One end of the current step's span, at the frame shown. The other end follows where it would lie on the wrong side. */
function setSpanEnd(store: ReviewStore, table: FrameTable | null, end: 'startPts' | 'endPts'): boolean {
  const { selection, document, peekIndex, playerIndex, isPlayerOpen } = store.getState()
  const step = selection.stepId === null ? null : recordAt(document, selection.stepId, 'step')
  const frame = selection.frameId === null ? null : recordAt(document, selection.frameId, 'coreFrame')
  const index = (isPlayerOpen ? playerIndex : null) ?? peekIndex ?? frame?.index ?? null
  const pts = index === null ? undefined : table?.pts[index]
  if (pts === undefined) return false
  if (step === null) {
    store.say('info', 'Choose an evidence step first; the span is its own.')
    return true
  }
  const before = step.span ?? { startPts: pts, endPts: pts }
  const moved = { ...before, [end]: pts }
  const span = moved.startPts <= moved.endPts ? moved : { startPts: pts, endPts: pts }
  store.apply('Change span', (doc) => setStepSpan(doc, step.id, span))
  return true
}

/** Escape undoes the nearest thing that is open. False when nothing is. */
function leave(store: ReviewStore): boolean {
  const state = store.getState()
  const active = document.activeElement
  if (state.peekIndex !== null) store.setState({ peekIndex: null })
  else if (state.tool !== 'select') store.setState({ tool: 'select', redrawBoxId: null })
  else if (state.isTesting) store.setState({ isTesting: false })
  else if (state.isSelectorOpen) store.setState({ isSelectorOpen: false })
  else if (state.isDiffOn) store.setState({ isDiffOn: false })
  else if (state.selection.boxId !== null && state.selection.itemId !== `box:${state.selection.boxId}`) {
    store.setState({ selection: { ...state.selection, boxId: null } })
  } else if (active instanceof HTMLElement && active !== document.body) active.blur()
  else return false
  return true
}

/** F6 goes through the parts of the screen, so that every control can be reached although Tab walks the items. */
function focusNextRegion(): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const place = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(place + 1) % regions.length]
  const control = next?.querySelector<HTMLElement>('button:not([disabled]), a[href], input, [tabindex="0"]')
  control?.focus({ focusVisible: true } as FocusOptions)
}
