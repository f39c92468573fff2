import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { editCaption } from '@/core/edits-frames'
import { removeStep } from '@/core/edits-steps'
import { editQuestion } from '@/core/edits-text'
import { exampleDocument } from '@/core/example-document.fixture'
import type { SampleState } from '@/core/sample-state'
import { type Outbox, openOutbox } from './outbox'
import {
  accept,
  acceptStep,
  addStepAfter,
  adjustBox,
  adoptFound,
  copyToNextFrame,
  currentItem,
  finishDraw,
  reject,
  removeSelected,
  revert,
  startDraw,
} from './review-acts'
import type { ReviewStore } from './review-store'
import { openStore } from './review-store.fixture'

let outbox: Outbox
let serial = 0

beforeEach(async () => {
  serial += 1
  outbox = await openOutbox(`store-${serial}`)
})

const open = (canEdit = true, state: SampleState = 'queued') => openStore(outbox, canEdit, state)

const kindOf = (store: ReviewStore) => currentItem(store.getState())?.id

async function settled({ sync }: ReturnType<typeof open>) {
  while (sync.state().word === 'Saving') {
    await sync.flush()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('verdicts', () => {
  it('go on to the next item nobody has judged, in the order of verification, and end with nothing left', async () => {
    const world = open()
    const { store, server } = world
    const walked: (string | undefined)[] = []
    for (let turn = 0; turn < 20 && store.getState().blockers.length > 0; turn += 1) {
      walked.push(kindOf(store))
      accept(store)
    }
    expect(walked).toEqual([
      'question:question',
      'coreFrame:f1',
      'coreFrame:f2',
      'step:s1',
      'box:b1',
      'step:s2',
      'box:b2',
      'sufficiency:answer',
      'answer:answer',
    ])
    expect(store.getState()).toMatchObject({ blockers: [], isFixed: false })
    await settled(world)
    expect(server.state.document).toEqual(store.getState().document)
  })

  it('take a step with its boxes in one act that one undo takes back', () => {
    const { store } = open()
    store.select('step:s1')
    expect(store.getState().selection).toMatchObject({ frameId: 'f1', stepId: 's1', boxId: null })
    acceptStep(store)
    expect(store.getState().document).toMatchObject({ s1: { verdict: 'accepted' }, b1: { verdict: 'accepted' } })
    expect(store.undo()).toBe(true)
    expect(store.getState().document).toEqual(exampleDocument())
    expect(store.getState().selection.stepId).toBe('s1')
  })

  it('keep the reason of a rejection and block approval', () => {
    const { store } = open()
    store.select('box:b2')
    const item = currentItem(store.getState())
    if (item === null) throw new Error('no item')
    reject(store, item, [{ code: 'B2', note: 'the shadow' }])
    expect(store.getState().document.b2).toMatchObject({ verdict: 'rejected', reasons: [{ code: 'B2', note: 'the shadow' }] })
    expect(store.getState().blockers.some((blocker) => blocker.kind === 'rejected')).toBe(true)
  })
})

describe('boxes', () => {
  it('are nudged inside the picture, a run of presses being one act', () => {
    const { store } = open()
    store.select('box:b1')
    for (let turn = 0; turn < 30; turn += 1) adjustBox(store, { dx: -1 })
    expect(store.getState().document.b1).toMatchObject({ rect: { x: 0, y: 10, w: 40, h: 40 }, verdict: 'edited' })
    expect(store.getState().history.done).toHaveLength(1)
    store.undo()
    expect(store.getState().document).toEqual(exampleDocument())
  })

  it('are redrawn, drawn for the object at hand, copied on and removed', () => {
    const { store } = open()
    store.select('box:b1')
    startDraw(store, true)
    expect(store.getState()).toMatchObject({ tool: 'extreme', redrawBoxId: 'b1' })
    finishDraw(store, { x: -20, y: 5, w: 100, h: 20 })
    expect(store.getState().document.b1).toMatchObject({ rect: { x: 0, y: 5, w: 80, h: 20 } })
    copyToNextFrame(store)
    const copy = store.getState().selection.boxId ?? ''
    expect(store.getState().document[copy]).toMatchObject({ objectId: 'o1', frameId: 'f2', verdict: 'added' })
    removeSelected(store)
    expect(store.getState().document[copy]).toBeUndefined()
    store.select('step:s2')
    startDraw(store, false)
    expect(store.getState()).toMatchObject({ tool: 'draw', drawObjectId: 'o1' })
  })
})

describe('boxes that a detector found', () => {
  const rect = { x: -5, y: 20, w: 50, h: 30 }
  const found = (boxId: string | null) => ({
    boxId,
    objectId: 'o1',
    frameId: 'f2',
    boxes: [{ rect, score: 0.8, label: 'dog' }],
    pointed: null,
  })

  it('become an ordinary box, inside of the picture, that one undo takes back', () => {
    const { store } = open()
    store.setState({ found: found(null) })
    expect(adoptFound(store, 0)).toBe(true)
    const { document, selection } = store.getState()
    expect(document[selection.boxId ?? '']).toMatchObject({ objectId: 'o1', frameId: 'f2', rect: { x: 0 }, verdict: 'added' })
    expect(store.getState().found).toBeNull()
    expect(store.undo()).toBe(true)
    expect(store.getState().document).toEqual(exampleDocument())
  })

  it('take the place of the box they were looked for', () => {
    const { store } = open()
    store.setState({ found: found('b1') })
    expect(adoptFound(store, 0)).toBe(true)
    expect(store.getState().document).toMatchObject({ b1: { rect: { y: 20, h: 30 }, verdict: 'edited', score: null } })
    expect(Object.keys(store.getState().document)).toHaveLength(Object.keys(exampleDocument()).length)
  })

  it('are nothing where there is none, and go when something else is chosen', () => {
    const { store } = open()
    expect(adoptFound(store, 0)).toBe(false)
    store.setState({ found: found(null) })
    expect(adoptFound(store, 7)).toBe(false)
    store.select('step:s2')
    expect(store.getState().found).toBeNull()
  })
})

describe('one undo stack', () => {
  it('holds texts, boxes, steps and verdicts alike and leads back to the draft, and forwards again', async () => {
    const world = open()
    const { store, server } = world
    store.apply('Edit', (doc) => editQuestion(doc, 'Why?'))
    store.select('box:b1')
    adjustBox(store, { dx: 3 })
    accept(store)
    addStepAfter(store)
    store.apply('Remove', (doc) => removeStep(doc, 's2'))
    const after = store.getState().document
    while (store.undo());
    expect(store.getState().document).toEqual(exampleDocument())
    while (store.redo());
    expect(store.getState().document).toEqual(after)
    await settled(world)
    expect(server.state.document).toEqual(after)
  })

  it('reverts one record to its draft and says why where that is not possible', () => {
    const { store } = open()
    store.apply('Edit', (doc) => editCaption(doc, 'f1', 'Another'))
    revert(store, 'f1')
    expect(store.getState().document).toEqual(exampleDocument())
    revert(store, 'nothing')
    expect(store.getState().notice?.tone).toBe('bad')
  })
})

describe('others', () => {
  it('appear in the document when they saved meanwhile, with a word about it', async () => {
    const world = open()
    const { store, server } = world
    server.edit((doc) => editCaption(doc, 'f1', 'Theirs'))
    store.apply('Edit', (doc) => editQuestion(doc, 'Why?'))
    await settled(world)
    expect(store.getState().document).toEqual(server.state.document)
    expect(store.getState().document.f1).toMatchObject({ caption: 'Theirs' })
    expect(store.getState().notice?.text).toContain('Jun changed one record')
    expect(store.getState().save.word).toBe('Saved')
  })
})

describe('reading only', () => {
  it.each([
    [false, 'queued'],
    [true, 'approved'],
  ] as const)('refuses every edit (editor %s, %s)', (canEdit, state) => {
    const { store } = open(canEdit, state)
    expect(store.apply('Edit', (doc) => editQuestion(doc, 'Why?'))).toBe(false)
    expect(store.getState().document).toEqual(exampleDocument())
    expect(store.getState().notice?.tone).toBe('warn')
  })
})
