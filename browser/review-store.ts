/**
 * The open sample: what is shown, what is selected, and one undo stack over everything a person does to it. Every act is a
 * pure function of `core/edits*` turned into a diff, remembered in the history and handed to the outbox in the same step.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { applyDiff, type Diff, diffDocuments, isEmptyDiff, touchedIds } from '@/core/diff'
import { AppError, toAppError } from '@/core/errors'
import { computeFlags, type Flag } from '@/core/flags'
import { emptyHistory, forgetTouched, type History, pushChange, redo, undo } from '@/core/history'
import type { Rect, SampleDocument } from '@/core/records'
import { approvalBlockers, type Blocker, isChanged, type ReviewItem, reviewItems } from '@/core/review-items'
import type { ReviewSample } from '@/core/review-sample'
import { isEditable } from '@/core/sample-state'
import type { SaveState } from './save-state'
import type { SampleSync } from './sync'

export type Tool = 'select' | 'draw' | 'extreme' | 'pan'
/** `itemId` = the item under verification; the others follow from it, or from what was clicked. */
export type Selection = {
  readonly itemId: string | null
  readonly stepId: string | null
  readonly frameId: string | null
  readonly boxId: string | null
}
/** A text under edit. `field` tells apart what one record holds: `text`, `option:2`, `caption`, `phrase`. `session` keeps undo entries apart. */
export type Editing = { readonly recordId: string; readonly field: string; readonly session: number }
/** `boxId` = the box that a found one is to replace; null = a new one. `pointed` = place of the box pointed at in the list. */
export type FoundGhosts = {
  readonly boxId: string | null
  readonly objectId: string
  readonly frameId: string
  readonly boxes: readonly { readonly rect: Rect; readonly score: number; readonly label: string }[]
  readonly pointed: number | null
}
export type Notice = { readonly id: number; readonly tone: 'info' | 'warn' | 'bad'; readonly text: string }

export type ReviewState = {
  readonly sample: ReviewSample
  readonly draft: SampleDocument
  readonly document: SampleDocument
  readonly flags: readonly Flag[]
  readonly items: readonly ReviewItem[]
  readonly blockers: readonly Blocker[]
  readonly isFixed: boolean
  readonly history: History
  readonly selection: Selection
  readonly hoveredObjectId: string | null
  readonly tool: Tool
  /** The box that the next drawn rectangle replaces; null = a new box. */
  readonly redrawBoxId: string | null
  /** The object a new box is for. */
  readonly drawObjectId: string | null
  /** A box being dragged: shown, not yet an edit. */
  readonly drag: { readonly boxId: string; readonly rect: Rect } | null
  readonly isHidden: boolean
  readonly isDraftHeld: boolean
  readonly isDiffOn: boolean
  readonly isTesting: boolean
  readonly isLoupeOn: boolean
  readonly isPlayerOpen: boolean
  /** "Suggest core frames" stands in place of strip and timeline. */
  readonly isSelectorOpen: boolean
  /** Frame looked at beside the core frame, before a person decides to use it; null = the core frame itself. */
  readonly peekIndex: number | null
  /** Frame the open player stands at. */
  readonly playerIndex: number | null
  /** The last order to the view, a new object each time. */
  readonly view: { readonly kind: 'fit' | 'actual' | 'zoom-in' | 'zoom-out' } | null
  readonly editing: Editing | null
  /** Item whose rejection is being explained. */
  readonly rejectingId: string | null
  readonly save: SaveState
  readonly savedAt: number | null
  readonly notice: Notice | null
  readonly canEdit: boolean
  /** Boxes that a detector found for an object on a frame, best first: drawn as ghosts until one is taken. */
  readonly found: FoundGhosts | null
}

export type Change = (doc: SampleDocument) => SampleDocument
export type ReviewStore = StoreApi<ReviewState> & {
  readonly sync: SampleSync
  /** Makes an edit. False when it changed nothing or was refused (the notice says why). */
  apply(label: string, change: Change, mergeKey?: string | null): boolean
  undo(): boolean
  redo(): boolean
  select(itemId: string): void
  /** Shows the record of a flag, a blocker or an undone act. */
  jumpTo(recordId: string): void
  step(by: 1 | -1): void
  /** To the next item nobody has judged yet. */
  advance(): void
  say(tone: Notice['tone'], text: string): void
  /** After a merge by hand: shows what was chosen. The history starts anew, since its acts were made on another document. */
  takeMerge(): void
  markReopened(version: number, state: ReviewSample['state']): void
  dispose(): void
}

function derived(sample: ReviewSample, document: SampleDocument) {
  const { video, rowProblems, draft } = sample
  const size =
    video?.width != null && video.height != null && video.frameCount != null
      ? { width: video.width, height: video.height, frameCount: video.frameCount }
      : null
  const flags = computeFlags(document, { video: size, isMissingMedia: video === null || video.problem !== null, rowProblems })
  return { document, flags, items: reviewItems(document), blockers: approvalBlockers(document, flags), isFixed: isChanged(draft, document) }
}

/** What an item puts on the stage; what it says nothing of stays as it was. */
export function selectionOf(item: ReviewItem, doc: SampleDocument, before: Selection): Selection {
  const record = Object.hasOwn(doc, item.recordId) ? doc[item.recordId] : undefined
  const frameId = (record?.type === 'box' ? record.frameId : item.frameId) ?? before.frameId
  return { itemId: item.id, stepId: item.stepId, frameId, boxId: record?.type === 'box' ? record.id : null }
}

function repaired(selection: Selection, doc: SampleDocument, items: readonly ReviewItem[]): Selection {
  const has = (id: string | null) => (id !== null && Object.hasOwn(doc, id) ? id : null)
  const firstFrame = items.find((item) => item.kind === 'coreFrame')?.recordId ?? null
  return {
    itemId: items.some((item) => item.id === selection.itemId)
      ? selection.itemId
      : (items.find((item) => item.stepId === has(selection.stepId))?.id ?? items[0]?.id ?? null),
    stepId: has(selection.stepId),
    frameId: has(selection.frameId) ?? firstFrame,
    boxId: has(selection.boxId),
  }
}

const NOWHERE: Selection = { itemId: null, stepId: null, frameId: null, boxId: null }

function isOpen(verdict: ReviewItem['verdict']): boolean {
  return verdict === 'unseen' || verdict === 'stale'
}

export function createReviewStore(sample: ReviewSample, sync: SampleSync, canEdit: boolean, now: () => number = Date.now): ReviewStore {
  const first = derived(sample, sync.document())
  const mayEdit = (state: ReviewSample['state']) => canEdit && isEditable(state)
  const start = first.items.find((item) => isOpen(item.verdict)) ?? first.items[0]
  const store = createStore<ReviewState>(() => ({
    sample,
    draft: sample.draft,
    ...first,
    history: sync.queue.history,
    selection: repaired(start === undefined ? NOWHERE : selectionOf(start, first.document, NOWHERE), first.document, first.items),
    hoveredObjectId: null,
    tool: 'select',
    redrawBoxId: null,
    drawObjectId: null,
    drag: null,
    isHidden: false,
    isDraftHeld: false,
    isDiffOn: false,
    isTesting: false,
    isLoupeOn: false,
    isPlayerOpen: false,
    isSelectorOpen: false,
    peekIndex: null,
    playerIndex: null,
    view: null,
    editing: null,
    rejectingId: null,
    save: sync.state(),
    savedAt: null,
    notice: null,
    canEdit: mayEdit(sample.state),
    found: null,
  }))
  const { getState: get, setState: set } = store
  let notices = 0

  const unsubscribe = sync.subscribe((event) => {
    if (event.kind === 'status') {
      const save = sync.state()
      const before = get().save
      if (save.word !== before.word || save.detail !== before.detail || save.pending !== before.pending) {
        set({ save, savedAt: save.word === 'Saved' ? now() : get().savedAt })
      }
    }
    if (event.kind === 'arrived' && !isEmptyDiff(event.diff)) arrive(event.diff, event.by)
    if (event.kind === 'saved')
      set({ sample: { ...get().sample, state: event.state, version: event.version }, canEdit: mayEdit(event.state) })
    if (event.kind === 'decided') {
      set({ sample: { ...get().sample, state: event.state, version: event.version }, canEdit: mayEdit(event.state) })
    }
  })

  /** Somebody else's change came in with a merge. Acts that touch it can no longer be taken back exactly. */
  function arrive(diff: Diff, by: string | null) {
    show(sync.document(), forgetTouched(get().history, diff))
    const count = touchedIds(diff).length
    say('info', `${by ?? 'Somebody'} changed ${count === 1 ? 'one record' : `${count} records`} of this sample; the changes are merged.`)
  }

  function show(document: SampleDocument, history: History) {
    const next = derived(get().sample, document)
    set({ ...next, history, drag: null, selection: repaired(get().selection, document, next.items) })
  }

  function say(tone: Notice['tone'], text: string) {
    notices += 1
    set({ notice: { id: notices, tone, text } })
  }

  function apply(label: string, change: Change, mergeKey: string | null = null): boolean {
    const { document, history, canEdit: isAllowed } = get()
    if (!isAllowed) {
      say('warn', 'This sample is read-only here. Reopen it, or ask for the role of a reviewer.')
      return false
    }
    try {
      const next = change(document)
      const diff = diffDocuments(document, next)
      if (isEmptyDiff(diff)) return false
      const remembered = pushChange(history, { diff, label, mergeKey })
      show(next, remembered)
      void sync.edit({ diff, label, mergeKey, history: remembered })
      return true
    } catch (thrown) {
      const error = thrown instanceof AppError ? thrown : toAppError(thrown)
      say('bad', error.message)
      return false
    }
  }

  function move(way: typeof undo): boolean {
    const { history, document, canEdit: isAllowed } = get()
    const next = isAllowed ? way(history) : null
    if (next === null) return false
    const moved = fitting(document, next.diff)
    if (moved === null) {
      say('warn', 'This act cannot be taken back any more: somebody changed the same record since.')
      set({ history: forgetTouched(history, next.diff) })
      return false
    }
    show(moved, next.history)
    void sync.edit({ diff: next.diff, label: next.label, mergeKey: null, history: next.history })
    const [touched] = touchedIds(next.diff)
    if (touched !== undefined) jumpTo(touched)
    return true
  }

  function select(itemId: string) {
    const { items, document, selection } = get()
    const item = items.find((candidate) => candidate.id === itemId)
    if (item !== undefined)
      set({
        selection: selectionOf(item, document, selection),
        editing: null,
        rejectingId: null,
        isTesting: false,
        peekIndex: null,
        tool: 'select',
        redrawBoxId: null,
        found: null,
      })
  }

  function jumpTo(recordId: string) {
    const { items, document, selection } = get()
    const record = Object.hasOwn(document, recordId) ? document[recordId] : undefined
    const own = items.find((item) => item.recordId === (record?.type === 'task' ? 'answer' : recordId) && item.kind !== 'sufficiency')
    const holder =
      own ??
      (record?.type === 'task'
        ? items.find((item) => item.kind === 'answer')
        : record?.type === 'object'
          ? itemOfObject(items, document, recordId)
          : undefined)
    if (holder !== undefined) set({ selection: selectionOf(holder, document, selection), peekIndex: null })
  }

  return Object.assign(store, {
    sync,
    apply,
    undo: () => move(undo),
    redo: () => move(redo),
    select,
    jumpTo,
    step(by: 1 | -1) {
      const { items, selection } = get()
      const place = items.findIndex((item) => item.id === selection.itemId)
      const next = items[(place + by + items.length) % items.length]
      if (next !== undefined) select(next.id)
    },
    advance() {
      const { items, selection } = get()
      const place = items.findIndex((item) => item.id === selection.itemId)
      const ahead = [...items.slice(place + 1), ...items.slice(0, Math.max(0, place))]
      const next = ahead.find((item) => isOpen(item.verdict))
      if (next !== undefined) select(next.id)
    },
    say,
    takeMerge: () => show(sync.document(), emptyHistory),
    markReopened(version: number, state: ReviewSample['state']) {
      set({ sample: { ...get().sample, version, state, decision: null }, canEdit: mayEdit(state) })
    },
    dispose: unsubscribe,
  })
}

/** The document with the change on it, or null when it was made for another one. */
function fitting(document: SampleDocument, diff: Diff): SampleDocument | null {
  try {
    return applyDiff(document, diff)
  } catch {
    return null
  }
}

function itemOfObject(items: readonly ReviewItem[], doc: SampleDocument, objectId: string): ReviewItem | undefined {
  return items.find((item) => {
    const record = Object.hasOwn(doc, item.recordId) ? doc[item.recordId] : undefined
    if (record?.type === 'box') return record.objectId === objectId
    return record?.type === 'step' && record.tokens.some((token) => token.kind === 'mention' && token.objectId === objectId)
  })
}
